"""What must still be done about breaches: one list, made of what was recorded, on three pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from breaches import duties, sealing
from breaches.actions import facts
from breaches.actions.notifying import Sent, notify
from breaches.authority_forms import reading
from breaches.law import Involvement
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
AP = reading.forms(date(2026, 11, 22))["ap"]
NOW = AT + timedelta(days=2)


@pytest.fixture
def officer(member):
    return member("privacy_officer", user=UserFactory(language="en", name="Pat"))


@pytest.fixture
def breach(officer):
    return make.BreachFactory(organisation=officer.organisation)


def duties_url(organisation):
    return reverse("breaches:duties", args=[organisation.slug])


def kinds(membership, at=NOW):
    return [duty.kind.value for duty in duties.of(membership, at=at)]


def notified(breach, membership, kind="first", *, hours=1, complete=False, **fields):
    more = {} if complete else {"is_complete": False, "follow_up_on": AT.date() + timedelta(days=20)}
    return notify(breach, AP, Sent(kind, AT + timedelta(hours=hours), **more, **fields), membership=membership, at=NOW)


def test_what_the_first_notification_lacked_is_a_duty_until_a_complete_one(client, officer, breach):
    row = notified(breach, officer, follows="The number of pupils.")
    assert "7.3 a" in row.missing
    assert kinds(officer) == ["follow_up"]
    said = words(client.get(duties_url(breach.organisation)))
    assert f"{len(row.missing)} answers were missing." in said
    page = words(client.get(url(breach)))
    assert "To follow up at the authority" in page
    assert "The number of pupils." in page
    notified(breach, officer, "follow_up", hours=5, complete=True)
    assert kinds(officer) == []
    assert "To follow up at the authority" not in words(client.get(url(breach)))


def test_what_became_known_is_marked_and_the_duty_stays(client, officer, breach):
    notified(breach, officer)
    before = client.get(url(breach)).text.count("Known now")
    facts.change(breach, {"groups_note": "Pupils of one class"}, by=None, at=NOW, section="people")
    page = client.get(url(breach)).text
    assert page.count("Known now") == before + 1
    assert kinds(officer) == ["follow_up"]
    assert reverse("breaches:section", args=[breach.organisation.slug, breach.pk, "people"]) in page


@pytest.mark.parametrize(("kind", "said"), [("withdrawal", []), ("follow_up", ["follow_up"])])
def test_only_the_last_word_to_an_authority_counts(officer, breach, kind, said):
    notified(breach, officer)
    notified(breach, officer, kind, hours=3, complete=kind == "withdrawal")
    assert [one for one in kinds(officer) if one != "notify"] == said


def test_each_thing_that_was_recorded_makes_its_duty(officer, breach):
    organisation = breach.organisation
    make.DecisionFactory(breach=breach, tell=True)
    make.DecisionFactory(breach=breach, about="people", tell=True)
    make.MeasureFactory(breach=breach, due_on=AT.date())
    make.MeasureFactory(breach=breach, done_on=AT.date())
    make.OtherNoticeFactory(breach=breach)
    make.OtherNoticeFactory(breach=breach, sent_at=AT)
    ours = make.BreachFactory(organisation=organisation, role="processor")
    make.BreachPartyFactory(breach=ours, involvement=Involvement.CLIENT)
    make.BreachPartyFactory(breach=ours, involvement=Involvement.CLIENT, told_at=AT)
    make.BreachFactory(organisation=organisation, closed=True)
    make.BreachFactory(organisation=organisation, is_drill=True)
    make.MeasureFactory(due_on=AT.date())
    found = kinds(officer)
    assert sorted(found) == sorted(["notify", "people", "advice", "measure", "other", "controller", "details"])


def test_acts_themselves_end_a_duty(officer, breach):
    decision = make.DecisionFactory(breach=breach, about="people", tell=False, exemption="effort", at=AT)
    make.DecisionFactory(breach=breach, tell=False)
    assert sorted(kinds(officer)) == ["advice", "people"]
    make.AdviceFactory(breach=decision.breach)
    make.CommunicationFactory(breach=breach)
    assert kinds(officer) == ["people"]
    make.CommunicationFactory(breach=breach, is_public=True)
    assert kinds(officer) == []


def test_late_ones_stand_on_top_and_say_so(client, officer, breach):
    today = timezone.localdate()
    make.NotificationFactory(breach=breach)
    make.MeasureFactory(breach=breach, text="Some day")
    make.MeasureFactory(breach=breach, text="Next month", due_on=today + timedelta(days=30))
    make.MeasureFactory(breach=breach, text="Forgotten", due_on=today - timedelta(days=3))
    said = words(client.get(duties_url(breach.organisation)))
    order = [said.index(text) for text in ("Forgotten", "Next month", "Some day")]
    assert order == sorted(order)
    assert "3 days late" in said
    assert "No day set" in said


def test_mine_are_mine_and_those_of_nobody(client, officer, breach):
    make.NotificationFactory(breach=breach)
    make.MeasureFactory(breach=breach, text="For Pat", owner=officer.user)
    make.MeasureFactory(breach=breach, text="For another", owner=UserFactory())
    make.MeasureFactory(breach=breach, text="For whoever")
    said = words(client.get(duties_url(breach.organisation)))
    assert "For Pat" in said
    assert "For whoever" in said
    assert "For another" not in said
    assert "For another" in words(client.get(duties_url(breach.organisation), {"whose": "all"}))


def test_an_auditor_sees_the_duties_of_others_and_no_way_to_do_them(client, officer, breach):
    notified(breach, officer, follows="About Anna Kuiper")
    client.force_login(
        MembershipFactory(organisation=breach.organisation, role="auditor", user=UserFactory(language="en")).user
    )
    assert "Nothing for you" in words(client.get(duties_url(breach.organisation)))
    said = client.get(duties_url(breach.organisation), {"whose": "all"})
    assert "Follow up the notification" in words(said)
    page = words(client.get(url(breach)))
    assert "questions had no answer yet" in page
    assert "Anna Kuiper" not in page


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_others_see_no_duties(client, officer, breach, role):
    client.force_login(MembershipFactory(organisation=breach.organisation, role=role).user)
    assert client.get(duties_url(breach.organisation)).status_code == 403


def test_the_dashboard_shows_what_cannot_wait(client, officer, breach):
    make.NotificationFactory(breach=breach)
    make.MeasureFactory(breach=breach, text="Call the school", due_on=timezone.localdate() - timedelta(days=1))
    make.MeasureFactory(breach=breach, text="Much later", due_on=timezone.localdate() + timedelta(days=90))
    make.BreachFactory(organisation=breach.organisation, closed=True, title="Long ago")
    said = words(client.get(reverse("register:dashboard", args=[breach.organisation.slug])))
    assert "To do about data breaches 2" in said
    assert "Call the school" in said
    assert "Destroy the details" in said
    assert "Much later" not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _each in range(rows):
        filled(officer)
    client.get(duties_url(officer.organisation))
    with django_assert_num_queries(12):
        client.get(duties_url(officer.organisation), {"whose": "all"})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_breach_with_a_follow_up_costs_the_same(client, officer, django_assert_num_queries, rows):
    breach = make.BreachFactory(organisation=officer.organisation, countries=["DE"])
    for hour in range(rows):
        make.MeasureFactory(breach=breach)
        make.BreachActivityFactory(breach=breach)
        notified(breach, officer, "follow_up" if hour else "first", hours=hour + 1)
    client.get(url(breach))
    with django_assert_num_queries(44):
        client.get(url(breach))


def filled(officer):
    """A breach, and others, with every kind of duty."""
    organisation = officer.organisation
    breach = make.BreachFactory(organisation=organisation)
    make.DecisionFactory(breach=breach, about="people", tell=True)
    make.NotificationFactory(breach=breach, is_complete=False, follow_up_on=AT.date())
    make.MeasureFactory(breach=breach, owner=UserFactory())
    make.OtherNoticeFactory(breach=breach)
    make.BreachPartyFactory(
        breach=make.BreachFactory(organisation=organisation, role="processor"), involvement=Involvement.CLIENT
    )
    closed = make.BreachFactory(organisation=organisation, closed=True)
    sealing.seal(closed, {"report.happened": "x"})
