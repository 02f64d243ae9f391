"""The list as people use it: typing, ticking, going back."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import DepartmentFactory
from tests.register.filled import filled

from .test_journeys import address, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organisation(sign_in):
    organisation = desk(sign_in)
    archive = DepartmentFactory(organisation=organisation, name="Archive")
    filled(organisation, name="Salarisadministratie", department=archive)
    filled(organisation, name="School trips")
    filled(organisation, name="Library", department=archive)
    return organisation


def rows(page):
    return page.locator("#results tbody th")


def test_the_list_follows_typing_and_ticking_and_the_way_back_keeps_both(page, live_server, organisation):
    page.goto(address(live_server, "activities", organisation))
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("/")
    page.keyboard.type("administratie")
    expect(rows(page)).to_have_text(["Salarisadministratie"])
    expect(page.locator("#list-q")).to_be_focused()
    expect(page.locator("#found")).to_have_text("1 activity")
    expect(page).to_have_url(re.compile(r"\?q=administratie$"))

    page.locator("#list-q").fill("")
    expect(rows(page)).to_have_count(3)
    page.locator("summary", has_text="Department").click()
    page.get_by_role("checkbox", name="Archive").check()
    expect(rows(page)).to_have_text(["Salarisadministratie", "Library"])
    expect(page.get_by_role("checkbox", name="Archive")).to_be_focused()

    page.keyboard.press("Escape")
    page.locator("#sort-name").click()
    expect(rows(page)).to_have_text(["Library", "Salarisadministratie"])
    page.get_by_role("link", name="Library", exact=True).last.click()
    page.go_back()
    expect(rows(page)).to_have_text(["Library", "Salarisadministratie"])


def test_one_tick_takes_the_page_and_the_act_shows_what_it_means(page, live_server, organisation, axe):
    page.goto(address(live_server, "activities", organisation))
    page.get_by_label("Tick all on this page").check()
    expect(page.locator("[data-ticked]")).to_have_text("3")
    page.get_by_label(re.compile("Tick .* School trips")).uncheck()
    expect(page.locator("[data-ticked]")).to_have_text("2")
    page.get_by_label("What to do").select_option("owner")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#effect tbody tr")).to_have_count(2)
    page.get_by_label("Function of the owner").fill("Head of personnel")
    expect(page.locator("#effect strong")).to_have_text(["Head of personnel", "Head of personnel"])
    assert axe() == []
    page.get_by_role("button", name="Set the owner").click()
    expect(page.get_by_text("The owner of 2 activities was set.")).to_be_visible()


def test_filters_work_without_javascript(browser, live_server, organisation, page, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(address(live_server, "activities", organisation))
    plain.locator("summary", has_text="Department").click()
    plain.get_by_role("link", name="Show the choices").first.click()
    plain.goto(address(live_server, "activity_facet", organisation, "department"))
    plain.get_by_role("checkbox", name="Archive").check()
    plain.get_by_role("button", name="Show the list").click()
    expect(rows(plain)).to_have_text(["Salarisadministratie", "Library"])
    plain.locator("#list-q").fill("lib")
    plain.locator("#list-q").press("Enter")
    expect(rows(plain)).to_have_text(["Library"])
    context.close()
