"""Sections of the facts, edited in place: moments on the wall, two people at once, and what is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from breaches import sealing
from breaches.actions import facts
from breaches.kinds import Cause, DataKind, Kind
from breaches.models import Breach
from breaches.states import State
from core.moments import MomentField, on_the_wall
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, OrganisationFactory, UserFactory
from tests.factories.register import PartyFactory

pytestmark = pytest.mark.django_db
SIGNAL = datetime(2026, 3, 2, 8, 15, 42, tzinfo=UTC)


@pytest.fixture
def breach(member):
    """A breach, on the desk of a privacy officer who reads English."""
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    return make.BreachFactory(organisation=organisation, first_signal_at=SIGNAL, aware_at=SIGNAL)


def opened(client, breach, section):
    """The form of a section as a browser would send it back."""
    form = client.get(url(breach, "section", section)).context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        found[bound.html_name] = value if isinstance(value, list) else bound.field.widget.format_value(value)
    return {name: value for name, value in found.items() if value not in (None, [""], "")}


def saved(client, breach, section, **changed):
    given = {**opened(client, breach, section), **changed}
    response = client.post(url(breach, "section", section), given)
    breach.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("section", "changed", "kept"),
    [
        ("facts", {"facts": "Gone\r\nwith the post", "kinds": ["integrity"]}, {"facts": "Gone\nwith the post"}),
        ("facts", {"cause": "hacking"}, {"cause": Cause.HACKING, "title": "Letter to the wrong address"}),
        ("data", {"data_kinds": ["name", "health"]}, {"data_kinds": [DataKind.NAME, DataKind.HEALTH]}),
        ("people", {"people_min": "3", "people_max": ""}, {"people_min": 3, "people_max": None}),
        ("protection", {"recipients": "trusted", "is_deletion_confirmed": "yes"}, {"is_deletion_confirmed": "yes"}),
        ("effects", {"seriousness": "limited"}, {"seriousness": "limited"}),
        ("remedy", {"lessons": "Check twice"}, {"lessons": "Check twice"}),
        ("place", {"regime": "telecom"}, {"regime": "telecom"}),
        ("moments", {"occurred_from": "2026-03-01T23:59"}, {"occurred_from": datetime(2026, 3, 1, 22, 59, tzinfo=UTC)}),
    ],
)
def test_a_section_is_kept(client, breach, section, changed, kept):
    assert saved(client, breach, section, **changed).status_code == 302
    assert {name: getattr(breach, name) for name in kept} == kept


def test_the_words_of_the_report_stand_beside_what_they_tell_and_are_never_filled_in(client, breach):
    sealing.seal(breach, {"report.done": "Rang the helpdesk"})
    response = client.get(url(breach, "section", "remedy"))
    assert "Rang the helpdesk" in words(response)
    assert response.context["form"]["remedy"].value() == ""
    assert "Rang the helpdesk" not in words(client.get(url(breach, "section", "facts")))


def test_saving_without_a_change_leaves_no_trace(client, breach):
    for section in ("facts", "moments", "aware", "data", "people", "protection", "effects", "remedy", "place"):
        assert saved(client, breach, section).status_code == 302
    assert (breach.revision, breach.history.count()) == (1, 1)
    assert breach.aware_at == SIGNAL


def test_a_moment_keeps_its_seconds_when_another_field_changes(client, breach):
    saved(client, breach, "aware", aware_reason="The neighbour rang")
    assert (breach.aware_at, breach.aware_reason) == (SIGNAL, "The neighbour rang")
    assert breach.aware_by is not None


def test_another_moment_of_awareness_needs_a_reason(client, breach):
    refused = saved(client, breach, "aware", aware_at="2026-03-03T10:00")
    assert refused.status_code == 422
    assert "Say why you are aware from that moment" in words(refused)
    assert breach.aware_at == SIGNAL
    saved(client, breach, "aware", aware_at="2026-03-03T10:00", aware_reason="Then the logs showed it")
    assert breach.aware_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("section", "changed", "said"),
    [
        ("aware", {"aware_at": "2026-03-01T10:00", "aware_reason": "x"}, "before the first signal"),
        ("aware", {"aware_at": "2222-03-01T10:00"}, "a year from 1900 to 2200"),
        ("aware", {"aware_at": "yesterday"}, "Fill in a day and a time"),
        ("aware", {"aware_at": "9999-12-31T23:59"}, "a year from 1900 to 2200"),
        ("aware", {"aware_at": "2026-13-41T10:00"}, "Fill in a day and a time"),
        ("moments", {"occurred_from": "2026-03-29T02:30"}, "This hour does not exist"),
        ("moments", {"occurred_from": "2026-03-02T10:00", "occurred_until": "2026-03-01T10:00"}, "before it began"),
        ("people", {"people_min": "9", "people_max": "3"}, "cannot be fewer than the least"),
        ("people", {"people_min": "99999999999999999999"}, "less than or equal"),
        ("people", {"people_min": "-1"}, "greater than or equal"),
        ("facts", {"title": ""}, "required"),
        ("facts", {"kinds": ["nonsense"]}, "nonsense is not one of the available choices"),
        ("facts", {"facts": "a\0b"}, "Null characters"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(client, breach, section, changed, said):
    response = saved(client, breach, section, **changed)
    assert response.status_code == 422
    assert said in words(response)
    assert breach.revision == 1


def test_a_moment_that_is_still_to_come_is_refused(client, breach):
    tomorrow = on_the_wall(timezone.now() + timedelta(days=1))
    assert "still to come" in words(saved(client, breach, "moments", occurred_from=tomorrow))


def test_of_the_hour_that_comes_twice_the_first_is_meant():
    assert MomentField().clean("2026-10-25T02:30").astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with pytest.raises(ValidationError):
        MomentField(may_come=True).clean("2026-03-29T02:30")


def test_the_second_of_two_equal_hours_stays_when_it_stands_there(client, breach):
    second = datetime(2026, 10, 25, 1, 30, 7, tzinfo=UTC)
    breach = make.BreachFactory(organisation=breach.organisation, first_signal_at=second, aware_at=second)
    assert saved(client, breach, "aware", aware_reason="Seen at once").status_code == 302
    assert breach.aware_at == second


def test_two_people_in_one_section_both_keep_what_they_wrote(client, breach):
    mine = opened(client, breach, "facts")
    facts.change(breach, {"cause": Cause.HACKING}, by=None, at=AT, section="facts")
    response = client.post(url(breach, "section", "facts"), mine | {"place": "Reception"}, follow=True)
    breach.refresh_from_db()
    assert (breach.cause, breach.place) == (Cause.HACKING, "Reception")
    assert "Somebody else changed this field meanwhile; that was kept: Cause." in words(response)


@pytest.mark.parametrize(
    ("section", "field", "theirs", "mine", "words_of_both", "kept"),
    [
        ("facts", "facts", "Theirs", "Mine", ("Theirs", "Mine"), {"mine": "Mine", "theirs": "Theirs"}),
        (
            "facts",
            "kinds",
            [Kind.INTEGRITY],
            ["availability"],
            ("Integrity", "Availability"),
            {"mine": [Kind.AVAILABILITY], "theirs": [Kind.INTEGRITY]},
        ),
        (
            "moments",
            "occurred_from",
            datetime(2026, 3, 1, 9, 30, 20, tzinfo=UTC),
            "2026-03-01T12:00",
            ("10:30", "12:00"),
            {
                "mine": datetime(2026, 3, 1, 11, 0, tzinfo=UTC),
                "theirs": datetime(2026, 3, 1, 9, 30, 20, tzinfo=UTC),
            },
        ),
    ],
)
@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_texts_in_one_place_are_both_shown_and_one_is_chosen(
    client, breach, section, field, theirs, mine, words_of_both, kept, choice
):
    given = opened(client, breach, section) | {field: mine}
    facts.change(breach, {field: theirs}, by=UserFactory(name="Ann Other"), at=AT, section=section)
    clash = client.post(url(breach, "section", section), given)
    breach.refresh_from_db()
    assert clash.status_code == 409
    assert getattr(breach, field) == theirs
    said = words(clash)
    assert "Ann Other saved this page" in said
    assert all(one in said for one in words_of_both)
    seen = re.search(r'name="seen" value="([^"]+)"', clash.text)[1]
    assert (
        client.post(url(breach, "section", section), given | {"seen": seen, f"choice-{field}": choice}).status_code
        == 302
    )
    breach.refresh_from_db()
    assert getattr(breach, field) == kept[choice]


def test_only_rows_of_the_own_organisation_can_be_chosen(client, breach):
    theirs = PartyFactory(organisation=OrganisationFactory())
    assert saved(client, breach, "moments", processor=theirs.pk).status_code == 422
    ours = PartyFactory(organisation=breach.organisation)
    assert saved(client, breach, "moments", processor=ours.pk).status_code == 302
    assert breach.processor == ours


def test_a_closed_breach_is_not_edited(client, breach):
    given = opened(client, breach, "facts")
    closed = {"state": State.CLOSED, "closed_at": AT}
    Breach.objects.filter(pk=breach.pk).update(**closed)
    assert client.get(url(breach, "section", "facts")).status_code == 409
    assert client.post(url(breach, "section", "facts"), given | {"place": "Here"}).status_code == 409
    breach.refresh_from_db()
    assert breach.place == ""


def test_a_saved_section_comes_back_with_the_clock_beside_it(client, breach):
    given = opened(client, breach, "aware") | {"aware_reason": "The neighbour rang"}
    part = client.post(url(breach, "section", "aware"), given, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "The neighbour rang" in part.text
    assert 'id="clock"' in part.text
    assert part.text.count('hx-swap-oob="true"') == 2


def test_examining_begins_once(client, breach):
    for _time in range(2):
        assert client.post(url(breach, "examine")).status_code == 302
    breach.refresh_from_db()
    assert (breach.state, breach.revision) == (State.EXAMINED, 2)


def test_there_is_no_such_section(client, breach):
    assert client.get(url(breach, "section", "nonsense")).status_code == 404
