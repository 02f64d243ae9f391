"""One purpose, activity or recipient for many trackers at once."""

import pytest
from django.urls import reverse

from accounts.models import Change
from consent.models import Tracker
from tests.consent.desk import url, words
from tests.factories.accounts import AT, DepartmentFactory, MembershipDepartmentFactory, UserFactory
from tests.factories.consent import ConsentPurposeFactory
from tests.factories.register import ActivityFactory, PartyFactory
from tests.factories.trackers import SiteFactory, TrackerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def trackers(organisation):
    site = SiteFactory(organisation=organisation)
    return [
        TrackerFactory(organisation=organisation, site=site, name=name, category="marketing")
        for name in ("_fbp", "_ga", "_gid")
    ]


def send(client, page, trackers, **given):
    """Opens the page and sends it, with these ticked."""
    base = client.get(page).context["form"].sealed
    return client.post(page, {"base": base, "trackers": [row.pk for row in trackers], **given}, follow=True)


def test_what_is_ticked_gets_the_same_purpose_and_the_rest_stays(client, organisation, trackers):
    first, second, third = trackers
    purpose = ConsentPurposeFactory(organisation=organisation, name_en="Advertising")
    party = PartyFactory(organisation=organisation)
    Tracker.objects.filter(pk=first.pk).update(recipient=party, is_suggested=True)
    page = url(organisation, "trackers_together") + "?category=marketing"
    assert "_fbp (" in words(client.get(page))
    done = send(client, page, [first, second], purpose=purpose.pk)
    assert done.redirect_chain == [(url(organisation, "trackers") + "?category=marketing", 302)]
    assert "2 trackers were changed." in words(done)
    assert dict(Tracker.objects.values_list("name", "purpose")) == {"_fbp": purpose.pk, "_ga": purpose.pk, "_gid": None}
    first.refresh_from_db()
    assert (first.recipient, first.is_suggested) == (party, True)
    change = Change.objects.latest("number")
    assert (change.kind, change.details, change.rows.keys()) == (
        "consent.trackers_filled",
        {"count": 2},
        {"consent.historicaltracker"},
    )
    again = send(client, page, [first, third], purpose=purpose.pk)
    assert "1 tracker was changed." in words(again)


@pytest.mark.parametrize(
    ("ticked", "sentence"), [(0, "Tick at least one tracker."), (1, "Choose a purpose, an activity or a recipient.")]
)
def test_without_a_tick_or_an_answer_nothing_changes(client, organisation, trackers, ticked, sentence):
    answer = send(client, url(organisation, "trackers_together"), trackers[:ticked], purpose="")
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_only_what_the_list_finds_and_a_member_may_see_is_filled_in(client, organisation, trackers):
    other = TrackerFactory(organisation=organisation, name="lang", category="functional", domain="cdn.example")
    stranger = TrackerFactory(category="marketing")
    purpose = ConsentPurposeFactory(organisation=organisation)
    page = url(organisation, "trackers_together") + "?category=marketing"
    for one in (other, stranger):
        answer = send(client, page, [one], purpose=purpose.pk)
        assert (answer.status_code, "The list has changed meanwhile." in words(answer)) == (422, True)
    strange = ConsentPurposeFactory()
    assert send(client, page, trackers[:1], purpose=strange.pk).status_code == 422
    assert not Tracker.objects.exclude(purpose=None).exists()
    whole = words(client.get(url(organisation, "trackers_together")))
    assert f"lang ({other.site}, cdn.example)" in whole
    assert f"_fbp ({trackers[0].site})" in whole


def test_a_tracker_of_an_activity_out_of_sight_is_not_offered(client, member):
    mine = member("privacy_officer", user=UserFactory(language="en"))
    MembershipDepartmentFactory(
        membership=mine, department=DepartmentFactory(organisation=mine.organisation, name="Shop")
    )
    hidden = ActivityFactory(
        organisation=mine.organisation, department=DepartmentFactory(organisation=mine.organisation)
    )
    TrackerFactory(organisation=mine.organisation, name="_secret", activity=hidden)
    page = client.get(url(mine.organisation, "trackers_together"))
    assert "_secret" not in page.text


def test_what_is_out_of_use_is_neither_offered_nor_filled_in(client, organisation, trackers):
    gone = AT.date()
    Tracker.objects.filter(pk=trackers[0].pk).update(retired_on=gone)
    retired = {
        "purpose": ConsentPurposeFactory(organisation=organisation, retired_on=gone),
        "activity": ActivityFactory(organisation=organisation, ended_on=gone, end_reason="Sold"),
        "recipient": PartyFactory(organisation=organisation, retired_on=gone),
    }
    page = url(organisation, "trackers_together")
    form = client.get(page).context["form"]
    assert [name for _key, name in form.fields["trackers"].choices] == [f"{row} ({row.site})" for row in trackers[1:]]
    for name, one in retired.items():
        assert one not in form.fields[name].queryset


def test_more_than_can_be_done_at_once_is_refused(client, organisation, trackers, monkeypatch):
    monkeypatch.setattr("consent.views.tracker_together.MOST", 2)
    answer = client.get(url(organisation, "trackers_together"))
    assert (answer.status_code, "more than 2 trackers" in words(answer)) == (409, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, organisation, number, django_assert_num_queries):
    purpose = ConsentPurposeFactory(organisation=organisation)
    for name in range(number):
        TrackerFactory(
            organisation=organisation,
            name=f"t{name}",
            purpose=purpose,
            activity=ActivityFactory(organisation=organisation),
        )
    with django_assert_num_queries(11):
        client.get(url(organisation, "trackers_together"))


def test_the_list_leads_there_with_its_filters(client, organisation, trackers):
    there = reverse("consent:trackers_together", args=[organisation.slug]) + "?category=marketing"
    assert there in client.get(url(organisation, "trackers") + "?category=marketing").text
    assert "trackers/together" not in client.get(url(organisation, "trackers") + "?retired=1").text


def test_what_somebody_filled_in_meanwhile_is_shown_before_it_is_overwritten(client, organisation, trackers):
    first, second, _third = trackers
    mine, theirs = (ConsentPurposeFactory(organisation=organisation, name_en=name) for name in ("Mine", "Theirs"))
    page = url(organisation, "trackers_together")
    given = {"base": client.get(page).context["form"].sealed, "purpose": mine.pk}
    Tracker.objects.filter(pk=first.pk).update(purpose=theirs)
    late = client.post(page, given | {"trackers": [first.pk, second.pk]})
    assert (late.status_code, "The list has changed meanwhile." in words(late)) == (422, True)
    assert "Theirs" in words(late)
    assert client.post(page, given | {"trackers": [second.pk]}).status_code == 302  # nobody touched that one
    given["base"] = late.context["form"].sealed
    assert client.post(page, given | {"trackers": [first.pk]}).status_code == 302
    assert set(Tracker.objects.values_list("purpose", flat=True)) == {mine.pk, None}
