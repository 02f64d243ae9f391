"""The record as JSON, out and in again: nothing lost, nothing changed, nothing half taken in."""

import json
import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as project
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings

from accounts.models import Controller, Counter
from core.spreadsheets import BadFile
from register import interchange, reading
from register.actions.importing import import_file
from register.exports import json_file
from register.exports.gathering import gather
from register.exports.selection import Selection
from register.models import Activity, Party
from register.record import Entry, PartyValue, RecipientValue, to_plain
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import (
    AdviceFactory,
    DocumentLineFactory,
    MeasureLineFactory,
    NoteLineFactory,
    PartyFactory,
    RecipientLineFactory,
)

from .entries import registers
from .filled import established, filled

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)
ALL = ("remarks", "evidence")
WHO = UUID(int=99)


def file_of(entries, internal=ALL):
    document = interchange.Register(
        schema=interchange.SCHEMA,
        organisation=interchange.OrganisationValue(WHO, "elsewhere", "Elsewhere"),
        on=DAY,
        known_at=AT,
        made_at=AT,
        internal=internal,
    )
    return b"".join(interchange.dump(document, [interchange.ActivityValue(entry) for entry in entries]))


def exported(organisation, internal=ALL, **chosen):
    found = gather(organisation, Selection(internal=internal, **chosen), on=DAY, known_at=AT, made_at=AT)
    return b"".join(json_file.parts(found))


def brought_in(organisation, content, **more):
    return import_file(organisation, content, "register.json", by=None, at=AT, **more)


def drafts(organisation):
    return reading.drafts(Activity.objects.of(organisation).order_by("number"))


