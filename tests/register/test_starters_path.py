"""Ten questions in plain words: a bridge club gets a complete register of drafts, and nothing twice."""

import pytest
from django.urls import reverse

from accounts.models import Change
from register.models import Activity, Party, StartPath
from register.starters import path
from register.starters.reading import starters
from tests.factories.accounts import ControllerFactory, DepartmentFactory, MembershipDepartmentFactory
from tests.factories.register import ActivityFactory
from tests.register.sheets import words

pytestmark = pytest.mark.django_db

CLUB = {
    "people": {"answer": ["members"], "q-minors": "no", "q-federation": "Bridgebond", "q-federation-where": "eea"},
    "staff": {"answer": "no"},
    "volunteers": {"answer": "yes", "q-certificate": "no"},
    "newsletter": {"answer": "no"},
    "website": {"answer": ["contact"], "q-host": "Webhuis", "q-host-where": "eea"},
    "cameras": {"answer": "no"},
    "photos": {"answer": "yes", "q-minors": "no", "q-where": "", "q-where-where": "none"},
    "suppliers": {"answer": "yes"},
    "payments": {"answer": ["counter"]},
    "administration": {
        "owner": "Secretaris",
        "q-software": "Ledenpunt B.V.",
        "q-software-where": "eea",
        "q-accountant-where": "none",
    },
}


def url(name, organisation, *more):
    return reverse(f"register:{name}", args=[organisation.slug, *more])


@pytest.fixture
def club(member):
    organisation = member("privacy_officer").organisation
    ControllerFactory(organisation=organisation, name="Bridgeclub")
    return organisation


def answer(client, organisation, **more):
    for step, given in (CLUB | more).items():
        assert client.post(url("start_step", organisation, step), given).status_code == 302


def make(client, organisation, **given):
    return client.post(url("start_path_make", organisation), given)


def test_there_are_ten_questions_in_both_languages_that_lead_to_templates_that_exist():
    assert len(path.steps()) == 10
    for step in path.steps().values():
        texts = [step.question, step.help, *(option.label for option in step.options)]
        assert all(text["nl"] and text["en"] for text in texts), step.key
        assert {key for keys in step.leads.values() for key in keys} <= set(starters())


def test_everybody_who_may_get_data_is_asked_about_along_the_way():
    for_all = {question.key for step in path.steps().values() if step.owner for question, _values in step.questions}
    for step in path.steps().values():
        asked = {question.key for question, _values in step.questions} | for_all
        reached = [starters()[key] for keys in step.leads.values() for key in keys]
        parties = {question.key for one in reached for question in one.questions if question.kind == "party"}
        assert parties <= asked, step.key


def test_a_bridge_club_gets_a_complete_register_of_drafts_in_one_change(client, club):
    answer(client, club)
    before = Change.objects.count()
    response = make(client, club)
    made = Activity.objects.of(club)
    assert response.url == url("activities", club) + "?status=draft"
    assert {row.started_from.starter for row in made} == {
        "members",
        "volunteers",
        "contact-form",
        "photos-activities",
        "supplier-administration",
    }
    assert [(row.name, row.gaps) for row in made if row.gaps] == []
    assert {row.owner_function for row in made} == {"Secretaris"}
    assert {row.controller.name for row in made} == {"Bridgeclub"}
    assert Change.objects.count() == before + 1
    assert Party.objects.filter(name="Ledenpunt B.V.").count() == 1


def test_going_through_it_again_makes_nothing_twice(client, club):
    answer(client, club)
    make(client, club)
    answer(client, club)
    assert make(client, club).url == url("start_path", club)
    assert Activity.objects.count() == 5
    client.post(url("start_step", club, "staff"), {"answer": "yes"})
    make(client, club)
    assert Activity.objects.count() == 8


def test_what_bears_the_name_of_a_template_already_is_not_made_again(client, club):
    ActivityFactory(organisation=club, name="ledenadministratie", number=9000)
    answer(client, club)
    assert "ledenadministratie" in words(client.get(url("start_path", club)))
    make(client, club)
    assert Activity.objects.filter(name__iexact="ledenadministratie").count() == 1


def test_it_can_be_left_and_taken_up_again(client, club):
    response = client.post(url("start_step", club, "people"), {**CLUB["people"], "leave": "1"})
    assert response.url == url("start_path", club)
    assert url("start_step", club, "staff") in client.get(url("start_path", club)).text
    again = client.get(url("start_step", club, "people")).text
    assert "Bridgebond" in again
    assert list(StartPath.objects.get().answers) == ["people"]


def test_an_answer_that_is_taken_back_takes_its_details_along(client, club):
    client.post(url("start_step", club, "newsletter"), {"answer": "yes", "q-mailer": "Postduif"})
    client.post(url("start_step", club, "newsletter"), {"answer": "no", "q-mailer": "Postduif"})
    assert StartPath.objects.get().answers["newsletter"] == {"answer": "no", "questions": {}}


@pytest.mark.parametrize("given", [{}, {"answer": "perhaps"}, {"answer": "yes", "q-mailer": "x" * 300}])
def test_a_bad_answer_is_asked_again(client, club, given):
    assert client.post(url("start_step", club, "newsletter"), given).status_code == 422
    assert not StartPath.objects.exists()


def test_neither_does_not_go_together_with_another_answer(client, club):
    page = client.post(url("start_step", club, "people"), {"answer": ["members", "nobody"]})
    assert page.status_code == 422
    assert not StartPath.objects.exists()
    assert client.post(url("start_step", club, "people"), {"answer": ["nobody"]}).status_code == 302


def test_a_step_that_does_not_exist_is_not_found(client, club):
    assert client.get(url("start_step", club, "zeppelin")).status_code == 404


def test_an_empty_register_and_its_dashboard_lead_to_the_questions(client, club):
    for name in ("activities", "dashboard", "activity_new"):
        assert url("start_path", club) in client.get(url(name, club)).text
    ActivityFactory(organisation=club, number=9000)
    assert url("start_path", club) not in client.get(url("dashboard", club)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_is_answered(client, club, django_assert_num_queries, rows):
    for step in list(CLUB)[: rows * 3]:
        client.post(url("start_step", club, step), CLUB[step])
    make(client, club)
    client.get(url("start_path", club))
    with django_assert_num_queries(15):
        client.get(url("start_path", club))


def test_an_editor_of_a_department_makes_drafts_there(client, member):
    membership = member("editor")
    organisation = membership.organisation
    department = DepartmentFactory(organisation=organisation)
    MembershipDepartmentFactory(membership=membership, department=department)
    answer(client, organisation)
    assert make(client, organisation).status_code == 422
    make(client, organisation, department=department.pk)
    assert {row.department for row in Activity.objects.all()} == {department}


@pytest.mark.parametrize("role", ["auditor", "approver", "administrator", "reporter"])
def test_who_may_not_edit_is_not_asked(client, member, role):
    organisation = member(role).organisation
    for response in (client.get(url("start_path", organisation)), make(client, organisation)):
        assert response.status_code == 403
