"""Somebody reports a breach on a phone, by keyboard, with the network cut in between: nothing lost, nothing twice."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from breaches import sealing
from breaches.actions import attaching
from breaches.models import Breach, ReportDraft
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def reporter():
    return MembershipFactory(role="reporter", user=UserFactory(language="en"))


def page_url(live_server, reporter):
    return live_server.url + reverse("breaches:report", args=[reporter.organisation.slug])


def tab_to(page, locator):
    """By keyboard only: as many times Tab as it takes, and not endlessly."""
    for _each in range(60):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there.")


def test_a_report_by_keyboard_survives_a_lost_connection(page, live_server, sign_in, axe, reporter):
    page.set_viewport_size(PHONE)
    sign_in(reporter.user)
    page.goto(page_url(live_server, reporter))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe() == []
    happened, send = page.get_by_label("What happened?"), page.get_by_role("button", name="Send the report")
    trouble, kept = page.locator("#report-trouble"), page.locator("#kept")

    tab_to(page, happened)
    page.keyboard.type("A letter went to the neighbours.")
    expect(kept).to_contain_text("Saved, not sent yet")
    assert "neighbours" in ReportDraft.objects.get().answers

    page.context.set_offline(True)
    page.keyboard.type(" They opened it.")
    expect(trouble).to_contain_text("Not saved yet: there is no connection")
    tab_to(page, page.get_by_label("What is it most like?"))
    page.keyboard.type("Letter or parcel to the wrong")
    tab_to(page, send)
    page.keyboard.press("Enter")
    expect(trouble).to_contain_text("Not sent yet: there is no connection")
    assert axe() == []
    assert "They opened it" not in ReportDraft.objects.get().answers
    assert not Breach.objects.exists()

    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Thank you, your report has arrived")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe() == []
    breach = Breach.objects.get()
    expect(page.locator("main")).to_contain_text(breach.reference)
    expect(page.locator("main")).to_contain_text("Ask whoever has it to keep it closed")
    assert breach.incident == "post_misdirected"
    assert sealing.opened(breach)["report.happened"] == "A letter went to the neighbours. They opened it."
    assert not ReportDraft.objects.exists()


def test_the_answer_to_sending_gets_lost_and_the_report_is_there_once(page, live_server, sign_in, reporter):
    sign_in(reporter.user)
    page.goto(page_url(live_server, reporter))
    page.get_by_label("What happened?").fill("A lost phone")
    lost = []

    def lose_the_first_answer(route):
        """What is kept in between never arrives, so that only sending again can end well."""
        is_send = route.request.post_data and re.search(r'name="act"\s+send', route.request.post_data)
        if is_send and lost:
            return route.continue_()
        if is_send:
            lost.append(route.fetch().status)
        return route.abort("connectionreset")

    page.route("**/breaches/report/", lose_the_first_answer)
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Thank you, your report has arrived", timeout=20_000)
    assert lost == [200]
    assert Breach.objects.count() == 1


def test_a_photo_is_kept_at_once_and_can_be_taken_away(page, live_server, sign_in, axe, reporter, tmp_path):
    sign_in(reporter.user)
    page.goto(page_url(live_server, reporter))
    page.get_by_label("What happened?").fill("A lost phone")
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name)
        page.set_input_files("[name=files]", tmp_path / name)
        expect(page.locator("#report-files")).to_contain_text(name)
    expect(page.get_by_label("Photos and files")).to_have_value("")
    assert axe() == []
    page.get_by_role("button", name="Remove one.txt").click()
    expect(page.locator("#report-files li")).to_have_count(1)
    page.reload()
    expect(page.locator("#report-files li")).to_have_count(1)
    expect(page.get_by_label("What happened?")).to_have_value("A lost phone")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Thank you, your report has arrived")
    assert [name for _row, name in attaching.named(Breach.objects.get())] == ["two.txt"]


def test_a_missing_answer_is_pointed_at_and_then_it_can_be_sent(page, live_server, sign_in, axe, reporter):
    sign_in(reporter.user)
    page.goto(page_url(live_server, reporter))
    page.get_by_label("How can we reach you today?").fill("06 12345678")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Say in a few words what happened.")
    assert axe() == []
    expect(page.get_by_label("How can we reach you today?")).to_have_value("06 12345678")
    page.get_by_label("What happened?").fill("A lost phone")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("h1")).to_have_text("Thank you, your report has arrived")


def test_a_report_can_be_made_without_scripts(live_server, sign_in, page, browser, reporter):
    sign_in(reporter.user)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page_url(live_server, reporter))
    plain.get_by_label("What happened?").fill("A lost phone")
    plain.get_by_role("button", name="Save, send later").click()
    expect(plain).to_have_url(re.compile("draft="))
    expect(plain.get_by_label("What happened?")).to_have_value("A lost phone")
    plain.get_by_role("button", name="Send the report").click()
    expect(plain.locator("h1")).to_have_text("Thank you, your report has arrived")
    context.close()
    assert Breach.objects.count() == 1
