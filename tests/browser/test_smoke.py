"""The shortest proof that a whole system stands: sign in with a password in a real browser, and see the desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory

pytestmark = [pytest.mark.smoke, pytest.mark.django_db(transaction=True)]


def test_somebody_signs_in_and_lands_in_their_organisation(page, live_server, axe):
    membership = MembershipFactory(user=UserFactory(language="nl"))
    page.goto(live_server.url)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert axe() == []
    page.locator("input[type=email]").fill(membership.user.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form[method=post] button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(f"/o/{membership.organisation.slug}/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert axe() == []


def test_a_wrong_password_is_told_and_opens_nothing(page, live_server):
    membership = MembershipFactory()
    page.goto(live_server.url)
    page.locator("input[type=email]").fill(membership.user.email)
    page.locator("input[type=password]").fill("wrong")
    page.locator("form[method=post] button[type=submit]").first.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.goto(f"{live_server.url}/o/{membership.organisation.slug}/organisation/")
    expect(page.locator("input[type=password]")).to_be_visible()
