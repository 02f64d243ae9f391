"""People get out of a mailing and see their consents: on a phone, by keyboard, without scripts."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import links as access
from accounts.models import OutgoingMail
from consent import links, standing
from consent.actions import personal, recording, rounds
from consent.kinds import Channel, GivenBy, Happening, IdentifierKind
from consent.models import Person, RenewalAsked
from tests.browser.test_report_breach import PHONE, tab_to
from tests.factories.consent import (
    ConsentEventFactory,
    RenewalRoundFactory,
    TellAFriendFactory,
    WordingVersionFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version():
    texts = {"text": "Ja, mail mij.", "withdrawal": f"Met een link: https://{'x' * 300}"}
    return WordingVersionFactory(content={"texts": {"nl": texts}})


@pytest.fixture
def person(version):
    at = version.valid_from
    found = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, "a@example.org", at=at, language="nl")
    ConsentEventFactory(wording=version, person=found, language="nl")
    return Person.objects.select_related("organisation").get(pk=found.pk)


def state(person, version):
    return standing.current(person, version.wording.purpose, Channel.EMAIL, at=timezone.now()).kind


def here(live_server, url):
    return live_server.url + url.removeprefix(settings.BASE_URL)


def own_page(live_server, person):
    at = timezone.now()
    until = at + personal.OPEN_FOR
    organisation = person.organisation
    _link, token = access.make(organisation, purpose=personal.PURPOSE, subject=person, expires_at=until, by=None, at=at)
    return live_server.url + reverse("portal:personal", args=[organisation.slug, token])


def test_every_public_page_is_free_of_faults_and_withdrawing_needs_the_keyboard_only(
    page, live_server, axe, person, version
):
    page.set_viewport_size(PHONE)
    shown = {
        "unsubscribe": here(live_server, links.unsubscribe_url(person.pk, version.wording.purpose, Channel.EMAIL)),
        "ask": live_server.url + reverse("portal:preferences_ask", args=[person.organisation.slug]),
        "mailed": here(live_server, links.preferences_url(person.pk, person.organisation)),
        "own": own_page(live_server, person),
    }
    for name, url in shown.items():
        page.goto(url)
        assert axe() == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    tab_to(page, page.locator("#choice-1 form button"))
    page.keyboard.press("Enter")
    expect(page.locator("#choice-1 .mark")).to_have_count(1)
    expect(page.locator("#choice-1")).to_contain_text("Ja, mail mij.")
    assert state(person, version) == Happening.WITHDRAWN


def test_without_scripts_somebody_unsubscribes_and_says_yes_again(browser, live_server, person, version):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = context.new_page()
    plain.set_default_timeout(10_000)
    plain.goto(here(live_server, links.unsubscribe_url(person.pk, version.wording.purpose, Channel.EMAIL)))
    plain.locator("main button").click()
    plain.wait_for_load_state()
    assert state(person, version) == Happening.WITHDRAWN
    assert context.cookies() == []
    plain.goto(own_page(live_server, person))
    plain.locator("#choice-1 form button").click()
    plain.wait_for_load_state()
    assert state(person, version) == Happening.GIVEN
    context.close()


@pytest.fixture
def asked_again(person, version):
    """Where this person answers whether they still agree."""
    now, before = timezone.now(), version
    type(before).objects.filter(pk=before.pk).update(valid_until=now - timedelta(hours=1))
    after = WordingVersionFactory(wording=before.wording, content=before.content, valid_from=now - timedelta(hours=1))
    found = RenewalRoundFactory(before=before, after=after, ends_on=timezone.localdate(now) + timedelta(days=7))
    row = RenewalAsked.objects.create(
        round=found, person=person, channel=Channel.EMAIL, given_by=GivenBy.SUBJECT, at=now - timedelta(minutes=1)
    )
    return rounds.new_link(row, at=now)


def mailed_link(live_server, kind):
    body = OutgoingMail.objects.filter(body__contains=f"/{kind}/").latest("created_at").body
    return live_server.url + re.search(rf"/p/\S+/{kind}/\S+", body)[0]


def test_somebody_answers_again_moves_house_and_tells_a_friend_by_keyboard_without_scripts(
    page, browser, live_server, axe, person, version, asked_again
):
    faults = {}

    def look(url):
        """The same page with scripts: what axe finds, and whether it fits."""
        page.goto(url)
        is_wide = page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
        faults[url.split("/")[5]] = axe() + ["scrolls sideways"] * is_wide

    page.set_viewport_size(PHONE)
    tell = TellAFriendFactory(organisation=person.organisation, text_nl="Kijk eens bij deze winkel.")
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="nl-NL")
    plain = context.new_page()
    plain.set_default_timeout(10_000)

    def press(locator, key="Enter"):
        tab_to(plain, plain.locator(locator))
        plain.keyboard.press(key)

    look(here(live_server, asked_again))
    plain.goto(here(live_server, asked_again))
    press("[value=no]")
    expect(plain.locator("main")).to_contain_text("U geeft geen toestemming")
    assert state(person, version) == Happening.REFUSED
    plain.goto(own_page(live_server, person))
    plain.locator("[name=address]").focus()
    plain.keyboard.type("new@example.org")
    plain.keyboard.press("Enter")
    expect(plain.locator("body")).to_contain_text("Er is een mail naar uw nieuwe adres gestuurd")
    moved = mailed_link(live_server, "address")
    look(moved)
    plain.goto(moved)
    press("main button")
    expect(plain.locator("main button")).to_have_count(0)
    assert recording.person_of(person.organisation, IdentifierKind.EMAIL, "new@example.org") == person
    look(moved)  # used, so closed
    told = live_server.url + reverse("portal:tell", args=[person.organisation.slug, tell.slug])
    look(told)
    plain.goto(told)
    plain.locator("[name=sender]").focus()
    plain.keyboard.type("Anna")
    plain.keyboard.press("Tab")
    plain.keyboard.type("bo@example.org")
    press("[name=country][value=NL]", "Space")
    press("main form button")
    expect(plain.locator("main")).to_contain_text("bo@example.org")
    press("[name=send]")
    expect(plain.locator("main form")).not_to_contain_text("bo@example.org")
    assert OutgoingMail.objects.filter(recipient="bo@example.org", body__contains="Kijk eens bij deze winkel.").exists()
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
