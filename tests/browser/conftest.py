"""A browser on a running server: Debian's Chromium, signed in by cookie, and axe to judge what it sees."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

# Playwright keeps an event loop in this thread, and Django would take that for a reason to refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
HERE = ("localhost", "127.0.0.1", None)  # and data: of a page itself
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def page(page, live_server):
    """A page that fails its test when a script breaks, when the content security policy refuses something, and when
    anything is asked of another machine."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.on("request", lambda asked: complaints.append(asked.url) if urlsplit(asked.url).hostname not in HERE else None)
    page.set_default_timeout(10_000)
    yield page
    assert complaints == []


@pytest.fixture
def sign_in(page, live_server):
    """`sign_in(user)`: as if the user had just given password and code."""

    def with_cookie(user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return with_cookie


@pytest.fixture
def axe(page):
    """`axe()`: the faults that axe finds on the page as it stands, one readable line each; none is the wish."""

    def faults(rules=("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")):
        page.evaluate(AXE)
        how = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        answer = page.evaluate(how, list(rules))
        return [
            f"{fault['id']} ({fault['impact']}): {' '.join(map(str, node['target']))} {node['html'][:120]}"
            for fault in answer["violations"]
            for node in fault["nodes"]
        ]

    return faults
