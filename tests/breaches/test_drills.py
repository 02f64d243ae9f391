"""Drills: the same pages marked as such, measured from the start, and never among the real breaches."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import OutgoingMail
from breaches import measured
from breaches.models import Breach, Drill, ReportDraft
from tests.factories.accounts import AT, UserFactory
from tests.factories.breaches import AssessmentFactory, BreachFactory, DecisionFactory, DrillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo(member):
    return member("dpo", user=UserFactory(language="en"))


def page(name, membership, *words):
    return reverse(f"breaches:{name}", args=[membership.organisation.slug, *words])


def test_a_drill_goes_from_start_to_report_to_end(client, dpo):
    client.post(page("drills", dpo), {"title": "Lost laptop", "scenario": "On the train."})
    drill = Drill.objects.get()
    assert "A drill is going on" in client.get(page("report", dpo)).text
    assert "On the train." in client.get(page("report_drill", dpo)).text
    given = {"draft": str(uuid.uuid4()), "act": "send", "happened": "I lost my laptop"}
    assert "Drill: thank you" in client.post(page("report_drill", dpo), given, follow=True).text
    breach = Breach.objects.get()
    assert (breach.is_drill, breach.drill, breach.code) == (True, drill, "OEF-1")
    assert OutgoingMail.objects.get().subject.startswith("DRILL: OEF-1")
    assert "OEF-1" in client.get(page("drill", dpo, drill.pk)).text
    client.post(page("drill_end", dpo, drill.pk))
    assert "No drill is going on" in client.get(page("report_drill", dpo)).text
    late = client.post(page("report_drill", dpo), given | {"draft": str(uuid.uuid4())})
    assert late.status_code == 409
    assert Breach.objects.count() == 1


def test_a_drill_never_counts_as_a_breach(dpo):
    BreachFactory(organisation=dpo.organisation, is_drill=True, drill=DrillFactory(organisation=dpo.organisation))
    assert not Breach.objects.of(dpo.organisation).real().exists()
    assert not Breach.objects.of(dpo.organisation).on_register().exists()


def test_practice_and_earnest_are_never_mixed(client, dpo):
    DrillFactory(organisation=dpo.organisation, ended_at=None)
    draft = str(uuid.uuid4())
    client.post(page("report", dpo), {"draft": draft, "act": "keep", "happened": "Real"})
    assert "Real</textarea>" not in client.get(page("report_drill", dpo)).text
    for act in ("keep", "send"):
        given = {"draft": draft, "act": act, "happened": "Practice"}
        assert client.post(page("report_drill", dpo), given).status_code == 404
    assert "Real" in ReportDraft.objects.get().answers


def test_one_drill_at_a_time(client, dpo):
    DrillFactory(organisation=dpo.organisation, ended_at=None)
    assert client.post(page("drills", dpo), {"title": "Another", "scenario": "More"}).status_code in (409, 422)
    assert Drill.objects.count() == 1
    with pytest.raises(IntegrityError):
        DrillFactory(organisation=dpo.organisation, ended_at=None)


def test_each_step_is_measured_from_the_start_of_the_drill():
    drill = DrillFactory()
    moments = {"reported_at": AT + timedelta(minutes=7), "aware_at": AT - timedelta(hours=1), "first_signal_at": None}
    breach = BreachFactory(organisation=drill.organisation, is_drill=True, drill=drill, **moments)
    AssessmentFactory(breach=breach, at=AT + timedelta(minutes=90))
    DecisionFactory(breach=breach, about="authority", at=AT + timedelta(hours=26, minutes=5))
    with translation.override("en"):
        words = [step.words for step in measured.steps(drill, breach, measured.recorded_of(breach))]
    assert words[:5] == ["0 h 7 min", "0 h 0 min", "", "1 h 30 min", "26 h 5 min"]


def test_what_was_learned_is_kept(client, dpo):
    drill = DrillFactory(organisation=dpo.organisation)
    client.post(page("drill", dpo, drill.pk), {"lessons": "Nobody knew the number to call."})
    drill.refresh_from_db()
    assert drill.lessons == "Nobody knew the number to call."


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_of_a_drill_costs_the_same_for_any_number(client, dpo, rows, django_assert_num_queries):
    drill = DrillFactory(organisation=dpo.organisation)
    for _each in range(rows):
        BreachFactory(organisation=dpo.organisation, is_drill=True, drill=drill)
    client.get(page("drill", dpo, drill.pk))
    with django_assert_num_queries(10):
        client.get(page("drill", dpo, drill.pk))


def test_what_was_sent_in_time_is_still_the_reporters_to_see(client, dpo):
    drill = DrillFactory(organisation=dpo.organisation, ended_at=None)
    given = {"draft": str(uuid.uuid4()), "act": "send", "happened": "I lost my laptop"}
    client.post(page("report_drill", dpo), given)
    client.post(page("drill_end", dpo, drill.pk))
    assert Drill.objects.get().ended_at <= timezone.now()
    assert client.post(page("report_drill", dpo), given).status_code == 302
