"""The ledger: what the database refuses, and that the order of arrival never matters."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as some

from consent import identifiers, standing, vault
from consent.actions import recording, versions
from consent.actions.recording import Said
from consent.kinds import AgeBand, Channel, GivenBy, Happening, IdentifierKind, Method
from consent.mailing import lookup
from consent.models import ConsentEvent, EventDetail, Identifier, Person, WordingVersion
from core.refusal import Refused
from tests.factories.accounts import AT, OrganisationFactory
from tests.factories.consent import (
    ConsentEventFactory,
    ConsentPurposeFactory,
    PersonFactory,
    WordingVersionFactory,
)

pytestmark = pytest.mark.django_db


def said(wording, kind=Happening.GIVEN, happened_at=AT, **fields):
    return Said(
        kind, wording.wording.purpose, Channel.EMAIL, Method.WEB_FORM, happened_at, **{"wording": wording, **fields}
    )


@pytest.fixture
def wording():
    return WordingVersionFactory()


@pytest.fixture
def person(wording):
    return PersonFactory(organisation=wording.organisation)


def test_the_database_refuses_to_change_or_delete_an_event():
    event = ConsentEventFactory()
    for act in (lambda: ConsentEvent.objects.update(kind=Happening.WITHDRAWN), lambda: event.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert ConsentEvent.objects.get().kind == Happening.GIVEN


def test_a_published_wording_stays_as_it_is_but_for_its_end_which_is_said_once(wording):
    WordingVersion.objects.update(valid_until=AT)
    for change in ({"valid_until": AT + timedelta(1)}, {"content": {}}, {"digest": "1" * 64}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            WordingVersion.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        wording.delete()


def test_one_version_of_a_wording_is_shown_at_a_time(wording):
    with pytest.raises(IntegrityError), transaction.atomic():
        WordingVersionFactory(wording=wording.wording)
    WordingVersion.objects.update(valid_until=AT)
    WordingVersionFactory(wording=wording.wording, valid_from=AT)


def test_the_end_of_a_wording_cannot_be_said_together_with_another_text(wording):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        WordingVersion.objects.update(valid_until=AT, content={"texts": {}})


@pytest.mark.parametrize("days", [-31, 1])
def test_nobody_consents_to_a_wording_outside_its_validity(wording, days):
    WordingVersion.objects.update(valid_until=AT)
    with pytest.raises(DatabaseError, match="validity"), transaction.atomic():
        ConsentEventFactory(wording=wording, happened_at=AT + timedelta(days))
    wording.refresh_from_db()
    with pytest.raises(Refused, match=r"."):
        recording.record(
            PersonFactory(organisation=wording.organisation), said(wording, happened_at=AT + timedelta(days)), at=AT
        )


def test_a_consent_names_a_wording_of_its_own_purpose(wording, person):
    other = ConsentPurposeFactory(organisation=wording.organisation)
    with pytest.raises(DatabaseError, match="validity"), transaction.atomic():
        ConsentEventFactory(wording=wording, purpose=other, person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEventFactory(wording=None, purpose=other, person=person)
    assert ConsentEventFactory(wording=None, purpose=other, person=person, is_provable=False).pk


def test_a_moment_in_the_future_is_refused(wording, person):
    with pytest.raises(Refused):
        recording.record(person, said(wording, happened_at=AT + timedelta(seconds=1)), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEventFactory(wording=wording, person=person, recorded_at=AT - timedelta(1))


def test_the_same_reference_twice_is_one_event_and_another_event_under_it_is_refused(wording, person):
    first = recording.record(person, said(wording, reference="till-7"), at=AT)
    again = recording.record(person, said(wording, reference="till-7"), at=AT + timedelta(1))
    assert again == first
    with pytest.raises(Refused):
        recording.record(person, said(wording, Happening.WITHDRAWN, reference="till-7"), at=AT)


@pytest.fixture
def no_whole_ledger():
    """So little is in it here that PostgreSQL would just read it all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.usefixtures("no_whole_ledger")
def test_where_a_consent_stands_is_looked_up_by_an_index_of_that_very_order(wording, person):
    asked = {"person": person, "purpose": wording.wording.purpose, "channel": "email", "happened_at__lte": AT}
    one = ConsentEvent.objects.filter(**asked, kind__gte=10).order_by(*standing.LATEST)
    for question in (one, standing.deciding(ConsentEvent.objects.filter(kind=Happening.GIVEN), at=AT)):
        plan = question.explain()
        assert "consent_event_state" in plan
        assert all(name in plan for name in ("person_id", "purpose_id", "channel", "happened_at"))


@pytest.mark.usefixtures("no_whole_ledger")
def test_a_reference_is_looked_up_by_its_index_and_never_by_reading_the_whole_ledger(wording):
    events = ConsentEvent.objects.with_reference(wording.organisation)
    for asked in (events.filter(reference="till-7"), events.filter(reference__in=lookup.listed(["till-7", "till-8"]))):
        assert "consent_event_reference_is_used_once" in asked.explain()


def test_an_address_is_kept_only_as_a_keyed_hash_and_sealed(wording):
    person = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, " Ans@Example.ORG ", at=AT)
    same = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, "ans@example.org", at=AT)
    assert same == person
    row = Identifier.objects.get()
    assert "ans" not in row.sealed
    assert row.key_version == 2
    assert recording.person_of(OrganisationFactory(), IdentifierKind.EMAIL, "ans@example.org") is None


