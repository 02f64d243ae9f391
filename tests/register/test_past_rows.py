"""Lists and rows as they stood on a past day."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import history
from register import kinds, past_rows
from register.models import Party
from tests.factories import register as make
from tests.factories.accounts import AT
from tests.register.test_parties_pages import FACTORIES, every_kind

pytestmark = pytest.mark.django_db
PARTIES = kinds.BY_MODEL[Party]


def change(row, at, **fields):
    with history.act(row.organisation, by=None, at=at, kind="test.changed"):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def names(response):
    return [row.name for row, _url, _cells in response.context["rows"]]


def test_a_list_of_a_past_day_says_what_stood_there_at_its_end(client, member):
    organisation = member().organisation
    party = make.PartyFactory(organisation=organisation, name="Oude naam")
    change(party, datetime(2026, 2, 1, 12, tzinfo=UTC), name="Nieuwe naam")
    make.PartyFactory(organisation=organisation, name="Zelfde dag")
    url = PARTIES.list_url(organisation)

    assert names(client.get(url)) == ["Nieuwe naam", "Zelfde dag"]
    assert names(client.get(url, {"on": "2026-01-31"})) == ["Oude naam", "Zelfde dag"]
    assert names(client.get(url, {"on": "2026-02-01"})) == ["Nieuwe naam", "Zelfde dag"]
    assert names(client.get(url, {"on": "2026-01-04"})) == []
    assert names(client.get(url, {"on": "2026-01-31", "q": "oude"})) == ["Oude naam"]


@pytest.mark.parametrize("day", ["", "nonsense", "2999-01-01", "2026-02-30"])
def test_no_past_day_is_today(client, member, day):
    organisation = member().organisation
    make.PartyFactory(organisation=organisation)
    response = client.get(PARTIES.list_url(organisation), {"on": day})

    assert response.context["past"] is None
    assert len(names(response)) == 1


@every_kind
@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_list_and_its_rows_can_be_read_for_every_kind(client, member, kind, rows, django_assert_max_num_queries):
    organisation = member().organisation
    made = [FACTORIES[kind.model](organisation=organisation) for _ in range(rows)]
    with django_assert_max_num_queries(10):
        response = client.get(kind.list_url(organisation), {"on": "2026-01-05"})
    assert response.text.count('<tr id="row-') == rows

    page = client.get(kind.url(organisation, made[0].pk), {"on": "2026-01-05"})
    assert "You are looking back" in page.text
    assert str(made[0]) in page.text
    assert kind.url(organisation, made[0].pk, "edit") not in page.text
    assert client.get(kind.url(organisation, made[0].pk), {"on": "2026-01-04"}).status_code == 404


def test_a_deleted_row_is_there_on_the_days_before(client, member):
    organisation = member().organisation
    party = make.PartyFactory(organisation=organisation, name="Weg")
    with history.act(organisation, by=None, at=AT + timedelta(days=30), kind="test.deleted"):
        party.delete()
    url = PARTIES.list_url(organisation)

    assert names(client.get(url)) == []
    assert names(client.get(url, {"on": "2026-01-05"})) == ["Weg"]


def test_of_two_records_of_one_moment_the_later_one_counts():
    party = make.PartyFactory(name="Eerst")
    change(party, AT, name="Daarna")

    [record] = past_rows.as_they_stood(Party, party.organisation, AT)
    assert record.name == "Daarna"


def test_another_organisation_has_its_own_past(client, member):
    organisation = member().organisation
    other = make.PartyFactory()

    assert names(client.get(PARTIES.list_url(organisation), {"on": "2026-01-05"})) == []
    assert client.get(PARTIES.url(organisation, other.pk), {"on": "2026-01-05"}).status_code == 404
