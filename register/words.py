"""What stands in an entry, as plain words in the reader's language: codes, items, dates, and the lines they are in.

The one rule: plain text, never markup, so that two values can be compared word by word. An empty value gives "".
"""

import datetime
import uuid
from html import unescape

from django.utils import formats
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from . import sections as layout
from .exports.wording import period
from .models import Activity, RetentionRule
from .record import AgreementValue, Item, LawItem, Named, PartyValue, RetentionItem, SystemValue

NOT_FILLED_IN = _("Not filled in")


def language():
    return (get_language() or "nl")[:2]


def label(model, name):
    """What a field is called, with a capital."""
    return capfirst(str(layout.field_label(model, name)))


def value_words(model, name, value, people=None):
    """A value of `register.record` in words. `people` maps ids of users to names; without it an owner costs a query."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, Item):
        return item_words(value)
    if isinstance(value, PartyValue | SystemValue):
        return value.name
    if isinstance(value, AgreementValue):
        return agreement_words(value)
    if isinstance(value, Named):
        return f"{value.code} {value.name}".strip()
    if isinstance(value, datetime.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, uuid.UUID):
        return _reference_words(name, value, people)
    if isinstance(value, int):
        return formats.number_format(value, force_grouping=True)
    return str(layout.choice_label(model, name, value))


def item_words(item):
    if isinstance(item, LawItem):
        return item.short(language())
    if isinstance(item, RetentionItem):
        return retention_words(item)
    return item.named(language())


def retention_words(item):
    """The name of a rule and, unless that says it already, its period."""
    name = item.named(language())
    length = unescape(strip_tags(period(item))) if item.period_value is not None else ""
    return f"{name} ({length})" if length and length.lower() not in name.lower() else name


def agreement_words(value):
    from .models import Agreement

    return value.title or str(layout.choice_label(Agreement, "kind", value.kind))


def _reference_words(name, value, people):
    if name == "owner":
        if people is not None:
            return people.get(value, "")
        from accounts.models import User

        return str(User.objects.filter(pk=value).first() or "")
    return gettext("one of the purposes") if name == "purpose" else str(value)


def in_language(value, name):
    """The text of a pair of fields such as text_nl and text_en, in the reader's language or else the other."""
    first, second = ("nl", "en") if language() == "nl" else ("en", "nl")
    return getattr(value, f"{name}_{first}") or getattr(value, f"{name}_{second}")


def line_title(lines, line):
    """By what people recognise a line of this set."""
    titles = {
        "purposes": lambda: in_language(line, "text"),
        "subjects": lambda: item_words(line.category),
        "data": lambda: _data_title(line),
        "joint_controllers": lambda: recipient_words(line),
        "recipients": lambda: recipient_words(line),
        "transfers": lambda: _transfer_title(line),
        "systems": lambda: line.system.name,
        "measures": lambda: item_words(line.measure),
        "access": lambda: item_words(line.role),
        "documents": lambda: line.document.name,
        "clients": lambda: line.party.name,
        "notes": lambda: line.heading,
    }
    return titles[lines.name]() or gettext("A line without a name")


def _data_title(line):
    name = item_words(line.category)
    return f"{name} · {item_words(line.subject)}" if line.subject else name


def recipient_words(line):
    """The party, the category of recipients, or both."""
    described = in_language(line, "description")
    if line.party and described:
        return f"{line.party.name} ({described})"
    return line.party.name if line.party else described


def _transfer_title(line):
    parts = [line.party.name if line.party else "", item_words(line.country) if line.country else ""]
    return " · ".join(part for part in parts if part)


def field_words(entry, name, people=None):
    """A field of the activity itself, in words."""
    return value_words(Activity, name, getattr(entry, name), people)


def rule_words(rule):
    """A row of the library's retention rules in words, for choosing from a list."""
    from .reading import retention_item

    return retention_words(retention_item(rule)) if isinstance(rule, RetentionRule) else str(rule)
