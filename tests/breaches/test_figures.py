"""Figures over the register: what is counted, what is left out, and how long each step took."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Event
from breaches import figures
from breaches.figures import Period
from tests.factories import breaches as of_breach
from tests.factories.accounts import OrganisationFactory

from .desk import ENGLISH, words

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 11, tzinfo=UTC)
ALL = {"since": "", "until": ""}


def hours(count):
    return timedelta(hours=count)


def breach(organisation, aware=NOON, signal=0, **values):
    return of_breach.BreachFactory(
        organisation=organisation, reported_at=aware, aware_at=aware, first_signal_at=aware - hours(signal), **values
    )


def url(organisation):
    return reverse("breaches:figures", args=[organisation.slug])


def bars(found):
    return [(bar.label, bar.count, bar.share) for bar in found]


def test_causes_kinds_and_months_are_counted_and_what_is_no_breach_is_not():
    organisation = OrganisationFactory()
    breach(organisation, cause="phishing", kinds=["confidentiality", "availability"])
    breach(organisation, cause="phishing", kinds=["confidentiality"])
    breach(organisation, NOON + timedelta(days=60), cause="")
    breach(organisation, is_drill=True, cause="paper")
    for state in ("withdrawn", "not_a_breach"):
        breach(organisation, cause="paper", state=state, closed_at=NOON, outcome_reason="A mistake.")
    breach(OrganisationFactory(), cause="paper")
    found = figures.of(organisation, Period())
    assert [bar[1:] for bar in bars(found.causes)] == [(2, 100), (1, 50)]
    assert [bar.count for bar in found.kinds] == [2, 1, 1]
    assert bars(found.months) == [(date(2026, 3, 1), 2, 100), (date(2026, 4, 1), 0, 0), (date(2026, 5, 1), 1, 50)]
    assert (found.total, found.left_out) == (3, {"drills": 1, "withdrawn": 1, "not_breaches": 1})


def test_a_period_holds_both_its_days_as_people_there_count_them():
    organisation = OrganisationFactory()
    for moment in ("2025-12-31T22:59Z", "2025-12-31T23:00Z", "2026-12-31T22:59Z", "2026-12-31T23:00Z"):
        breach(organisation, datetime.fromisoformat(moment))
    assert figures.of(organisation, Period(date(2026, 1, 1), date(2026, 12, 31))).total == 2
    assert figures.years(organisation) == [2027, 2026, 2025]


def test_a_long_period_is_counted_per_year():
    organisation = OrganisationFactory()
    breach(organisation, datetime(2023, 3, 1, tzinfo=UTC))
    breach(organisation)
    found = figures.of(organisation, Period())
    assert found.is_per_year
    assert [bar.count for bar in found.months] == [1, 0, 0, 1]


def test_each_step_has_its_median_and_how_many_were_in_time():
    organisation = OrganisationFactory()
    for signal, assessed, notified in ((0, 10, 20), (5, 40, 72), (90, 90, 73)):
        row = breach(organisation, signal=signal)
        of_breach.AssessmentFactory(breach=row, at=NOON + hours(assessed))
        of_breach.NotificationFactory(breach=row, at=NOON + hours(notified))
    withdrawn = breach(organisation)
    of_breach.NotificationFactory(breach=withdrawn, at=NOON + hours(1))
    of_breach.NotificationFactory(breach=withdrawn, at=NOON + hours(2), kind="withdrawal")
    of_breach.DecisionFactory(breach=withdrawn, at=NOON + hours(3), tell=False)
    found = figures.of(organisation, Period())
    aware, assessed, decided, notified, told, closed = found.steps
    assert (aware.count, aware.middle, aware.longest, aware.within) == (4, hours(2.5), hours(90), 3)
    assert (assessed.count, assessed.middle, assessed.longest, assessed.within) == (3, hours(40), hours(90), 2)
    assert (decided.count, decided.middle) == (1, hours(3))
    assert (notified.count, notified.middle, notified.within, notified.share) == (3, hours(72), 2, 66)
    assert (told.count, told.middle, closed.count, closed.within) == (0, None, 0, None)
    assert (found.notified, found.in_time, found.not_notified) == (3, 2, 1)


def test_people_were_told_at_the_end_of_the_day_unless_it_was_written_down_before():
    organisation = OrganisationFactory()
    row = breach(organisation)
    of_breach.CommunicationFactory(breach=row, sent_on=NOON.date(), at=NOON + timedelta(days=9))
    assert figures.of(organisation, Period()).steps[4].middle == hours(12)
    of_breach.CommunicationFactory(breach=row, sent_on=NOON.date(), at=NOON + hours(2))
    assert figures.of(organisation, Period()).steps[4].middle == hours(2)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_breaches(client, member, django_assert_num_queries, rows):
    organisation = member("auditor").organisation
    for _each in range(rows):
        row = breach(organisation, cause="phishing", kinds=["integrity"])
        of_breach.AssessmentFactory(breach=row)
        of_breach.NotificationFactory(breach=row)
    client.get(url(organisation))
    with django_assert_num_queries(9):
        response = client.get(url(organisation), ALL, headers=ENGLISH)
    assert f"Breaches {rows} " in words(response)
    assert "Malware" not in words(response)


def test_the_address_chooses_the_period_and_a_wrong_one_is_named(client, member):
    organisation = member("dpo").organisation
    breach(organisation)

    def shown(**asked):
        return words(client.get(url(organisation), asked, headers=ENGLISH))

    assert "March 2026" in shown(since="2026-01-01", until="2026-12-31")
    assert "No breach in this period" in shown(since="2025-01-01", until="2025-12-31")
    wrong = client.get(url(organisation), {"since": "2026-02-01", "until": "2026-01-01"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "The end must not be before the beginning." in words(wrong)
    assert client.get(url(organisation), {"since": "0000-99-99", "until": "x\0"}).status_code == 422


def test_the_figures_come_as_csv_and_that_is_recorded(client, member):
    organisation = member("dpo").organisation
    row = breach(organisation, cause="phishing")
    of_breach.NotificationFactory(breach=row, at=NOON + hours(6))
    content = client.get(url(organisation), ALL | {"format": "csv"}, headers=ENGLISH).getvalue().decode("utf-8-sig")
    assert "Cause,Malware or ransomware" not in content
    assert "Cause,Phishing,1" in content
    assert "Authority notified,1,6" in content
    assert Event.objects.filter(kind=Event.Kind.DOWNLOADED).count() == 1
