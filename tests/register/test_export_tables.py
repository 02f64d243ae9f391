"""The record as a workbook and as a flat table, read back by another program's reader and by our own import."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.utils import translation

from register.exports import formats
from register.exports.selection import Selection
from register.imports import headings
from register.models import Activity
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import (
    AccessLineFactory,
    AdviceFactory,
    AgreementFactory,
    NoteLineFactory,
    PartyFactory,
    RecipientLineFactory,
)

from .filled import established, filled, refreshed
from .importing import brought_in, entries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)
OF_THE_VERSION = {"UUID", "Version", "Valid from", "Established on", "Versie", "Geldig vanaf", "Vastgesteld op"}


def made(organisation, format, selection=None, language="en", on=DAY, known_at=AT):
    with translation.override(language):
        return formats.make(
            format, organisation, selection or Selection(), on=on, known_at=known_at, language=language, made_at=AT
        )


def workbook(organisation, selection=None, **more):
    return openpyxl.load_workbook(io.BytesIO(made(organisation, "xlsx", selection, **more).content))


def rows_of(sheet):
    """Rows by heading."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=False)) for row in rows]


def flat(organisation, selection=None, language="en"):
    text = made(organisation, "csv", selection, language).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if language == "nl" else ","))


def test_every_line_stands_in_its_sheet_with_the_number_of_its_activity():
    organisation = OrganisationFactory()
    activity = filled(organisation, name="Payroll", started_on=date(2020, 1, 1), people_min=0)
    party = PartyFactory(organisation=organisation, name="Loonbureau", address="Kade 1")
    agreement = AgreementFactory(organisation=organisation, party=party, title="Contract", signed=True)
    line = RecipientLineFactory(activity=activity, party=party, agreement=agreement, ground="It pays")
    AccessLineFactory(activity=activity, purpose=activity.purposes.get())
    found = workbook(organisation, Selection(drafts=True))
    (row,) = rows_of(found["Processing activities"])
    assert (row["Number"], row["Name"], row["Status"]) == (activity.code, "Payroll", "Working copy, not established")
    assert (str(row["Started on"])[:10], row["Number of people, at least"]) == ("2020-01-01", 0)
    assert row["UUID"] == str(activity.pk)
    (recipient,) = rows_of(found["Recipients"])
    assert (recipient["Number"], recipient["Party"], recipient["Agreement"]) == (
        activity.code,
        "Loonbureau",
        "Contract",
    )
    assert (recipient["Role"], recipient["UUID"]) == ("Processor", str(line.pk))
    assert rows_of(found["Access inside"])[0]["For which purpose"] == "To do our work"
    assert rows_of(found["Parties"])[0]["Address"] == "Kade 1"
    assert str(rows_of(found["Agreements"])[0]["Signed on"])[:10] == "2025-01-01"


def test_a_workbook_is_pleasant_to_read():
    organisation = OrganisationFactory()
    activity = established(organisation, name="Payroll")
    found = workbook(organisation)
    first, purposes = found["Processing activities"], found["Purposes"]
    headings_of = [cell.value for cell in first[1]]
    assert len(set(headings_of)) == len(headings_of)
    for sheet in found:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    assert first["A2"].hyperlink.target.endswith(f"/register/{activity.pk}/")
    assert purposes["A2"].hyperlink.location == "'Processing activities'!A2"
    assert first.column_dimensions["B"].width >= len("Payroll")


def test_nothing_that_was_typed_becomes_a_formula():
    organisation = OrganisationFactory()
    established(organisation, name="=cmd|' /C calc'!A0", description="+31 6")
    first = workbook(organisation)["Processing activities"]
    assert (first["B2"].data_type, first["B2"].value) == ("s", "=cmd|' /C calc'!A0")
    assert flat(organisation)[0]["Name"] == "'=cmd|' /C calc'!A0"


