"""What saving would change, before it is saved; and one answer for many activities at once."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import Change
from register.checks.engine import RULES, fails
from register.extensions import Usage
from register.forms.bulk_answers import ALL_ACTS, REPAIRS, repairs
from register.models import Activity, Finding
from tests.factories.accounts import ControllerFactory, MembershipFactory
from tests.factories.register import ActivityFactory, AgreementFactory, PartyFactory, RecipientLineFactory
from tests.register import ruling
from tests.register.filled import filled, refreshed
from tests.rooms import open_room

pytestmark = pytest.mark.django_db


def recipients_unknown(entry, context):
    if not entry.recipients and not entry.recipients_answer:
        yield fails("recipients", why="nobody said")


@pytest.fixture
def _one_rule():
    about = {"article": "30(1)(d)", "message": "Recipients: %(why)s"}
    with ruling.only(R009=(recipients_unknown, about), R901=ruling.no_reference):
        yield


def url(name, organisation, *arguments):
    return reverse(f"register:{name}", args=[organisation.slug, *arguments])


@pytest.fixture
def form(client):
    """`form(activity, section, **given)`: the section as it is sent, with what is filled in."""

    def sent(activity, section, htmx="", **given):
        address = url("section", activity.organisation, activity.pk, section)
        shown = client.get(address).context["form"]
        data = {"base": shown.seal} | {f"{lines.prefix}-total": 0 for lines in shown.sets}
        data |= {bound.html_name: bound.value() or "" for bound in shown.fields} | given
        headers = {"HX-Request": "true", "HX-Target": htmx} if htmx else {}
        return client.post(address, data, headers=headers)

    return sent


@pytest.mark.usefixtures("_one_rule")
def test_the_effect_is_shown_and_nothing_is_saved(member, form):
    activity = filled(member().organisation)
    changes = Change.objects.count()
    page = form(activity, "recipients", recipients_answer="none", _effect="1")

    assertContains(page, "If you save this")
    assert [finding.rule for finding in page.context["effect"].go] == ["R009"]
    assert page.context["effect"].appear == ()
    activity.refresh_from_db()
    assert (activity.recipients_answer, Change.objects.count()) == ("", changes)
    assert Finding.objects.filter(rule="R009").present().exists()


@pytest.mark.usefixtures("_one_rule")
def test_the_effect_names_what_appears_and_with_htmx_it_is_a_part_of_the_page(member, form):
    activity = filled(member().organisation, reference="A1")
    page = form(activity, "identity", htmx="identity-effect", name=activity.name, reference="", _effect="1")

    assert [finding.rule for finding in page.context["effect"].appear] == ["R901"]
    assert "<html" not in page.text
    same = form(activity, "identity", htmx="identity-effect", name=activity.name, _effect="1")
    assertContains(same, "Nothing changes")


@pytest.mark.usefixtures("_one_rule")
def test_the_effect_names_agreements_with_the_parties_and_the_parts_of_the_activity(member, form):
    activity = filled(member().organisation)
    part = ActivityFactory(organisation=activity.organisation, parent=activity, name="A part")
    party = PartyFactory(organisation=activity.organisation, name="Acme")
    agreement = AgreementFactory(party=party, organisation=activity.organisation)
    line = {"recipients-total": 1, "recipients-0-id": str(part.pk), "recipients-0-party": party.pk}
    with open_room(impact=lambda ids: [(key, Usage("A notice to look at")) for key in ids]):
        page = form(activity, "recipients", **line, **{"recipients-0-role": "processor"}, _effect="1")

    assertContains(page, "A notice to look at")
    assert [row for row, _state in page.context["effect"].agreements] == [agreement]
    assert list(page.context["effect"].activities) == [part]


def test_a_mistake_is_said_before_anything_is_foretold(member, form):
    activity = filled(member().organisation)
    page = form(activity, "identity", htmx="identity-effect", name="", _effect="1")

    assert (page.status_code, page.headers["HX-Retarget"]) == (422, "#identity")


@pytest.mark.usefixtures("_one_rule")
def test_one_answer_puts_a_finding_right_in_many_activities_in_one_act(client, member):
    organisation = member("privacy_officer").organisation
    rows = [filled(organisation, reference="A") for _ in range(3)]
    RecipientLineFactory(activity=rows[2])
    page = client.get(url("finding_rule", organisation, "R009"))
    address = url("bulk", organisation)
    assertContains(page, f"{address}?act=no_recipients&amp;scope=finding&amp;rule=R009")

    asked = {"act": "no_recipients", "scope": "finding", "rule": "R009", "query": ""}
    assertContains(client.get(address, asked), "This is about 3 activities.")
    before = Change.objects.count()
    response = client.post(address, asked | {"reason": "Only inside"})
    assertRedirects(response, url("finding_rule", organisation, "R009"))
    answers = Activity.objects.order_by("number").values_list("recipients_answer", flat=True)
    assert list(answers) == ["none", "none", ""]
    assert Change.objects.count() == before + 1
    assertContains(client.get(url("history", organisation)), "recipients of 2 activities")
    assert Finding.objects.filter(rule="R009", gone_at=None).count() == 1


@pytest.mark.usefixtures("_one_rule")
def test_an_answer_is_given_to_the_ticked_ones_only(client, member):
    organisation = member("privacy_officer").organisation
    wanted, _other = filled(organisation, reference="A"), filled(organisation, reference="A")
    address = url("bulk", organisation)
    assertContains(client.get(url("finding_rule", organisation, "R009")), f'formaction="{address}"')
    asked = {"act": "no_recipients", "scope": "finding", "rule": "R009", "query": "", "ticked": "1"}
    assertRedirects(client.get(address, asked), url("finding_rule", organisation, "R009"))
    asked["id"] = Finding.objects.get(rule="R009", activity=wanted).pk
    page = client.get(address, asked)
    assertContains(page, "This is about 1 activity.")
    assertContains(page, f'<input type="hidden" name="id" value="{asked["id"]}">', html=True)
    client.post(address, asked | {"reason": "Only inside"})
    assert list(Activity.objects.exclude(recipients_answer="")) == [wanted]


def test_the_controller_is_set_for_many_and_only_one_of_the_own_organisation(client, member):
    organisation = member("privacy_officer").organisation
    ours, theirs = ControllerFactory(organisation=organisation), ControllerFactory()
    row = filled(organisation, controller=None)
    given = {"act": "controller", "id": [row.pk], "controller": theirs.pk, "reason": ""}
    client.post(url("bulk", organisation), given)
    row.refresh_from_db()
    assert row.controller != theirs

    client.post(url("bulk", organisation), given | {"controller": ours.pk})
    row.refresh_from_db()
    assert row.controller == ours


def test_no_joint_controllers_is_answered_for_many_but_not_where_one_is_named(client, member):
    organisation = member("privacy_officer").organisation
    alone, together = filled(organisation), filled(organisation)
    RecipientLineFactory(activity=together, role="joint_controller")
    given = {"act": "no_joint_controllers", "id": [alone.pk, together.pk], "reason": "We decide ourselves"}
    client.post(url("bulk", organisation), given)

    assert list(Activity.objects.filter(joint_answer="none")) == [alone]


@pytest.mark.usefixtures("_one_rule")
def test_an_answer_that_a_processor_record_is_not_asked_is_not_given_there(client, member):
    organisation = member("privacy_officer").organisation
    row = refreshed(ActivityFactory(organisation=organisation, kind="processor"))
    given = {"act": "informed", "id": [row.pk], "informed": "yes", "informed_how": "", "reason": ""}
    page = client.post(url("bulk", organisation), given, follow=True)

    assertContains(page, "This is not asked of this kind of activity.")
    row.refresh_from_db()
    assert row.informed == ""


def test_every_repair_belongs_to_a_rule_that_exists_and_an_act_that_exists():
    assert set(REPAIRS) <= set(RULES)
    assert {act for acts in REPAIRS.values() for act in acts} <= set(ALL_ACTS)


def test_a_repair_is_offered_to_those_who_may_do_it():
    editor = MembershipFactory(role="editor")
    assert repairs("R026", editor) == []
    assert [name for name, _title in repairs("R027", editor)] == ["owner"]
