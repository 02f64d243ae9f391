"""A breach from report to closed in a real browser: the facts in place, the suggestion that follows each answer."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from breaches.models import Breach
from breaches.states import State
from tests.factories import breaches as make
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def breach(sign_in):
    """A breach that was just reported, and a privacy officer who reads English."""
    membership = MembershipFactory(role="privacy_officer", user=UserFactory(language="en"))
    sign_in(membership.user)
    now = timezone.now()
    return make.BreachFactory(organisation=membership.organisation, first_signal_at=now, aware_at=now, reported_at=now)


@pytest.fixture
def go(page, live_server, breach):
    def there(name="breach", *words):
        page.goto(live_server.url + reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, *words]))

    return there


def fill_in(page, section, **fields):
    """Open a section in its place, fill it in, save."""
    part = page.locator(f"#{section}")
    part.locator("a.panel-link").click()
    for name, text in fields.items():
        part.locator(f"[name={name}]").fill(text)
    part.get_by_role("button", name="Save", exact=True).click()
    expect(part.get_by_text("Saved")).to_be_visible()


def test_the_desk_from_report_to_closed(page, go, breach, axe):
    go()
    page.get_by_role("button", name="Begin to examine it").click()
    expect(page.get_by_text("Still asked before closing")).to_contain_text("7")
    fill_in(page, "facts", facts="A letter went to the neighbours.")
    fill_in(page, "aware", aware_reason="They rang.")
    fill_in(page, "effects", effects="They know of a debt.")
    fill_in(page, "remedy", remedy="Fetched back.")
    expect(page.get_by_text("Still asked before closing")).to_contain_text("3")
    assert axe() == []

    go("assess")
    expect(page.locator("#outcome")).to_contain_text("tell the people")
    for name, value in (
        ("data_simple", "simple"),
        ("identification", "negligible"),
        ("confidentiality", "exposed"),
        ("malice", "no"),
        ("nothing_taken", "yes"),
    ):
        page.locator(f"[name={name}][value={value}]").check()
    expect(page.locator("#outcome")).to_contain_text("nobody saw or took the data")
    page.get_by_label("Your reasoning").fill("The letter came back unopened.")
    page.get_by_role("button", name="Keep this assessment").click()
    expect(page.locator("#assessment")).to_contain_text("The letter came back unopened.")

    for about, choice in (("authority", "Do not notify the authority"), ("people", "Do not tell the people")):
        go("decide", about)
        page.get_by_label(choice).check()
        if about == "people":
            page.get_by_label("Ground for not telling them").select_option("no_high_risk")
        page.get_by_label(re.compile("^Why")).fill("A risk is unlikely.")
        page.get_by_role("button", name="Decide").click()
        expect(page.locator("#decisions")).to_contain_text("A risk is unlikely.")
    page.get_by_role("link", name="Close", exact=True).first.click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Closed").first).to_be_visible()
    assert Breach.objects.get(pk=breach.pk).state == State.CLOSED


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_the_pages_of_a_breach(page, live_server, go, breach, axe, width, scheme):
    breach.title = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 3
    breach.save_base(raw=True)
    make.BreachActivityFactory(breach=breach)
    make.BreachPartyFactory(breach=breach, involvement="client")
    make.MeasureFactory(breach=breach)
    make.OtherNoticeFactory(breach=breach)
    make.AdviceFactory(breach=breach)
    make.AssessmentFactory(breach=breach)
    make.DecisionFactory(breach=breach)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    faults = {}
    places = [("breach",), ("assess",), ("decide", "authority"), ("decide", "people"), ("close",), ("no_breach",)]
    places += [("section", key) for key in ("facts", "moments", "aware", "data", "people")]
    places += [("hits", kind) for kind in ("activities", "systems", "parties")]
    places += [("line_new", "measures"), ("line_new", "others"), ("line_new", "hits"), ("log_new",)]
    for name, *words in places:
        go(name, *words)
        found = axe()
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append("scrolls sideways")
        if found:
            faults[" ".join([name, *words])] = found
    for name in ("breaches:breaches", "breaches:settings", "register:dashboard"):
        page.goto(live_server.url + reverse(name, args=[breach.organisation.slug]))
        if found := axe():
            faults[name] = found
    assert faults == {}
