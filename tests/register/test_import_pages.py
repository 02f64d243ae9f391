"""The pages of an import: they lead from the file to the drafts without a script, and back."""

import io
import json
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Job
from register.actions import activities
from register.models import Activity, ImportBatch, KeptPlan
from tests.factories.accounts import ControllerFactory, UserFactory
from tests.factories.register import PartyFactory, SubjectCategoryFactory
from tests.register.importing import AT, csv_bytes, staged, taken, uploaded, worked

pytestmark = pytest.mark.django_db

HEADINGS = ("Naam", "Doel", "Rechtsgrond", "Betrokkenen", "Persoonsgegevens", "Verwerker")
PAY = ("Salaris", "Betalen", "overeenkomst", "Medewerkers", "Naam; Salaris", "Firma A B.V.")
SHEET = (HEADINGS, PAY)


@pytest.fixture
def organisation(member):
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    ControllerFactory(organisation=organisation)
    return organisation


def at(name, *parts):
    organisation, *batch = parts
    return reverse(f"register:{name}", args=[organisation.slug, *(one.pk for one in batch)])


def upload(client, organisation, content, name="register.csv"):
    return client.post(at("imports", organisation), {"file": SimpleUploadedFile(name, content)})


def workbook(*sheets):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet(f"Sheet {number}")
            for row, values in enumerate(rows):
                sheet.write_row(row, 0, values)
    return file.getvalue()


def test_the_whole_way_without_a_script(client, organisation):
    PartyFactory(organisation=organisation, name="Firma A")
    response = upload(client, organisation, csv_bytes(*SHEET))
    batch = ImportBatch.objects.get()
    assert response.url == at("import_batch", organisation, batch)
    page = client.get(response.url, follow=True)
    assert "a usual heading" in page.text
    assert "Firma A B.V." in page.text
    client.post(at("import_columns", organisation, batch), {f"m-0-{n}": m for n, m in enumerate(meanings(batch))})
    assert "Being read" in client.get(at("import_batch", organisation, batch)).text
    worked(batch)
    assert "First decide on the look-alikes" in client.get(at("import_batch", organisation, batch)).text
    asked = batch.look_alikes.get()
    assert "Firma A" in client.get(at("import_look_alikes", organisation, batch)).text
    client.post(at("import_look_alikes", organisation, batch), {f"look-alike-{asked.pk}": "same"})
    rows = client.get(at("import_rows", organisation, batch)).text
    assert "Salaris" in rows
    client.post(at("import_take", organisation, batch), {"reason": "Ours"})
    worked(batch)
    assert "Still in the register" in client.get(at("import_batch", organisation, batch)).text
    assert Activity.objects.of(organisation).get().name == "Salaris"
    assert "Processing activities: 1" in client.get(at("import_undo", organisation, batch)).text
    client.post(at("import_undo", organisation, batch))
    worked(batch)
    assert "Everything that it brought in was taken away." in client.get(at("import_batch", organisation, batch)).text
    client.post(at("import_again", organisation, batch))
    assert ImportBatch.objects.count() == 2


def test_the_export_of_the_government_tool_comes_in_through_the_pages(client, organisation):
    record = json.dumps({"Naam": "Loon", "Betrokkenen": [], "Doelen": []}).encode()
    upload(client, organisation, record, "export.json")
    batch = ImportBatch.objects.get()
    worked(batch)
    assert "Loon" in client.get(at("import_rows", organisation, batch)).text
    client.post(at("import_take", organisation, batch))
    worked(batch)
    assert Activity.objects.of(organisation).get().name == "Loon"


def test_our_own_workbook_comes_in_row_by_row_like_any_other(client, organisation):
    headings = ("Number", "Name", "Part of the record", "Status", "Version", "UUID")
    content = workbook([headings, ("VA-0001", "Pay", "Controller", "Established", "1", str(uuid4()))])
    upload(client, organisation, content, "ours.xlsx")
    batch = ImportBatch.objects.get()
    before = batch.plan
    assert before["template"] == "own"
    given = {f"m-0-{n}": meaning for n, meaning in enumerate(meanings(batch))}
    read = client.post(at("import_columns", organisation, batch), given)
    worked(batch)
    assert batch.plan == before
    rows = client.get(read.url, follow=True).text
    assert "Pay" in rows
    assert "On to taking in" in rows
    assert "<details open" in client.get(read.url, {"open": "all"}).text
    client.post(at("import_take", organisation, batch))
    worked(batch)
    assert Activity.objects.of(organisation).get().name == "Pay"
    assert batch.state == "taken"


