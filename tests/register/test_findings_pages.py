"""What people see of findings: beside a section, all together, by rule, over time, on a past day; accepted and not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.history import act
from register.actions import findings as actions
from register.checks import engine, storing
from register.models import Finding, FindingAcceptance, FindingCount, RuleSetting
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory
from tests.factories.register import ActivityFactory, PartyFactory, PurposeFactory, RecipientLineFactory
from tests.register import ruling
from tests.register.filled import established, filled, refreshed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_rules():
    with ruling.only(
        R901=(ruling.no_reference, {"article": "30(1)", "message": "No reference in %(why)s"}),
        L901=(ruling.no_basis, {"article": "6(1)", "severity": "critical", "message": "No basis for %(why)s"}),
        P901=(ruling.recipient_nowhere, {"article": "28(3)", "severity": "high", "message": "Nowhere: %(why)s"}),
    ):
        yield


def url(name, organisation, *arguments):
    return reverse(f"register:{name}", args=[organisation.slug, *arguments])


def with_findings(organisation, **fields):
    """An activity without reference, whose purpose has no basis."""
    activity = ActivityFactory(organisation=organisation, **fields)
    PurposeFactory(activity=activity, basis="", text_nl="Uitnodigen")
    return refreshed(activity)


def rows(response):
    return {(bundle.rule, bundle.count) for bundle in response.context["bundles"]}


def test_the_sheet_shows_each_finding_in_its_section_with_article_remedy_and_the_way_to_the_line(client, member):
    organisation = member().organisation
    activity = with_findings(organisation, name="Open dag")
    page = client.get(url("activity", organisation, activity.pk))

    assertContains(page, "No basis for Uitnodigen")
    assertContains(page, "Low, not known")
    assertContains(page, "Art. 6(1)")
    assertContains(page, "Mend it")
    line = activity.purposes.get().pk
    address = f"{url('section', organisation, activity.pk, 'purposes')}?line={line}#purposes-0"
    assertContains(page, address)
    assertContains(client.get(address), "No basis for Uitnodigen")


def test_a_reader_sees_findings_without_the_buttons(client, member):
    organisation = member("auditor").organisation
    activity = with_findings(organisation)
    page = client.get(url("activity", organisation, activity.pk))

    assertContains(page, "No basis for Uitnodigen")
    assertNotContains(page, url("findings_accept", organisation))


def test_a_line_of_a_long_list_is_opened_by_the_link(client, member):
    organisation = member().organisation
    activity = ActivityFactory(organisation=organisation)
    lines = [PurposeFactory(activity=activity, text_nl=f"Doel {number}", position=number) for number in range(12)]
    closed = client.get(url("section", organisation, activity.pk, "purposes"))
    opened = client.get(url("section", organisation, activity.pk, "purposes"), {"line": lines[11].pk})

    assertNotContains(closed, 'name="purposes-11-open"')
    assertContains(opened, 'name="purposes-11-open"')


def test_findings_of_one_rule_stand_in_one_row_and_unknown_ones_apart(client, member):
    organisation = member().organisation
    for _ in range(3):
        with_findings(organisation)
    page = client.get(url("findings", organisation))

    assert rows(page) == {("R901", 3)}
    assertContains(page, "No reference in …")
    assert rows(client.get(url("findings", organisation), {"state": "unknown"})) == {("L901", 3)}


def test_findings_with_one_cause_stand_together_and_another_cause_apart(client, member):
    organisation = member().organisation
    nowhere = [PartyFactory(organisation=organisation, name=name) for name in ("Acme", "Bolt")]
    for _ in range(2):
        activity = ActivityFactory(organisation=organisation, reference="x")
        for party in nowhere:
            RecipientLineFactory(activity=activity, party=party)
        refreshed(activity)
    page = client.get(url("findings", organisation))

    assert {(bundle.count, bundle.cause.name) for bundle in page.context["bundles"]} == {(2, "Acme"), (2, "Bolt")}
    acme = client.get(url("finding_rule", organisation, "P901"), {"cause": f"party:{nowhere[0].pk}"})
    assert len(acme.context["rows"]) == 2
    assertContains(acme, url("party", organisation, nowhere[0].pk))


def test_filters_narrow_and_count(client, member):
    membership = member()
    organisation, department = membership.organisation, DepartmentFactory(organisation=membership.organisation)
    with_findings(organisation, department=department, owner=membership.user)
    with_findings(organisation)
    address = url("findings", organisation)

    assert rows(client.get(address, {"department": department.pk})) == {("R901", 1)}
    assert rows(client.get(address, {"owner": "-"})) == {("R901", 1)}
    assert rows(client.get(address, {"severity": "critical"})) == set()
    assert rows(client.get(address, {"article": "30"})) == {("R901", 2)}
    assert rows(client.get(address, {"article": "6", "state": "unknown"})) == {("L901", 2)}
    assert rows(client.get(address, {"article": "6"})) == set()
    assert rows(client.get(address, {"group": "L"})) == set()
    assert rows(client.get(address, {"department": "nonsense", "page": "x", "cause": "party:1"})) == set()
    filters = {one["key"]: one["options"] for one in client.get(address).context["filters"]}
    assert [(one["label"], one["count"]) for one in filters["severity"]] == [("Medium", 2)]


def test_an_editor_of_one_department_sees_its_findings_only(client, member):
    membership = member("editor")
    organisation = membership.organisation
    mine = MembershipDepartmentFactory(membership=membership).department
    with_findings(organisation, department=mine, name="Mine")
    other = with_findings(organisation, name="Another")

    page = client.get(url("finding_rule", organisation, "R901"))
    assertContains(page, "Mine")
    assertNotContains(page, "Another")
    accept = url("findings_accept", organisation)
    assert client.get(accept, {"id": Finding.objects.get(activity=other, rule="R901").pk}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_any_number(client, member, number, django_assert_num_queries):
    organisation = member().organisation
    for _ in range(number):
        with_findings(organisation, department=DepartmentFactory(organisation=organisation))
    storing.catch_up_all(timezone.now())
    with django_assert_num_queries(14):
        client.get(url("findings", organisation))
    with django_assert_num_queries(7):
        client.get(url("finding_rule", organisation, "R901"))


def test_a_finding_is_accepted_for_a_reason_until_a_day_and_that_is_withdrawn(client, member):
    organisation = member("privacy_officer").organisation
    activity = with_findings(organisation)
    finding = Finding.objects.get(activity=activity, rule="R901")
    address = url("findings_accept", organisation)
    until = timezone.localdate() + timedelta(days=30)

    assert client.post(address, {"id": finding.pk, "reason": " ", "until": ""}).status_code == 422
    past = {"id": finding.pk, "reason": "Later", "until": "2020-01-01"}
    assertContains(client.post(address, past), "Choose a day in the future.", status_code=422)
    client.post(address, {"id": finding.pk, "reason": "In the new system", "until": until.isoformat()})
    assert FindingAcceptance.objects.get().until == until
    assert rows(client.get(url("findings", organisation))) == set()
    accepted = client.get(url("finding_rule", organisation, "R901"), {"state": "accepted"})
    assertContains(accepted, "In the new system")
    assertContains(client.get(url("activity", organisation, activity.pk)), "In the new system")

    withdraw = url("findings_withdraw", organisation)
    client.post(withdraw, {"id": finding.pk})
    assert rows(client.get(url("findings", organisation))) == {("R901", 1)}
    assert client.post(withdraw, {"id": finding.pk}).status_code == 409


def test_many_findings_are_accepted_for_one_reason(client, member):
    organisation = member("privacy_officer").organisation
    for _ in range(2):
        with_findings(organisation)
    ids = list(Finding.objects.filter(rule="R901").values_list("pk", flat=True))
    assertContains(client.get(url("findings_accept", organisation), {"id": ids}), "Accept 2 findings")
    client.post(url("findings_accept", organisation), {"id": ids, "reason": "Old paper files"})
    assert FindingAcceptance.objects.count() == 2


def test_a_link_back_to_another_site_is_not_followed(client, member):
    organisation = member("privacy_officer").organisation
    finding = Finding.objects.get(activity=with_findings(organisation), rule="R901")
    given = {"id": finding.pk, "reason": "Known", "back": "https://elsewhere.example/"}
    assert client.post(url("findings_accept", organisation), given).url == url("findings", organisation)


def test_a_past_day_is_judged_by_the_versions_in_force_then(client, member):
    organisation = member().organisation
    activity = established(organisation)
    with_findings(organisation)
    page = client.get(url("findings", organisation), {"on": "2026-02-01"})

    assert rows(page) == {("R901", 1)}
    one = client.get(url("finding_rule", organisation, "R901"), {"on": "2026-02-01"})
    assertContains(one, f"{url('activity', organisation, activity.pk)}?on=2026-02-01")
    assert rows(client.get(url("findings", organisation), {"on": "2025-02-01"})) == set()


def test_the_sheet_of_a_past_day_shows_the_findings_of_then(client, member):
    organisation = member().organisation
    activity = established(organisation, name="Toen")
    page = client.get(url("activity", organisation, activity.pk), {"on": "2026-02-01"})
    assertContains(page, "No reference in Toen")


def test_the_trend_is_drawn_once_two_days_were_counted(client, member):
    organisation = member().organisation
    with_findings(organisation)
    storing.catch_up_all(timezone.now())
    assert client.get(url("findings", organisation)).context["trend"] is None

    before = timezone.localdate() - timedelta(days=7)
    FindingCount.objects.create(
        organisation=organisation, day=before, group="R", severity="high", outcome="fails", accepted=False, count=4
    )
    page = client.get(url("findings", organisation))
    assert (page.context["trend"].began_with, page.context["trend"].last.total) == (4, 1)
    assertContains(page, 'class="trend-high"')


def test_a_rule_is_switched_off_for_a_reason_and_on_again(client, member):
    organisation = member("privacy_officer").organisation
    with_findings(organisation)
    off = url("findings_switch_off", organisation, "R901")
    assertContains(client.get(url("findings_rules", organisation)), off)
    assert client.post(off, {"reason": ""}).status_code == 422

    client.post(off, {"reason": "We have no references"})
    assert rows(client.get(url("findings", organisation))) == set()
    assertContains(client.get(url("findings_rules", organisation)), "We have no references")

    client.post(url("findings_switch_on", organisation), {"code": "R901"})
    assert RuleSetting.objects.get().is_on
    assert client.post(url("findings_switch_on", organisation), {"code": "Z9"}).status_code == 409
    assert client.get(url("findings_switch_off", organisation, "nonsense")).status_code == 404


def test_after_an_import_the_page_says_that_only_art_30_counts_and_offers_the_rest(client, member):
    organisation = member("privacy_officer").organisation
    address = url("findings", organisation)
    assertNotContains(client.get(address), "came by import")
    with act(organisation, by=None, at=timezone.now(), kind="register.imported"):
        with_findings(organisation)
    assertContains(client.get(address), "1 activity came by import")

    client.post(url("findings_switch_on", organisation), {"code": ["L", "P"]})
    assertNotContains(client.get(address), "came by import")


def test_the_list_filters_and_counts_by_findings(client, member):
    organisation = member().organisation
    with_findings(organisation, name="Without")
    with_findings(organisation, name="With", reference="A1")
    page = client.get(url("activities", organisation), {"findings": "medium", "cols": "findings"})

    assert [row.name for row in page.context["page"].object_list] == ["Without"]
    assertContains(page, "Medium")
    nothing = client.get(url("activities", organisation), {"findings": "-"})
    assert [row.name for row in nothing.context["page"].object_list] == ["With"]


def test_the_dashboard_counts_by_severity_and_what_is_not_known(client, member):
    organisation = member().organisation
    with_findings(organisation)
    found = client.get(url("dashboard", organisation)).context["findings"]

    assert [(severity.value, number) for severity, number in found["severities"] if number] == [("medium", 1)]
    assert found["not_known"] == 1


def test_the_page_of_a_rule_says_what_its_findings_say_also_when_they_are_not_known(client, member):
    organisation = member().organisation
    with ruling.only(
        L901=(
            ruling.no_basis,
            {"severity": "critical", "message": "The basis is wrong", "question": "None is said"},
        )
    ):
        with_findings(organisation)
        page = client.get(url("finding_rule", organisation, "L901"), {"state": "unknown"})
    assertContains(page, "None is said")
    assertNotContains(page, "The basis is wrong")
    assertNotContains(page, "Critical")


def test_what_is_put_right_from_the_findings_leads_back_to_them(client, member):
    organisation = member("privacy_officer").organisation
    activity = with_findings(organisation)
    back = f"{url('finding_rule', organisation, 'L901')}?state=unknown"
    link = client.get(back).context["rows"][0]["url"]
    address, _hash, place = link.partition("#")
    assert place == "purposes"

    form = client.get(address).context["form"]
    data = {"base": form.seal, "back": back} | {f"{lines.prefix}-total": 0 for lines in form.sets}
    section = url("section", organisation, activity.pk, "purposes")
    alone = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    assert client.post(section, data, headers=alone)["HX-Redirect"] == back
    closed = client.get(section, {"close": "", "back": back}, headers=alone)
    assert closed["HX-Redirect"] == back

    sheet = f"{url('activity', organisation, activity.pk)}#purposes"
    elsewhere = {"close": "", "back": "https://elsewhere.example/"}
    assert client.get(section, elsewhere, headers=alone)["HX-Redirect"] == sheet


def outdated(entry, context):
    yield engine.fails("identity")


def test_establishing_does_not_list_the_want_of_being_established(client, member):
    organisation = member("privacy_officer").organisation
    with ruling.only(R026=(outdated, {"message": "Changed"}), R901=(ruling.no_reference, {"message": "No reference"})):
        activity = filled(organisation, name="Loon")
        page = client.get(url("establish", organisation, activity.pk))
    assert [one.finding.rule for one in page.context["findings"]] == ["R901"]


def test_establishing_shows_what_still_fails(client, member):
    organisation = member("privacy_officer").organisation
    activity = filled(organisation, name="Loon")
    assertContains(client.get(url("establish", organisation, activity.pk)), "No reference in Loon")


def test_an_accepted_finding_counts_again_after_its_day(client, member):
    membership = member("privacy_officer")
    with_findings(membership.organisation)
    past = timezone.now() - timedelta(days=60)
    found = Finding.objects.filter(rule="R901")
    until = timezone.localdate() - timedelta(days=1)
    actions.accept(found, by=membership.user, at=past, reason="For a while", until=until)

    assert rows(client.get(url("findings", membership.organisation))) == {("R901", 1)}