@contextmanager
def undone():
    """One example of many: its rows go before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refusal(content, **more):
    with pytest.raises(BadFile) as refused, translation.override("en"):
        brought_in(OrganisationFactory(), content, **more)
    assert not Activity.objects.exists()
    return str(refused.value)


PLAIN = Entry(id=UUID(int=1), number=3, kind="controller", name="Payroll")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(registers())
def test_a_record_that_goes_into_an_empty_organisation_is_the_record_that_left(record):
    with undone():
        organisation = OrganisationFactory()
        report = brought_in(organisation, file_of(record))
        assert [to_plain(entry) for entry in drafts(organisation)] == [to_plain(entry) for entry in record]
        assert len(report["activities"]) == len(record)


def said(entry):
    """An entry without ids and without whom only its own organisation knows."""
    return _without_ids(to_plain(replace(entry, owner=None)))


def _without_ids(value):
    if isinstance(value, dict):
        return {name: _without_ids(part) for name, part in value.items() if name not in ("id", "purpose")}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


def test_what_stands_there_already_is_left_out_and_a_change_comes_in_beside_it():
    organisation = OrganisationFactory()
    first = established(organisation, name="Payroll")
    Counter.draw(organisation, "activity", first.number)
    content = exported(organisation)
    report = brought_in(organisation, content)
    assert (report["activities"], len(report["left_out"])) == ([], 1)
    report = brought_in(organisation, content.replace(b"Payroll", b"Wages"))
    assert [entry.name for entry in drafts(organisation)] == ["Payroll", "Wages"]
    assert report["made"] == {}
    first.refresh_from_db()
    assert first.name == "Payroll"


def test_shared_things_of_the_same_name_are_used_and_left_as_they_are():
    organisation = OrganisationFactory()
    mine = PartyFactory(organisation=organisation, name="Zon B.V.", email="mine@example.org")
    theirs = PartyValue(UUID(int=5), "Zon B.V.", email="theirs@example.org")
    brought_in(organisation, file_of([replace(PLAIN, recipients=(RecipientValue(UUID(int=6), theirs),))]))
    (entry,) = drafts(organisation)
    assert entry.recipients[0].party.id == mine.pk
    assert Party.objects.get().email == "mine@example.org"


def test_the_latest_word_about_a_shared_thing_counts():
    organisation = OrganisationFactory()
    old, new = (PartyValue(UUID(int=5), name) for name in ("Old name", "New name"))
    entries = [
        replace(PLAIN, recipients=(RecipientValue(UUID(int=6), old),)),
        replace(PLAIN, id=UUID(int=2), number=4, recipients=(RecipientValue(UUID(int=7), new),)),
    ]
    document = json.loads(file_of(entries))
    document["activities"][0] |= {"version": 1, "established_at": "2025-01-01T00:00:00Z"}
    brought_in(organisation, json.dumps(document).encode())
    assert Party.objects.get().name == "New name"


def test_a_dry_run_stores_nothing():
    report = brought_in(OrganisationFactory(), file_of([PLAIN]), dry_run=True)
    assert len(report["activities"]) == 1
    assert not Activity.objects.exists()


def test_a_controller_comes_along_with_its_details():
    organisation = OrganisationFactory()
    established(organisation)
    Controller.objects.filter(organisation=organisation).update(name="Board", email="board@example.org")
    document = json.loads(file_of([PLAIN]))
    document["activities"][0]["entry"]["controller"] = {"id": str(UUID(int=8)), "name": "Stichting"}
    document["controllers"] = [
        {
            "id": str(UUID(int=8)),
            "name": "Stichting",
            "details": {"email": "s@example.org", "kind": "nonsense", "x": "y"},
        }
    ]
    target = OrganisationFactory()
    brought_in(target, json.dumps(document).encode())
    made = Controller.objects.get(organisation=target)
    assert (made.pk, made.email, made.kind) == (UUID(int=8), "s@example.org", Controller.Kind.PRIVATE)


def test_what_is_meant_for_inside_leaves_only_when_asked():
    organisation = OrganisationFactory()
    activity = filled(organisation, name="Payroll", remarks="Ask Jan")
    NoteLineFactory(activity=activity, text="From the old list")
    MeasureLineFactory(activity=activity, note="The key is in safe 3")
    DocumentLineFactory(activity=activity, note="Page 12 of the report")
    AdviceFactory(organisation=organisation, activity=activity, advice="Keep it shorter", given_on=date(2026, 1, 5))
    bare = exported(organisation, internal=(), drafts=True).decode()
    assert "Payroll" in bare
    whole = exported(organisation, internal=("remarks", "advice", "evidence"), drafts=True).decode()
    for words in ("Ask Jan", "From the old list", "Keep it shorter", "The key is in safe 3", "Page 12 of the report"):
        assert words not in bare
        assert words in whole


def test_a_past_day_leaves_as_it_was():
    organisation = OrganisationFactory()
    established(organisation, name="Payroll", at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    on = date(2026, 3, 2)
    found = gather(organisation, Selection(), on=on, known_at=reading.end_of(on), made_at=AT)
    assert interchange.load(b"".join(json_file.parts(found))).activities == ()


def test_a_recipient_without_an_agreement_title_and_a_zero_survive():
    organisation = OrganisationFactory()
    activity = filled(organisation, people_min=0, people_max=10)
    line = RecipientLineFactory(activity=activity)
    entry = reading.draft(activity)
    content = file_of([entry])
    assert interchange.load(content).activities[0].entry == entry
    assert entry.recipients[0].party.id == line.party_id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text[:-20], "not as our program writes it"),
        (lambda text: text.replace("dertig-register/1", "dertig-register/9"), "another version"),
        (lambda text: text.replace('"number":3', '"number":"x"'), "Expected `int`"),
        (lambda text: text.replace('"number":3', '"number":0'), "no usable number"),
        (lambda text: text.replace('"kind":"controller"', '"kind":"king"'), "king"),
        (lambda text: text.replace("Payroll", "x" * 251), "cannot be kept here"),
        (lambda text: text.replace('"Payroll"', '"  "'), "no name"),
        (lambda text: text.replace('"Payroll"', '"Pay", "ended_on": "2026-01-01"'), "Say why"),
        (lambda text: text.replace('"Payroll"', '"Pay", "people_min": 9, "people_max": 2'), "higher than the highest"),
        (lambda text: text.replace('"Payroll"', '"a\\u0000b"'), "cannot be kept here"),
        (lambda text: text.split('"activities":')[0] + '"activities":[]}', "no record of a processing activity"),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_a_sentence(change, words):
    content = change(file_of([PLAIN]).decode()).encode()
    assert words in refusal(content)


def test_a_file_beyond_the_limit_is_refused(settings):
    settings.IMPORT_MAX_UNPACKED = 100
    assert "larger than 1 MB" in refusal(file_of([PLAIN]))


def test_bytes_that_are_no_text_are_refused():
    assert "encoding" in refusal(file_of([PLAIN]).replace(b"Payroll", b"Payr\xff"))


def test_the_schema_file_is_the_one_of_the_code():
    path = Path(project.BASE_DIR) / "static" / "schemas" / "register.schema.json"
    wanted = json.dumps(interchange.schema(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("WRITE_SCHEMA"):
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, (
        "run this test once with WRITE_SCHEMA=1, and look at what changed"
    )
