"""A consent form on the street: by keyboard, without JavaScript, on a phone; and axe finds nothing."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from accounts.models import OutgoingMail
from consent.kinds import Happening
from consent.models import ConsentEvent
from tests.consent import asked
from tests.factories.accounts import OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_consents_by_keyboard_and_confirms_without_javascript(
    page, live_server, axe, browser, browser_context_args
):
    version = asked.published(
        OrganisationFactory(country="NL"), channels=("email", "post"), purpose={"is_online_service": True}
    )
    form = live_server.url + asked.address(version)
    plain = browser.new_context(
        **browser_context_args, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    visitor = plain.new_page()
    visitor.goto(form)
    assert visitor.locator("input[type=checkbox]:checked").count() == 0
    visitor.locator("[name=choice_0]").focus()
    visitor.keyboard.press("Space")
    for typed in ("", "anna@example.org", "18 or older"):  # past the second box
        visitor.keyboard.press("Tab")
        visitor.keyboard.type(typed)
    visitor.keyboard.press("Enter")
    visitor.locator("main form button.btn-primary").press("Enter")
    expect(visitor.locator("h1")).to_have_text("Look in your mail")
    link = live_server.url + re.search(r"/p/[^/]+/confirm/\S+", OutgoingMail.objects.get().body)[0]
    visitor.goto(link)
    expect(visitor.locator("h1")).to_have_text("Do you confirm this?")
    page.goto(link)
    faults = axe()
    visitor.locator("main form button").press("Enter")
    expect(visitor.locator("h1")).to_have_text("It is confirmed")
    plain.close()
    assert list(ConsentEvent.objects.filter(kind__gte=10).values_list("kind", "channel")) == [
        (Happening.GIVEN, "email")
    ]
    for address in (form, live_server.url + asked.address(version, "consent_fragment"), link):
        page.goto(address)
        faults += axe()
    page.goto(form)
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".field-error").first).to_be_visible()
    assert faults + axe() == []


@pytest.fixture
def other_site():
    """`other_site(html)`: the address of a page of somebody else, on a server of its own."""
    served = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(served["html"].encode())

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        def with_page(html):
            served["html"] = html
            return f"http://127.0.0.1:{server.server_port}/"

        yield with_page
        server.shutdown()


def test_on_another_site_the_small_script_shows_the_form_and_without_it_a_link_does(
    page, live_server, axe, browser, browser_context_args, settings, other_site
):
    settings.BASE_URL = live_server.url
    version = asked.published(OrganisationFactory(country="NL"))
    form = live_server.url + asked.address(version).partition("?")[0]
    shop = other_site(f"""<!doctype html><html lang="nl"><title>Shop</title><main><h1>Shop</h1>
      <a href="{form}" data-dertig-form>Newsletter</a>
      <a href="{form}gone/" data-dertig-form>Not there</a>
      <script src="{live_server.url}{settings.STATIC_URL}js/embed.js" async></script></main></html>""")
    plain = browser.new_context(**browser_context_args, java_script_enabled=False)
    visitor = plain.new_page()
    visitor.goto(shop)
    expect(visitor.get_by_role("link", name="Newsletter")).to_have_attribute("href", form)
    plain.close()
    page.goto(shop)
    box = page.get_by_role("checkbox").first
    expect(box).to_be_visible()
    assert page.get_by_role("link", name="Newsletter", exact=True).count() == 0
    expect(page.get_by_role("link", name="Not there")).to_be_visible()
    assert page.context.cookies() == []
    assert axe() == []
    box.check()
    page.locator("[name=email]").fill("anna@example.org")
    page.get_by_role("button").last.click()
    page.wait_for_url(f"{form}?language=nl")
    expect(page.locator("h1")).to_have_text("Klopt dit?")
    assert axe() == []
