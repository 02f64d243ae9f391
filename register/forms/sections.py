"""The form of one section: fields of the activity and sets of lines, built from `register.sections`.

`base` is the snapshot that stood there when the form was opened; it travels with the form, signed. Reading the form
gives a snapshot again. Saving is `register.actions.saving`.
"""

import uuid
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from core.forms import HouseForm
from register import editing
from register.codes import number_of
from register.help import HELP
from register.models import Activity

from . import layout
from .fields import TypedText, form_field, kept
from .lines import LineSet
from .pickers import Pickers
from .rearranging import edited, is_whole

SALT = "register.section"


def sealed(value):
    return signing.dumps(value, salt=SALT, compress=True)


def opened(text):
    """What `sealed` wrote, or None when it was changed on the way."""
    try:
        return signing.loads(text or "", salt=SALT)
    except signing.BadSignature:
        return None


class NumberedActivity(TypedText):
    """Another activity by its number: a list of ten thousand would help nobody."""

    def __init__(self, activities, **kwargs):
        super().__init__(required=False, max_length=40, **kwargs)
        self.activities = activities

    def prepare_value(self, value):
        try:
            key = uuid.UUID(str(value))
        except ValueError:
            return value
        found = self.activities.filter(pk=key).first()
        return found.code if found else value

    def clean(self, value):
        text = super().clean(value).strip(" -")
        if not text:
            return None
        number = number_of(text)
        found = self.activities.filter(number=number).first() if number is not None else None
        if found is None:
            raise ValidationError(_("No activity that you can see has this number."))
        return str(found.pk)


class SectionFields(HouseForm, forms.Form):
    """The fields of the activity itself that belong to the section."""

    examples = {name: words[1] for name, words in HELP.items()}
    references = {name: words[2] for name, words in HELP.items()}


@dataclass
class Part:
    """A piece of the form in the order of the page: a group of fields, or the lines."""

    group: object = None
    fields: tuple = ()
    sets: tuple = ()


