"""Where two people wrote different things, in words: what it was, what each wrote, who the other was and when."""

import datetime
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from . import sections as layout
from . import words
from .forms.pickers import row_words
from .models import Activity

TITLES = ("text_nl", "text_en", "category", "system", "measure", "role", "document", "party", "country", "heading")


@dataclass(frozen=True)
class Told:
    key: str
    label: str
    base: str
    mine: str
    theirs: str
    who: str = ""
    when: datetime.datetime | None = None


def told(clash, activity, made=()):
    """A clash (register.editing.Clash) of this activity in words. `made` are rows with a new name, not saved yet."""
    lines = next((lines for lines in layout.LINE_SETS if lines.name == clash.lines), None)
    names = {str(row.pk): str(row) for row in made}
    who, when = _author(clash, activity, lines)
    if lines is None:
        label = words.label(Activity, clash.field)
        sides = [plain_words(Activity, clash.field, value, names) for value in (clash.base, clash.mine, clash.theirs)]
    elif not clash.field:
        whole = next(value for value in (clash.theirs, clash.mine, clash.base) if value)
        label = f"{lines.title}: {_title(lines, whole, names)}"
        sides = [_line_words(lines, value, names) for value in (clash.base, clash.mine, clash.theirs)]
    else:
        row = lines.model.objects.filter(pk=clash.line).first()
        values = {name: getattr(row, row._meta.get_field(name).attname) for name in lines.fields} if row else {}
        label = f"{_title(lines, values, names)} · {words.label(lines.model, clash.field)}"
        sides = [
            plain_words(lines.model, clash.field, value, names) for value in (clash.base, clash.mine, clash.theirs)
        ]
    return Told(clash.key, label, *(side or str(words.NOT_FILLED_IN) for side in sides), who, when)


def plain_words(model, name, value, names=None):
    """A value of a snapshot in words."""
    if value in (None, ""):
        return ""
    column = model._meta.get_field(name)
    if column.is_relation:
        row = column.related_model.objects.filter(pk=value).first()
        return row_words(row) if row else (names or {}).get(str(value), "")
    if column.get_internal_type() == "DateField" and isinstance(value, str):
        return formats.date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return words.value_words(model, name, value)


def _line_words(lines, values, names):
    if values is None:
        return _("This line was taken away.")
    found = [
        (words.label(lines.model, name), plain_words(lines.model, name, values.get(name), names))
        for name in lines.fields
    ]
    return "\n".join(f"{label}: {said}" for label, said in found if said)


def _title(lines, values, names):
    for name in TITLES:
        if values.get(name):
            return plain_words(lines.model, name, values[name], names)[:80]
    return str(lines.title)


def _author(clash, activity, lines):
    """Who wrote what the other side now says: the oldest of the latest records that say so. One query."""
    model = lines.model if lines else Activity
    past = model.history.model.objects.filter(id=clash.line or activity.pk).select_related("history_user")
    records = list(past.order_by("-history_date", "-history_id")[:50])
    if clash.field:
        name = model._meta.get_field(clash.field).attname
        newest = records[:1]
        for record in records[1:]:
            if getattr(record, name) != getattr(newest[-1], name):
                break
            newest.append(record)
        records = newest[-1:]
    record = records[0] if records else None
    return (str(record.history_user or ""), record.history_date) if record else ("", None)
