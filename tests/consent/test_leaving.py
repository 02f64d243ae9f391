"""Withdrawing, objecting and being erased."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from accounts import mail
from consent import erasures, standing, suppressions, vault
from consent.actions import leaving, recording
from consent.actions.recording import Said
from consent.deciding import decide
from consent.kinds import Channel, Happening, IdentifierKind, Method, Purpose
from consent.models import EventDetail, Person, PersonKey
from consent.question import Outcome, Question
from consent.terms import of
from core.refusal import Refused
from tests.factories.accounts import AT
from tests.factories.consent import ConsentPurposeFactory, PersonFactory, WordingFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "betty.onvergetelijk@example.org"


@pytest.fixture
def wording():
    return WordingVersionFactory()


@pytest.fixture
def person(wording):
    person = recording.find_or_add(wording.organisation, IdentifierKind.EMAIL, ADDRESS, at=AT)
    give(person, wording, AT)
    return person


def give(person, wording, at, channel=Channel.EMAIL):
    purpose = wording.wording.purpose
    said = Said(Happening.GIVEN, purpose, channel, Method.WEB_FORM, at, wording=wording, facts={"filled in": ADDRESS})
    return recording.record(person, said, at=at)


def state(person, wording, channel=Channel.EMAIL):
    return standing.current(person, wording.wording.purpose, channel, at=AT + timedelta(days=999)).kind


def another_purpose(wording, kind):
    purpose = ConsentPurposeFactory(organisation=wording.organisation, kind=kind)
    return WordingVersionFactory(wording=WordingFactory(purpose=purpose))


def test_withdrawing_one_consent_leaves_the_others_and_twice_is_once(person, wording):
    give(person, wording, AT, Channel.SMS)
    later = AT + timedelta(hours=1)
    purpose = wording.wording.purpose
    assert leaving.withdraw(person, purpose, Channel.EMAIL, at=later, method=Method.PREFERENCES)
    assert leaving.withdraw(person, purpose, Channel.EMAIL, at=later, method=Method.ONE_CLICK) is None
    assert state(person, wording) == Happening.WITHDRAWN
    assert state(person, wording, Channel.SMS) == Happening.GIVEN


def test_withdrawing_everything_withdraws_every_purpose_and_channel(person, wording):
    other = another_purpose(wording, Purpose.PUBLICATION)
    give(person, other, AT, Channel.NONE)
    assert len(leaving.withdraw_all(person, at=AT + timedelta(1), method=Method.PREFERENCES)) == 2
    assert not any(one.is_given for one in standing.all_of(person, at=AT + timedelta(2)).values())


def test_an_objection_ends_all_direct_marketing_and_nothing_else(person, wording):
    photos = another_purpose(wording, Purpose.PUBLICATION)
    give(person, photos, AT, Channel.NONE)
    leaving.object_to_marketing(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    assert leaving.object_to_marketing(person, at=AT + timedelta(2), method=Method.PREFERENCES) == []
    assert state(person, wording) == Happening.OBJECTED
    assert state(person, photos, Channel.NONE) == Happening.GIVEN
    marks = suppressions.of_person(person)
    assert len(marks) == 1


def test_an_objection_forbids_purposes_that_come_later_until_consent_is_given_for_one(person, wording):
    leaving.object_to_marketing(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    new = another_purpose(wording, Purpose.MARKETING).wording.purpose
    marks = suppressions.of_address(wording.organisation, IdentifierKind.EMAIL, ADDRESS)
    assert suppressions.against(marks, new, Channel.EMAIL, standing.NEVER) == "objected"
    again = give(person, wording, AT + timedelta(2))
    purpose = wording.wording.purpose
    assert suppressions.against(marks, purpose, Channel.EMAIL, standing.of(again)) == ""
    assert suppressions.against(marks, new, Channel.EMAIL, standing.NEVER) == "objected"


def test_after_erasure_the_address_leads_to_nobody_and_is_still_not_written_to(person, wording):
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    leaving.erase(person, at=AT + timedelta(2), method=Method.PREFERENCES)
    assert recording.person_of(wording.organisation, IdentifierKind.EMAIL, ADDRESS) is None
    marks = suppressions.of_address(wording.organisation, IdentifierKind.EMAIL, ADDRESS)
    assert [mark.reason for mark in marks] == ["erased"]
    person.refresh_from_db()
    assert vault.facts_of(person, person.proof) == [ADDRESS]
    assert not EventDetail.objects.exists()
    with pytest.raises(Refused):
        give(person, wording, AT + timedelta(3))


def test_after_the_term_for_claims_nothing_names_anybody(person, wording):
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    mail.send_waiting(AT + timedelta(1))  # the last one, which says so
    leaving.destroy_proof(person, at=AT + timedelta(2000))
    person = Person.objects.select_related("key_row").get()
    assert person.proof == ""
    assert PersonKey.objects.get().key is None
    with pytest.raises(Refused):
        vault.seal(person, "x")
    assert ADDRESS not in everything_in_the_database()
    assert person.events.count() == 2


def everything_in_the_database():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


def test_the_log_of_erasures_erases_again_whom_a_backup_brought_back(person, wording, settings):
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    assert ADDRESS not in Path(settings.ERASURE_LOG).read_text()
    Person.objects.update(erased_at=None)  # as an older backup has it
    recording.identify(Person.objects.get(), IdentifierKind.EMAIL, ADDRESS, at=AT)
    assert erasures.replay() == 1
    assert recording.person_of(wording.organisation, IdentifierKind.EMAIL, ADDRESS) is None
    assert erasures.replay() == 0
    assert len(Path(settings.ERASURE_LOG).read_text().splitlines()) == 1


def test_a_line_of_the_log_that_a_kill_cut_off_is_left_out_and_takes_no_other_along(person, settings):
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    with Path(settings.ERASURE_LOG).open("a") as file:
        file.write('{"organisation": "12')
    assert [found for found, _at in erasures.logged()] == [str(person.pk)]
    other = PersonFactory(organisation=person.organisation)
    for _again in range(2):
        erasures.log(other, at=AT)
    assert [found for found, _at in erasures.logged()] == [str(person.pk), *[str(other.pk)] * 2]


def test_erasing_is_an_answer_that_forbids(person, wording):
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    asked = Question(
        AT.date(),
        of(wording.organisation, AT.date()),
        Channel.EMAIL,
        standing.current(person, wording.wording.purpose, Channel.EMAIL, at=AT + timedelta(2)),
    )
    assert decide(asked).outcome == Outcome.NOT_ALLOWED


def test_who_was_read_before_the_erasure_is_neither_recorded_for_nor_erased_again(person, wording):
    read_before = Person.objects.select_related("key_row").get(pk=person.pk)
    leaving.erase(person, at=AT + timedelta(1), method=Method.PREFERENCES)
    with pytest.raises(Refused):
        give(read_before, wording, AT + timedelta(2))
    leaving.erase(read_before, at=AT + timedelta(3), method=Method.PREFERENCES)
    assert len(erasures.logged()) == 1
    assert Person.objects.get().erased_at == AT + timedelta(1)
