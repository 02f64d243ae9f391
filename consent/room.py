"""What this room tells the register, through `register.extensions`: what people are asked on the sheet of an activity,
and what the rules find.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from register import reading
from register.extensions import Extension, Panel

from . import demo, findings, ledger_facts, overview, point_figures, renewals, terms
from .mailing import withdrawals
from .models import ConsentForm, ConsentPurpose, WordingVersion
from .school import demo as school_demo
from .trackers import demo as trackers_demo
from .trackers import naming, table, watch


class Consents(Extension):
    def demo(self, organisation, people, *, at):
        demo.fill(organisation, people, at=at)
        school_demo.fill(organisation, people, at=at)
        trackers_demo.fill(organisation, people, at=at)

    def notice_tables(self, notices, *, on):
        """One query."""
        return table.of(notices)

    def findings_of(self, organisation, *, on):
        """Three queries where nothing is asked and nothing is tracked; some twenty otherwise."""
        for one in _seen(organisation, on):
            for id, rule in findings.OF_A_PURPOSE.items():
                for verdict in rule(one):
                    yield id, verdict
        for without in watch.without_consent(organisation):
            for verdict in findings.tracker_without_consent(without):
                yield "C021", verdict
        for layer in watch.layers(organisation):
            for verdict in findings.refusing_harder_than_accepting(layer):
                yield "C022", verdict

    def usages(self, model, ids, membership):
        """One query for a party or country."""
        return naming.usages(model, ids, membership) if membership.can(Permission.CONSENT_VIEW) else ()

    def of_point(self, point, membership):
        """One query where no form names the place; some fifteen otherwise."""
        if not membership.can(Permission.CONSENT_VIEW):
            return
        forms = list(ConsentForm.objects.visible_to(membership).filter(point=point).select_related("organisation"))
        if forms:
            context = {"forms": forms, "figures": point_figures.of_forms(forms)}
            yield Panel("consent", _("How many people consented here"), "consent/_of_point.html", context)

    def panel(self, activities, membership):
        """Two queries where nothing is asked; seven otherwise."""
        if not membership.can(Permission.CONSENT_VIEW):
            return
        asked = ConsentPurpose.objects.visible_to(membership).filter(activity__in=activities)
        purposes = list(asked.select_related("organisation", "activity"))
        if not purposes:
            return
        at = timezone.now()
        rows = defaultdict(list)
        for row in overview.of(purposes, language=get_language(), at=at):
            rows[row.purpose.activity_id].append(row)
        versions = [one.version for each in rows.values() for row in each for one in row.in_use]
        people = renewals.people_on(versions, at=at)
        for activity, each in rows.items():
            lines = [
                (row, [(one, people[one.version.pk] if one.version else 0) for one in row.wordings]) for row in each
            ]
            yield activity, Panel("consent", _("Consent"), "consent/_of_activity.html", {"lines": lines})


def _seen(organisation, on):
    """The purposes of an organisation as the rules look at them."""
    purposes = list(ConsentPurpose.objects.of(organisation).select_related("organisation", "activity"))
    if not purposes:
        return []
    law = terms.of(organisation, on)
    ledger = ledger_facts.read(organisation, on=on, terms=law)
    late = _late(purposes, law.effect_hours, on)
    versions = defaultdict(list)
    used = Q(pk__in=list(ledger.resting)) | Q(valid_until=None, wording__retired_on=None)
    for version in WordingVersion.objects.filter(used, organisation=organisation).select_related("wording"):
        versions[version.wording.purpose_id].append(version)
    return [
        findings.Seen(row, on, law, ledger, tuple(versions[row.purpose.pk]), tuple(late[row.purpose.pk]))
        for row in overview.of(purposes, language="en", at=reading.end_of(on))
    ]


def _late(purposes, hours, on):
    """{purpose id: lists that were not cleaned in time of who left within the year}, as it was when the day began."""
    at, found = reading.start_of(on), defaultdict(list)
    for effect in withdrawals.effects(purposes, since=at - withdrawals.LOOKED_BACK, hours=hours, at=at):
        if effect.overdue:
            found[effect.purpose.pk].append(effect)
    return found
