"""Everything the page of one breach shows, in a fixed number of queries.

The one rule: what is sealed is opened only for who may see it: hidden notes and what the reporter wrote are for those
who handle breaches.
"""

import json
from dataclasses import dataclass

from accounts.permissions import Permission as P

from . import assessment, following, needs, recurrence, sealing, showing
from .actions import attaching, destroying
from .actions.acting import recorded
from .forms.report import REPORTED
from .imports import claims, rows
from .law import Role
from .models import BreachSettings
from .sections import SECTIONS


@dataclass(frozen=True)
class SectionView:
    section: object
    facts: list

    @property
    def shown(self):
        return [fact for fact in self.facts if not fact.is_open]

    @property
    def open(self):
        return [fact for fact in self.facts if fact.is_open]


def standing(breach, watch):
    """How far it is, and what closing still asks. Six queries."""
    known = recorded(breach)
    return {
        "recorded": known,
        "is_processor": breach.role == Role.PROCESSOR,
        "needs": needs.of(breach, known, deadline=watch.deadline) if breach.is_open else [],
    }


def gathered(breach, watch, membership):
    """The context of the page; some twenty-five queries."""
    handles = membership.can(P.BREACHES_HANDLE)
    stands = standing(breach, watch)
    known, hit = stands["recorded"], lines_of(breach)
    shown = {
        "follow_ups": following.of(breach, known.to_follow_up, membership=membership, at=watch.at, opens=handles),
        "sections": section_views(breach),
        "authority": known.decision("authority"),
        "people": known.decision("people"),
        "earlier": [row for row in known.decisions if row != known.decision(row.about)],
        "assessments": [(row, assessment.retold(row)) for row in known.assessments],
        "outdated": _is_outdated(breach, known.assessments),
        "advices": list(breach.advice_rows.select_related("by")),
        "again": recurrence.of(breach, watch.terms.same_cause_months, **hit),
        "measures": list(breach.measure_rows.select_related("owner")),
        "other_notices": list(breach.othernotice_rows.all()),
        "log": log_of(breach, membership),
        "taken_over": taken_over(breach, opens=handles),
        "report": report_of(breach) if handles else [],
        "files": attaching.named(breach) if handles else [],
        "details_gone": breach.key_row.key is None,
        "destroyed": destroying.destroyed(breach),
        "editable": handles and breach.is_open,
        "handles": handles,
    }
    return stands | hit | shown


def lines_of(breach):
    """What the breach hit, by its kind. Three queries."""
    return {
        "activities": list(breach.breachactivity_rows.select_related("activity").order_by("activity__number")),
        "systems": list(breach.breachsystem_rows.select_related("system").order_by("system__name")),
        "parties": list(breach.breachparty_rows.select_related("party").order_by("party__name")),
    }


def _is_outdated(breach, assessments):
    """One query, when there is an assessment."""
    if not assessments:
        return False
    kept = BreachSettings.objects.filter(organisation=breach.organisation).first()
    return assessment.is_outdated(breach, assessments[0], is_financial=bool(kept and kept.is_financial))


def section_views(breach, keys=None):
    """All sections, or those with these keys. One query."""
    countries = showing.country_names(breach.organisation) if breach.countries else {}
    return [
        SectionView(section, showing.facts(breach, section, countries))
        for section in SECTIONS
        if keys is None or section.key in keys
    ]


def log_of(breach, membership):
    """(entry, its words) for whoever may read it, latest first; None for words that were destroyed. Three queries."""
    rows = breach.logentry_rows.select_related("by")
    if not membership.can(P.BREACHES_HANDLE):
        rows = rows.filter(is_hidden=False)
    rows = list(rows)
    texts = sealing.opened(breach, [str(row.pk) for row in rows])
    return [(row, texts.get(str(row.pk))) for row in rows]


def taken_over(breach, *, opens):
    """What the register says that it was taken over from; its sealed words for who may open them. Two queries."""
    if breach.imported_id is None:
        return None
    sealed = sealing.opened(breach, [rows.SEALED]).get(rows.SEALED) if opens else None
    return {"claims": claims.told(breach.earlier), "kept": json.loads(sealed) if sealed else []}


def report_of(breach):
    """[(label, text)] of what whoever reported it wrote, in their own words. One query."""
    texts = sealing.opened(breach, REPORTED)
    return [(label, texts[about]) for about, label in REPORTED.items() if about in texts]
