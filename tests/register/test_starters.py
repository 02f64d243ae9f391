"""Starting an activity from a template: the gallery, the questions, the draft, and templates of one's own."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Change
from register import legal
from register.actions import legal as legal_actions
from register.models import Activity, DataCategory, LegalValue, OwnStarter, Party, RetentionRule, StartedActivity
from register.starters.reading import SECTORS
from tests.factories.accounts import ControllerFactory, DepartmentFactory, MembershipDepartmentFactory
from tests.factories.register import DataCategoryFactory, PartyFactory
from tests.register.filled import established
from tests.register.sheets import sheet_url, words

pytestmark = pytest.mark.django_db


def url(name, organisation, *more):
    return reverse(f"register:{name}", args=[organisation.slug, *more])


def latest():
    """The activity that was made last."""
    return Activity.objects.exclude(number=9000).latest("number")


def gallery(client, organisation, query=""):
    return client.get(url("activity_new", organisation) + query)


def start(client, organisation, key="newsletter", **answers):
    """Sends the form with its proposed answers, and these."""
    given = {"name": "Nieuwsbrief", "q-mailer": "Postduif B.V.", "q-mailer-where": "eea", "q-tracking": "no"}
    return client.post(url("starter", organisation, key), given | answers)


@pytest.fixture
def organisation(member):
    organisation = member("dpo").organisation
    ControllerFactory(organisation=organisation)
    return organisation


@pytest.mark.parametrize(("language", "name"), [("nl", "Nieuwsbrief"), ("en", "Newsletter")])
def test_the_gallery_shows_every_template_under_its_sector_in_the_readers_language(client, member, language, name):
    membership = member("editor", user__language=language)
    page = words(gallery(client, membership.organisation))
    assert name in page
    with translation.override(language):
        assert [str(sector) for sector in SECTORS.values() if str(sector) not in page] == []


def test_a_search_looks_in_both_languages_and_says_so_when_nothing_fits(client, organisation):
    found = gallery(client, organisation, "?q=payroll").text
    assert url("starter", organisation, "payroll") in found
    assert url("starter", organisation, "newsletter") not in found
    assert "starter-card" not in gallery(client, organisation, "?q=zeppelin").text
    part = client.get(url("activity_new", organisation) + "?q=payroll", headers={"HX-Request": "true"}).text
    assert part.strip() in found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_gallery_costs_the_same_for_any_number_of_templates(client, organisation, django_assert_num_queries, rows):
    activity = established(organisation, number=9000)
    for number in range(rows):
        client.post(url("own_starter_make", organisation, activity.pk), {"name": f"Ours {number}"})
        start(client, organisation)
    gallery(client, organisation)
    with django_assert_num_queries(8):
        page = gallery(client, organisation).text
    assert page.count("/register/new/own/") == rows * 2


def test_a_draft_is_one_change_with_the_library_and_the_party_in_it(client, organisation):
    before = Change.objects.count()
    response = start(client, organisation)
    activity = Activity.objects.get()
    assert response.url == sheet_url(activity)
    change = Change.objects.latest("number")
    assert Change.objects.count() == before + 1
    assert change.kind == "activity.started"
    assert activity.status == "draft"
    assert activity.gaps == 0
    assert activity.recipientlines.get().party.name == "Postduif B.V."
    assert {line.category.key for line in activity.datalines.all()} >= {"email", "consent-record"}
    assert StartedActivity.objects.get().starter == "newsletter"
    assert activity.code in words(client.get(url("history", organisation)))


def test_parties_and_library_items_that_are_there_are_used_again(client, organisation):
    party = PartyFactory(organisation=organisation, name="Postduif B.V.")
    renamed = DataCategoryFactory(organisation=organisation, key="email", name_nl="Mailadres")
    for _time in range(2):
        start(client, organisation)
    assert Activity.objects.count() == 2
    assert list(Party.objects.filter(name__startswith="Postduif")) == [party]
    assert DataCategory.objects.filter(key="email").get() == renamed
    assert RetentionRule.objects.filter(key="newsletter").count() == 1


def test_a_party_outside_the_eea_gives_a_transfer_whose_decision_is_still_to_be_checked(client, organisation):
    start(client, organisation, **{"q-mailer": "Mail Inc.", "q-mailer-where": "US"})
    activity = Activity.objects.get()
    transfer = activity.transferlines.get()
    assert activity.transfers_answer == "some"
    assert transfer.country.code == "US"
    assert transfer.mechanism == "adequacy"
    assert transfer.scope_checked_on is None
    start(client, organisation, **{"q-mailer": "Mail Ltd.", "q-mailer-where": "IN"})
    assert latest().transferlines.get().mechanism == ""


def test_a_decision_that_no_longer_holds_here_is_not_what_a_transfer_rests_on(client, organisation):
    decisions = [fact for fact in legal.shipped() if fact.is_decision]
    code = next(fact.code for fact in decisions if fact.values[0].source == "(EU) 2023/1795")
    row = LegalValue(organisation=organisation, fact=code, value="not_in_force", valid_from=date(2026, 1, 1))
    legal_actions.add(row, by=None, at=datetime(2026, 1, 1, 9, tzinfo=UTC))
    start(client, organisation, **{"q-mailer": "Mail Inc.", "q-mailer-where": "US"})
    assert Activity.objects.get().transferlines.get().mechanism == ""


def test_what_nobody_knows_stays_open_and_nobody_is_nobody(client, organisation):
    start(client, organisation, **{"q-mailer": "", "q-mailer-where": ""})
    assert Activity.objects.get().transfers_answer == ""
    assert Activity.objects.get().recipientlines.get().description_nl
    start(client, organisation, **{"q-mailer": "", "q-mailer-where": "none"})
    second = latest()
    assert second.recipients_answer == "none"
    assert not second.recipientlines.exists()


def test_the_law_of_the_country_is_followed(client, organisation):
    given = {"name": "Loon", "q-payroll_office-where": "none", "q-software-where": "none"}
    client.post(url("starter", organisation, "payroll"), given | {"nation": "BE", "q-national_register": "nr. 1"})
    belgian = Activity.objects.get()
    assert "rijksregisternummer" in {line.category.key for line in belgian.datalines.all()}
    assert {line.basis_law.key for line in belgian.purposes.filter(basis="c")} == {"be-social-documents"}
    client.post(url("starter", organisation, "payroll"), given | {"nation": "NL"})
    dutch = latest()
    assert "bsn" in {line.category.key for line in dutch.datalines.all()}


def test_the_page_shows_what_the_answers_make_of_it_and_stores_nothing(client, organisation):
    first = client.get(url("starter", organisation, "newsletter")).text
    assert "Art. 30(1)(e)" in first
    asked = {"name": "X", "q-tracking": "yes", "q-mailer-where": "eea", "q-mailer": "Postduif B.V."}
    part = client.get(url("starter", organisation, "newsletter"), asked, headers={"HX-Request": "true"}).text
    assert "Postduif B.V." in part
    assert "<html" not in part
    assert not Activity.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [{"name": ""}, {"q-tracking": "perhaps"}, {"q-mailer": "x" * 300}, {"q-mailer-where": "XX"}, {"name": "\x00"}],
)
def test_bad_answers_are_asked_again_and_change_nothing(client, organisation, answers):
    assert start(client, organisation, **answers).status_code == 422
    assert not Activity.objects.exists()


def test_a_template_that_does_not_exist_is_not_found(client, organisation):
    assert client.get(url("starter", organisation, "zeppelin")).status_code == 404


@pytest.mark.parametrize("role", ["auditor", "approver", "administrator"])
def test_who_may_not_edit_may_not_start(client, member, role):
    assert start(client, member(role).organisation).status_code == 403


def test_an_editor_of_a_department_starts_in_that_department(client, member):
    membership = member("editor")
    organisation = membership.organisation
    mine, other = (DepartmentFactory(organisation=organisation) for _ in range(2))
    MembershipDepartmentFactory(membership=membership, department=mine)
    assert start(client, organisation).status_code == 422
    assert start(client, organisation, department=other.pk).status_code == 422
    start(client, organisation, department=mine.pk)
    assert Activity.objects.get().department == mine


def test_an_activity_becomes_a_template_and_a_draft_again(client, organisation):
    activity = established(organisation, number=9000)
    made = client.post(url("own_starter_make", organisation, activity.pk), {"name": "Ours", "about": "As we do it"})
    own = OwnStarter.objects.get()
    assert made.url == url("activity_new", organisation)
    assert "Ours" in words(gallery(client, organisation))
    assert client.get(url("start_own", organisation, own.pk)).status_code == 200
    client.post(url("start_own", organisation, own.pk), {"name": "Another one"})
    copy = latest()
    assert copy.name == "Another one"
    assert copy.status == "draft"
    for lines in ("purposes", "subjectlines", "datalines", "recipientlines", "measurelines"):
        assert getattr(copy, lines).count() == getattr(activity, lines).count(), lines
    assert Change.objects.latest("number").kind == "activity.started"


def test_an_own_template_outlives_what_it_was_made_of(client, organisation):
    activity = established(organisation, number=9000)
    client.post(url("own_starter_make", organisation, activity.pk), {"name": "Ours"})
    own = OwnStarter.objects.get()
    content = own.content | {
        "recipients": [{"id": str(own.pk), "party": {"id": str(activity.pk), "name": "Gone B.V."}}]
    }
    OwnStarter.objects.filter(pk=own.pk).update(content=content)
    client.post(url("start_own", organisation, own.pk), {"name": "Again"})
    assert latest().recipientlines.get().party.name == "Gone B.V."


def test_a_retired_template_is_no_longer_offered(client, organisation):
    activity = established(organisation, number=9000)
    client.post(url("own_starter_make", organisation, activity.pk), {"name": "Ours"})
    own = OwnStarter.objects.get()
    client.post(url("own_starter_retire", organisation, own.pk))
    assert "Ours" not in words(gallery(client, organisation)).replace("Ours” ", "")
    assert client.get(url("start_own", organisation, own.pk)).status_code == 404
    client.post(url("own_starter_make", organisation, activity.pk), {"name": "Ours"})
    assert OwnStarter.objects.count() == 2


def test_two_templates_in_use_cannot_bear_one_name(client, organisation):
    activity = established(organisation, number=9000)
    for _time in range(2):
        response = client.post(url("own_starter_make", organisation, activity.pk), {"name": "Ours"})
    assert response.status_code == 422
    assert OwnStarter.objects.count() == 1


@pytest.mark.parametrize("role", ["editor", "auditor"])
def test_who_does_not_keep_the_library_makes_no_templates(client, member, role):
    activity = established(member(role).organisation)
    assert client.post(url("own_starter_make", activity.organisation, activity.pk), {"name": "X"}).status_code == 403
