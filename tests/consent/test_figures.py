"""Numbers of people per wording: right, and never for fewer than ten."""

from datetime import timedelta

import pytest

from consent import figures
from consent.kinds import Channel, Happening
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
