"""What somebody typed stays when no answer comes: the line is down, the server fails, or they are signed out."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from register.models import Activity
from tests.register.filled import filled

from .test_journeys import address, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def section(page, live_server, sign_in):
    """A section open on the sheet, with a description typed in it."""
    organisation = desk(sign_in, language="nl")
    page.goto(address(live_server, "activity", organisation, filled(organisation, name="Payroll").pk))
    section = page.locator("#identity")
    section.locator("a.panel-link").click()
    section.locator("[name=description]").fill("Typed with care")
    return section


def save(section):
    section.locator("form button[type=submit].btn-primary").click()


def kept(section):
    expect(section.locator("[name=description]")).to_have_value("Typed with care")
    assert Activity.objects.get().description == ""


def saved(page, section):
    save(section)
    expect(section.locator("form")).to_have_count(0)
    expect(page.locator("#refusal")).to_be_empty()
    assert Activity.objects.get().description == "Typed with care"


def test_without_a_connection_it_is_said_and_saving_again_succeeds(page, section, axe):
    page.context.set_offline(True)
    save(section)
    expect(page.get_by_role("alert")).to_contain_text("Dertig is niet bereikbaar.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert axe() == []
    kept(section)
    page.context.set_offline(False)
    saved(page, section)


def test_a_fault_of_the_server_is_said_with_its_number(page, section):
    page.route("**/register/**", lambda route: route.fulfill(status=500, headers={"X-Request-ID": "b7e23ec2"}))
    save(section)
    expect(page.get_by_role("alert")).to_contain_text("geef uw beheerder dan dit nummer: b7e23ec2")
    kept(section)
    page.unroute("**/register/**")
    saved(page, section)


def test_who_was_signed_out_signs_in_elsewhere_and_goes_on(page, live_server, section, sign_in):
    user = Activity.objects.get().organisation.memberships.get().user
    Session.objects.all().delete()
    save(section)
    expect(page.get_by_role("alert")).to_contain_text("U bent afgemeld.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    kept(section)

    page.context.clear_cookies(name="csrftoken")  # signing in gives a new one
    other = page.context.new_page()
    sign_in(user)
    other.goto(live_server.url)
    other.close()
    with page.expect_response(page.url):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page, section)
