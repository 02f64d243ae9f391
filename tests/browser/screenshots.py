"""Pictures of every page of the demo: wide and narrow, light and dark, Dutch and English.

`bin/dev screenshots [word]` puts them into screenshots/; with a word only pages whose address contains it. The pages
are found by following links from the front page as the demo's data protection officer; of each view the first is taken.
"""

import os
import socket
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = ROOT / "var" / "screenshots.sqlite3"
FOLDER = ROOT / "screenshots"
WIDTHS = {"wide": 1440, "narrow": 390}
PUBLIC = ["/account/login/", "/account/password/reset/"]
QUIETLY = ["--no-control-socket", "--log-level=error"]
SKIPPED = ("logout", "download", "healthz", "/static/", "/gallery/")

os.environ |= {
    "DEBUG": "1",
    "DATABASE_URL": f"sqlite:///{DATABASE}",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}


def main(word=""):
    import django

    django.setup()
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_demo")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4", *QUIETLY],
        cwd=ROOT,
    )
    try:
        wait_for(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            shoot(browser, f"http://127.0.0.1:{port}", word)
    finally:
        server.terminate()
        server.wait()


def shoot(browser, origin, word):
    from accounts.models import Membership

    user = Membership.objects.filter(role="dpo").order_by("user__email").first().user
    cookie = session_cookie(user, origin)
    addresses = None
    for language, theme, (name, width) in product(["nl", "en"], ["light", "dark"], WIDTHS.items()):
        type(user).objects.filter(pk=user.pk).update(language=language, theme=theme)
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language, color_scheme=theme)
        page = context.new_page()
        folder = FOLDER / f"{language}-{theme}-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        for path in PUBLIC:
            take(page, origin + path, folder)
        context.add_cookies([cookie])
        addresses = addresses or found(page, origin)
        for path in addresses:
            if word in path:
                take(page, origin + path, folder)
        context.close()
        print(folder)


def take(page, url, folder):
    page.goto(url)
    page.screenshot(path=folder / f"{view_of(urlsplit(url).path)}.png", full_page=True)


def found(page, origin):
    """One address of each view that can be reached by links, in the order of reaching."""
    waiting, by_view = ["/"], {}
    while waiting:
        path = waiting.pop(0)
        answer = opened(page, origin + path)
        if answer is None or not answer.ok or "html" not in answer.headers.get("content-type", ""):
            by_view[view_of(path)] = None  # a file: not a page, and one of them was enough to know
            continue
        by_view.setdefault(view_of(urlsplit(page.url).path), urlsplit(page.url).path)
        for link in page.eval_on_selector_all(
            "main a[href], nav a[href], header a[href]", "all => all.map(a => a.href)"
        ):
            there = urlsplit(link)
            view = view_of(there.path)
            if link.startswith(origin) and view and view not in by_view and not any(s in there.path for s in SKIPPED):
                by_view[view] = there.path
                waiting.append(there.path)
    return [path for path in by_view.values() if path]


def opened(page, url):
    """The answer to opening an address, or None where it is a file to take along."""
    from playwright.sync_api import Error

    try:
        return page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise


def view_of(path):
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).view_name.replace(":", "-")
    except Resolver404:
        return None


def session_cookie(user, origin):
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": origin}


def free_port():
    with socket.socket() as anywhere:
        anywhere.bind(("127.0.0.1", 0))
        return anywhere.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


if __name__ == "__main__":
    main(*sys.argv[1:])
