"""The assessment page: the suggestion follows from the answers, is never a decision, and each version stays."""

import pytest

from breaches import assessment
from breaches.actions import closing
from breaches.kinds import DataKind, Kind, PeopleKind
from breaches.law import Conclusion, Role
from breaches.models import Assessment, BreachSettings, Decision
from breaches.scales import Availability, Context, Malice
from breaches.states import State
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import AT, UserFactory

pytestmark = pytest.mark.django_db
LOW = {
    "data_simple": Context.SIMPLE.value,
    "identification": "limited",
    "confidentiality": "known",
    "integrity": "none",
    "availability": "none",
    "malice": "no",
}
KNOWN = {
    "kinds": [Kind.CONFIDENTIALITY],
    "data_kinds": [DataKind.NAME],
    "groups": [PeopleKind.EMPLOYEES],
    "people_min": 1,
    "people_max": 1,
    "unintelligible": "none",
    "recipients": "trusted",
    "is_deletion_confirmed": "yes",
}


@pytest.fixture
def breach(member):
    """A breach of which everything is known, on the desk of a privacy officer who reads English."""
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    return make.BreachFactory(organisation=organisation, **KNOWN)


def assessed(client, breach, **given):
    return client.post(url(breach, "assess"), given)


def test_what_is_not_known_counts_as_the_worst(client, breach):
    said = words(client.get(url(breach, "assess")))
    assert "Notify the authority and tell the people" in said
    assert "With more known it may come down" in said
    assert "Find out first" in said
    assert not Assessment.objects.exists()


def test_calculating_keeps_nothing_and_says_why(client, breach):
    response = assessed(client, breach, calculate="1", **LOW)
    said = words(response)
    assert "Only in the register of breaches" in said
    assert "1 × 0.5 + 0.25 = 0.75" in said
    assert "Whoever got the data is trusted" in said
    assert (response.status_code, Assessment.objects.count()) == (200, 0)


def test_with_htmx_only_the_outcome_comes_back(client, breach):
    part = client.post(url(breach, "assess"), LOW, headers={"HX-Request": "true"})
    assert part.text.strip().startswith("<section")
    assert 'id="outcome"' in part.text
    assert "<html" not in part.text


def test_each_version_stays_with_its_facts_score_and_reasoning(client, breach):
    assert assessed(client, breach, keep="1", reasoning="Harmless", **LOW).status_code == 302
    worse = LOW | {"data_simple": "", "data_sensitive": "sensitive", "identification": "maximum", "malice": "yes"}
    assert assessed(client, breach, keep="1", reasoning="After all not", **worse).status_code == 302
    second, first = Assessment.objects.all()
    assert (first.number, first.score, first.suggestion, first.reasoning) == (1, 75, Conclusion.REGISTER, "Harmless")
    assert (second.number, second.score, second.suggestion) == (2, 475, Conclusion.PEOPLE)
    said = words(client.get(url(breach)))
    assert "4 × 1 + 0.75 = 4.75" in said
    assert "1 × 0.5 + 0.25 = 0.75" in said
    breach.refresh_from_db()
    assert breach.state == State.ASSESSED
    assert not Decision.objects.exists()


def test_the_next_assessment_starts_from_the_last(client, breach):
    assessed(client, breach, keep="1", reasoning="Harmless", nothing_taken="yes", **LOW)
    form = client.get(url(breach, "assess")).context["form"]
    assert (form["identification"].value(), form["nothing_taken"].value()) == ("limited", "yes")
    assert (form["data_simple"].value(), form["reasoning"].value()) == (Context.SIMPLE, None)


def test_no_score_is_kept_while_the_method_was_not_finished(client, breach):
    assert assessed(client, breach, keep="1", reasoning="In a hurry").status_code == 302
    row = Assessment.objects.get()
    assert (row.score, row.suggestion) == (None, Conclusion.PEOPLE)
    assert "The severity score lies between" in words(client.get(url(breach)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reasoning": " "}, "Write down your reasoning"),
        ({"reasoning": "x", "malice": "perhaps"}, "not one of the available choices"),
        ({"reasoning": "x\0"}, "Null characters"),
    ],
)
def test_what_is_kept_needs_reasons_and_sense(client, breach, given, said):
    response = assessed(client, breach, keep="1", **(LOW | given))
    assert response.status_code == 422
    assert said in words(response)
    assert not Assessment.objects.exists()


def test_when_the_facts_change_the_assessment_is_outdated(client, breach):
    assessed(client, breach, keep="1", reasoning="Harmless", **LOW)
    assert "The facts changed since" not in words(client.get(url(breach)))
    breach.data_kinds = [DataKind.NAME, DataKind.HEALTH]
    breach.save_base(raw=True)
    assert "The facts changed since" in words(client.get(url(breach)))


def test_health_data_raise_a_warning_however_low_the_score(client, breach):
    breach.data_kinds, breach.recipients = [DataKind.HEALTH], "known"
    breach.save_base(raw=True)
    said = words(assessed(client, breach, calculate="1", **LOW))
    assert "The score may be too low: there are special categories of data among them" in said
    assert "Notify the authority" in said


def test_the_first_answers_follow_from_the_facts(breach):
    breach.intent, breach.lasting = "deliberate", "permanent"
    guess = assessment.first_guess(breach)
    assert (guess.malice, guess.availability, guess.identification) == (Malice.YES, Availability.PERMANENT, None)


def test_a_financial_undertaking_is_known_from_the_settings(client, breach):
    settings = BreachSettings(organisation=breach.organisation, is_financial=True)
    settings.save_base(raw=True)
    assert "duty of care towards clients" in words(client.get(url(breach, "assess")))


def test_a_processor_makes_no_test_of_risk(client, breach):
    breach.role = Role.PROCESSOR
    breach.save_base(raw=True)
    assert client.get(url(breach, "assess")).status_code == 409


def test_what_is_closed_is_not_assessed(client, breach):
    closing.withdraw(breach, reason="Twice", by=None, at=AT)
    assert assessed(client, breach, keep="1", reasoning="x", **LOW).status_code == 409


def test_a_version_without_reasons_can_still_be_read(client, breach):
    make.AssessmentFactory(breach=breach)
    assert "Debts of one person" in words(client.get(url(breach)))
