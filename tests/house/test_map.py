"""The map in docs/consent.md names every file and folder of the app, so that a newcomer finds the way."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OF_EVERY_APP = {"__init__.py", "apps.py", "urls.py", "migrations", "management", "__pycache__"}


def test_the_map_of_consent_leaves_nothing_out():
    told = (ROOT / "docs" / "consent.md").read_text(encoding="utf-8")
    places = {path.name for path in (ROOT / "consent").iterdir()} - OF_EVERY_APP
    names = {place if place.endswith(".py") else f"{place}/" for place in places}
    assert {name for name in names if f"`{name}`" not in told} == set()
