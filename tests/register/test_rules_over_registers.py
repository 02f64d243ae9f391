"""All rules over whole registers: the demo, and one that others made. What they find is true, useful and said once."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from register.checks import judging
from register.models import Activity

from .importing import brought_in, organisation_with_controller, shared

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def found_in(organisation):
    return judging.now(organisation, on=NOW.date(), at=NOW)


def grave(organisation, found):
    """The critical findings: which rule, about which activity."""
    names = dict(Activity.objects.of(organisation).values_list("pk", "name"))
    return sorted((one.rule, names.get(one.activity_id, "")) for one in found if one.severity == "critical")


def test_of_an_imported_register_only_what_article_30_asks_is_found():
    organisation = organisation_with_controller()
    brought_in(organisation, shared("nl-openvwr/demo-avg-records.csv").read_bytes(), "demo-avg-records.csv")
    found = found_in(organisation)
    of_activities = Counter((one.rule, one.outcome) for one in found if one.activity_id)
    assert {rule[0] for rule, _ in of_activities} == {"R"}
    assert of_activities["R014", "fails"] == 8  # the file has no column about measures
    assert of_activities["R010", "fails"] == 1  # one row says that data leave the Area, and not whereto
    assert of_activities["R012", "fails"] == 0  # every row says how long data are kept
    assert of_activities["R015", "fails"] == of_activities["R025", "fails"] == 0  # nobody kept these dates