def test_an_address_that_was_hashed_with_an_older_key_is_still_found(wording, settings):
    settings.CONSENT_KEYS = ["1:tests-older"]
    person = recording.find_or_add(wording.organisation, IdentifierKind.PHONE, "06 12345678", at=AT)
    settings.CONSENT_KEYS = ["2:tests-newer", "1:tests-older"]
    assert recording.person_of(wording.organisation, IdentifierKind.PHONE, "+31612345678") == person
    settings.CONSENT_KEYS = ["2:tests-newer"]
    assert recording.person_of(wording.organisation, IdentifierKind.PHONE, "+31612345678") is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "no address"), ("email", "a@b"), ("phone", "call me"), ("phone", "12"), ("number", " "), ("email", "")],
)
def test_what_is_no_address_is_refused_with_a_sentence(wording, kind, value):
    with pytest.raises(Refused):
        recording.find_or_add(wording.organisation, kind, value, at=AT)
    assert not Person.objects.exists()


def test_the_network_address_is_shortened_at_the_door_and_sealed(wording, person):
    event = recording.record(person, said(wording, address="203.0.113.77", facts={"form": "footer"}), at=AT)
    sealed = EventDetail.objects.get(event=event).sealed
    assert "203.0" not in sealed
    assert vault.facts_of(person, sealed) == {"form": "footer", "network": "203.0.113.0/24"}


MOMENTS = some.integers(0, 3).map(lambda hours: AT + timedelta(hours=hours))
BY = some.sampled_from([GivenBy.SUBJECT, GivenBy.PARENT])
AGES = some.sampled_from([AgeBand.UNKNOWN, AgeBand.FROM_13])
EVENTS = some.lists(some.tuples(some.sampled_from(list(Happening)), MOMENTS, some.booleans(), BY, AGES), max_size=7)


def arrived(told):
    """Events as they came in, one after another."""
    names = ("kind", "happened_at", "is_provable", "given_by", "age")
    return [SimpleNamespace(pk=pk, **dict(zip(names, said, strict=True))) for pk, said in enumerate(told)]


@given(EVENTS, some.randoms())
def test_in_whatever_order_events_arrive_the_state_is_the_same(told, random):
    first, second = (standing.last(arrived(each)) for each in (told, random.sample(told, len(told))))
    assert replace(standing.of(first), event=None) == replace(standing.of(second), event=None)


@given(EVENTS)
def test_no_deciding_event_is_later_and_of_one_moment_none_protects_more(told):
    events = arrived(told)
    found = standing.last(events)
    deciding = [event for event in events if event.kind >= 10]
    if deciding:
        assert all((event.happened_at, event.kind) <= (found.happened_at, found.kind) for event in deciding)


@pytest.mark.parametrize(
    "told",
    [
        [(Happening.GIVEN, 0), (Happening.ASKED, 2)],
        [(Happening.WITHDRAWN, 1), (Happening.GIVEN, 1)],
        [(Happening.GIVEN, 2), (Happening.REFUSED, 1)],
        [(Happening.ASKED, 0), (Happening.DEFERRED, 1)],
        [(Happening.GIVEN, 1), (Happening.GIVEN, 1, {"is_provable": False})],
        [(Happening.GIVEN, 1, {"is_provable": False}), (Happening.GIVEN, 1)],
        [(Happening.GIVEN, 1, {"given_by": "parent"}), (Happening.GIVEN, 1, {"age": "from_13"})],
        [(Happening.GIVEN, 1), (Happening.GIVEN, 1)],
    ],
)
def test_the_database_finds_the_same_state_as_the_values(wording, person, told):
    for kind, hours, *more in told:
        moment = AT + timedelta(hours=hours)
        ConsentEventFactory(wording=wording, person=person, kind=kind, happened_at=moment, **dict(*more))
    later = AT + timedelta(days=1)
    purpose = wording.wording.purpose
    found = standing.current(person, purpose, Channel.EMAIL, at=later)
    assert found == standing.of(standing.last(person.events.all()))
    assert standing.all_of(person, at=later) == {(purpose.pk, Channel.EMAIL): found}
    deciding = standing.deciding(ConsentEvent.objects.all(), at=later)
    assert [event.pk for event in deciding] == ([found.event] if found.kind >= 10 else [])
    many = lookup.standings({person.pk}, purpose, Channel.EMAIL, at=later)
    assert many == ({person.pk: found} if found.kind >= 10 else {})
    assert found.is_provable


def test_a_wording_ends_after_the_last_consent_that_came_in_meanwhile_and_then_takes_no_more(wording, person):
    moment = AT + timedelta(seconds=1)
    recording.record(person, said(wording, happened_at=moment), at=moment)
    read_before = WordingVersion.objects.select_related("wording__purpose").get()
    ended = versions.end(wording.wording, AT)
    assert moment < ended.valid_until < moment + timedelta(seconds=1)
    with pytest.raises(Refused):
        recording.record(person, said(read_before, happened_at=ended.valid_until), at=ended.valid_until)


def test_what_happens_later_than_the_moment_asked_about_is_not_looked_at(wording, person):
    ConsentEventFactory(wording=wording, person=person)
    ConsentEventFactory(wording=wording, person=person, kind=Happening.WITHDRAWN, happened_at=AT + timedelta(days=3))
    purpose = wording.wording.purpose
    assert standing.current(person, purpose, Channel.EMAIL, at=AT + timedelta(days=1)).holds
    assert not standing.current(person, purpose, Channel.EMAIL, at=AT + timedelta(days=3)).holds


@pytest.mark.parametrize("written", ["key", ":key", "1:", "1:a,1:b", "20261122:a", "x:a", "²:a"])
def test_keys_that_cannot_be_told_apart_are_refused_in_one_sentence(settings, written):
    settings.CONSENT_KEYS = written.split(",")
    with pytest.raises(ImproperlyConfigured, match="VERSION:KEY"):
        identifiers.keys()
    settings.CONSENT_KEYS = ["2:b", " 1:a"]
    assert list(identifiers.keys()) == [2, 1]
