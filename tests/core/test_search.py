from types import SimpleNamespace

import pytest
from django.db import connection, models, transaction

from core import guards, search

pytestmark = pytest.mark.django_db


class Scratch(models.Model):
    id = models.CharField(max_length=10, primary_key=True)
    text = models.TextField()

    class Meta:
        app_label = "scratch"
        managed = False
        db_table = "scratch_text"


APP = SimpleNamespace(get_models=lambda **kwargs: [Scratch])


@pytest.fixture
def texts(monkeypatch):
    """A table that is searched, for this test only; called with texts it adds rows named a, b, c and so on."""
    monkeypatch.setattr(guards, "_declared", {})
    monkeypatch.setattr(search, "_columns", {})
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch_text (id varchar(10) PRIMARY KEY, text text NOT NULL)")
    search.declare("scratch_text", "text")
    guards.put_back(APP)

    def add(*given):
        for letter, text in zip("abcdefgh", given, strict=False):
            Scratch.objects.create(id=letter, text=search.plain(text))

    return add


def found(text):
    return "".join(search.matching(Scratch.objects.order_by("id"), text).values_list("id", flat=True))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("administratie", "a"),
        ("ADMINISTRATIE", "a"),
        ("salaris admin", "a"),
        ("salaris leerling", ""),
        ("financien", "b"),
        ("Financiën", "b"),
        ("hr", "c"),
        ("h", "c"),
        ("", "abc"),
        ("   ", "abc"),
    ],
)
def test_every_word_is_found_inside_words(texts, asked, expected):
    texts("Salarisadministratie", "Financiën", "HR")
    assert found(asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        '""',
        "'",
        "\0",
        "a\0b",
        '" OR "1',
        "NEAR(",
        "text:",
        "*",
        "%",
        "_",
        "\\",
        "-",
        "(",
        "AND",
        "a" * 5000,
        "(((a)))",
    ],
)
def test_no_sign_breaks_or_widens_the_question(texts, asked):
    texts("Payroll", "School")
    assert found(f"zzz {asked}") == ""
    with transaction.atomic():
        found(asked)


def test_signs_are_looked_for_as_they_are(texts):
    texts('100% "sure"', "100 pct sure", "a_b", "axb", "c\\d")
    assert (found("100%"), found('"sure"'), found("a_b"), found("c\\d")) == ("a", "a", "c", "e")


def test_the_index_follows_changes_and_deletions(texts):
    texts("Payroll", "School")
    Scratch.objects.filter(id="a").update(text="holidays")
    Scratch.objects.filter(id="b").delete()
    assert (found("payroll"), found("holi"), found("school")) == ("", "a", "")


def test_an_undone_change_leaves_the_index_as_it_was(texts):
    texts("Payroll")
    with transaction.atomic():
        Scratch.objects.filter(id="a").update(text="holidays")
        transaction.set_rollback(True)
    assert (found("payroll"), found("holidays")) == ("a", "")


def test_an_index_that_was_lost_is_made_again_from_the_rows(texts):
    texts("Payroll")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER scratch_text_text_search_insert")
        else:
            cursor.execute("DROP INDEX scratch_text_text_search")
    Scratch.objects.create(id="b", text="school")
    assert [guard.name for guard in guards.missing(connection)] == ["scratch_text_text_search"]
    guards.put_back(APP)
    assert guards.missing(connection) == []
    assert (found("payroll"), found("school")) == ("a", "b")


def test_the_register_declares_its_search():
    assert "register_activity_search_text_search" in {guard.name for guard in guards.declared()}
    assert guards.missing(connection) == []


def test_a_question_uses_the_index(texts):
    texts("Payroll")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = search.matching(Scratch.objects.all(), "payroll").explain()
    assert "scratch_text_text_search" in plan or "VIRTUAL TABLE INDEX" in plan
