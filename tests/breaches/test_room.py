"""What the register shows and keeps of breaches: a box on the sheet, and parties and systems that a breach names."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusal import Refused
from register.actions import merge, shared
from tests.breaches.desk import words
from tests.factories import breaches as make
from tests.factories import register as of_register
from tests.factories.accounts import AT, UserFactory

pytestmark = pytest.mark.django_db


def sheet(client, activity):
    return words(client.get(reverse("register:activity", args=[activity.organisation.slug, activity.pk])))


def test_the_sheet_names_the_breaches_that_hit_an_activity_with_the_hours_left(client, member):
    activity = of_register.ActivityFactory(organisation=member("auditor", user=UserFactory(language="en")).organisation)
    moment = timezone.now() - timedelta(hours=5, minutes=1)
    hit = {"activity": activity, "breach__organisation": activity.organisation}
    make.BreachActivityFactory(
        **hit, breach__title="Lost laptop", breach__first_signal_at=None, breach__aware_at=moment
    )
    make.BreachActivityFactory(**hit, breach__title="Only practised", breach__is_drill=True)
    said = sheet(client, activity)
    assert "Lost laptop" in said
    assert "66 hours left" in said
    assert "Only practised" not in said


def test_who_may_not_see_breaches_sees_none_on_the_sheet(client, member):
    activity = of_register.ActivityFactory(organisation=member("editor", user=UserFactory(language="en")).organisation)
    make.BreachActivityFactory(
        activity=activity, breach__organisation=activity.organisation, breach__title="Lost laptop"
    )
    assert "Lost laptop" not in sheet(client, activity)


@pytest.mark.parametrize(
    ("factory", "name"), [(make.BreachPartyFactory, "party"), (make.BreachSystemFactory, "system")]
)
def test_what_a_breach_names_cannot_be_deleted(factory, name):
    row = getattr(factory(), name)
    with pytest.raises(Refused):
        shared.delete(row, by=None, at=AT)


def test_merging_parties_lets_a_breach_name_the_one_that_stays():
    line = make.BreachPartyFactory()
    kept = of_register.PartyFactory(organisation=line.organisation, name="Kept")
    twin = make.BreachPartyFactory(breach=line.breach, organisation=line.organisation, party=kept)
    other = make.BreachFactory(organisation=line.organisation, processor=line.party)
    merge.merge(kept, line.party, by=None, at=AT, on=date(2026, 1, 5))
    other.refresh_from_db()
    assert other.processor == kept
    assert [row.party for row in line.breach.breachparty_rows.all()] == [twin.party]
