"""The pages of an organisation: what they show, what they do, and that more rows cost no more queries."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Controller, Department, Event, Invitation, Membership, Organisation, OutgoingMail, User
from accounts.navigation import OWN, ROOMS
from tests.factories.accounts import (
    PASSWORD,
    ControllerFactory,
    DepartmentFactory,
    EventFactory,
    InvitationFactory,
    MembershipDepartmentFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db


def url(name, membership, *arguments):
    return reverse(f"accounts:{name}", args=[membership.organisation.slug, *arguments])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_members_costs_the_same_for_any_number_of_rows(client, member, rows, django_assert_num_queries):
    membership = member("administrator", user__last_login=timezone.now())
    for _ in range(rows):
        someone = MembershipFactory(organisation=membership.organisation, role="editor")
        MembershipDepartmentFactory(membership=someone)
        InvitationFactory(organisation=membership.organisation, invited_by=membership.user)
        MembershipFactory(organisation=membership.organisation, valid_until=date(2021, 1, 1))
    # session, user, membership, memberships, their departments (2), invitations, organisations of the switcher
    with django_assert_num_queries(8):
        response = client.get(url("members", membership))
    assert response.text.count("<tbody>") == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_events_costs_the_same_for_any_number_of_rows(client, member, rows, django_assert_num_queries):
    membership = member("auditor")
    for _ in range(rows):
        someone = MembershipFactory(organisation=membership.organisation)
        EventFactory(organisation=membership.organisation, user=someone.user)
    # session, user, membership, count, events, people of the filter, organisations of the switcher
    with django_assert_num_queries(7):
        response = client.get(url("events", membership))
    assert response.text.count("192.0.2") == 0


def test_events_are_found_by_kind_person_and_day(client, member):
    membership = member("auditor")
    other = MembershipFactory(organisation=membership.organisation, user__name="Ann Other")
    now = timezone.now()
    EventFactory(organisation=membership.organisation, kind="downloaded", user=other.user, subject="one.pdf", at=now)
    EventFactory(organisation=membership.organisation, kind="imported", user=other.user, subject="two.csv", at=now)
    EventFactory(
        organisation=membership.organisation,
        kind="downloaded",
        user=membership.user,
        subject="three.pdf",
        at=now - timedelta(days=10),
    )

    def found(**filters):
        text = client.get(url("events", membership), filters).text
        return {name for name in ("one.pdf", "two.csv", "three.pdf") if name in text}

    assert found() == {"one.pdf", "two.csv", "three.pdf"}
    assert found(kind="downloaded") == {"one.pdf", "three.pdf"}
    assert found(person=other.user.pk) == {"one.pdf", "two.csv"}
    assert found(since=timezone.localdate() - timedelta(days=1)) == {"one.pdf", "two.csv"}
    assert found(until=timezone.localdate() - timedelta(days=5)) == {"three.pdf"}
    assert found(kind="nonsense", since="never") == {"one.pdf", "two.csv", "three.pdf"}


def test_the_fragment_of_events_is_what_the_page_shows(client, member):
    membership = member("auditor")
    EventFactory(organisation=membership.organisation, subject="one.pdf")
    fragment = client.get(url("events", membership), headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert fragment.text.strip() in client.get(url("events", membership)).text


def test_somebody_is_invited_accepts_and_is_in(client, member):
    administrator = member("administrator")
    department = DepartmentFactory(organisation=administrator.organisation)
    client.post(
        url("invite", administrator),
        {
            "email": "ann@example.org",
            "name": "Ann",
            "role": "editor",
            "last_day": "2099-12-31",
            "departments": [department.pk],
            "language": "en",
        },
    )
    letter = OutgoingMail.objects.get()
    path = re.search(r"http://testserver(/invitation/\S+)", letter.body)[1]
    client.logout()
    assert administrator.organisation.name in client.get(path).text
    assert Invitation.objects.get().accepted_at is None  # opening is not accepting
    weak = {"name": "Ann", "language": "en", "password": "short", "again": "short"}
    assert "at least 12" in client.post(path, weak).text
    response = client.post(path, weak | {"password": PASSWORD, "again": PASSWORD})
    assert response.url == "/"
    ann = Membership.objects.get(user__email="ann@example.org")
    assert (ann.role, ann.valid_until) == ("editor", date(2100, 1, 1))
    assert client.get(url("organisation", administrator)).status_code == 200
    client.logout()
    assert client.get(path).status_code == 410


def test_somebody_with_an_account_signs_in_to_accept(client, member):
    administrator = member("administrator")
    user = MembershipFactory(user__email="ann@example.org").user
    client.post(
        url("invite", administrator), {"email": "ann@example.org", "role": "dpo", "language": "en", "last_day": ""}
    )
    path = re.search(r"http://testserver(/invitation/\S+)", OutgoingMail.objects.get().body)[1]
    assert "signed in with another address" in client.get(path).text
    assert client.post(path).status_code == 409
    client.logout()
    assert f"{reverse('account_login')}?next={path}" in client.get(path).text
    client.force_login(user)
    assert client.post(path).url == "/"
    assert Membership.objects.filter(user=user, organisation=administrator.organisation).exists()
    assert User.objects.filter(email="ann@example.org").count() == 1


def test_a_role_is_changed_and_a_membership_ended(client, member):
    administrator = member("administrator")
    editor = MembershipFactory(organisation=administrator.organisation, role="editor")
    client.post(url("member", administrator, editor.pk), {"role": "dpo", "last_day": "", "reason": "new job"})
    now = Membership.objects.get(user=editor.user, valid_until=None)
    assert now.role == "dpo"
    assert "new job" not in client.get(url("members", administrator)).text
    client.post(url("member_end", administrator, now.pk), {"reason": ""})
    assert not Membership.objects.filter(user=editor.user, valid_until=None).exists()
    assert set(Event.objects.values_list("kind", flat=True)) >= {"role_changed", "membership_ended"}


def test_a_retired_department_still_limits_after_saving_the_form(client, member):
    administrator = member("administrator")
    row = MembershipDepartmentFactory(
        membership__organisation=administrator.organisation,
        membership__role="editor",
        department__retired_on=date(2026, 1, 1),
    )
    page = url("member", administrator, row.membership_id)
    assert str(row.department_id) in client.get(page).text
    client.post(page, {"role": "editor", "last_day": "", "departments": [row.department_id]})
    assert row.membership.department_rows.count() == 1


def test_an_editor_sees_members_but_no_form(client, member):
    editor = member("editor")
    other = MembershipFactory(organisation=editor.organisation, role="dpo")
    assert '<form method="post" novalidate' not in client.get(url("member", editor, other.pk)).text
    client.post(url("member", editor, other.pk), {"role": "reporter", "last_day": ""})
    other.refresh_from_db()
    assert other.role == "dpo"


def test_the_table_of_roles_follows_the_choice_that_the_dpo_only_advises(client, member):
    membership = member("dpo")
    assert "the DPO reads and advises" not in client.get(url("roles", membership)).text
    Organisation.objects.update(dpo_keeps_register=False)
    assert "the DPO reads and advises" in client.get(url("roles", membership)).text


def test_an_administrator_keeps_the_register_where_the_organisation_says_so(client, member):
    membership = member("administrator")
    new = reverse("register:activity_new", args=[membership.organisation.slug])
    assert client.get(new).status_code == 403
    Organisation.objects.update(administrator_keeps_register=True)
    assert client.get(new).status_code == 200
    assert client.get(url("members", membership)).status_code == 200


def test_settings_are_saved_with_an_event_that_names_the_fields(client, member):
    membership = member("administrator")
    values = {
        "name": "New name",
        "country": "BE",
        "languages": "nl",
        "dpo_keeps_register": "on",
        "approvals_required": "1",
        "review_after_months": "12",
        "keep_ended_years": "5",
    }
    client.post(url("organisation_settings", membership), values)
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.country, organisation.approvals_required) == ("New name", "BE", 1)
    assert Event.objects.get(kind="settings_changed").details == {"fields": ["approvals_required", "country", "name"]}
    assert "approvals required, country, name" in client.get(url("events", membership)).text


def test_a_department_is_added_renamed_and_retired(client, member):
    membership = member("administrator")
    client.post(url("department_new", membership), {"name": "Personnel", "parent": ""})
    department = Department.objects.get()
    client.post(url("department", membership, department.pk), {"name": "People", "parent": ""})
    client.post(url("department_retire", membership, department.pk))
    department.refresh_from_db()
    assert department.name == "People"
    assert department.retired_on == timezone.localdate()
    assert "already a department" in client.post(url("department_new", membership), {"name": "People"}).text


def test_a_department_is_not_part_of_itself_by_way_of_another(client, member):
    membership = member("administrator")
    above = DepartmentFactory(organisation=membership.organisation)
    below = DepartmentFactory(organisation=membership.organisation, parent=above)
    response = client.post(url("department", membership, above.pk), {"name": "x", "parent": below.pk})
    assert response.status_code == 409


def test_a_controller_is_made_established_and_changed(client, member):
    membership = member("privacy_officer")
    values = {"name": "De Brug", "kind": "private_task", "country": "nl", "authority": "AP", "dpo_answer": "yes"}
    client.post(url("controller_new", membership), values | {"dpo_name": "Ann"})
    controller = Controller.objects.get()
    assert controller.country == "NL"
    page = url("controller", membership, controller.pk)
    assert "Never established" in client.get(page).text
    client.post(url("controller_establish", membership, controller.pk), {"valid_from": "2026-01-01", "reason": "First"})
    assert "Never established" not in client.get(page).text
    client.post(url("controller_edit", membership, controller.pk), values | {"dpo_name": "Bob"})
    text = client.get(page).text
    assert "Changed since version 1" in text
    assert "Ann" in text
    assert "Bob" in text
    frozen = client.get(url("controller_version", membership, controller.pk, 1)).text
    assert "Ann" in frozen
    assert "Bob" not in frozen


def test_a_double_name_is_told_at_the_form(client, member):
    membership = member("administrator")
    ControllerFactory(organisation=membership.organisation, name="De Brug")
    values = {"name": "De Brug", "kind": "private", "country": "NL", "authority": "AP"}
    assert "already a controller with this name" in client.post(url("controller_new", membership), values).text


def test_keepers_are_urged_to_take_a_second_step_and_told_of_a_silent_worker(client, member):
    text = client.get(url("organisation", member("administrator"))).text
    assert "second step" in text
    assert "background worker is not running" in text
    assert "second step" not in client.get(url("organisation", member("reporter"))).text


def test_closing_an_account_signs_out_and_shuts_it(client, member):
    membership = member("editor")
    client.post(reverse("accounts:profile_close"))
    membership.user.refresh_from_db()
    assert not membership.user.is_active
    assert client.get("/").status_code == 302


def test_the_menu_shows_what_the_member_may_open_and_lights_the_present_page(client, member):
    editor = member("editor")
    text = client.get(url("members", editor)).text
    assert f'href="{url("members", editor)}" aria-current="page"' in text
    assert f'href="{url("events", editor)}"' not in text


def test_every_item_of_the_menu_has_an_address():
    for item in [*ROOMS, *(child for room in ROOMS for child in room.children)]:
        assert not item.url_name or reverse(item.url_name, args=["acme"])
    for item in [*OWN, *(child for room in OWN for child in room.children)]:
        assert not item.url_name or reverse(item.url_name)