def meanings(batch):
    return [column["meaning"] for column in batch.plan["sheets"][0]["columns"]]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "register.csv", "empty"),
        (b"nothing", "register.docx", "cannot be read as a spreadsheet"),
        (b"PK\x03\x04 broken", "register.xlsx", "damaged"),
        (b"a\n1\n", "register.csv", "No row with headings was found"),
        (b'{"schema": "dertig-register/1"', "register.json", "register.json"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_at_the_upload(client, organisation, content, name, sentence):
    response = upload(client, organisation, content, name)
    assert response.status_code == 200
    assert sentence in response.text
    assert 'aria-invalid="true"' in response.text
    assert not ImportBatch.objects.exists()


def test_a_file_that_cannot_be_scanned_for_viruses_is_not_kept(client, organisation, settings):
    settings.CLAMAV_SOCKET = "/no/such/socket"
    response = upload(client, organisation, csv_bytes(*SHEET))
    assert "could not be scanned for viruses" in response.text
    assert not ImportBatch.objects.exists()


def test_of_headings_that_nobody_knows_somebody_says_what_they_mean(client, organisation):
    sheet = (
        ["Ons lijstje van 2019"],
        ["Kolom een", "Kolom twee", "Kolom drie"],
        ["Salaris", "Om te betalen", "Personeel"],
    )
    upload(client, organisation, csv_bytes(*sheet))
    batch = ImportBatch.objects.get()
    assert "None of these headings is known" in client.get(at("import_columns", organisation, batch)).text
    assert meanings(batch)[:2] == ["", ""]
    refused = client.post(at("import_columns", organisation, batch), {})
    assert "Say of one column at least what it means" in refused.text
    client.post(at("import_columns", organisation, batch), {"m-0-0": "name", "m-0-1": "purposes", "m-0-2": "subjects"})
    worked(batch)
    client.post(at("import_take", organisation, batch), {})
    worked(batch)
    activity = Activity.objects.of(organisation).get()
    assert (activity.name, activity.purposes.get().text_nl) == ("Salaris", "Om te betalen")


def test_of_several_sheets_those_are_read_that_were_chosen(client, organisation):
    upload(client, organisation, workbook(SHEET, (HEADINGS, ("Verlof", *PAY[1:])), [["Uitleg"]]), "register.xlsx")
    batch = ImportBatch.objects.get()
    page = client.get(at("import_batch", organisation, batch), follow=True)
    assert page.redirect_chain[-1][0] == at("import_sheets", organisation, batch)
    nothing = client.post(at("import_sheets", organisation, batch), {})
    assert "Choose one sheet at least." in nothing.text
    client.post(at("import_sheets", organisation, batch), {"sheet-1": "on"})
    batch.refresh_from_db()
    assert [sheet["layout"] for sheet in batch.plan["sheets"]] == ["nothing", "table", "nothing"]
    client.post(at("import_sheets", organisation, batch), {"sheet-0": "on", "sheet-1": "on"})
    batch.refresh_from_db()
    assert [sheet["layout"] for sheet in batch.plan["sheets"]] == ["table", "table", "nothing"]


def test_a_meaning_can_be_changed_and_kept_for_later(client, organisation):
    batch = uploaded(organisation, *SHEET)
    given = {f"m-0-{n}": m for n, m in enumerate(meanings(batch))} | {"m-0-1": "description"}
    client.post(at("import_columns", organisation, batch), given | {"later": "1"})
    batch.refresh_from_db()
    assert (batch.state, meanings(batch)[1], KeptPlan.objects.count()) == ("choosing", "description", 0)
    client.post(at("import_columns", organisation, batch), given | {"m-0-1": ""})
    batch.refresh_from_db()
    assert (batch.state, meanings(batch)[1]) == ("reading", "note")


def test_very_many_columns_come_a_page_at_a_time_and_none_is_forgotten(client, organisation):
    headings = ("Name", "Purpose", *(f"Kop {n}" for n in range(140)), "Start date")
    row = ("Pay", "To pay", *(f"cel {n}" for n in range(140)), "03/04/2021")
    batch = uploaded(organisation, headings, row)
    url = at("import_columns", organisation, batch)
    page = client.get(url).text
    assert page.count("<select") == 60
    assert "Columns 1 to 60 of 143" in page
    moved = client.post(url, {"m-0-0": "name", "m-0-1": "purposes", "m-0-5": "description", "go": "2"})
    assert moved.url.endswith("?page=2")
    client.post(moved.url, {"m-0-60": "remarks", "go": "1"})
    asked = client.post(url, {f"m-0-{n}": m for n, m in enumerate(meanings(refreshed(batch))[:60])}, follow=True)
    assert "say which is meant" in asked.text
    assert asked.redirect_chain[0][0].endswith("?page=3")
    client.post(asked.redirect_chain[0][0], {"m-0-142": "started_on", "d-0-142": "dmy"})
    assert worked(batch).state == "staged"
    found = meanings(batch)
    assert (found[5], found[60], found[142]) == ("description", "remarks", "started_on")


def refreshed(batch):
    batch.refresh_from_db()
    return batch


def test_more_columns_than_anybody_looks_at_are_refused_with_a_sentence(client, organisation, settings):
    settings.IMPORT_MAX_COLUMNS_IN_ALL = 5
    response = upload(client, organisation, csv_bytes(HEADINGS, PAY), "wide.csv")
    assert "The sheets have 6 columns together, and at most 5 can be taken in at once." in response.text
    assert not ImportBatch.objects.exists()


def test_a_meaning_that_does_not_exist_is_refused(client, organisation):
    batch = uploaded(organisation, *SHEET)
    response = client.post(at("import_columns", organisation, batch), {"m-0-1": "nonsense"})
    assert response.status_code == 200
    assert ImportBatch.objects.get().state == "choosing"


def test_days_that_can_be_read_in_two_ways_are_asked_about(client, organisation):
    headings = ("Name", "Purpose", "Lawful basis", "Data subjects", "Personal data", "Processor", "Start date")
    rows = (headings, (*PAY, "03/04/2021"), ("Leave", *PAY[1:], "05/06/2020"))
    batch = uploaded(organisation, *rows)
    given = {f"m-0-{n}": m for n, m in enumerate(meanings(batch))}
    page = client.get(at("import_columns", organisation, batch))
    assert "Is 3/4 the third of April, or the fourth of March?" in page.text
    client.post(at("import_columns", organisation, batch), given)
    assert ImportBatch.objects.get().state == "choosing"
    client.post(at("import_columns", organisation, batch), given | {"d-0-6": "mdy"})
    assert worked(batch).state == "staged"
    assert "2021-03-04" in client.get(at("import_rows", organisation, batch)).text


def test_headings_of_before_are_filled_in_with_what_is_different(client, organisation):
    staged(organisation, *SHEET)
    batch = uploaded(organisation, (*HEADINGS[:5], "Iets nieuws"), PAY)
    page = client.get(at("import_columns", organisation, batch)).text
    assert "the sheet has changed" in page
    assert "Iets nieuws" in page


def test_a_problem_is_marked_at_its_cell_and_the_filter_finds_it(client, organisation):
    suspect = ("Nieuwsbrief", "Sturen naar jan.jansen@voorbeeld.nl", *PAY[2:])
    batch = staged(organisation, HEADINGS, PAY, suspect)
    page = client.get(at("import_rows", organisation, batch), {"show": "doubts"}).text
    assert "looks like data of one person" in page
    assert "Nieuwsbrief" in page
    assert "Salaris" not in page.split('id="rows"')[1].split("Nieuwsbrief")[0]


def test_a_row_is_left_out_and_taken_in_after_all(client, organisation):
    batch = staged(organisation, *SHEET)
    url = at("import_rows", organisation, batch)
    client.post(url, {"leave": "0"})
    assert batch.rows.get().decision == "leave"
    assert client.post(at("import_take", organisation, batch)).status_code == 409
    client.post(url, {"take": "0", "leave": "rubbish"})
    assert batch.rows.get().decision == "take"


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_however_many_there_are(client, organisation, count, django_assert_num_queries):
    batch = staged(organisation, HEADINGS, *((f"Verwerking {number}", *PAY[1:]) for number in range(count)))
    client.get(at("import_rows", organisation, batch))
    with django_assert_num_queries(13):
        response = client.get(at("import_rows", organisation, batch))
    assert response.text.count('class="import-row"') == count


def test_what_makes_an_import_better_is_said_beforehand(client, organisation):
    page = client.get(at("imports", organisation)).text
    assert "First load the starter library" in page
    assert "First say who you are" not in page
    SubjectCategoryFactory(organisation=organisation, key="pupils")
    organisation.controllers.update(retired_on=AT.date())
    page = client.get(at("imports", organisation)).text
    assert "First load the starter library" not in page
    assert "First say who you are" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_imports_there_are(client, organisation, count, django_assert_num_queries):
    for _number in range(count):
        uploaded(organisation, *SHEET, by=UserFactory())
    client.get(at("imports", organisation))
    with django_assert_num_queries(9):
        response = client.get(at("imports", organisation))
    assert response.text.count("register.csv") == count


def test_work_that_failed_says_why_and_leads_back(client, organisation):
    batch = uploaded(organisation, *SHEET)
    client.post(at("import_columns", organisation, batch), {f"m-0-{n}": m for n, m in enumerate(meanings(batch))})
    Job.objects.update(state="failed", message="The disk is full.")
    url = at("import_batch", organisation, batch)
    assert "The disk is full." in client.get(url).text
    client.post(at("import_back", organisation, batch))
    assert ImportBatch.objects.get().state == "choosing"


def test_work_that_goes_on_is_not_led_back(client, organisation):
    batch = uploaded(organisation, *SHEET)
    client.post(at("import_columns", organisation, batch), {f"m-0-{n}": m for n, m in enumerate(meanings(batch))})
    client.post(at("import_back", organisation, batch))
    assert ImportBatch.objects.get().state == "reading"


def test_progress_asks_again_by_itself_and_ends_with_the_whole_page(client, organisation):
    batch = staged(organisation, *SHEET)
    response = client.get(at("import_batch", organisation, batch), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == at("import_rows", organisation, batch)
    batch = taken(organisation, *SHEET)
    response = client.get(at("import_batch", organisation, batch), headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"


def test_an_import_is_thrown_away(client, organisation):
    batch = staged(organisation, *SHEET)
    client.post(at("import_forget", organisation, batch))
    assert not ImportBatch.objects.exists()


def test_what_stays_after_undoing_is_listed_with_the_reason(client, organisation):
    batch = taken(organisation, HEADINGS, PAY, ("Verlof", *PAY[1:]))
    activity = Activity.objects.get(name="Verlof")
    activities.set_upkeep([activity], by=None, at=AT, owner_function="Head")
    assert "Changed since" in client.get(at("import_undo", organisation, batch)).text
    client.post(at("import_undo", organisation, batch))
    worked(batch)
    page = client.get(at("import_batch", organisation, batch)).text
    assert "What has stayed, and why" in page
    assert reverse("register:activity", args=[organisation.slug, activity.pk]) in page


def test_the_file_can_be_had_again(client, organisation):
    batch = taken(organisation, *SHEET)
    response = client.get(at("import_file", organisation, batch))
    assert b"".join(response.streaming_content) == csv_bytes(*SHEET)


def test_an_import_without_its_file_still_has_its_page(client, organisation):
    batch = taken(organisation, *SHEET)
    batch.file, batch.plan = None, {}
    batch.save()
    assert client.get(at("import_batch", organisation, batch)).status_code == 200
    assert client.get(at("import_file", organisation, batch)).status_code == 302
