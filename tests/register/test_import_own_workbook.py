"""Our own workbook out and in again: every sheet is read by its own columns, and nothing that it holds is lost."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings, strategies

from core.spreadsheets import read_workbook
from register import reading
from register.exports import formats, workbook
from register.exports.gathering import Gathered
from register.exports.selection import Selection
from register.imports import own_sheets, staging, taking
from register.models import Activity, Agreement, ImportBatch, Party
from register.record import AgreementValue, Entry, PartyValue, PurposeValue, RecipientValue, Standing, to_plain
from tests.factories.accounts import OrganisationFactory

from .entries import registers
from .filled import established
from .importing import brought_in, organisation_with_controller, undone, uploaded, worked
from .test_export_json import said
from .test_export_json import undone as rolled_back

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)
ALL = ("remarks", "evidence")
PLAIN = Entry(id=UUID(int=1), number=3, kind="controller", name="Payroll")


def written(standings, language="nl"):
    """The workbook of these standings."""
    organisation = OrganisationFactory.build()
    found = Gathered(organisation, Selection(drafts=True, internal=ALL), DAY, AT, AT, drafts=tuple(standings))
    with translation.override(language):
        return workbook.xlsx(found, language, lambda done, total: None)


def exported(organisation, language="nl", **chosen):
    selection = Selection(internal=ALL, **chosen)
    with translation.override(language):
        made = formats.make("xlsx", organisation, selection, on=DAY, known_at=AT, language=language, made_at=AT)
    return made.content


def drafts(organisation):
    return reading.drafts(Activity.objects.of(organisation).order_by("number"))


def changed(content, change):
    """The workbook after somebody worked in it."""
    book, output = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    change(book)
    book.save(output)
    return output.getvalue()


def column(sheet, heading):
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(registers(), strategies.sampled_from(["nl", "en"]))
def test_a_record_of_any_words_comes_in_again_as_it_left(record, language):
    with rolled_back():
        organisation = OrganisationFactory()
        brought_in(organisation, written(map(Standing, record), language), "record.xlsx")
        assert [said(entry) for entry in drafts(organisation)] == [said(entry) for entry in record]


def test_things_and_purposes_of_one_name_are_told_apart_by_their_ids():
    zon, other = (PartyValue(UUID(int=number), "Zon B.V.", email=f"{number}@zon.example") for number in (5, 6))
    first, second = (AgreementValue(UUID(int=number), "Contract", reference=str(number)) for number in (7, 8))
    lines = (RecipientValue(UUID(int=9), zon, agreement=first), RecipientValue(UUID(int=10), other, agreement=second))
    purposes = (PurposeValue(UUID(int=11), "Pay", basis="b"), PurposeValue(UUID(int=12), "Pay", basis="c"))
    entry = replace(PLAIN, recipients=lines, purposes=purposes)
    found = own_sheets.read(read_workbook(written([Standing(entry)]), "record.xlsx"))
    assert to_plain(found.activities[0].entry) == to_plain(entry)


def test_a_working_copy_and_what_was_established_of_it_are_kept_apart():
    old = replace(PLAIN, recipients=(RecipientValue(UUID(int=9), description_nl="Oud"),))
    new = replace(PLAIN, name="Wages", recipients=(RecipientValue(UUID(int=9), description_nl="Nieuw"),))
    content = written([Standing(old, version=2, valid_from=DAY, established_at=AT), Standing(new)])
    found = own_sheets.read(read_workbook(content, "record.xlsx"))
    assert [to_plain(one.entry) for one in found.activities] == [to_plain(old), to_plain(new)]
    organisation = OrganisationFactory()
    brought_in(organisation, content, "record.xlsx")
    assert [(entry.name, entry.recipients[0].description_nl) for entry in drafts(organisation)] == [("Wages", "Nieuw")]


def test_the_wizard_takes_it_without_asking_about_columns_and_knows_what_is_there_already():
    organisation, target = organisation_with_controller(), organisation_with_controller()
    established(organisation, name="Payroll")
    content = exported(organisation)
    batch = uploaded(target, name="record.xlsx", content=content)
    assert (batch.state, staging.is_own(batch), batch.counts) == (ImportBatch.State.STAGED, True, {"activities": 1})
    report = brought_in(organisation, content, "record.xlsx")
    assert (report["activities"], len(report["left_out"])) == ([], 1)


def test_what_somebody_changed_in_a_cell_comes_in_and_a_new_party_by_its_name():
    zon = PartyValue(UUID(int=5), "Zon B.V.", email="info@zon.example")
    entry = replace(PLAIN, recipients=(RecipientValue(UUID(int=9), zon),))

    def change(book):
        book["Partijen"][f"{column(book['Partijen'], 'Adres')}2"] = "Kade 1"
        book["Ontvangers"][f"{column(book['Ontvangers'], 'Partij')}2"] = "Maan B.V."

    organisation = OrganisationFactory()
    brought_in(organisation, changed(written([Standing(entry)]), change), "record.xlsx")
    assert [party.name for party in Party.objects.all()] == ["Maan B.V."]
    assert [line.party.name for line in drafts(organisation)[0].recipients] == ["Maan B.V."]


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Verwerkingsactiviteiten", "A2", "zeven"),
        ("Ontvangers", "A2", "VA-0099"),
        ("Partijen", "AA2", "Zie de map"),
        ("Overeenkomsten", "E2", "gisteren"),
        ("Notities van Jan", "A1", "Niet vergeten"),
    ],
)
def test_a_workbook_in_which_something_else_stands_comes_in_as_any_sheet_does(sheet, cell, value):
    zon, contract = PartyValue(UUID(int=5), "Zon B.V."), AgreementValue(UUID(int=7), "Contract", signed_on=DAY)
    entry = replace(PLAIN, recipients=(RecipientValue(UUID(int=9), zon, role="processor", agreement=contract),))

    def change(book):
        (book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet))[cell] = value

    content = written([Standing(entry)])
    with pytest.raises(own_sheets.NotOurs):
        own_sheets.read(read_workbook(changed(content, change), "record.xlsx"))
    organisation = organisation_with_controller()
    report = brought_in(organisation, changed(content, change), "record.xlsx")
    assert report["columns"]
    assert Activity.objects.of(organisation).get().name == "Payroll"


def test_an_agreement_comes_with_its_dates_and_a_batch_of_it_can_be_undone():
    target = organisation_with_controller()
    zon, contract = PartyValue(UUID(int=5), "Zon B.V."), AgreementValue(UUID(int=7), "Contract", signed_on=DAY)
    entry = replace(PLAIN, recipients=(RecipientValue(UUID(int=9), zon, role="processor", agreement=contract),))
    batch = uploaded(target, name="record.xlsx", content=written([Standing(entry)]))
    taking.ask(batch, by=None, at=AT)
    batch = worked(batch)
    assert batch.state == ImportBatch.State.TAKEN
    assert Agreement.objects.get(organisation=target).signed_on == DAY
    undone(batch)
    assert not Activity.objects.of(target).exists()
    assert not Party.objects.filter(organisation=target).exists()
