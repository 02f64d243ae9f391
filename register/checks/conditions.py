"""What many rules ask alike: is this activity running, is it our own, and how is something called.

The one rule: an empty field of a draft that is not in use yet says nothing; once the activity runs, it is lacking.
"""

import datetime
from dataclasses import dataclass
from functools import cache, wraps

from django.utils.translation import gettext_lazy as _

from register.starter import starter_items

from .engine import fails, unknown

SHOWN = 5


def has_ended(entry, context):
    return entry.ended_on is not None and entry.ended_on <= context.on


def is_running(entry, context):
    """Not ended, and either established or said to have started."""
    if has_ended(entry, context):
        return False
    started = entry.started_on is not None and entry.started_on <= context.on
    return started or context.facts(entry).approved


def lacking(entry, context, place="", **about):
    """What should be there is not: it fails when the activity runs; of a draft nobody can say."""
    return (fails if is_running(entry, context) else unknown)(place, **about)


def not_ended(function):
    """Ask only of activities that have not ended, of both parts of the register."""

    @wraps(function)
    def asked(entry, context):
        if not has_ended(entry, context):
            yield from function(entry, context)

    return asked


def as_controller(function):
    """Ask only of our own activities (Art. 30(1)) that have not ended."""

    @wraps(function)
    def asked(entry, context):
        if not entry.is_processor_record and not has_ended(entry, context):
            yield from function(entry, context)

    return asked


def as_processor(function):
    """Ask only of what we do for others (Art. 30(2)) and that has not ended."""

    @wraps(function)
    def asked(entry, context):
        if entry.is_processor_record and not has_ended(entry, context):
            yield from function(entry, context)

    return asked


def number(context, code):
    """A legal parameter as a number; None when it says none on the day."""
    value = context.parameter(code) or ""
    return int(value) if value.isdecimal() else None


def day(context, code):
    """A legal parameter as a day; None when it says none."""
    try:
        return datetime.date.fromisoformat(context.parameter(code) or "")
    except ValueError:
        return None


def kind_of_controller(entry, context):
    """ "public", "private_task" or "private"; empty when the controller is not known."""
    controller = context.facts(entry).controller
    return controller.kind if controller else ""


def country_of_controller(entry, context):
    controller = context.facts(entry).controller
    return controller.country if controller else ""


@cache
def eea():
    """The codes of the countries of the European Economic Area."""
    return frozenset(item["code"] for item in starter_items("countries") if item["eea"])


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages, for the parameters of a message."""

    nl: str = ""
    en: str = ""


def first_of(found):
    """The first few names, each once, for a message; what is left out is counted."""
    unique = list(dict.fromkeys(found))
    left = len(unique) - SHOWN
    return unique[:SHOWN] + ([f"(+{left})"] if left > 0 else [])


def purpose_name(purpose):
    return _both(purpose.text_nl or purpose.category, purpose.text_en or purpose.category)


def recipient_name(line):
    return line.party.name if line.party else _both(line.description_nl, line.description_en)


def transfer_name(line):
    """The party, else the country."""
    return line.party.name if line.party else line.country or _("an unnamed country")


def _both(nl, en):
    return Pair(short(nl), short(en))


def short(text, length=100):
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def party_of(line):
    """The cause of a finding about a recipient: its party, when one is named."""
    return ("party", line.party.id) if line.party else None
