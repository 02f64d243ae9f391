"""What became of the lines of a list, in words."""

import csv
import io
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from consent.models import ListWork
from consent.question import Outcome
from core.spreadsheets.writing import DELIMITERS

from . import customers, importing, sealed

SHOWN, LOOKED_AT = 20, 5_000
"""Of the rows that stayed outside so many are shown, of so many that are looked at: the file tells all."""

TONES = {
    Outcome.ALLOWED: "good",
    Outcome.SOFT_OPT_IN: "changed",
    Outcome.NOT_ALLOWED: "bad",
    Outcome.UNKNOWN: "warning",
}
RULES = {
    "suppressed": _("A mark against the address: objected, refused, withdrew or was erased"),
    "objected": _("Objected, or was erased"),
    "other-event": _("Consent for another kind of event"),
    "withdrawn": _("Refused, or withdrew consent"),
    "too-young": _("Too young to consent alone"),
    "consent": _("Gave consent"),
    "not-provable": _("Consent that cannot be proved"),
    "ended": _("Consent that has ended"),
    "only-consent": _("Only consent would allow it"),
    "nl-published-address": _("Business address published for such offers"),
    "be-impersonal-address": _("Impersonal address of a legal person, Belgium"),
    "existing-customer": _("Existing customer"),
    "customer-refused": _("Customer who refused"),
    "customer-incomplete": _("Customer, but not all that the exception asks is there"),
    "customer-unknown": _("Customer, but not known how the address was asked"),
    "be-call-list": _("Belgium: look at the do-not-call list"),
    "nl-call-exception": _("Exception for charities and publishers to check"),
    "nl-call-customer": _("Existing customer, before 1 July 2026"),
    "nl-call-consent": _("A consumer is called only with consent"),
    "post-interest": _("Post: weigh the interest"),
    "business-unsettled": _("General business address: was it published for this?"),
    "other-country": _("Country whose rules are not in here"),
    "no-consent": _("Nothing shows consent"),
    "not-an-address": _("No address or number on the line"),
}

WORDS = {
    ListWork.Kind.RECONCILE: {
        "lines": (_("Lines on the list"), "neutral"),
        "both": (_("On the list, and may be written to"), "good"),
        "not_allowed": (_("On the list, and may not be written to"), "bad"),
        "to_look_at": (_("On the list, somebody has to look"), "warning"),
        "missing": (_("Agreed, and missing from the list"), "changed"),
    },
    ListWork.Kind.WITHDRAWALS: {
        "people": (_("People who left"), "neutral"),
        "lines": (_("Lines in the file"), "neutral"),
    },
    ListWork.Kind.LINKS: {"lines": (_("Addresses with a link"), "neutral")},
    ListWork.Kind.CONSENTS: {
        "lines": (_("Rows in the file"), "neutral"),
        importing.TAKEN: (importing.RESULTS[importing.TAKEN], "good"),
        importing.UNPROVABLE: (importing.RESULTS[importing.UNPROVABLE], "warning"),
        importing.THERE: (importing.RESULTS[importing.THERE], "neutral"),
        importing.KEPT_OUT: (importing.RESULTS[importing.KEPT_OUT], "bad"),
        importing.WRONG: (importing.RESULTS[importing.WRONG], "bad"),
    },
    ListWork.Kind.CUSTOMERS: {
        "lines": (_("Lines on the list"), "neutral"),
        customers.TAKEN: (customers.RESULTS[customers.TAKEN], "good"),
        customers.KEPT_OUT: (customers.RESULTS[customers.KEPT_OUT], "bad"),
        customers.WRONG: (customers.RESULTS[customers.WRONG], "bad"),
    },
}


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    number: int
    tone: str = "neutral"


def figures(work):
    """[(title, figures)] of a piece of work that is done."""
    counts = work.counts
    found = []
    words = WORDS.get(work.kind, {})
    if words and counts:
        rows = [Figure(label, counts.get(key, 0), tone) for key, (label, tone) in words.items()]
        found.append((_("What would become of it") if work.is_trial else _("What became of it"), rows))
    if "outcomes" in counts:
        outcomes = [
            Figure(outcome.label, counts["outcomes"].get(outcome.value, 0), TONES[outcome]) for outcome in Outcome
        ]
        found.append((_("Answers"), outcomes))
    if "rules" in counts:
        order = sorted(counts["rules"].items(), key=lambda pair: -pair[1])
        found.append((_("Rules that decided"), [Figure(RULES.get(rule, rule), number) for rule, number in order]))
    return found


def outside(work):
    """[(number of the row, why)] of the first consents of a file that were not taken, as long as the result is kept."""
    if work.kind != ListWork.Kind.CONSENTS or work.result is None:
        return []
    left = (importing.WRONG, importing.KEPT_OUT)
    with io.TextIOWrapper(sealed.opened(work.box, work.result.file.open("rb")), "utf-8-sig", newline="") as text:
        rows = csv.reader(text, delimiter=DELIMITERS.get(work.language, ","))
        numbered = ((number, row) for number, row in enumerate(islice(rows, LOOKED_AT), start=1) if len(row) > 1)
        return list(islice(((number, row[-1]) for number, row in numbered if row[-2] in left), SHOWN))
