"""Imports and foreign keys point down: register stands on accounts, accounts on core, core on nothing of ours.

Siblings stand beside one another and never know each other.
"""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

FLOORS = ("core", "accounts", "register", "breaches", "consent", "portal")  # from the ground up
SIBLINGS = {"breaches", "consent"}
ROOT = Path(settings.BASE_DIR)


def above(app):
    beside = SIBLINGS - {app} if app in SIBLINGS else ()
    return {*FLOORS[FLOORS.index(app) + 1 :], *beside}


def imports(path):
    """The first word of every absolute import, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("app", FLOORS)
def test_no_room_imports_from_a_room_above_it(app):
    upward = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / app).rglob("*.py")
        for name in imports(path)
        if name in above(app)
    ]
    assert upward == []


@pytest.mark.parametrize("app", FLOORS)
def test_no_foreign_key_points_to_a_room_above_it(app):
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in above(app)
    ]
    assert upward == []


def test_nothing_but_the_server_imports_the_configuration():
    users = [
        str(path.relative_to(ROOT))
        for app in FLOORS
        for path in (ROOT / app).rglob("*.py")
        if "config" in imports(path)
    ]
    assert users == []


def test_core_has_no_tables():
    assert list(apps.get_app_config("core").get_models()) == []
