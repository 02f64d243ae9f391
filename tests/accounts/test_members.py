"""Memberships are periods; an administrator always remains; nobody changes their own role."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import members, people
from accounts.models import Change, Event, Membership
from core.refusal import Refused
from tests.factories.accounts import DepartmentFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def administrator():
    return MembershipFactory(role="administrator")


@pytest.fixture
def editor(administrator):
    return MembershipFactory(role="editor", organisation=administrator.organisation)


def test_another_role_ends_the_period_and_starts_a_new_one(administrator, editor):
    now = members.change(editor, role="dpo", valid_until=None, departments=(), by=administrator.user, at=AT)
    periods = Membership.objects.filter(user=editor.user).order_by("valid_from")
    assert [(p.role, p.valid_from, p.valid_until) for p in periods] == [
        ("editor", date(2020, 1, 1), TODAY),
        ("dpo", TODAY, None),
    ]
    assert now == periods[1]
    assert Event.objects.get(kind="role_changed").details == {"before": "editor", "role": "dpo"}
    assert Change.objects.filter(kind="membership.role_changed").count() == 1


def test_a_role_given_today_is_corrected_in_place(administrator, editor):
    first = members.change(editor, role="dpo", valid_until=None, departments=(), by=administrator.user, at=AT)
    second = members.change(first, role="auditor", valid_until=None, departments=(), by=administrator.user, at=AT)
    assert first.pk == second.pk
    assert Membership.objects.filter(user=editor.user).count() == 2


def test_a_last_day_alone_starts_no_new_period(administrator, editor):
    members.change(editor, role="editor", valid_until=date(2026, 12, 1), departments=(), by=administrator.user, at=AT)
    assert Membership.objects.get(user=editor.user).valid_until == date(2026, 12, 1)


def test_departments_are_saved_by_difference(administrator, editor):
    one, two, three = DepartmentFactory.create_batch(3, organisation=administrator.organisation)
    change = {"role": "editor", "valid_until": None, "by": administrator.user, "at": AT}
    members.change(editor, departments=(one, two), **change)
    kept = editor.department_rows.get(department=two).pk
    members.change(editor, departments=(two, three), **change)
    assert {row.department_id for row in editor.department_rows.all()} == {two.pk, three.pk}
    assert editor.department_rows.get(department=two).pk == kept


def test_nobody_changes_their_own_role(administrator):
    MembershipFactory(role="administrator", organisation=administrator.organisation)
    with pytest.raises(Refused, match="own role"):
        members.change(
            administrator, role="privacy_officer", valid_until=None, departments=(), by=administrator.user, at=AT
        )


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_last_lasting_administrator_stays(administrator, role):
    """Another administrator whose period ends does not count."""
    other = MembershipFactory(
        role="administrator", organisation=administrator.organisation, valid_until=date(2026, 7, 1)
    )
    with pytest.raises(Refused, match="always needs an administrator"):
        members.change(
            administrator,
            role=role,
            valid_until=date(2026, 7, 1) if role == "administrator" else None,
            departments=(),
            by=other.user,
            at=AT,
        )
    with pytest.raises(Refused, match="always needs an administrator"):
        members.end(administrator, by=other.user, at=AT)
    administrator.refresh_from_db()
    assert administrator.valid_until is None


def test_an_administrator_goes_once_there_is_another(administrator):
    other = MembershipFactory(role="administrator", organisation=administrator.organisation)
    members.end(administrator, by=other.user, at=AT)
    administrator.refresh_from_db()
    assert administrator.valid_until == TODAY
    assert not administrator.is_valid(TODAY)


def test_a_membership_of_no_day_disappears_but_not_from_history(administrator):
    user = UserFactory()
    membership = members.start(administrator.organisation, user=user, role="editor", by=administrator.user, at=AT)
    members.end(membership, by=administrator.user, at=AT)
    assert not Membership.objects.filter(user=user).exists()
    assert list(Membership.history.filter(user=user).order_by("history_id").values_list("history_type", flat=True)) == [
        "+",
        "-",
    ]


def test_nobody_is_a_member_twice_on_one_day(administrator, editor):
    with pytest.raises(Refused, match="member already"):
        members.start(administrator.organisation, user=editor.user, role="dpo", by=administrator.user, at=AT)
    with pytest.raises(IntegrityError, match="accounts_membership_no_overlap"), transaction.atomic():
        MembershipFactory(user=editor.user, organisation=editor.organisation, valid_from=date(2025, 1, 1))


def test_an_account_is_shut_and_its_history_stays(administrator, editor):
    members.change(
        editor, role="editor", valid_until=None, departments=(), by=administrator.user, at=AT, reason="checked"
    )
    people.deactivate(editor.user, by=editor.user, at=AT)
    editor.user.refresh_from_db()
    editor.refresh_from_db()
    assert not editor.user.is_active
    assert editor.valid_until == TODAY
    assert Change.objects.filter(kind="membership.ended", by=editor.user).exists()


def test_the_last_administrator_cannot_shut_the_account(administrator):
    with pytest.raises(Refused, match="always needs an administrator"):
        people.deactivate(administrator.user, by=administrator.user, at=AT)
    administrator.user.refresh_from_db()
    assert administrator.user.is_active
