"""Several breaches of the same kind that are dealt with and notified as one: AP 1.1."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from breaches import filling
from breaches.authority_forms import gathering, reading
from breaches.models import Breach
from tests.breaches.desk import url, words
from tests.breaches.test_desk_facts import saved
from tests.factories import breaches as make
from tests.factories.accounts import AT, UserFactory

pytestmark = pytest.mark.django_db
AP = reading.forms(date(2026, 11, 22))["ap"]


@pytest.fixture
def officer(member):
    return member("privacy_officer", user=UserFactory(language="en"))


def answers(breach, membership, **asked):
    facts = gathering.facts_of(Breach.objects.get(pk=breach.pk), membership=membership, at=AT, authority="ap", **asked)
    return {answer.source: answer for answer in filling.fill(AP, facts, "en").answers}


def test_somebody_says_that_it_is_several_alike_and_the_form_says_so(client, officer):
    breach = make.BreachFactory(organisation=officer.organisation, facts="Letters came back opened.")
    assert "How many alike" not in words(client.get(url(breach)))
    before = answers(breach, officer)
    assert (before["notification"].codes, before["notification"].standing) == (("one",), "derived")
    assert saved(client, breach, "facts", scope="several_alike", alike_count="14").status_code == 302
    after = answers(breach, officer)
    assert (after["notification"].codes, after["notification"].standing) == (("several_alike",), "recorded")
    assert after["facts"].text == "Letters came back opened.\nIt concerns 14 breaches of the same kind."
    assert answers(breach, officer, kind="follow_up")["notification"].codes == ("follow_up",)
    assert "Several breaches of the same kind" in words(client.get(url(breach)))


@pytest.mark.parametrize("given", [{"alike_count": "3"}, {"scope": "several_alike", "alike_count": "1"}])
def test_a_number_belongs_to_several(client, officer, given):
    breach = make.BreachFactory(organisation=officer.organisation)
    response = saved(client, breach, "facts", **given)
    assert response.status_code == 422
    with translation.override("en"):
        assert "it is two or more" in words(response)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(alike_count=3)
