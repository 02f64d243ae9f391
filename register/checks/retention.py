"""Rules about how long data are kept. What is known of a period is a legal parameter in force on the day."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .conditions import Pair, as_controller, country_of_controller, first_of, number
from .engine import Severity, fails, rule, unknown
from .recognised import (
    APPLICANTS,
    ARCHIVE,
    CAMERA,
    ENDLESS,
    EVENT,
    INVOICES,
    PERSONNEL_FILE,
    entry_says,
    is_called,
    is_identity_copy,
    speaks_of,
)

DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365}


@dataclass(frozen=True)
class Term:
    """A legal parameter with a number of `unit`s; `name` is what it is about."""

    code: str
    unit: str
    name: str
    country: str = ""

    def limit(self, entry, context):
        """In days; None where the term does not hold for this entry on this day."""
        if self.country and country_of_controller(entry, context) != self.country:
            return None
        value = number(context, self.code)
        return None if value is None else value * DAYS[self.unit]

    def words(self, context):
        value = number(context, self.code)
        return {"kind": self.name, "limit": value, "unit": UNITS[self.unit][value != 1]}


UNITS = {"week": (_("week"), _("weeks")), "month": (_("month"), _("months")), "year": (_("year"), _("years"))}
CAMERAS_NL = Term("nl-camera-retention", "week", _("camera images"), "NL")
CAMERAS_BE = Term("be-camera-retention", "month", _("camera images"), "BE")
CAMERAS_BE_SPECIAL = Term("be-camera-retention-special", "month", _("camera images"), "BE")
APPLICANTS_NL = Term("nl-applicant-retention", "week", _("data of applicants"), "NL")
APPLICANTS_WITH_CONSENT = Term("applicant-retention-consent", "year", _("data of applicants"))
PERSONNEL_NL = Term("nl-personnel-file-retention", "year", _("the personnel file"), "NL")
INVOICES_NL = Term("nl-fiscal-retention", "year", _("invoices"), "NL")
INVOICES_BE = Term("be-accounting-retention", "year", _("invoices"), "BE")
IDENTITY_NL = Term("nl-wage-identity-retention", "year", _("copies of identity documents of employees"), "NL")
EVENTS = Term("event-retention", "month", _("an event"))


def longest(retention):
    """The period in days; a month counts as four weeks where that is what is meant."""
    return 28 if (retention.period_value, retention.period_unit) == (1, "month") else _days(retention)


def _days(retention):
    return retention.period_value * DAYS[retention.period_unit]


def _lines(entry, matches):
    """The lines of these data that have a retention of some kind, one per rule."""
    found = [line for line in entry.data if (line.retention or line.retention_note.strip()) and matches(line.category)]
    return list({line.retention.id if line.retention else line.id: line for line in found}.values())


def _has_period(line):
    return line.retention is not None and line.retention.period_value is not None


def _cause(line):
    return ("retention", line.retention.id) if line.retention else None


def _too_long(entry, context, term, matches, *, justified=False, at_most=None):
    """Between `term` and `at_most`, which holds in certain cases only, nobody can say."""
    limit = term.limit(entry, context)
    if limit is None:
        return
    for line in _lines(entry, matches):
        about = {"line": line.id, "cause": _cause(line)} | term.words(context)
        if not _has_period(line):
            yield unknown("data", **about)
        elif longest(line.retention) > limit * 1.01 and not (justified and _is_justified(line)):
            may_be = at_most and longest(line.retention) <= at_most.limit(entry, context) * 1.01
            yield (unknown if may_be else fails)("data", **about)


def _is_justified(line):
    return bool(line.retention.justification.strip() or line.retention_note.strip())


@rule(
    "T001",
    article="5(1)(e)",
    severity=Severity.HIGH,
    message=_("As a rule %(kind)s may be kept for %(limit)s %(unit)s at most; here they are kept too long."),
    question=_(
        "As a rule %(kind)s may be kept for %(limit)s %(unit)s at most; nobody can say whether more is allowed here."
    ),
    remedy=_("Shorten the period."),
)
@as_controller
def longer_than_the_law(entry, context):
    yield from _too_long(entry, context, CAMERAS_BE, lambda item: is_called(CAMERA, item), at_most=CAMERAS_BE_SPECIAL)


@rule(
    "T002",
    article="AWR 52; BW 2:10; WER III.88",
    severity=Severity.HIGH,
    message=_("By law %(kind)s are kept for at least %(limit)s %(unit)s; here the period is shorter."),
    question=_(
        "By law %(kind)s are kept for at least %(limit)s %(unit)s; the period here is not recorded as a number."
    ),
    remedy=_("Keep what the law names for the full period, and only that."),
)
@as_controller
def shorter_than_the_law(entry, context):
    of_staff = any(line.category.employees for line in entry.subjects)
    asked = [(INVOICES_NL, _is_invoice), (INVOICES_BE, _is_invoice), (IDENTITY_NL, is_identity_copy)]
    for term, matches in asked if of_staff else asked[:2]:
        limit = term.limit(entry, context)
        for line in _lines(entry, matches) if limit else ():
            about = {"line": line.id, "cause": _cause(line)} | term.words(context)
            if not _has_period(line):
                yield unknown("data", **about)
            elif _days(line.retention) < limit * 0.99:
                yield fails("data", **about)


def _is_invoice(item):
    return is_called(INVOICES, item)


@rule(
    "T003",
    article="5(1)(e)",
    severity=Severity.MEDIUM,
    message=_("The guideline for %(kind)s is %(limit)s %(unit)s; here they are kept longer, and it is not said why."),
    question=_(
        "The guideline for %(kind)s is %(limit)s %(unit)s; it is not recorded as a period how long they are kept."
    ),
    remedy=_("Shorten the period, or say with the retention rule why it is longer."),
)
@as_controller
def longer_than_the_guideline(entry, context):
    yield from _too_long(entry, context, CAMERAS_NL, lambda item: is_called(CAMERA, item), justified=True)
    if _is_about_applicants(entry) and all(purpose.basis != "a" for purpose in entry.purposes):
        yield from _too_long(entry, context, APPLICANTS_NL, lambda item: True, justified=True)
    if speaks_of(PERSONNEL_FILE, entry.name):
        yield from _too_long(entry, context, PERSONNEL_NL, lambda item: not is_identity_copy(item), justified=True)


def _is_about_applicants(entry):
    return bool(entry.subjects) and all(is_called(APPLICANTS, line.category) for line in entry.subjects)


@rule(
    "T004",
    article="5(1)(e)",
    severity=Severity.MEDIUM,
    message=_("Data of applicants are kept longer than %(limit)s %(unit)s, which is long even with their consent."),
    question=_("It is not recorded as a period how long data of applicants are kept."),
    remedy=_("Shorten the period."),
)
@as_controller
def applicants_kept_long(entry, context):
    if _is_about_applicants(entry) and any(purpose.basis == "a" for purpose in entry.purposes):
        yield from _too_long(entry, context, APPLICANTS_WITH_CONSENT, lambda item: True)


@rule(
    "T005",
    article="30(1)(f)",
    severity=Severity.MEDIUM,
    scope="retention",
    message=_("“%(rule)s” has a period, but not the moment from which it counts."),
    remedy=_("Say from which moment the period counts, such as the end of the contract."),
)
def period_without_start(retention, context):
    if retention.period_value is not None and not (retention.trigger or retention.trigger_nl or retention.trigger_en):
        yield fails(cause=("retention", retention.id), rule=_name(retention))


@rule(
    "T006",
    article="5(1)(e)",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("“%(rule)s” does not say what happens with the data at the end."),
    question=_("It is not recorded who carries out these retention rules: %(rules)s."),
    remedy=_("Say what happens at the end of the period, and who does it."),
)
def nothing_at_the_end(organisation, context):
    used = [one for one in context.retentions.values() if one.activities]
    for retention in used:
        if not retention.end_action:
            yield fails(cause=("retention", retention.id), rule=_name(retention))
    by_nobody = [_name(one) for one in used if one.end_action and not one.responsible.strip()]
    if by_nobody:
        yield unknown(rules=first_of(by_nobody))


def _name(retention):
    return Pair(retention.nl, retention.en)


@rule(
    "T008",
    article="30(1)(f)",
    severity=Severity.LOW,
    message=_("All data are kept by one rule, though they serve a legal obligation as well as other purposes."),
    question=_("All data are kept by one rule; it is not recorded on which basis each purpose rests."),
    remedy=_("Keep for the legal obligation what the law names, and give the rest a period of its own."),
)
@as_controller
def one_rule_for_all(entry, context):
    rules = {line.retention.id if line.retention else line.retention_note for line in entry.data}
    kinds = {line.category.id for line in entry.data}
    if len(rules) != 1 or len(kinds) < 2 or not any(rules) or len(entry.purposes) < 2:
        return
    bases = {purpose.basis for purpose in entry.purposes}
    if "" in bases:
        yield unknown("data")
    elif "c" in bases and bases & {"a", "f"}:
        yield fails("data")


@rule(
    "T009",
    article="5(1)(e), 89",
    severity=Severity.HIGH,
    message=_("Data are kept without end: “%(text)s”."),
    remedy=_("Set a period or a criterion. Only archives, research and statistics may keep data for longer."),
)
@as_controller
def kept_without_end(entry, context):
    if entry_says(ARCHIVE, entry):
        return
    for line in entry.data:
        note = line.retention_note
        if not line.retention and speaks_of(ENDLESS, note) and not speaks_of(ARCHIVE, note):
            yield fails("data", line=line.id, text=line.retention_note.strip()[:100])
    for retention in {line.retention for line in entry.data if line.retention}:
        text = " ".join((retention.nl, retention.en, retention.criterion_nl, retention.criterion_en))
        if retention.period_value is None and retention.end_action != "archive" and speaks_of(ENDLESS, text):
            yield fails("data", cause=("retention", retention.id), text=_name(retention))


@rule(
    "T012",
    article="5(1)(e), 13(2)(a)",
    severity=Severity.MEDIUM,
    message=_("Data of an event are kept for longer than %(limit)s %(unit)s after it, and it is not said why."),
    question=_("It is not recorded as a period how long data of an event are kept."),
    remedy=_("Shorten the period, or say with the retention rule why it is longer."),
)
@as_controller
def kept_after_the_event(entry, context):
    if not speaks_of(EVENT, entry.name):
        return
    for line in _lines(entry, lambda item: True):
        about = {"line": line.id, "cause": _cause(line)} | EVENTS.words(context)
        if not _has_period(line):
            if line.retention is None:
                yield unknown("data", **about)
        elif line.retention.trigger == "event_date" and not _is_justified(line):
            limit = EVENTS.limit(entry, context)
            if limit and longest(line.retention) > limit * 1.01:
                yield fails("data", **about)