class SectionForm:
    def __init__(self, activity, section, *, membership, sensitivities=(), data=None, base=None):
        self.activity, self.section, self.membership = activity, section, membership
        self.languages = activity.organisation.language_codes
        self.base = editing.snapshot(activity, section) if base is None else base
        self.sensitivities = set(sensitivities)
        self.problems = []
        self.pickers = Pickers(activity, membership, used=_used(self.base))
        names = [name for part in layout.SECTIONS[section.key] if part != layout.LINES for name in part.fields]
        self.fields = SectionFields(data=data, initial=self.base["fields"])
        for name in names:
            self.fields.fields[name] = self._field(name)
        self.sets = [self._set(lines, data) for lines in section.lines]

    @classmethod
    def started(cls, activity, section, *, membership, data, **more):
        """The form as it came back. None when a piece is missing or tampered with: a lost line would be taken away."""
        base = opened(data.get("base"))
        if not base or base.get("of") != [str(activity.pk), section.key]:
            return None
        if not all(is_whole(data, lines.name) for lines in section.lines):
            return None
        for lines in section.lines:
            if data.getlist(f"{lines.name}-many"):
                data = edited(data, lines.name, "many")
        return cls(activity, section, membership=membership, data=data, base=base["snapshot"], **more)

    def show_line(self, key):
        """Open the line with this id, as asked for in an address. Returns its place in the form, or ""."""
        for lines in self.sets:
            for form in lines.forms:
                if key and form.key == key:
                    lines.opened = key
                    return form.prefix
        return ""

    @property
    def places(self):
        """{id of a line: its place in the form}"""
        return {form.key: form.prefix for lines in self.sets for form in lines.forms}

    @property
    def article(self):
        return self.section.article_for(self.activity.kind)

    @property
    def seal(self):
        return sealed({"of": [str(self.activity.pk), self.section.key], "snapshot": self.base})

    def _field(self, name):
        if name == "parent":
            sentence = HELP["parent"][0]
            return NumberedActivity(
                possible_parents(self.activity, self.membership), label=_("Part of activity"), help_text=sentence
            )
        field = form_field(Activity, name, self.pickers)
        if name == "name":
            field.required = True
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        return field

    def _set(self, lines, data):
        base = self.base["lines"].get(lines.name, {})
        names = [
            name for group in layout.LINE_SETS[lines.name] for name in group.fields if self._wanted(name, group, base)
        ]
        none = lines.answer and self.base["fields"][lines.answer] == "none"
        language = self.activity.language
        return LineSet(lines, names, pickers=self.pickers, base=base, language=language, data=data, none=none)

    def _wanted(self, name, group, base):
        """Left out: the other language of a register in one language, and grounds for data that the entry lacks."""
        if any(values.get(name) for values in base.values()):
            return True
        if group.needs and group.needs not in self.sensitivities:
            return any(values.get(other) for other in group.fields for values in base.values())
        return name[-3:] not in ("_nl", "_en") or name[-2:] in self.languages

    @property
    def parts(self):
        for part in layout.SECTIONS[self.section.key]:
            if part == layout.LINES:
                yield Part(sets=self.sets)
            else:
                yield Part(part, tuple(self.fields[name] for name in part.fields))

    @property
    def errors(self):
        return self.fields.errors or self.problems or any(form.errors for lines in self.sets for form in lines.filled)

    def is_valid(self):
        valid = all([self.fields.is_valid(), *[lines.is_valid() for lines in self.sets]])
        if valid:
            self._ask_answers()
            self._ask_limits()
        return valid and not self.fields.errors

    def _ask_answers(self):
        """ "None" and lines contradict each other; lines without an answer mean that there are some."""
        for lines in self.sets:
            name = lines.lines.answer
            if not name or not lines.filled:
                continue
            if self.fields.cleaned_data[name] == "none":
                self.fields.add_error(
                    name, _("You answer “None”, but there are lines below. Take them away, or choose “Yes”.")
                )
            elif not self.fields.cleaned_data[name]:
                self.fields.cleaned_data[name] = "some"

    def _ask_limits(self):
        given = self.fields.cleaned_data
        low, high = given.get("people_min"), given.get("people_max")
        if low is not None and high is not None and low > high:
            self.fields.add_error("people_max", _("The lowest number of people is higher than the highest."))
        if "department" in given and not given["department"] and self.membership.department_rows.all():
            self.fields.add_error(
                "department", _("Choose one of your departments; otherwise you would no longer see this activity.")
            )

    @property
    def mistakes(self):
        """(id of the field, sentence) of everything that cannot be right."""
        for form in [self.fields, *[form for lines in self.sets for form in lines.filled]]:
            for name, errors in form.errors.items():
                target = form[name].id_for_label if name in form.fields else ""
                where = f"{form[name].label}: " if name in form.fields else ""
                yield from ((target, f"{where}{error}") for error in errors)

    def hush(self):
        """Show what was sent without a word about mistakes: the lines were only rearranged."""
        for form in [self.fields, *[form for lines in self.sets for form in lines.forms]]:
            form._errors = ErrorDict()

    def snapshot(self):
        """What the form now says, in the shape of `register.editing`."""
        fields = {
            name: kept(self.base["fields"].get(name), editing.plain(self.fields.cleaned_data[name]))
            if name in self.fields.fields
            else self.base["fields"].get(name)
            for name in self.section.fields
        }
        return {"fields": fields, "lines": {lines.lines.name: lines.values() for lines in self.sets}}

    @property
    def made(self):
        """Rows that somebody typed a new name for, not saved yet; a name typed twice is one row."""
        return [row for lines in self.sets for row in lines.made]

    def blame(self, error):
        """Show what the database refused after all."""
        self.problems = error.messages


def possible_parents(activity, membership):
    """What this activity may be a part of: nothing of which it is the whole. What it is part of now stays possible."""
    below, found = {activity.pk}, {activity.pk}
    while found:
        found = set(Activity.objects.filter(parent__in=found).values_list("pk", flat=True)) - below
        below |= found
    visible = Activity.objects.visible_to(membership).exclude(pk__in=below)
    return Activity.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk=activity.parent_id))


def _used(base):
    """Every reference in a snapshot. Texts that look like one do no harm: they only keep a retired row in a list."""
    values = [*base["fields"].values()]
    values += [value for rows in base["lines"].values() for row in rows.values() for value in row.values()]
    return {value for value in values if isinstance(value, str) and len(value) == 36}
