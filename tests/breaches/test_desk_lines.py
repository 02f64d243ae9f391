"""What hangs on a breach: what it hit with hints from the register, measures, other notifications, and the log."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change
from breaches import sealing
from breaches.actions import closing, lines
from breaches.law import Involvement, Role
from breaches.models import BreachActivity, BreachParty, BreachSystem, LogEntry, Measure, OtherNotice
from tests.breaches.desk import url, words
from tests.factories import breaches as make
from tests.factories.accounts import (
    AT,
    DepartmentFactory,
    MembershipDepartmentFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.register import (
    ActivityFactory,
    ClientLineFactory,
    DataLineFactory,
    PartyFactory,
    RecipientLineFactory,
    SystemFactory,
)
from tests.register.filled import established

pytestmark = pytest.mark.django_db


@pytest.fixture
def breach(member):
    """A breach on the desk of a privacy officer who reads English."""
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    return make.BreachFactory(organisation=organisation)


def changed(client, breach, kind, **given):
    return client.post(url(breach, "hits_change", kind), given)


def test_an_activity_is_found_by_name_or_number_and_chosen_once(client, breach):
    activity = ActivityFactory(organisation=breach.organisation, name="Payroll", number=12)
    ActivityFactory(organisation=breach.organisation, name="Visitors", number=13)
    for query in ("payr", "VA-0012", "12"):
        said = words(client.get(url(breach, "hits", "activities"), {"q": query}))
        assert "Payroll" in said
        assert "Visitors" not in said
    said = words(client.get(url(breach, "hits", "activities")))  # nobody has to guess a name first
    assert "Payroll" in said
    assert "Visitors" in said
    for _time in range(2):
        assert changed(client, breach, "activities", add=activity.pk).status_code == 302
    line = BreachActivity.objects.get()
    assert (line.activity, line.breach) == (activity, breach)
    assert changed(client, breach, "activities", remove=line.pk).status_code == 302
    assert not BreachActivity.objects.exists()
    assert Change.objects.filter(kind="breach.hits").count() == 2


def test_what_an_activity_processes_is_shown_and_never_copied(client, breach):
    activity = ActivityFactory(organisation=breach.organisation, name="Payroll")
    DataLineFactory(activity=activity, category__name_en="Salary slip", category__name_nl="Loonstrook")
    changed(client, breach, "activities", add=activity.pk)
    for page in (url(breach, "hits", "activities"), url(breach, "section", "data"), url(breach, "section", "people")):
        assert "Salary slip" in words(client.get(page))
    breach.refresh_from_db()
    assert (breach.data_kinds, breach.groups, breach.data_note) == ([], [], "")


def test_the_hint_is_what_was_in_force(client, breach):
    activity = established(breach.organisation)
    changed(client, breach, "activities", add=activity.pk)
    assert "Version 1, in force when it happened" in words(client.get(url(breach, "hits", "activities")))


@pytest.mark.parametrize("rows", [1, 3])
def test_hints_cost_the_same_for_any_number_of_activities(client, breach, django_assert_num_queries, rows):
    for _number in range(rows):
        make.BreachActivityFactory(breach=breach)
    client.get(url(breach, "hits", "activities"))
    with django_assert_num_queries(26):
        client.get(url(breach, "hits", "activities"))


def test_an_activity_outside_the_sight_of_a_member_gives_no_hints(client, breach):
    other = ActivityFactory(organisation=breach.organisation, name="Payroll", department=None)
    DataLineFactory(activity=other, category__name_en="Salary slip")
    make.BreachActivityFactory(breach=breach, activity=other)
    limited = MembershipFactory(organisation=breach.organisation, role="approver", user=UserFactory(language="en"))
    MembershipDepartmentFactory(membership=limited, department=DepartmentFactory(organisation=breach.organisation))
    client.force_login(limited.user)
    said = words(client.get(url(breach, "hits", "activities")))
    assert "It belongs to another department" in said
    assert "Salary slip" not in said


def test_systems_and_parties_are_chosen_too(client, breach):
    system = SystemFactory(organisation=breach.organisation, name="Mail server")
    party = PartyFactory(organisation=breach.organisation)
    assert "Mail server" in words(client.get(url(breach, "hits", "systems")))
    changed(client, breach, "systems", add=system.pk)
    changed(client, breach, "parties", add=f"{party.pk}:processor")
    assert BreachSystem.objects.get().system == system
    assert BreachParty.objects.get().involvement == Involvement.PROCESSOR
    said = words(client.get(url(breach)))
    assert "Mail server" in said
    assert party.name in said


@pytest.mark.parametrize("kind", ["activities", "systems", "parties"])
@pytest.mark.parametrize("given", [{"add": ""}, {"add": "nonsense"}, {"add": "\0"}, {"remove": "1"}, {"add": "theirs"}])
def test_only_what_is_there_and_ours_can_be_chosen(client, breach, kind, given):
    elsewhere = OrganisationFactory()
    makers = {"activities": ActivityFactory, "systems": SystemFactory, "parties": PartyFactory}
    if given.get("add") == "theirs":
        theirs = makers[kind](organisation=elsewhere)
        given = {"add": f"{theirs.pk}:processor" if kind == "parties" else theirs.pk}
    assert changed(client, breach, kind, **given).status_code == 404


def test_the_register_names_whom_to_tell(client, breach):
    """A processor finds the controllers concerned through the record (Art. 33(2))."""
    activity = ActivityFactory(organisation=breach.organisation, kind="processor")
    controller = PartyFactory(organisation=breach.organisation, name="The controller")
    ClientLineFactory(activity=activity, party=controller)
    supplier = PartyFactory(organisation=breach.organisation, name="The supplier")
    RecipientLineFactory(activity=activity, party=supplier, role="processor")
    changed(client, breach, "activities", add=activity.pk)
    page = client.get(url(breach, "hits", "parties"))
    assert "The supplier" in words(page)
    assert changed(client, breach, "parties", add=f"{controller.pk}:client").status_code == 302
    said = words(client.get(url(breach, "hits", "parties")))
    assert said.count("The controller") == 1
    assert "Not told yet" in said


def test_a_controller_is_told_and_the_breach_may_close(client, breach):
    breach.role = Role.PROCESSOR
    for name in ("facts", "effects", "remedy"):
        setattr(breach, name, "Said")
    breach.save_base(raw=True)
    line = make.BreachPartyFactory(breach=breach, involvement=Involvement.CLIENT)
    page = url_of(line, "hits")
    given = {"party": line.party_id, "involvement": "client", "told_at": "2026-03-02T09:00"}
    assert client.post(page, given | {"base": client.get(page).context["form"]["base"].value()}).status_code == 302
    assert client.post(url(breach, "close")).status_code == 302


def url_of(line, place, name="line"):
    return reverse(f"breaches:{name}", args=[line.organisation.slug, place, line.pk])


def test_a_measure_has_an_owner_and_a_day_until_it_is_done(client, breach):
    owner = MembershipFactory(organisation=breach.organisation).user
    stranger = MembershipFactory().user
    new = url(breach, "line_new", "measures")
    given = {"text": "Fetch it back", "kind": "contain", "due_on": "2020-01-01"}
    assert client.post(new, given | {"owner": stranger.pk}).status_code == 422
    assert client.post(new, given | {"owner": owner.pk}).status_code == 302
    line = Measure.objects.get()
    assert "days late" in words(client.get(url(breach)))
    page = url_of(line, "measures")
    form = {"base": client.get(page).context["form"]["base"].value(), "owner": owner.pk}
    assert client.post(page, given | form | {"done_on": "2026-03-03"}).status_code == 302
    assert "Done" in words(client.get(url(breach)))
    assert client.post(url_of(line, "measures", "line_gone")).status_code == 302
    assert not Measure.objects.exists()
    assert Change.objects.filter(kind="breach.measure").count() == 3


@pytest.mark.parametrize(
    "given", [{"kind": "contain"}, {"text": " ", "kind": "contain"}, {"text": "x", "kind": "hope"}]
)
def test_a_measure_says_what(client, breach, given):
    assert client.post(url(breach, "line_new", "measures"), given).status_code == 422


def test_two_people_at_one_measure_choose_what_stays(client, breach):
    line = make.MeasureFactory(breach=breach, text="Fetch it")
    page = url_of(line, "measures")
    base = client.get(page).context["form"]["base"].value()
    line.text = "Theirs"
    lines.save(line, by=None, at=AT)
    clash = client.post(page, {"base": base, "text": "Mine", "kind": "contain"})
    assert clash.status_code == 409
    assert "Theirs" in words(clash)
    line.refresh_from_db()
    assert line.text == "Theirs"


def test_another_notification_has_a_term_of_its_own(client, breach):
    new = url(breach, "line_new", "others")
    given = {"recipient": "cyber", "ground": "Early warning", "due_at": "2100-01-01T10:00"}
    assert client.post(new, given | {"sent_at": "2100-01-01T10:00"}).status_code == 422
    assert client.post(new, given).status_code == 302
    assert OtherNotice.objects.get().due_at.year == 2100
    said = words(client.get(url(breach)))
    assert "Cybersecurity, NIS2" in said
    assert "Not sent yet" in said


def test_the_log_is_sealed_and_only_added_to(client, breach):
    given = {"text": "Mrs Jones rang", "is_hidden": "on"}
    assert client.post(url(breach, "log_new"), {"text": " "}).status_code == 422
    assert client.post(url(breach, "log_new"), given).status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.is_hidden, entry.by is not None) == (True, True)
    assert abs(entry.happened_at - timezone.now()).total_seconds() < 60
    assert sealing.opened(breach, [str(entry.pk)]) == {str(entry.pk): "Mrs Jones rang"}
    assert "Jones" not in str(list(entry.history.values())) + str(list(Change.objects.values()))


def test_after_closing_only_what_follows_goes_on(client, breach):
    closing.withdraw(breach, reason="Twice", by=None, at=AT)
    activity = ActivityFactory(organisation=breach.organisation)
    assert changed(client, breach, "activities", add=activity.pk).status_code == 409
    assert client.post(url(breach, "line_new", "measures"), {"text": "x", "kind": "prevent"}).status_code == 302
    assert client.post(url(breach, "log_new"), {"text": "Rang"}).status_code == 302


@pytest.mark.parametrize("page", ["hits_change", "line_new"])
def test_whoever_only_reads_changes_nothing(client, breach, page):
    client.force_login(MembershipFactory(organisation=breach.organisation, role="auditor").user)
    place = "activities" if page == "hits_change" else "measures"
    assert client.post(url(breach, page, place), {"text": "x", "kind": "contain"}).status_code == 403
    assert client.get(url(breach, "hits", "activities")).status_code == 200


def test_there_is_no_such_place(client, breach):
    assert client.get(url(breach, "hits", "nonsense")).status_code == 404
    assert client.get(url(breach, "line_new", "nonsense")).status_code == 404
