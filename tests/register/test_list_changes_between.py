from datetime import UTC, date, datetime

import pytest

from register import reading
from register.actions import activities, establish
from tests.factories.accounts import OrganisationFactory
from tests.register.filled import established

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def renamed(activity, name, *, at=LATER):
    with activities.act(activity.organisation, by=None, at=at, kind="test.renamed"):
        activity.name = name
        activity.save()
        activities.derived.refresh([activity])
    activity.refresh_from_db()
    establish.establish(activity, by=None, at=at, reason="New name")


def test_changes_between_two_days_names_what_came_what_ended_and_what_differs():
    organisation = OrganisationFactory()
    same, changed, ended = (established(organisation) for _ in range(3))
    renamed(changed, "Another name")
    establish.end(ended, on=date(2026, 3, 2), reason="Stopped", by=None, at=LATER)
    new = established(organisation, at=LATER)
    found = reading.changes_between(organisation, date(2026, 2, 1), date(2026, 3, 2))
    assert [standing.entry.id for standing in found.added] == [new.pk]
    assert [standing.entry.id for standing in found.ended] == [ended.pk]
    assert [(old.entry.id, now.entry.name) for old, now, _sections in found.changed] == [(changed.pk, "Another name")]
    assert [change.field for _o, _n, sections in found.changed for part in sections for change in part.fields] == [
        "name"
    ]
    assert same.pk not in {standing.entry.id for standing in (*found.added, *found.ended)}


def test_changes_between_equals_the_comparison_of_two_whole_readings():
    organisation = OrganisationFactory()
    for _ in range(2):
        established(organisation)
    changed = established(organisation)
    renamed(changed, "Another name")
    first, second = date(2026, 2, 1), date(2026, 3, 2)
    whole = reading.comparison.compare_registers(
        reading.read(organisation, on=first), reading.read(organisation, on=second)
    )
    assert reading.changes_between(organisation, first, second) == whole


def test_a_version_established_later_is_not_part_of_what_was_known_then():
    organisation = OrganisationFactory()
    activity = established(organisation)
    activities.set_upkeep([activity], by=None, at=LATER, owner_function="Head")
    establish.establish(activity, by=None, at=LATER, reason="Late", valid_from=date(2026, 1, 6))
    day = date(2026, 1, 10)
    assert not reading.changes_between(organisation, day, day).changed
    known = reading.changes_between(organisation, day, day, first_known=reading.end_of(day))
    assert [now.version for _old, now, _sections in known.changed] == [2]


@pytest.mark.parametrize("rows", [1, 3])
def test_unchanged_versions_cost_nothing(rows, django_assert_num_queries):
    organisation = OrganisationFactory()
    for _ in range(rows):
        established(organisation)
    with django_assert_num_queries(2):  # which version held on each day
        found = reading.changes_between(organisation, date(2026, 1, 5), date(2026, 6, 1))
    assert found == reading.comparison.RegisterChange((), (), ())
