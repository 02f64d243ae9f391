"""Findings put right and lived with, by somebody who has no mouse."""

import re

import pytest
from playwright.sync_api import expect

from register.models import Activity, FindingAcceptance
from tests.register.filled import filled

from .test_journeys import address, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RECIPIENTS = "R009"


def reach(page, target):
    """Go to something by the Tab key alone."""
    expect(target).to_have_count(1)
    for _ in range(150):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not reach {target}.")


def press(page, target, key="Enter"):
    reach(page, target)
    page.keyboard.press(key)


def of_rule(page, rule):
    return page.locator("#results tr", has_text=rule).get_by_role("link")


@pytest.fixture
def organisation(sign_in):
    organisation = desk(sign_in)
    for name in ("Library", "Payroll", "School trips"):
        filled(organisation, name=name)
    return organisation


def test_findings_are_filtered_accepted_for_a_reason_and_put_right_at_once_by_keyboard(page, live_server, organisation):
    page.goto(address(live_server, "findings", organisation))
    press(page, page.locator("summary", has_text="Severity"))
    press(page, page.get_by_role("link", name=re.compile("^High")))
    expect(page).to_have_url(re.compile("severity=high"))
    expect(page.locator("#results tbody [class*=severity]", has_text="Critical")).to_have_count(0)

    press(page, of_rule(page, RECIPIENTS))
    rows = page.locator("#ticked tbody tr")
    expect(rows).to_have_count(3)
    first = Activity.objects.order_by("number").first()
    press(page, page.get_by_label(re.compile(first.code)), "Space")
    press(page, page.get_by_role("button", name="Accept with a reason"))
    reach(page, page.locator("[name=reason]"))
    page.keyboard.type("The new system tells it in spring")
    press(page, page.locator("main form button[type=submit]"))
    expect(rows).to_have_count(2)
    assert FindingAcceptance.objects.get().reason == "The new system tells it in spring"

    press(page, page.locator("main").get_by_role("link", name="Nobody receives these data"))
    reach(page, page.locator("[name=reason]"))
    page.keyboard.type("Asked around")
    press(page, page.locator("main form button.btn-primary"))
    expect(page.get_by_text("Nothing of this now")).to_be_visible()
    answers = Activity.objects.order_by("number").values_list("recipients_answer", flat=True)
    assert list(answers) == ["", "none", "none"], "what was accepted is left alone"
