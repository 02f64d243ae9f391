"""Differences in words: what a reader of a comparison gets to see."""

import time
import uuid
from dataclasses import replace

import pytest
from django.template import engines
from django.utils import translation

from core.components.changes import word_by_word
from register import comparison, differences
from register.record import DataItem, DataValue, Entry, Named, PurposeValue
from tests.factories.accounts import UserFactory

KEY = uuid.uuid4()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def entry(**fields):
    return Entry(**({"id": KEY, "number": 1, "kind": "controller", "name": "Payroll"} | fields))


def rows(old, new):
    return [row for part in differences.in_words(comparison.compare(old, new)) for row in part.rows]


def drawn(old, new):
    template = engines["django"].get_template("register/history/_comparison.html")
    return template.render({"changes": comparison.compare(old, new), "language": "en"})


def test_a_changed_field_shows_its_label_and_both_values_in_words():
    (row,) = rows(entry(medium="paper"), entry(medium="both"))
    assert (row.kind, row.title) == ("changed", "")
    assert [(field.before, field.after) for field in row.fields] == [("On paper", "Digital and on paper")]


def test_an_added_line_shows_by_what_it_is_known_and_its_fields():
    purpose = PurposeValue(uuid.uuid4(), text_nl="Loon betalen", text_en="To pay wages", basis="c")
    (row,) = rows(entry(), entry(purposes=(purpose,)))
    assert (row.kind, row.title) == ("added", "To pay wages")
    assert ("", "Loon betalen", "nl") in [(field.before, field.after, field.language) for field in row.fields]


def test_a_removed_line_shows_what_went():
    line = DataValue(uuid.uuid4(), DataItem(uuid.uuid4(), "Naam", "Name"), detail="first and last")
    (row,) = rows(entry(data=(line,)), entry())
    assert (row.kind, row.title) == ("removed", "Name")
    assert ("first and last", "") in [(field.before, field.after) for field in row.fields]


def test_a_changed_line_shows_only_the_fields_that_changed():
    line = DataValue(uuid.uuid4(), DataItem(uuid.uuid4(), "Naam", "Name"), detail="first")
    (row,) = rows(entry(data=(line,)), entry(data=(replace(line, detail="last"),)))
    assert [(field.before, field.after) for field in row.fields] == [("first", "last")]


def test_equal_entries_say_that_nothing_differs():
    assert "Nothing differs." in drawn(entry(), entry())


def test_the_words_that_went_and_came_are_marked():
    page = drawn(entry(remarks="kept for five years"), entry(remarks="kept for seven years"))
    assert "kept for <del>five</del><ins>seven</ins> years" in page


def test_what_people_wrote_is_escaped():
    page = drawn(entry(remarks="<b>old</b> words stay"), entry(remarks="<b>new</b> words stay"))
    assert "<b>" not in page
    assert "&lt;b&gt;new&lt;/b&gt;" in page


def test_added_and_removed_are_told_in_words_and_not_by_colour_alone():
    purpose = PurposeValue(uuid.uuid4(), text_en="To pay wages")
    assert "Added" in drawn(entry(), entry(purposes=(purpose,)))
    assert "Removed" in drawn(entry(purposes=(purpose,)), entry())


def test_two_values_that_read_the_same_still_show_as_a_change():
    old, new = (entry(department=Named(uuid.uuid4(), "Finance")) for _ in range(2))
    assert "points to another row" in drawn(old, new)


@pytest.mark.django_db
def test_owners_are_named_at_the_cost_of_one_query(django_assert_num_queries):
    first, second = UserFactory(name="Ann"), UserFactory(name="Bo")
    with django_assert_num_queries(1):
        (row,) = rows(entry(owner=first.pk), entry(owner=second.pk))
    assert [(field.before, field.after) for field in row.fields] == [("Ann", "Bo")]


def test_long_texts_are_compared_in_no_time():
    old = " ".join(f"word{number % 400} the" for number in range(5000))
    started = time.process_time()
    word_by_word(old, old.replace("word17 ", "other "))
    assert time.process_time() - started < 2


def test_words_at_the_end_of_a_text_are_marked_alone():
    assert word_by_word("a b c", "a b c d") == "a b c <ins>d</ins>"


@pytest.mark.parametrize(("kind", "section"), [("controller", "controller"), ("processor", "clients")])
def test_a_field_of_two_sections_is_compared_once_in_the_part_it_belongs_to(kind, section):
    changes = comparison.compare(entry(kind=kind), entry(kind=kind, controller=Named(uuid.uuid4(), "School")))
    assert [change.section.key for change in changes] == [section]
