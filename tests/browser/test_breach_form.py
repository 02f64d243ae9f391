"""The form of the authority in a browser: copied from top to bottom, recorded, and read again."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from breaches.authority_forms import reading
from breaches.models import Notification
from tests.factories import accounts as make
from tests.factories import breaches as of_breach
from tests.factories.accounts import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def breach():
    membership = make.MembershipFactory(role="dpo", user__language="en")
    make.ControllerFactory(organisation=membership.organisation, name="Stichting Zon")
    row = of_breach.BreachFactory(
        organisation=membership.organisation,
        facts="A letter went astray.\nSomebody rang.",
        kinds=["confidentiality"],
        data_kinds=["name", "health"],
    )
    row.dpo = membership.user
    return row


def address(breach, name, *more):
    return reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, *more])


def test_the_form_is_copied_in_its_order_and_then_recorded(page, live_server, sign_in, breach):
    sign_in(breach.dpo)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page.goto(live_server.url + address(breach, "form", "ap"))
    shown = [number.strip() for number in page.locator(".answer-number").all_inner_texts()]
    in_file = [question.number for question in reading.forms(AT.date())["ap"].questions]
    assert shown == [number for number in in_file if number in shown]
    assert len(shown) > 40

    answer = page.locator("#q-5-3")
    answer.get_by_role("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == "A letter went astray.\nSomebody rang."
    expect(answer).to_have_class(re.compile("answer-copied"))
    page.locator("#q-6-2").get_by_role("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == "Health"

    page.goto(live_server.url + address(breach, "form_record", "ap"))
    page.locator("#id_reference").fill("DL-2026-7")
    page.get_by_role("textbox", name=re.compile("^3.2.1 d")).fill("070 1234567")
    expect(page.locator("input[name=completeness][value=more]")).to_be_checked()  # answers are missing
    page.locator("#id_follow_up_on").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/notifications/**")
    expect(page.locator("main")).to_contain_text("DL-2026-7")
    expect(page.locator("main")).to_contain_text("070 1234567")
    assert Notification.objects.get().reference == "DL-2026-7"


@pytest.mark.parametrize("name", ["form", "form_record", "tell", "text"])
def test_on_a_phone_nothing_sticks_out_and_axe_finds_nothing(page, live_server, sign_in, axe, breach, name):
    sign_in(breach.dpo)
    page.set_viewport_size(PHONE)
    more = {"form": ["ap"], "form_record": ["gba"], "text": ["letter-en"]}.get(name, [])
    page.goto(live_server.url + address(breach, name, *more))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe() == []


def test_without_scripts_each_answer_can_be_selected(browser, live_server, breach):
    client = Client()
    client.force_login(breach.dpo)
    context = browser.new_context(java_script_enabled=False)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    plain = context.new_page()
    plain.goto(live_server.url + address(breach, "form", "ap"))
    field = plain.locator("#q-5-3 textarea")
    expect(field).to_have_value("A letter went astray.\nSomebody rang.")
    expect(field).not_to_be_editable()
    expect(plain.locator("#q-5-3 button")).to_be_hidden()
    context.close()
