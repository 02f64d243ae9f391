"""Facts of law with a date: what holds on a day, added here, checked, taken away, and asked about on the dashboard."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Change
from register import legal
from register.models import LegalConfirmation, LegalValue
from tests.factories.register import LegalValueFactory

pytestmark = pytest.mark.django_db
BREACH = "breach-deadline"


def url(name, organisation, *arguments):
    return reverse(f"register:{name}", args=[organisation.slug, *arguments])


def given(**changed):
    return {"value": "96", "valid_from": "2027-01-01", "source": "OJ L 2027/1, art. 3"} | changed


def add(client, organisation, **changed):
    return client.post(url("legal_value_new", organisation, BREACH), given(**changed))


def said(organisation, day, code=BREACH):
    found = legal.in_force(organisation, day).get(code)
    return found and found.value


def test_a_value_holds_from_its_day_on_and_the_days_before_keep_the_old_one(client, member):
    organisation = member().organisation
    assert add(client, organisation).status_code == 302

    assert said(organisation, date(2026, 12, 31)) == "72"
    assert said(organisation, date(2027, 1, 1)) == "96"
    assertContains(client.get(url("legal_fact", organisation, BREACH)), "96 hours")
    assertContains(client.get(url("legal_parameters", organisation)), "72 hours")


def test_a_value_of_one_organisation_says_nothing_in_another(member):
    organisation, other = member().organisation, LegalValueFactory().organisation

    assert said(organisation, date(2027, 6, 1)) == "72"
    assert said(other, date(2027, 6, 1)) == "96"


def test_an_adequacy_decision_can_be_said_to_hold_no_longer(client, member):
    organisation = member().organisation
    decisions = [fact for fact in legal.shipped() if fact.is_decision]
    code = next(fact.code for fact in decisions if fact.values[0].source == "(EU) 2023/1795")
    client.post(url("legal_value_new", organisation, code), given(value="not_in_force", valid_from="2026-05-01"))

    assert said(organisation, date(2026, 4, 30), code) == "in_force"
    assert said(organisation, date(2026, 5, 1), code) == "not_in_force"


def test_an_added_value_waits_on_the_dashboard_until_somebody_checked_it(client, member):
    organisation = member("privacy_officer").organisation
    add(client, organisation)
    assertContains(client.get(url("dashboard", organisation)), "Facts of law to check")

    row = LegalValue.objects.get()
    client.post(url("legal_confirm", organisation, BREACH), {"value": str(row.pk)})

    assertNotContains(client.get(url("dashboard", organisation)), "Facts of law to check")
    assert LegalConfirmation.objects.get().confirmed_by == organisation.memberships.get().user
    again = client.post(url("legal_confirm", organisation, BREACH), {"value": str(row.pk)})
    assert again.status_code == 409


def test_a_check_can_be_taken_back_and_an_own_value_taken_away(client, member):
    organisation = member().organisation
    add(client, organisation)
    key = {"value": str(LegalValue.objects.get().pk)}
    client.post(url("legal_confirm", organisation, BREACH), key)
    client.post(url("legal_doubt", organisation, BREACH), key)
    assert not LegalConfirmation.objects.exists()

    client.post(url("legal_remove", organisation, BREACH), key)
    assert said(organisation, date(2027, 6, 1)) == "72"
    kinds = list(Change.objects.filter(organisation=organisation).order_by("number").values_list("kind", flat=True))
    assert kinds[-4:] == ["law.added", "law.confirmed", "law.doubted", "law.removed"]
    assertContains(client.get(url("history", organisation)), "breach to the authority: 96 hours")


def test_what_came_with_dertig_cannot_be_taken_away(client, member):
    organisation = member().organisation
    shipped = {"value": "breach-deadline-2018-05-25"}

    assert client.post(url("legal_remove", organisation, BREACH), shipped).status_code == 409
    assert said(organisation, date(2026, 6, 1)) == "72"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "soon"}, "whole number"),
        ({"value": "-1"}, "greater than or equal to 0"),
        ({"value": "72"}, "This is what holds on that day already."),
        ({"valid_from": "2027-02-30"}, "valid date"),
        ({"source": " "}, "required"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_with_a_sentence(client, member, wrong, words):
    organisation = member().organisation
    response = add(client, organisation, **wrong)

    assertContains(response, words, status_code=422)
    assert not LegalValue.objects.exists()


def test_two_values_from_one_day_are_refused(client, member):
    organisation = member().organisation
    add(client, organisation)

    assertContains(add(client, organisation, value="48"), "a value from that day already", status_code=422)


def test_a_reader_sees_the_facts_and_changes_none(client, member):
    organisation = member("auditor").organisation
    page = client.get(url("legal_fact", organisation, BREACH))

    assertNotContains(page, url("legal_confirm", organisation, BREACH))
    assert add(client, organisation).status_code == 403


def test_the_page_costs_the_same_for_any_number_of_own_values(client, member, django_assert_num_queries):
    organisation = member().organisation
    for year in (2027, 2028, 2029):
        LegalValueFactory(organisation=organisation, valid_from=date(year, 1, 1))
    with django_assert_num_queries(6):
        client.get(url("legal_fact", organisation, BREACH))


def test_a_day_is_told_as_people_write_it():
    fact = next(one for one in legal.shipped() if one.unit == "date")
    with translation.override("nl"):
        assert fact.words("2021-06-27") == "27-06-2021"
    assert fact.words("2021-99-99") == "2021-99-99"
