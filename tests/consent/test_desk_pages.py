"""The pages of purposes and wordings: what a person can do on them, to whom they show what, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change
from consent.actions import purposes, wordings
from consent.models import ConsentPurpose, Wording, WordingVersion
from tests.consent import desk
from tests.consent.desk import url, words
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, UserFactory
from tests.factories.consent import ConsentPurposeFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.text)[1]


def test_from_a_purpose_of_the_register_to_a_published_wording(client, organisation):
    """The whole way through the pages, without JavaScript."""
    activity, line = desk.established(organisation)
    made = {"candidate": f"{activity.pk}:{line}", "name_en": "Our newsletter", "kind": "marketing"}
    response = client.post(url(organisation, "purpose_new"), made)
    purpose = ConsentPurpose.objects.get()
    assert (purpose.code, purpose.activity, purpose.line) == ("our-newsletter", activity, line)
    assert response.url == url(organisation, "wording_new", purpose.pk)
    client.post(response.url, {"name": "On the website"})
    wording = Wording.objects.get()
    texts = url(organisation, "wording_texts", wording.pk)
    said = {f"{name}_{key}": value for key, text in desk.TEXTS.items() for name, value in text.items()}
    given = {"name": "On the website", "base": hidden(client.get(texts), "base"), **said}
    assert client.post(texts, given).status_code == 302
    publish = url(organisation, "wording_publish", wording.pk)
    assert "Not answered yet" in words(client.get(publish))
    questions = url(organisation, "wording_checklist", wording.pk)
    client.post(questions, {"base": hidden(client.get(questions), "base"), **desk.PASSING})
    page = client.get(publish)
    assert "Ja, mail mij de nieuwsbrief." in words(page)
    assert client.post(publish, {"revision": hidden(page, "revision")}).status_code == 302
    version = WordingVersion.objects.get()
    assert version.content["texts"]["nl"] == desk.TEXTS["nl"]
    shown = words(client.get(url(organisation, "wording_version", wording.pk, 1)))
    for expected in ("Ja, mail mij de nieuwsbrief.", "To mail news", version.digest):
        assert expected in shown


def test_an_answer_that_makes_consent_invalid_is_said_and_stops_it(client, organisation):
    wording = desk.draft(desk.purpose(organisation), checklist=desk.PASSING | {"own_box": "no"})
    assert "cannot be one box" in words(client.get(url(organisation, "wording", wording.pk)))
    publish = url(organisation, "wording_publish", wording.pk)
    assert client.post(publish, {"revision": Wording.objects.get().revision}).status_code == 409
    assert not WordingVersion.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "-1", "²", "0"])
def test_publishing_what_one_has_not_seen_is_refused(client, organisation, revision):
    wording = desk.draft(desk.purpose(organisation))
    assert client.post(url(organisation, "wording_publish", wording.pk), {"revision": revision}).status_code == 409


def test_two_people_in_one_draft_overwrite_nothing_unseen(client, organisation):
    wording = desk.draft(desk.purpose(organisation))
    texts = url(organisation, "wording_texts", wording.pk)
    page = client.get(texts)
    said = {f"{name}_{key}": value for key, text in desk.TEXTS.items() for name, value in text.items()}
    other = desk.TEXTS | {"en": desk.TEXTS["en"] | {"text": "Theirs"}}
    wordings.save_texts(wording, name=wording.name, texts=other, by=None, at=desk.MORNING)
    mine = {"name": "Mine", "base": hidden(page, "base"), **said, "text_en": "Mine too"}
    response = client.post(texts, mine)
    assert response.status_code == 409
    assert "Theirs" in words(response)
    assert wordings.texts_of(wording)["en"]["text"] == "Theirs"


def test_a_stale_wording_says_so_with_how_many_it_concerns(client, organisation):
    wording = desk.published(organisation).wording
    activity = wording.purpose.activity
    desk.recipient(activity, "controller")
    desk.establish_again(activity)
    said = words(client.get(url(organisation, "wording", wording.pk)))
    assert "no longer covers what is done" in said
    assert "Post Office receives the data and decides for itself" in said
    assert "Fewer than ten people consented with it" in said
    assert "No longer covers what is done" in words(client.get(url(organisation, "purposes")))


def test_a_purpose_is_changed_and_what_consents_rest_on_is_locked_after_publishing(client, organisation):
    purpose = desk.published(organisation).wording.purpose
    edit = url(organisation, "purpose_edit", purpose.pk)
    page = client.get(edit)
    assert "only the names can change" in words(page)
    given = {"base": hidden(page, "base"), "name_en": "News", "name_nl": "Nieuws", "code": "hacked", "kind": "other"}
    assert client.post(edit, given).status_code == 302
    purpose.refresh_from_db()
    assert (purpose.name_en, purpose.code, purpose.kind) == ("News", "newsletter", "marketing")


def test_ending_a_wording_and_then_its_purpose(client, organisation):
    version = desk.published(organisation)
    wording, purpose = version.wording, version.wording.purpose
    assert client.post(url(organisation, "purpose_retire", purpose.pk)).status_code == 409
    assert "End the wording" in words(client.get(url(organisation, "wording_end", wording.pk)))
    client.post(url(organisation, "wording_end", wording.pk))
    client.post(url(organisation, "purpose_retire", purpose.pk))
    assert client.get(url(organisation, "wording_texts", wording.pk)).status_code == 409
    purpose.refresh_from_db()
    assert purpose.retired_on == timezone.localdate()
    assert "No longer asked" in words(client.get(url(organisation, "purposes")))


def test_a_code_that_is_taken_is_said_at_its_field(client, organisation):
    purpose = desk.purpose(organisation)
    made = {"candidate": f"{purpose.activity_id}:{purpose.line}", "name_en": "Again", "code": "newsletter"}
    response = client.post(url(organisation, "purpose_new"), made | {"kind": "other"})
    assert response.status_code == 422
    assert "Another purpose has this code already" in words(response)


def test_a_member_of_one_department_sees_no_purposes_of_another(client, member):
    membership = member("editor", user=UserFactory(language="en"))
    MembershipDepartmentFactory(membership=membership)
    organisation = membership.organisation
    theirs = ConsentPurposeFactory(organisation=organisation, activity__department=DepartmentFactory())
    assert theirs.code not in words(client.get(url(organisation, "purposes")))
    assert client.get(url(organisation, "purpose", theirs.pk)).status_code == 404


def test_the_change_log_tells_it_in_words_to_those_who_may_see_consent(client, member, organisation):
    desk.published(organisation)
    log = reverse("register:history", args=[organisation.slug])
    assert "Published version 1 of the wording “On the website”" in words(client.get(log))
    assert Change.objects.filter(kind="consent.wording_published").exists()
    member("administrator", organisation=organisation, user=UserFactory(language="en"))
    assert "On the website" not in words(client.get(log))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_any_number_of_rows(client, organisation, django_assert_num_queries, rows):
    purpose = ConsentPurposeFactory(organisation=organisation)
    for _number in range(rows):
        WordingVersionFactory(wording__purpose__organisation=organisation)
        WordingVersionFactory(wording__purpose=purpose)
    for name, key in (("purposes", ()), ("purpose", (purpose.pk,))):
        client.get(url(organisation, name, *key))
    with django_assert_num_queries(9):
        client.get(url(organisation, "purposes"))
    with django_assert_num_queries(12):
        client.get(url(organisation, "purpose", purpose.pk))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_wording_costs_the_same_for_any_number_of_versions(
    client, organisation, django_assert_num_queries, rows
):
    wording = desk.published(organisation).wording
    for number in range(rows):
        desk.publish(wording, at=desk.MORNING + timedelta(days=number + 1))
    page = url(organisation, "wording", wording.pk)
    client.get(page)
    with django_assert_num_queries(23):
        client.get(page)


def test_candidates_are_found_in_one_query(organisation, django_assert_num_queries):
    desk.established(organisation)
    with django_assert_num_queries(1):
        purposes.candidates(organisation, on=desk.MORNING.date())
