"""Numbers of people per wording: right, and never for fewer than ten."""

from datetime import timedelta

import pytest

from consent import figures, point_figures
from consent.kinds import Channel, Happening, Method
from tests.factories.accounts import AT
from tests.factories.consent import ConsentEventFactory, PersonFactory, WordingFactory, WordingVersionFactory

LATER = AT + timedelta(days=40)


@pytest.mark.django_db
def test_people_are_counted_once_and_a_withdrawal_counts_for_the_wording_it_ends():
    first = WordingVersionFactory()
    second = WordingVersionFactory(wording=WordingFactory(purpose=first.wording.purpose))
    for number in range(12):
        person = PersonFactory(organisation=first.organisation)
        given = {"wording": first if number < 11 else second, "person": person}
        ConsentEventFactory(**given)
        ConsentEventFactory(**given, channel=Channel.SMS)
        withdrawn = {"purpose": first.wording.purpose, "wording": None, "kind": Happening.WITHDRAWN}
        ConsentEventFactory(**withdrawn, person=person, happened_at=LATER)
    numbers = figures.of_wordings([first.wording, second.wording])
    assert numbers[first.wording_id] == figures.Figures(given=11, refused=None, withdrawn=11)
    assert numbers[second.wording_id] == figures.Figures()
    months = figures.of_wording(first.wording).months
    assert [row[1:] for row in months] == [(None, None, 11), (11, None, None)]


@pytest.mark.django_db
def test_a_wording_tells_how_many_came_in_on_paper_and_over_the_api():
    version = WordingVersionFactory()
    for number in range(23):
        person = PersonFactory(organisation=version.organisation)
        method = Method.PAPER if number < 12 else Method.API
        ConsentEventFactory(wording=version, person=person, method=method)
        if number < 11:
            left = {"purpose": version.wording.purpose, "wording": None, "kind": Happening.WITHDRAWN}
            ConsentEventFactory(**left, person=person, happened_at=LATER, method=Method.ONE_CLICK)
    assert figures.of_methods(version.wording) == [(Method.API, 11, None, None), (Method.PAPER, 12, None, 11)]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"jan": 12, "feb": 30}, {"jan": 12, "feb": 30}),
        ({"jan": 9, "feb": 12, "mar": 30}, {"jan": None, "feb": None, "mar": 30}),  # else 9 = total - 42
        ({"jan": 9, "feb": 9, "mar": 30}, {"jan": None, "feb": None, "mar": 30}),
        ({"jan": 1, "feb": 2, "mar": 30}, {"jan": None, "feb": None, "mar": None}),
        ({"jan": 9}, {"jan": None}),
        ({}, {}),
    ],
)
def test_nothing_under_ten_is_told_nor_can_be_subtracted(numbers, told):
    assert figures.hide(numbers) == told


@pytest.mark.parametrize(
    ("forms", "few"),
    [
        ([{"a": 12}, {"b": 30}], False),
        ([{"a": 9}, {"b": 30}], True),  # else 9 = the sum of the place - 30
        ([{"a": 9}, {"b": 8}], False),
        ([{"a": 0}, {"b": 30}], False),
    ],
)
def test_the_sum_of_a_place_does_not_give_away_a_form_of_few(forms, few):
    assert point_figures.leaves_few(forms) is few
