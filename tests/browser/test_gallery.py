"""The page components in a real browser: axe in both themes and two widths, the scripts, and life without them."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(live_server, settings):
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.browser.gallery_urls"
    return f"{live_server.url}/gallery/"


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_sticks_out(page, gallery, axe, theme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(gallery)
    page.wait_for_selector(".ts-wrapper")
    assert page.get_attribute("html", "data-bs-theme") == theme
    assert axe() == []
    assert sideways(page) == 0


def test_lines_are_added_and_removed(page, gallery):
    page.goto(gallery)
    lines = page.locator("[data-line]:visible")
    page.locator("[data-add-line]").click()
    assert lines.count() == 3
    assert page.input_value("[name=lines-TOTAL_FORMS]") == "3"
    assert page.evaluate("document.activeElement.name") == "lines-2-text"
    page.locator("[data-remove-line]").first.click()
    assert lines.count() == 2
    assert page.is_checked("[name=lines-0-DELETE]")


def test_keys_and_menus(page, gallery):
    page.goto(gallery)
    page.wait_for_selector(".ts-wrapper")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.locator(".facet summary").first.click()
    page.locator(".page-head .menu summary").click()
    assert page.locator("details[data-menu][open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details[data-menu][open]").count() == 0


def test_a_part_shows_only_when_its_answer_is_given(page, gallery):
    page.goto(gallery)
    page.wait_for_selector(".ts-wrapper")
    part = page.locator("[data-show-when]")
    assert part.is_hidden()
    page.locator("form[data-guard] [name=answer][value=some]").check()
    assert part.is_visible()


def test_unsaved_changes_are_guarded(page, gallery):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(gallery)
    page.fill("form[data-guard] #id_law", "art. 52")
    page.goto(f"{gallery}?page=2")
    assert asked == ["beforeunload"]


def test_without_javascript_everything_is_there(browser, gallery):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(gallery)
    assert page.locator("select#id_people").is_visible()
    assert page.locator("[name=lines-0-DELETE]").is_visible()
    assert page.locator("[data-show-when]").is_visible()
    assert page.locator("[data-add-line]").is_hidden()
    page.locator(".topbar-menu").click()
    assert page.locator("#rail").is_visible()
    context.close()
