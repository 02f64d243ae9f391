"""What may name people is readable with the key of its breach only, and is in no history."""

import pytest
from cryptography.fernet import InvalidToken
from django.db import DatabaseError, connection, transaction

from accounts import history
from breaches import sealing
from breaches.actions.reporting import report
from breaches.models import Breach, BreachKey
from core.refusal import Refused
from tests.factories import accounts, breaches
from tests.factories.accounts import AT

pytestmark = pytest.mark.django_db


def reported(**fields):
    organisation = accounts.OrganisationFactory()
    breach = Breach(organisation=organisation, title="Lost laptop", **fields)
    return report(breach, {"reporter": "Anna Kuiper", "told": "Jan de Wit lost it"}, by=None, at=AT)


def everything_stored():
    """Every value of every table of the room, history tables too."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("breaches_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from (str(value) for row in cursor.fetchall() for value in row)


def test_a_report_keeps_no_name_in_the_clear():
    breach = reported()
    assert sealing.opened(breach) == {"reporter": "Anna Kuiper", "told": "Jan de Wit lost it"}
    assert [value for value in everything_stored() if "Anna" in value or "Jan de Wit" in value] == []


def test_a_report_starts_the_clock_at_once_and_gets_its_own_number():
    breach, drill = reported(), reported(is_drill=True)
    assert breach.aware_at == breach.first_signal_at == AT
    assert (breach.code, drill.code) == ("B-1", "OEF-1")
    assert breach.reference != drill.reference


def test_destroying_the_key_makes_the_details_unreadable_and_breaks_no_chain(django_assert_num_queries):
    breach = reported()
    sealing.destroy(breach, by=None, at=AT)
    breach = Breach.objects.get(pk=breach.pk)
    with django_assert_num_queries(1):
        assert sealing.opened(breach) == {}
    with pytest.raises(Refused):
        sealing.seal(breach, {"told": "again"})
    with pytest.raises(DatabaseError), transaction.atomic():
        BreachKey.objects.filter(breach=breach).update(key="new")


def test_the_key_of_one_breach_opens_no_other():
    first, second = reported(), reported()
    sealed = sealing.seal_bytes(first, b"scan")
    assert sealing.open_bytes(first, sealed) == b"scan"
    with pytest.raises(InvalidToken):
        sealing.open_bytes(second, sealed)


@pytest.mark.parametrize(
    "factory", [breaches.DecisionFactory, breaches.AssessmentFactory, breaches.NotificationFactory]
)
def test_what_was_said_once_stays_as_it_was_said(factory):
    row = factory()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(at=AT)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        history.act(row.organisation, by=None, at=AT, kind="test.deleted"),
    ):
        row.delete()
