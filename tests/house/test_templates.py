"""The templates: each is used, and none carries a script or a style of its own, which our policy would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
# Asked for by name by Django, by the sign-in library and by the forms library, not by us.
ASKED_FOR_BY_OTHERS = re.compile(
    r"(\d{3}(_csrf)?\.html|(account|mfa|usersessions|socialaccount|allauth)/.*|django/.*|bootstrap5/.*)"
)
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "a script of its own": r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")[\s>]",
    "an on… attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "hx-on": r"\shx-on",
    "a value made by script": r"[\"']js:",
}


def sources():
    """All text in which a template may be named: our Python and our templates."""
    for app in ("core", "accounts", "register", "breaches", "consent", "portal", "config"):
        yield from (path.read_text() for path in (ROOT / app).rglob("*.py"))
    yield from (path.read_text() for path in (ROOT / "templates").rglob("*.*"))


def named(name, text):
    """By its whole name, or by its last word where a function adds folder and ending (`f"email/{name}.txt"`)."""
    folder, _, last = name.rpartition("/")
    stem = last.partition(".")[0]
    return name in text or (f'f"{folder}/{{' in text and f'"{stem}"' in text)


def test_every_template_is_used():
    text = "\n".join(sources())
    assert [name for name in TEMPLATES if not ASKED_FOR_BY_OTHERS.fullmatch(name) and not named(name, text)] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html") and "/pdf/" not in name])
def test_a_template_carries_nothing_that_the_policy_refuses(name):
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", (ROOT / "templates" / name).read_text(), flags=re.DOTALL)
    found = [what for what, pattern in INLINE.items() if re.search(pattern, text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith((".html", ".txt"))])
def test_a_template_can_be_read_by_django(name):
    engines["django"].get_template(name)
