"""A sheet as people have it goes through the wizard to drafts, back by undo, and again to an established register."""

import re

import pytest
import xlsxwriter
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from accounts.workers import Worker
from register.models import Activity, ActivityVersion, ImportBatch, Party
from tests.factories.accounts import ControllerFactory, MembershipFactory, UserFactory
from tests.factories.register import PartyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADINGS = ("Naam", "Doel", "Rechtsgrond", "Betrokkenen", "Persoonsgegevens", "Verwerker", "Ons kenmerk")
ROWS = (
    ("Salaris", "Salaris betalen", "wettelijke verplichting", "Medewerkers", "Naam; Salaris", "Firma A B.V.", "P-1"),
    ("Nieuwsbrief", "Nieuws sturen aan jan.jansen@voorbeeld.nl", "toestemming", "Ouders", "Naam", "Mailhuis", "P-2"),
    ("Verlof", "Verlof bijhouden", "overeenkomst", "Medewerkers", "Naam", "Firma A B.V.", "P-3"),
)
"""Three kinds of trouble: a name that is nearly known, text about one person, and a column that nobody knows."""


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "verwerkingen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Register")
        page.write(0, 0, "Register van verwerkingen van de stichting")
        for row, values in enumerate((HEADINGS, *ROWS), 2):
            page.write_row(row, 0, values)
    return path


def work():
    worker = Worker()
    while worker.run_one():
        pass


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_sheet_comes_in_goes_back_and_comes_in_again(page, live_server, sign_in, sheet, axe, browser, scripts):
    membership = MembershipFactory(role="privacy_officer", user=UserFactory(language="en"))
    organisation = membership.organisation
    ControllerFactory(organisation=organisation)
    PartyFactory(organisation=organisation, name="Firma A")
    sign_in(membership.user)
    if not scripts:
        cookies = page.context.cookies()
        context = browser.new_context(java_script_enabled=False)
        context.add_cookies(cookies)
        page = context.new_page()

    def at(name, *args):
        return live_server.url + reverse(f"register:{name}", args=[organisation.slug, *args])

    def faultless():
        if scripts:
            assert axe() == []

    page.goto(at("imports"))
    faultless()
    page.set_input_files("[name=file]", sheet)
    page.get_by_role("button", name="Upload and look").click()
    expect(page.locator("h1")).to_have_text("What the columns mean")
    expect(page.locator("main")).to_contain_text("Register!A3")
    expect(page.locator("main")).to_contain_text("1 column was not recognised")
    faultless()
    page.get_by_label("Ons kenmerk").select_option("reference")
    page.get_by_role("button", name="Show the activities").click()
    work()
    batch = ImportBatch.objects.get()
    page.goto(at("import_rows", batch.pk))
    expect(page.locator(".import-row h2")).to_have_text(["Salaris", "Nieuwsbrief", "Verlof"])
    expect(page.locator(".doubt")).to_contain_text("jan.jansen@voorbeeld.nl")
    faultless()
    page.locator(".import-row", has_text="Nieuwsbrief").get_by_role("button", name="Leave out").click()
    expect(page.locator(".import-row.left-out")).to_have_count(1)
    page.get_by_role("link", name="On to the look-alikes").click()
    faultless()
    page.get_by_label("One and the same: use Firma A").check()
    page.get_by_role("button", name="Keep and go on").click()
    faultless()
    page.get_by_role("button", name="Take in 2 activities").click()
    work()
    page.goto(at("import_batch", batch.pk))
    expect(page.locator("main")).to_contain_text("These are drafts.")
    faultless()
    assert set(Activity.objects.values_list("name", "reference")) == {("Salaris", "P-1"), ("Verlof", "P-3")}
    assert Party.objects.filter(name__startswith="Firma A").count() == 1

    page.get_by_role("link", name="Undo the import").click()
    expect(page.locator("main")).to_contain_text("Processing activities: 2")
    faultless()
    page.get_by_role("button", name="Undo the import").click()
    work()
    page.goto(at("import_batch", batch.pk))
    expect(page.locator("main")).to_contain_text("Everything that it brought in was taken away.")
    assert not Activity.objects.exists()
    assert list(Party.objects.values_list("name", flat=True)) == ["Firma A"]

    page.get_by_role("button", name="Begin again with this file").click()
    again = ImportBatch.objects.exclude(pk=batch.pk).get()
    page.wait_for_url(re.compile(str(again.pk)))
    expect(page.get_by_label("Ons kenmerk")).to_have_value("reference")
    page.get_by_role("button", name="Show the activities").click()
    work()
    page.goto(at("import_look_alikes", again.pk))
    page.get_by_label("One and the same: use Firma A").check()
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_role("button", name="Take in 3 activities").click()
    work()
    page.goto(at("import_batch", again.pk))
    expect(page.locator("main")).to_contain_text("Activities taken in")
    assert Activity.objects.count() == 3
    call_command("establish_register", organisation=organisation.slug, reason="From our sheet")
    assert ActivityVersion.objects.filter(organisation=organisation).count() == 3
    if not scripts:
        page.context.close()