def test_every_heading_of_a_sheet_is_known_to_our_own_import():
    organisation = OrganisationFactory()
    established(organisation)
    for language in ("nl", "en"):
        found = workbook(organisation, language=language)
        activities = found.worksheets[0]
        known = unknown_of(cell.value for cell in activities[1])
        assert known <= OF_THE_VERSION | derived(language), language
        assert unknown_of(flat(organisation, language=language)[0]) <= OF_THE_VERSION | derived(language), language


def unknown_of(texts):
    return {text for text in texts if not headings.recognise(text).meaning}


def derived(language):
    """What our import makes or looks up otherwise, by the names that these fields bear."""
    names = ("language", "parent", "successor", "ended_on", "end_reason")
    with translation.override(language):
        labels = [str(Activity._meta.get_field(name).verbose_name) for name in names]
    return {label[0].upper() + label[1:] for label in labels}


def test_a_flat_table_comes_in_again_with_what_art_30_asks():
    organisation = OrganisationFactory()
    established(organisation, name="Payroll", description="Every month")
    target = OrganisationFactory(languages="en")
    content = made(organisation, "csv").content
    report = brought_in(target, content, "record.csv")
    entry = entries(target)["Payroll"]
    before = entries(organisation)["Payroll"]
    assert entry.description == "Every month"
    assert [line.text_en for line in entry.purposes] == [line.text_en for line in before.purposes]
    assert [line.basis for line in entry.purposes] == ["c"]
    assert [line.category.en for line in entry.data] == [line.category.en for line in before.data]
    assert [line.category.en for line in entry.subjects] == [line.category.en for line in before.subjects]
    refused = [
        cell["heading"]
        for activity in report["activities"]
        for cell in activity["cells"]
        if "refused" in cell["outcome"]
    ]
    assert refused == ["UUID"]  # ids come along in JSON only


@pytest.mark.parametrize(("language", "sign"), [("nl", b";"), ("en", b",")])
def test_a_flat_table_is_as_a_spreadsheet_program_expects_it(language, sign):
    organisation = OrganisationFactory()
    established(organisation)
    first = made(organisation, "csv", language=language).content.split(b"\r\n")[0]
    assert first.startswith(b"\xef\xbb\xbf")
    assert first.count(sign) > 40


def test_what_is_meant_for_inside_is_there_only_when_asked():
    organisation = OrganisationFactory()
    activity = filled(organisation, name="Payroll", remarks="Ask Jan")
    NoteLineFactory(activity=activity, text="From the old list")
    AdviceFactory(organisation=organisation, activity=activity, advice="Keep it shorter", given_on=date(2026, 1, 5))
    refreshed(activity)

    def text_of(*internal):
        found = workbook(organisation, Selection(drafts=True, internal=internal))
        return "\n".join(str(cell) for sheet in found for row in sheet.iter_rows(values_only=True) for cell in row)

    for words in ("Ask Jan", "From the old list", "Keep it shorter"):
        assert words not in text_of()
        assert words in text_of("remarks", "advice", "findings", "evidence")
    assert "Ask Jan" not in str(flat(organisation, Selection(drafts=True)))


def test_a_past_day_is_told_as_it_was():
    organisation = OrganisationFactory()
    established(organisation, name="Payroll", at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    early = made(organisation, "csv", on=date(2026, 3, 2), known_at=datetime(2026, 3, 2, 22, tzinfo=UTC))
    assert early.activities == 0
    assert made(organisation, "csv").activities == 1


def test_only_what_was_selected_leaves():
    organisation = OrganisationFactory()
    one = established(organisation, name="Payroll")
    established(organisation, name="Cameras")
    names = [row["Name"] for row in flat(organisation, Selection(activities=(str(one.pk),)))]
    assert names == ["Payroll"]


def test_the_same_record_gives_the_same_bytes():
    organisation = OrganisationFactory()
    established(organisation)
    for format in ("xlsx", "csv", "json", "jsonld"):
        assert made(organisation, format).content == made(organisation, format).content
