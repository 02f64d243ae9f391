"""Where a keeper makes activities public and takes them back: with a reason, in the history, and never twice."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts import backup, verification
from accounts.models import Change, Event
from portal.models import Publication, PublicRegister
from register.actions import establish
from tests.factories.accounts import AT, DepartmentFactory, MembershipDepartmentFactory
from tests.factories.portal import PublicationFactory, PublicRegisterFactory
from tests.factories.register import ActivityFactory
from tests.register.filled import established
from tests.register.sheets import words
from tests.rooms import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(member):
    return member("privacy_officer")


def url(keeper, name, *arguments):
    return reverse(f"portal:{name}", args=[keeper.organisation.slug, *arguments])


def opened(keeper):
    return PublicRegisterFactory(organisation=keeper.organisation)


def test_nothing_is_public_until_the_organisation_opens_its_register(client, keeper):
    activity = established(keeper.organisation)
    address = url(keeper, "publication", activity.pk)
    assert 'name="act"' not in client.get(address).text
    assert client.post(address, {"act": "publish", "reason": "Asked for"}).status_code == 409
    assert not Publication.objects.exists()


def test_the_settings_are_kept_with_history_and_an_event(client, keeper):
    given = {"is_open": "on", "fields_shown": ["purposes", "data"]}
    client.post(url(keeper, "settings"), given)
    register = PublicRegister.objects.get()
    assert (register.is_open, register.has_list, register.fields) == (True, False, ["purposes", "data"])
    assert Change.objects.latest("number").kind == "publication.settings"
    assert Event.objects.filter(kind="settings_changed").exists()
    client.post(url(keeper, "settings"), {"fields_shown": ["purposes"]})
    assert not PublicRegister.objects.get().is_open


def test_what_is_not_on_the_list_cannot_be_made_public(client, keeper):
    given = {"is_open": "on", "fields_shown": ["purposes", "owner"]}
    assert client.post(url(keeper, "settings"), given).status_code == 422
    assert not PublicRegister.objects.exists()


def test_an_activity_is_made_public_and_taken_back_with_reasons(client, keeper):
    opened(keeper)
    activity = established(keeper.organisation)
    address = url(keeper, "publication", activity.pk)
    client.post(address, {"act": "publish", "reason": "Asked for by the council"})
    assert client.get(f"/va/{activity.pk}").status_code == 200
    assert "Asked for by the council" in client.get(address).text
    client.post(address, {"act": "withdraw", "reason": "Wrong purpose"})
    assert client.get(f"/va/{activity.pk}").status_code == 410
    publication = Publication.objects.get()
    assert (publication.reason, publication.withdrawal_reason) == ("Asked for by the council", "Wrong purpose")
    assert list(verification.verify()) == []


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_it_takes_a_reason(client, keeper, act):
    opened(keeper)
    activity = established(keeper.organisation)
    if act == "withdraw":
        PublicationFactory(activity=activity)
    before = list(Publication.objects.values())
    response = client.post(url(keeper, "publication", activity.pk), {"act": act, "reason": "  "})
    assert response.status_code == 422
    assert list(Publication.objects.values()) == before


def test_an_old_button_does_not_undo_what_it_did(client, keeper):
    opened(keeper)
    activity = established(keeper.organisation)
    address = url(keeper, "publication", activity.pk)
    for _ in range(2):
        client.post(address, {"act": "publish", "reason": "Asked for"})
    assert Publication.objects.count() == 1
    client.post(address, {"act": "withdraw", "reason": "Wrong"})
    assert client.post(address, {"act": "withdraw", "reason": "Wrong"}).status_code == 409


def test_ticked_activities_are_made_public_in_one_act(client, keeper):
    opened(keeper)
    rows = [established(keeper.organisation) for _ in range(2)]
    before = Change.objects.count()
    given = {"id": [str(row.pk) for row in rows], "reason": "Asked for"}
    response = client.post(url(keeper, "desk"), given, follow=True)
    assert "2 activities are public now" in words(response)
    assert Change.objects.count() == before + 1


def test_nothing_ticked_says_so(client, keeper):
    opened(keeper)
    established(keeper.organisation)
    response = client.post(url(keeper, "desk"), {"reason": "Asked for"})
    assert response.status_code == 422
    assert "Tick at least one activity first" in words(response)


def test_an_activity_of_another_organisation_or_department_cannot_be_ticked(client, keeper):
    opened(keeper)
    theirs = established(PublicRegisterFactory().organisation)
    hidden = established(keeper.organisation)
    MembershipDepartmentFactory(membership=keeper, department=DepartmentFactory(organisation=keeper.organisation))
    client.post(url(keeper, "desk"), {"id": [str(theirs.pk), str(hidden.pk)], "reason": "Asked for"})
    assert not Publication.objects.exists()


def test_the_preview_shows_what_everybody_will_read(client, keeper):
    opened(keeper)
    activity = established(keeper.organisation, description="What we do", remarks="Between us")
    text = client.get(url(keeper, "publication", activity.pk)).text
    assert "What we do" in text
    assert "Between us" not in text


def test_what_has_ended_cannot_be_made_public_any_more(client, keeper):
    opened(keeper)
    activity = established(keeper.organisation)
    establish.end(activity, on=date(2026, 2, 1), reason="Sold", by=None, at=AT)
    client.post(url(keeper, "publication", activity.pk), {"act": "publish", "reason": "Asked for"})
    assert not Publication.objects.exists()


def test_what_a_room_above_holds_back_is_not_made_public(client, keeper):
    opened(keeper)
    held, free = (established(keeper.organisation) for _ in range(2))
    address = url(keeper, "publication", held.pk)
    with open_room(blockers=lambda ids: [(held.pk, "The assessment waits.")] if held.pk in ids else []):
        assert "The assessment waits." in client.get(address).text
        assert 'name="act"' not in client.get(address).text
        given = {"id": [str(held.pk), str(free.pk)], "reason": "Asked for"}
        text = words(client.post(url(keeper, "desk"), given, follow=True))
    assert f"{held.code}: The assessment waits." in text
    assert list(Publication.objects.values_list("activity", flat=True)) == [free.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_rows(client, keeper, rows, django_assert_num_queries):
    opened(keeper)
    for _ in range(rows):
        PublicationFactory(activity=established(keeper.organisation))
    with django_assert_num_queries(8):
        response = client.get(url(keeper, "desk"))
    assert response.text.count('class="code"') == rows


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("portal_publication_has_a_reason", {"reason": ""}),
        ("portal_publication_is_withdrawn_for_a_reason", {"withdrawn_at": AT}),
        ("portal_publication_ends_after_it_starts", {"withdrawn": True, "published_at": AT.replace(year=2027)}),
    ],
)
def test_the_database_refuses_a_publication_that_cannot_be(name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PublicationFactory(**fields)


def test_an_activity_is_public_once_at_a_time():
    activity = ActivityFactory()
    PublicationFactory(activity=activity)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationFactory(activity=activity)


def test_what_is_public_is_in_a_backup(keeper):
    opened(keeper)
    PublicationFactory(activity=established(keeper.organisation))
    kept = {model._meta.db_table: list(backup.lines(model)) for model in backup.models()}
    assert len(kept["portal_publication"]) == len(kept["portal_publicregister"]) == 2  # the first line names columns
    assert "portal_historicalpublication" in kept


def test_the_history_of_what_was_public_cannot_be_changed(keeper):
    PublicationFactory()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Publication.history.update(reason="Another")
