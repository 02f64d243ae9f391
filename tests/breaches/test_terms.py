"""The lengths and limits that a breach is measured by, as they hold on a day."""

from datetime import date

import pytest

from breaches import terms
from tests.factories.register import LegalValueFactory


def test_what_came_with_dertig_needs_no_database():
    found = terms.shipped(date(2026, 11, 22))
    assert (found.deadline, found.threshold, found.warnings) == (72, "risk", (24, 48, 60, 71))
    assert (found.gap, found.gap_long, found.many_people, found.retention_years) == (24, 48, 100, 5)


def test_a_breach_from_before_the_regulation_is_measured_by_the_same():
    assert terms.shipped(date(2016, 2, 1)) == terms.shipped(terms.GDPR_APPLIES)


@pytest.mark.django_db
def test_an_organisation_has_its_own_values_from_their_day_on():
    organisation = LegalValueFactory(fact="breach-deadline", value="96", valid_from=date(2027, 1, 1)).organisation
    assert terms.of(organisation, date(2026, 12, 31)).deadline == 72
    assert terms.of(organisation, date(2027, 1, 1)).deadline == 96
