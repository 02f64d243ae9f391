"""What the rules C001-C022 say of the consents of an organisation on a day, pure: a purpose with its wordings and what
was counted in the ledger, a tracker, a site.

The one rule: a finding names a purpose, a wording or a site, and people only as a number, never of fewer than ten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from register.checks.engine import fails, unknown
from register.models import Finding

from . import covering, validity
from .figures import FEWEST
from .ledger_facts import Ledger
from .models import Site
from .overview import PurposeRow
from .terms import Terms
from .trackers import watch

PURPOSE, WORDING, SITE, TRACKER = "consent", "wording", "site", "tracker"
"""The kinds of causes of these findings: each is to blame on one of these."""

ASPECT = Finding._meta.get_field("aspect").max_length


@dataclass(frozen=True)
class Seen:
    """A purpose as the rules look at it on a day. `late` are the lists that follow withdrawals too slowly; `versions`
    those on which a consent rests or that people are shown."""

    row: PurposeRow
    on: date
    terms: Terms
    ledger: Ledger
    versions: Iterable = ()
    late: Iterable = ()

    @property
    def purpose(self):
        return self.row.purpose

    @property
    def organisation(self):
        return self.row.purpose.organisation

    @property
    def shown(self):
        """The wordings that people are shown."""
        return [one for one in self.row.wordings if one.version is not None and one.wording.retired_on is None]

    def blame(self, **said):
        return {"cause": (PURPOSE, self.purpose.pk), "code": self.purpose.code} | said


def people(number):
    """A number of people in words that tell of no fewer than ten."""
    return str(number) if number >= FEWEST else _("fewer than 10")


def _of_wording(one, **said):
    return {"cause": (WORDING, one.wording.pk), "name": one.wording.name} | said


def _counted(one, counted):
    number = counted.get(one.purpose.pk, 0)
    if number:
        yield fails(**one.blame(people=people(number)))


def _answered_badly(one, keys):
    """What people said of a wording that is in use: an answer that makes the consent invalid."""
    questions = [question for question in validity.QUESTIONS if question.key in keys]
    for row in one.shown:
        for question in questions:
            given = row.wording.checklist.get(question.key, "")
            if given in (validity.YES, validity.NO) and given != question.good:
                yield fails(aspect=question.key, **_of_wording(row, why=question.why))


def proof_incomplete(one):
    yield from _counted(one, one.ledger.unproved)


def version_without_notice(one):
    for row in one.shown:
        if not row.version.content.get("notice"):
            yield fails(**_of_wording(row))


def more_than_one_purpose(one):
    yield from _answered_badly(one, ("one_purpose", "separate"))


def ticked_beforehand(one):
    yield from _answered_badly(one, ("act", "prior"))


def bundled(one):
    yield from _answered_badly(one, ("own_box", "conditional", "refusable"))


def no_way_to_withdraw(one):
    yield from _answered_badly(one, ("withdrawable", "told"))


def due_for_renewal(one):
    for row in one.shown:
        if row.is_due:
            yield fails(aspect="wording", **_of_wording(row, months=one.terms.review_months))
    number = one.ledger.old.get(one.purpose.pk, 0)
    if number:
        said = one.blame(name=one.purpose.code, months=one.terms.review_months)
        yield fails(aspect="people", **said)


def withdrawn_still_on_a_list(one):
    yield from _counted(one, one.ledger.listed)


def withdrawal_handled_late(one):
    for effect in one.late:
        yield fails(aspect=effect.list_name[:ASPECT], **one.blame(name=effect.list_name, hours=one.terms.effect_hours))


def child_without_parent(one):
    purpose = one.purpose
    country, online = one.organisation.country, {"is_online_service": purpose.is_online_service}
    bands = one.ledger.young.get(purpose.pk, {})
    number = sum(count for band, count in bands.items() if one.terms.is_too_young(band, country, **online))
    if number:
        yield fails(**one.blame(people=people(number), age=one.terms.age_of_consent(country, **online)))


def existing_customer_rule_not_met(one):
    yield from _counted(one, one.ledger.customers)


def purpose_or_recipient_changed(one):
    """Of each version on which a consent rests, or that people are shown: does it still cover what is done?"""
    now = covering.facts(one.row.standing, one.row.line) if one.row.standing else None
    for version in one.versions:
        if covering.compare(version.content, now, "en").is_stale:
            number = one.ledger.resting.get(version.pk, 0)
            said = {"cause": (WORDING, version.wording_id), "name": version.wording.name, "number": version.number}
            yield fails(aspect=str(version.number), people=people(number), **said)


def imported_without_proof(one):
    yield from _counted(one, one.ledger.imported)


def language_differs(one):
    names = dict(settings.LANGUAGES)
    for row in one.shown:
        texts = row.version.content.get("texts", {})
        lacking = [names.get(code, code) for code in one.organisation.language_codes if code not in texts]
        if texts and lacking:
            yield fails(**_of_wording(row, lacking=lacking))


def tracker_without_consent(one):
    """`one`: consent.trackers.watch.Without."""
    said = {"cause": (TRACKER, one.tracker.pk), "name": one.tracker.name, "site": one.tracker.site.name}
    outcome = fails if one.is_known else unknown
    yield outcome(aspect=one.why, why=WHY[one.why], **said)


def refusing_harder_than_accepting(layer):
    """`layer`: a site with what is not so and what nobody answered (consent.trackers.watch.layers)."""
    site, lacks, not_answered = layer
    for names, outcome in ((lacks, fails), (not_answered, unknown)):
        if names:
            words = [Site._meta.get_field(name).verbose_name for name in names]
            yield outcome(aspect=outcome.__name__, cause=(SITE, site.pk), name=site.name, lacking=words)


WHY = {
    watch.NO_PURPOSE: _("no purpose of consent belongs to it"),
    watch.BEFORE: _("it is loaded before consent"),
    watch.NOT_LOOKED: _("nobody looked whether it is loaded before consent"),
}
OF_A_PURPOSE = {
    "C001": proof_incomplete,
    "C003": version_without_notice,
    "C004": more_than_one_purpose,
    "C005": ticked_beforehand,
    "C006": bundled,
    "C007": no_way_to_withdraw,
    "C008": due_for_renewal,
    "C009": withdrawn_still_on_a_list,
    "C010": withdrawal_handled_late,
    "C012": child_without_parent,
    "C013": existing_customer_rule_not_met,
    "C016": purpose_or_recipient_changed,
    "C017": imported_without_proof,
    "C018": language_differs,
}
OTHERS = {"C021": tracker_without_consent, "C022": refusing_harder_than_accepting}
