"""Stored findings: current, the same finding for as long as it is about the same thing, and never more than needed."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy, override

from accounts import history
from accounts.actions import members
from register import derived, editing, extensions, findings, reading
from register.actions import activities, establish, shared
from register.actions.activities import save_section
from register.actions.findings import accept, switch
from register.actions.merge import merge
from register.checks import engine, judging, storing
from register.models import Activity, Finding, FindingAcceptance, FindingCount, RuleSetting
from register.record import from_plain, to_plain
from register.sections import BY_KEY
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory
from tests.factories.register import (
    ActivityFactory,
    AgreementFactory,
    CountryFactory,
    LegalValueFactory,
    PartyFactory,
    PurposeFactory,
    RecipientLineFactory,
)
from tests.register import ruling
from tests.register.filled import established, filled, refreshed
from tests.rooms import open_room

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TOMORROW = AT + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    with ruling.only():
        return refreshed(ActivityFactory(name="Loon"))


def present(organisation):
    return list(Finding.objects.of(organisation).present())


def rules_of(organisation):
    return sorted(finding.rule for finding in present(organisation))


def change(activity, at=LATER, **fields):
    """Change fields of an activity as its acts do."""
    with history.act(activity.organisation, by=None, at=at, kind="activity.section_saved"):
        for name, value in fields.items():
            setattr(activity, name, value)
        activity.save()
        derived.refresh([activity], edited_at=at)


def test_a_change_of_an_activity_is_judged_at_once_and_a_finding_that_returns_is_the_same_one(activity):
    with ruling.only(R901=ruling.no_reference):
        change(activity, at=AT)
        [first] = present(activity.organisation)
        assert (first.activity_id, first.place, first.first_seen_at) == (activity.pk, "identity", AT)
        assert (first.severity, first.message, first.remedy) == ("medium", "Because Loon", "Mend it")

        change(activity, reference="A1")
        assert present(activity.organisation) == []
        assert Finding.objects.get(pk=first.pk).gone_at == LATER

        change(activity, reference="", name="Lonen", at=TOMORROW)
        [again] = present(activity.organisation)
        assert (again.pk, again.first_seen_at, again.message) == (first.pk, AT, "Because Lonen")


def test_what_is_not_filled_in_is_unknown_and_counts_little(activity):
    line = PurposeFactory(activity=activity, basis="")
    with ruling.only(L901=(ruling.no_basis, {"severity": "critical"})):
        refreshed(activity)
        [finding] = present(activity.organisation)
    assert (finding.outcome, finding.severity, finding.line) == ("unknown", "low", line.pk)


def test_an_activity_that_ends_has_no_findings(activity):
    with ruling.only(R901=ruling.no_reference):
        change(activity)
        establish.end(activity, on=date(2026, 3, 2), reason="Stopped", by=None, at=LATER)
        assert present(activity.organisation) == []


def test_a_day_that_passes_is_noticed_by_the_worker(activity):
    with ruling.only(R901=ruling.review_passed):
        change(activity, review_on=date(2026, 3, 2), at=AT)
        storing.catch_up_all(AT)
        assert present(activity.organisation) == []
        storing.catch_up_all(TOMORROW)
        [finding] = present(activity.organisation)
        with override("en"):
            assert finding.message == "Because 2 Mar 2026"


def test_a_party_that_changes_is_judged_with_the_activities_that_use_it(activity):
    line = RecipientLineFactory(activity=activity, party__name="Acme")
    with ruling.only(P901=ruling.recipient_nowhere, P902=(ruling.party_nowhere, {"scope": "party"})):
        refreshed(activity)
        storing.catch_up_all(AT)
        assert rules_of(activity.organisation) == ["P901", "P902"]
        of_party = Finding.objects.get(rule="P902")
        assert (of_party.subject_id, of_party.cause_id) == (line.party_id, line.party_id)

        line.party.country = CountryFactory(organisation=activity.organisation)
        shared.change(line.party, by=None, at=LATER)
        assert rules_of(activity.organisation) == ["P902"]
        assert storing.is_waiting(activity.organisation)
        storing.catch_up_all(LATER)
        assert present(activity.organisation) == []
        assert not storing.is_waiting(activity.organisation)


def test_a_new_agreement_is_seen_by_the_activities_of_its_party(activity):
    line = RecipientLineFactory(activity=activity)
    with ruling.only(P903=ruling.without_agreement):
        refreshed(activity)
        storing.catch_up_all(AT)
        assert rules_of(activity.organisation) == ["P903"]
        signed = AgreementFactory.build(
            organisation=activity.organisation, party=line.party, status="signed", signed_on=date(2026, 1, 1)
        )
        shared.add(signed, by=None, at=LATER)
        storing.catch_up_all(LATER)
        assert present(activity.organisation) == []


def test_an_agreement_is_judged_when_its_party_is_used_and_once_it_ended_only_where_it_is_named(activity):
    party = RecipientLineFactory(activity=activity).party
    ended = {"organisation": activity.organisation, "party": party, "valid_until": date(2026, 3, 2)}
    AgreementFactory(organisation=activity.organisation)
    AgreementFactory(**ended)
    running = AgreementFactory(organisation=activity.organisation, party=party)
    named = RecipientLineFactory(activity=activity, party=party, agreement=AgreementFactory(**ended)).agreement
    with ruling.only(P904=(ruling.any_agreement, {"scope": "agreement"})):
        refreshed(activity)
        storing.catch_up_all(AT)
        assert {finding.subject_id for finding in present(activity.organisation)} == {running.pk, named.pk}
        [entry] = reading.drafts(Activity.objects.filter(pk=activity.pk))
        assert len(findings.of_entry(activity.organisation, entry)["recipients"]) == 2


def test_rules_over_the_register_and_the_organisation_are_for_the_worker(activity):
    twin = refreshed(ActivityFactory(organisation=activity.organisation, name="Loon"))
    rules = {
        "R902": (ruling.same_name, {"scope": "register"}),
        "G901": (ruling.no_controller, {"scope": "organisation"}),
    }
    with ruling.only(**rules):
        storing.catch_up_all(AT)
        assert rules_of(activity.organisation) == ["G901", "R902", "R902"]
        assert {finding.activity_id for finding in present(activity.organisation)} == {activity.pk, twin.pk, None}
        change(twin, name="Vergaderingen")
        storing.catch_up_all(LATER)
        assert rules_of(activity.organisation) == ["G901"]


def test_a_value_of_law_that_changes_makes_everything_be_judged_again(activity):
    with ruling.only(R903=ruling.deadline_is):
        change(activity)
        storing.catch_up_all(LATER)
        assert [finding.message for finding in present(activity.organisation)] == ["Because 72"]
        with history.act(activity.organisation, by=None, at=LATER, kind="law.added"):
            LegalValueFactory(
                organisation=activity.organisation, fact="breach-deadline", value="96", valid_from=date(2026, 3, 1)
            )
        storing.catch_up_all(TOMORROW)
        assert [finding.message for finding in present(activity.organisation)] == ["Because 96"]


def test_an_owner_who_leaves_is_noticed_by_the_worker(activity):
    owner = MembershipFactory(organisation=activity.organisation)
    with ruling.only(R904=ruling.owner_left):
        change(activity, owner=owner.user)
        storing.catch_up_all(LATER)
        assert rules_of(activity.organisation) == []
        members.end(owner, by=None, at=LATER + timedelta(minutes=1))
        storing.catch_up_all(LATER + timedelta(minutes=2))
        assert rules_of(activity.organisation) == ["R904"]


def test_many_activities_are_left_to_the_worker_who_takes_them_a_few_at_a_time(activity):
    more = ActivityFactory.create_batch(3, organisation=activity.organisation)
    rows = Activity.objects.filter(pk__in=[row.pk for row in more])
    with (
        ruling.only(R901=ruling.no_reference),
        patch.object(derived, "AT_ONCE", 2),
        patch.object(judging, "AT_A_TIME", 1),
    ):
        derived.refresh(rows, edited_at=AT)
        assert present(activity.organisation) == []
        assert not storing.catch_up(activity.organisation, AT, batches=2)
        assert len(present(activity.organisation)) == 2
        assert storing.catch_up(activity.organisation, AT, batches=9)
        assert len(present(activity.organisation)) == 4


@pytest.mark.parametrize("rows", [1, 3])
def test_judging_costs_the_same_for_any_number_of_activities(rows, django_assert_num_queries):
    organisation = filled(ActivityFactory().organisation).organisation
    made = [filled(organisation, reference="") for _each in range(rows)]
    for one in made:
        RecipientLineFactory(activity=one)
    entries = reading.drafts(Activity.objects.filter(pk__in=[one.pk for one in made]))
    with ruling.only(R901=ruling.no_reference, P901=ruling.recipient_nowhere), django_assert_num_queries(11):
        storing.judge(organisation, entries, at=LATER)


@pytest.mark.parametrize("count", [1, 3])
def test_saving_a_section_costs_the_same_for_any_number_of_lines(count, django_assert_num_queries):
    activity = filled(ActivityFactory().organisation)
    RecipientLineFactory.create_batch(count, activity=activity)
    section = BY_KEY["purposes"]
    base, mine = editing.snapshot(activity, section), editing.snapshot(activity, section)
    [line] = mine["lines"]["purposes"].values()
    line["text_nl"] = "Iets anders"
    with ruling.only(R901=ruling.no_reference), django_assert_num_queries(40):
        save_section(activity, "purposes", mine, base, by=None, at=LATER)


def test_of_imported_activities_only_the_record_counts_until_more_is_switched_on():
    organisation = ActivityFactory().organisation
    with history.act(organisation, by=None, at=AT, kind="register.imported"):
        came = ActivityFactory(organisation=organisation, name="Came", number=70)
        PurposeFactory(activity=came, basis="")
        RecipientLineFactory(activity=came, party__organisation=organisation)
        rules = {
            "R901": ruling.no_reference,
            "L901": ruling.no_basis,
            "P902": (ruling.party_nowhere, {"scope": "party"}),
            "P903": (ruling.any_party_nowhere, {"scope": "organisation"}),
        }
        with ruling.only(**rules):
            derived.refresh([came], edited_at=AT)
    with ruling.only(**rules):
        assert [finding.rule for finding in present(organisation) if finding.activity_id == came.pk] == ["R901"]
        storing.catch_up_all(LATER)
        assert not {"P902", "P903"} & set(rules_of(organisation))
        for code in ("L", "P"):
            switch(organisation, code, on=True, by=None, at=LATER)
        storing.catch_up_all(LATER)
        assert {"L901", "P902", "P903"} <= set(rules_of(organisation))


def test_a_rule_that_is_switched_off_is_gone_at_once_and_comes_back_as_it_was(activity):
    with ruling.only(R901=ruling.no_reference):
        change(activity, at=AT)
        switch(activity.organisation, "R901", on=False, by=None, at=LATER, reason="We have no references")
        assert present(activity.organisation) == []
        storing.catch_up_all(LATER)
        assert present(activity.organisation) == []
        switch(activity.organisation, "R901", on=True, by=None, at=TOMORROW)
        storing.catch_up_all(TOMORROW)
        assert [finding.first_seen_at for finding in present(activity.organisation)] == [AT]


def test_a_member_of_one_department_sees_the_findings_of_their_activities(activity):
    department = DepartmentFactory(organisation=activity.organisation)
    mine = ActivityFactory(organisation=activity.organisation, department=department)
    membership = MembershipFactory(organisation=activity.organisation)
    MembershipDepartmentFactory(membership=membership, department=department)
    rules = {"R901": ruling.no_reference, "G901": (ruling.no_controller, {"scope": "organisation"})}
    with ruling.only(**rules):
        storing.catch_up_all(AT)
        seen = findings.shown(membership, AT.date())
        assert [finding.activity_id for finding in seen] == [mine.pk]
        stranger = MembershipFactory()
        assert not findings.shown(stranger, AT.date()).exists()


def test_the_trend_counts_each_day_and_the_first_one_is_kept(activity):
    with ruling.only(R901=ruling.no_reference):
        storing.catch_up_all(AT)
        change(activity, reference="A1", at=TOMORROW)
        storing.catch_up_all(TOMORROW)
        storing.catch_up_all(TOMORROW + timedelta(hours=1))
    trend = {day: counts["medium"] for day, counts in findings.trend(activity.organisation)}
    assert trend == {AT.date(): 1, TOMORROW.date(): 0}
    day, counts = findings.baseline(activity.organisation)
    assert (day, counts["medium"]) == (AT.date(), 1)


def test_a_past_day_is_judged_by_the_versions_and_the_law_of_that_day():
    organisation = ActivityFactory().organisation
    first = established(organisation, name="Toen", at=AT)
    change(first, name="Nu", at=TOMORROW)
    LegalValueFactory(organisation=organisation, fact="breach-deadline", value="96", valid_from=date(2026, 3, 3))
    with ruling.only(R901=ruling.no_reference, R903=ruling.deadline_is):
        then = judging.on_day(organisation, on=date(2026, 3, 2), at=TOMORROW)
        assert sorted(finding.message for finding in then) == ["Because 72", "Because Toen"]
        assert judging.on_day(organisation, on=date(2026, 3, 1), at=TOMORROW) == []
        now = judging.now(organisation, on=date(2026, 3, 3), at=TOMORROW)
        assert {"Because 96", "Because Nu"} <= {finding.message for finding in now}


def test_before_saving_one_can_see_what_comes_and_what_goes(activity):
    [before] = reading.drafts(Activity.objects.filter(pk=activity.pk))
    after = from_plain(to_plain(before) | {"reference": "A1", "purposes": []})
    with ruling.only(R901=ruling.no_reference):
        comes, goes = judging.difference(activity.organisation, before, after, on=AT.date(), at=AT)
    assert (comes, [finding.rule for finding in goes]) == ([], ["R901"])


def test_an_accepted_finding_is_still_told_in_its_section(activity):
    with ruling.only(R901=ruling.no_reference, R903=ruling.deadline_is):
        refreshed(activity)
        [entry] = reading.drafts(Activity.objects.filter(pk=activity.pk))
        accept(Finding.objects.filter(rule="R903"), by=None, at=AT, reason="Known")
        told = findings.of_entry(activity.organisation, entry)
        assert {place: len(found) for place, found in told.items()} == {"identity": 1, "": 1}


def test_a_room_above_adds_its_findings_and_what_uses_a_row(activity):
    room = open_room(
        findings=lambda ids, *, on: [("L915", key, engine.fails("purposes", why=on)) for key in ids],
        usages=lambda model, ids, membership: [(key, extensions.Usage("Leaflet")) for key in ids],
        repoint=lambda kept, other: 5,
    )
    with room, ruling.only(L915=None):
        refreshed(activity)
        assert rules_of(activity.organisation) == ["L915"]
        party = PartyFactory(organisation=activity.organisation)
        assert extensions.usages(type(party), [party.pk], None) == {party.pk: [extensions.Usage("Leaflet")]}
        other = PartyFactory(organisation=activity.organisation)
        assert merge(party, other, by=None, at=AT, on=AT.date()) == 5
    assert shared.may_be_deleted(PartyFactory(organisation=activity.organisation))


def test_a_message_is_spoken_in_the_language_of_the_reader(activity):
    def choice(entry, context):
        yield engine.fails(why=gettext_lazy("Consent, Art. 6(1)(a)"))

    with ruling.only(L902=choice):
        refreshed(activity)
        [finding] = present(activity.organisation)
        assert finding.parameters == {"why": {"words": "Consent, Art. 6(1)(a)"}}
        with override("nl"):
            assert "Toestemming" in finding.message
        with override("en"):
            assert finding.message == "Because Consent, Art. 6(1)(a)"


def test_the_database_knows_a_finding_once(activity):
    with ruling.only(R901=ruling.no_reference):
        refreshed(activity)
        [finding] = present(activity.organisation)
    finding.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        finding.save(force_insert=True)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (RuleSetting, {"code": "R901", "is_on": False}),
        (FindingAcceptance, {"key": "k", "rule": "R901", "subject_kind": "entry", "reason": "", "at": AT}),
    ],
)
def test_a_decision_has_a_reason_also_for_the_database(model, fields, activity):
    if model is FindingAcceptance:
        fields["subject_id"] = activity.pk
    going_on = history.act(activity.organisation, by=None, at=AT, kind="rules.switched")
    with pytest.raises(IntegrityError), transaction.atomic(), going_on:
        model(organisation=activity.organisation, **fields).save()


def test_the_counts_of_a_day_are_there_once(activity):
    row = {"day": AT.date(), "group": "R", "severity": "low", "outcome": "fails", "accepted": False, "count": 1}
    FindingCount.objects.create(organisation=activity.organisation, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingCount.objects.create(organisation=activity.organisation, **row)


def test_reviewing_and_labelling_are_judged_at_once(activity):
    with ruling.only(R901=ruling.review_passed):
        change(activity, review_on=date(2026, 3, 1), at=AT)
        assert rules_of(activity.organisation) == ["R901"]
        activities.mark_reviewed([activity], by=None, at=AT)
        assert present(activity.organisation) == []
