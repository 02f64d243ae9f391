"""What people come to do, from beginning to end, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from register.models import Activity, ActivityVersion, Party
from tests.factories.accounts import ControllerFactory, MembershipFactory, UserFactory
from tests.register.filled import established, filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENGLISH = re.compile(r"\b(Establish|Processing activities|Purposes|Recipients|Not filled in|Save|Cancel|Edit|Review)\b")


def desk(sign_in, role="privacy_officer", language="en", **fields):
    membership = MembershipFactory(role=role, user=UserFactory(language=language), **fields)
    sign_in(membership.user)
    return membership.organisation


def address(live_server, name, organisation, *args, **query):
    tail = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    return live_server.url + reverse(f"register:{name}", args=[organisation.slug, *args]) + tail


def add_recipient(page, name):
    """Open the section in place, add a line, type a party that is not in the list yet, save."""
    section = page.locator("#recipients")
    section.locator("a.panel-link").click()
    expect(section.locator("form")).to_have_count(1)
    lines = section.locator("[name$='-party_new']")
    before = lines.count()
    section.locator("button[value='add:recipients']").click()
    expect(lines).to_have_count(before + 1)
    section.locator("details:has([name$='-party_new']) > summary").last.click()
    lines.last.fill(name)
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        section.locator("form button[type=submit].btn-primary").click()
    assert saved.value.status == 200, saved.value.text()
    expect(page.locator("#recipients form")).to_have_count(0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_record_comes_in_is_kept_established_looked_back_to_and_handed_over(
    page, live_server, sign_in, tmp_path, language
):
    organisation = desk(sign_in, language=language)
    ControllerFactory(organisation=organisation)
    sheet = tmp_path / "register.csv"
    sheet.write_text(
        "Naam;Doel;Rechtsgrond;Betrokkenen;Persoonsgegevens\nVerlof;Verlof bijhouden;overeenkomst;Medewerkers;Naam\n"
    )
    call_command("import_register", str(sheet), organisation=organisation.slug)

    page.goto(address(live_server, "activities", organisation))
    page.get_by_role("link", name="Verlof").click()
    add_recipient(page, "Drukkerij De Pers")
    assert Party.objects.filter(organisation=organisation, name="Drukkerij De Pers").exists()
    if language == "nl":
        assert not ENGLISH.search(page.locator("main").inner_text())

    activity = Activity.objects.get(organisation=organisation, name="Verlof")
    page.goto(address(live_server, "establish", organisation, activity.pk))
    page.locator("[name=reason]").fill("Eerste versie")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(f"{activity.pk}/(#.*)?$"))
    assert ActivityVersion.objects.get(activity=activity).reason == "Eerste versie"

    add_recipient(page, "Postbedrijf Snel")
    page.goto(address(live_server, "compare", organisation, activity.pk))
    expect(page.locator("main")).to_contain_text("Postbedrijf Snel")
    if language == "nl":
        assert not ENGLISH.search(page.locator("main").inner_text())

    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    page.goto(address(live_server, "activities", organisation, on=yesterday))
    expect(page.get_by_role("link", name="Verlof")).to_have_count(0)
    page.goto(address(live_server, "activities", organisation, on=timezone.localdate().isoformat()))
    expect(page.get_by_role("link", name="Verlof")).to_have_count(1)

    page.goto(address(live_server, "exports", organisation))
    page.locator("main form[method=post] button[type=submit].btn-primary").first.click()
    call_command("worker", once=True)
    page.goto(address(live_server, "exports", organisation))
    with page.expect_download() as download:
        page.locator("main a[href*='/exports/'][href*='-']").first.click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"


def test_two_approvers_stand_for_an_activity_before_it_is_established(page, live_server, sign_in):
    organisation = desk(sign_in, organisation__approvals_required=2)
    activity = filled(organisation, name="Payroll")
    people = [MembershipFactory(role="approver", organisation=organisation).user for _ in range(2)]
    page.goto(address(live_server, "establish", organisation, activity.pk))
    page.locator("[name=reason]").fill("Ready")
    for person in people:
        page.locator(f"[name=approvers][value='{person.pk}']").check()
    page.get_by_role("button", name="Send for approval").click()
    page.wait_for_url(re.compile(f"{activity.pk}/(#.*)?$"))
    for person in people:
        sign_in(person)
        page.goto(address(live_server, "approvals", organisation))
        page.locator("main").get_by_role("link", name=re.compile("Payroll")).first.click()
        page.locator("main button[name=act][value=approve]").click()
        page.wait_for_load_state("networkidle")
    assert ActivityVersion.objects.get(activity=activity).reason == "Ready"


def test_two_people_in_one_section_lose_no_word(page, live_server, sign_in, browser):
    organisation = desk(sign_in)
    activity = filled(organisation, name="Payroll")
    url = address(live_server, "section", organisation, activity.pk, "identity")
    page.goto(url)
    other = page.context.new_page()
    other.goto(url)
    other.locator("[name=description]").fill("Their words")
    other.locator("form[data-guard] button.btn-primary").click()
    other.wait_for_load_state("networkidle")
    page.locator("[name=description]").fill("My words")
    page.locator("form[data-guard] button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("Their words")
    expect(page.locator("main")).to_contain_text("My words")
    page.locator("input[type=radio][value=mine]").first.check()
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator("form[data-guard]")).to_have_count(0)
    expect(page.locator("#identity")).to_contain_text("My words")
    activity.refresh_from_db()
    assert activity.description == "My words"


def test_the_keyboard_is_enough_to_change_a_section(page, live_server, sign_in):
    organisation = desk(sign_in)
    activity = filled(organisation, name="Payroll")
    page.goto(address(live_server, "activity", organisation, activity.pk))
    page.locator("#identity a.panel-link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#identity form")).to_have_count(1)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "description":
            break
    page.keyboard.type("Typed without a mouse")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#identity form button.btn-primary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#identity")).to_contain_text("Typed without a mouse")
    expect(page.locator("#identity form")).to_have_count(0)


def test_all_of_it_works_without_javascript(browser, live_server, sign_in, page, browser_context_args):
    organisation = desk(sign_in)
    activity = filled(organisation, name="Payroll")
    plain = browser.new_context(**browser_context_args, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    desk_page = plain.new_page()
    desk_page.goto(address(live_server, "activity", organisation, activity.pk))
    desk_page.locator("#identity a.panel-link").click()
    desk_page.locator("[name=description]").fill("Plain")
    desk_page.locator("form[data-guard] button.btn-primary").click()
    expect(desk_page.locator("#identity")).to_contain_text("Plain")
    desk_page.goto(address(live_server, "establish", organisation, activity.pk))
    desk_page.locator("[name=reason]").fill("First")
    desk_page.locator("main form button.btn-primary").click()
    plain.close()
    assert ActivityVersion.objects.filter(activity=activity).count() == 1


@pytest.mark.smoke
def test_the_list_leads_to_the_sheet_of_an_activity(page, live_server, sign_in):
    organisation = desk(sign_in)
    established(organisation, name="Payroll")
    page.goto(address(live_server, "activities", organisation))
    page.get_by_role("link", name="Payroll").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Payroll")
    expect(page.locator("#purposes")).to_be_visible()
