"""What an earlier register claims of a breach, in words: who was told and when, its number and its reasons."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

LABELS = {
    "reference": _("Number in the earlier register"),
    "authority": _("Authority notified"),
    "authority_on": _("Authority notified on"),
    "authority_reference": _("Reference of the authority"),
    "authority_reason": _("Why notified or not"),
    "people_told": _("People told"),
    "people_told_on": _("People told on"),
    "dpo_told": _("DPO told"),
}
ANSWERS = {"yes": _("Yes"), "no": _("No")}
ANSWERED = ("authority", "people_told", "dpo_told")


def told(claims):
    """[(label, words)] in the order of LABELS."""
    return [(str(label), _words(name, claims[name])) for name, label in LABELS.items() if name in claims]


def _words(name, value):
    if name in ANSWERED:
        return str(ANSWERS.get(value, value))
    if name.endswith("_on"):
        return date_format(localtime(datetime.fromisoformat(value)), "DATE_FORMAT")
    return value
