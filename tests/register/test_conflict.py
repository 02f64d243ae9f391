"""Two people in one section, through real requests: the second sees what the first changed, and nothing is lost."""

import pytest
from django.test import Client

from register.models import Activity, Party, Purpose
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.register import ActivityFactory, PurposeFactory
from tests.register.sheets import opened, saved, section_url, sent_by, sheet_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(member):
    return member("editor", user=UserFactory(name="Anna"))


@pytest.fixture
def other(first):
    """The client of a colleague, Bert."""
    client = Client()
    client.force_login(MembershipFactory(organisation=first.organisation, user=UserFactory(name="Bert")).user)
    return client


@pytest.fixture
def activity(first):
    return ActivityFactory(
        organisation=first.organisation, name="Payroll", description="Old", contact="old@example.org"
    )


def test_different_fields_are_both_kept_and_the_second_is_told(client, other, activity):
    mine = opened(client, activity, "identity")
    saved(other, activity, "identity", contact="new@example.org")
    saved(client, activity, "identity", mine, description="Mine")
    activity.refresh_from_db()
    assert (activity.description, activity.contact) == ("Mine", "new@example.org")
    told = words(client.get(sheet_url(activity)))
    assert "Meanwhile Bert changed “Contact for questions” from “old@example.org” to “new@example.org”." in told


def test_the_same_field_is_shown_three_times_and_nothing_is_saved(client, other, activity):
    response = _clashing(client, other, activity)
    said = words(response)
    activity.refresh_from_db()
    assert response.status_code == 409
    assert activity.description == "Bert's words"
    for part in ("It was Old", "You wrote Anna's words", "Bert wrote", "Bert's words"):
        assert part in said


def _clashing(client, other, activity, **more):
    mine = opened(client, activity, "identity")
    saved(other, activity, "identity", description="Bert's words", **more)
    return saved(client, activity, "identity", mine, description="Anna's words")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Anna's words"), ("theirs", "Bert's words")])
def test_what_is_chosen_stays(client, other, activity, choice, kept):
    page = _clashing(client, other, activity)
    answer = client.post(section_url(activity, "identity"), sent_by(page) | {"choice-::description": choice})
    activity.refresh_from_db()
    assert answer.status_code == 302
    assert activity.description == kept


def test_without_a_choice_it_is_asked_again_with_everything_that_was_written(client, other, activity):
    page = _clashing(client, other, activity)
    again = client.post(section_url(activity, "identity"), sent_by(page))
    assert again.status_code == 409
    assert "Anna's words" in words(again)
    assert "Choose for every field below." in words(again)


def test_choosing_one_at_a_time_leads_to_the_end(client, other, activity):
    mine = opened(client, activity, "identity")
    saved(other, activity, "identity", description="Bert's", contact="bert@example.org")
    page = saved(client, activity, "identity", mine, description="Anna's", contact="anna@example.org")
    page = client.post(section_url(activity, "identity"), sent_by(page) | {"choice-::description": "mine"})
    assert page.status_code == 409
    client.post(section_url(activity, "identity"), sent_by(page) | {"choice-::contact": "theirs"})
    activity.refresh_from_db()
    assert (activity.description, activity.contact) == ("Anna's", "bert@example.org")


def test_all_of_mine_at_once(client, other, activity):
    page = _clashing(client, other, activity)
    client.post(section_url(activity, "identity"), sent_by(page) | {"all": "mine"})
    activity.refresh_from_db()
    assert activity.description == "Anna's words"


def test_a_choice_does_not_hold_for_a_text_that_was_never_shown(client, other, activity):
    page = _clashing(client, other, activity)
    saved(other, activity, "identity", description="Bert's second thoughts")
    again = client.post(section_url(activity, "identity"), sent_by(page) | {"choice-::description": "mine"})
    activity.refresh_from_db()
    assert again.status_code == 409
    assert "Bert's second thoughts" in words(again)
    assert activity.description == "Bert's second thoughts"


def test_a_line_that_the_other_took_away_is_asked_about(client, other, activity):
    line = PurposeFactory(activity=activity, text_nl="Loon")
    mine = opened(client, activity, "purposes")
    gone = other.post(
        section_url(activity, "purposes"), opened(other, activity, "purposes") | {"_edit": "remove:purposes:0"}
    )
    saved(other, activity, "purposes", sent_by(gone))
    page = saved(client, activity, "purposes", mine, **{"purposes-0-text_nl": "Loon betalen"})
    assert page.status_code == 409
    assert "This line was taken away." in words(page)
    client.post(section_url(activity, "purposes"), sent_by(page) | {"all": "mine"})
    kept = Purpose.objects.get(activity=activity)
    assert (kept.pk, kept.text_nl) == (line.pk, "Loon betalen")


def test_a_new_party_that_was_typed_survives_the_conflict(client, other, activity):
    line = {"recipients-0-description_nl": "Leveranciers"}
    saved(client, activity, "recipients", **line)
    mine = opened(client, activity, "recipients")
    saved(other, activity, "recipients", **{"recipients-0-description_nl": "Van Bert"})
    typed = {"recipients-0-description_nl": "Van Anna", "recipients-0-party_new": "Payroll Ltd"}
    page = saved(client, activity, "recipients", mine, **typed)
    assert page.status_code == 409
    assert not Party.objects.exists(), "nothing is left of an act that did not happen"
    client.post(section_url(activity, "recipients"), sent_by(page) | {"all": "mine"})
    row = activity.recipientlines.get()
    assert (row.description_nl, row.party.name) == ("Van Anna", "Payroll Ltd")


def test_a_line_that_both_added_is_kept_twice(client, other, activity):
    mine = opened(client, activity, "purposes")
    saved(other, activity, "purposes", **{"purposes-0-text_nl": "Van Bert"})
    saved(client, activity, "purposes", mine, **{"purposes-0-text_nl": "Van Anna"})
    assert set(Purpose.objects.values_list("text_nl", flat=True)) == {"Van Bert", "Van Anna"}


def test_sending_the_same_form_twice_adds_a_line_once(client, activity):
    mine = opened(client, activity, "purposes") | {"purposes-0-text_nl": "Loon"}
    for _time in range(2):
        client.post(section_url(activity, "purposes"), mine)
    assert Purpose.objects.count() == 1


def test_the_pack_of_somebody_else_is_refused(client, other, activity):
    page = _clashing(client, other, activity)
    stolen = other.post(section_url(activity, "identity"), sent_by(page) | {"all": "mine"})
    assert stolen.status_code == 409
    assert Activity.objects.get(pk=activity.pk).description == "Bert's words"
