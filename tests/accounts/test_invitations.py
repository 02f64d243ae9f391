"""An invitation proves the address, works once, lasts fourteen days, and is never stored in the clear."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.actions import invitations
from accounts.models import Event, Invitation, Membership, OutgoingMail, User
from core.refusal import Refused
from tests.factories.accounts import DepartmentFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def administrator():
    return MembershipFactory(role="administrator")


def invite(administrator, email="new@example.org", **fields):
    fields = {"role": "editor", "by": administrator.user, "at": AT} | fields
    return invitations.invite(administrator.organisation, email=email, **fields)


def token_in(mail):
    return re.search(r"/invitation/([\w-]+)/", mail.body)[1]


def test_the_link_comes_by_mail_and_its_token_is_stored_as_a_hash(administrator):
    invitation = invite(administrator, language="en", name="Ann")
    mail = OutgoingMail.objects.get()
    token = token_in(mail)
    assert "http://testserver/invitation/" in mail.body
    assert token not in str(Invitation.objects.values().get())
    assert invitations.find(token, at=AT) == invitation
    assert invitations.find("guessed", at=AT) is None


@pytest.mark.parametrize(("language", "word"), [("nl", "Editor"), ("en", "Editor")])
def test_the_mail_names_organisation_inviter_and_role(administrator, language, word):
    invite(administrator, language=language)
    mail = OutgoingMail.objects.get()
    assert administrator.organisation.name in mail.subject
    assert administrator.user.name in mail.body
    assert mail.language == language


def test_it_lasts_fourteen_days(administrator):
    invite(administrator)
    token = token_in(OutgoingMail.objects.get())
    assert invitations.find(token, at=AT + timedelta(days=14, seconds=-1))
    assert invitations.find(token, at=AT + timedelta(days=14)) is None


def test_sending_again_makes_the_old_link_worthless(administrator):
    invitation = invite(administrator)
    old = token_in(OutgoingMail.objects.get())
    later = AT + timedelta(days=10)
    invitations.send_again(invitation, by=administrator.user, at=later)
    new = token_in(OutgoingMail.objects.order_by("created_at").last())
    assert invitations.find(old, at=later) is None
    assert invitations.find(new, at=later + timedelta(days=13)) == invitation


def test_a_withdrawn_invitation_does_not_open(administrator):
    invitation = invite(administrator)
    invitations.withdraw(invitation, by=administrator.user, at=AT)
    assert invitations.find(token_in(OutgoingMail.objects.get()), at=AT) is None
    with pytest.raises(Refused, match="no longer open"):
        invitations.send_again(invitation, by=administrator.user, at=AT)


def test_one_open_invitation_per_address(administrator):
    invite(administrator, email="New@Example.org")
    with pytest.raises(Refused, match="open invitation"):
        invite(administrator, email="New@example.org")


def test_an_expired_invitation_makes_room(administrator):
    invite(administrator)
    invite(administrator, at=AT + timedelta(days=15))
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_a_member_is_not_invited(administrator):
    with pytest.raises(Refused, match="member already"):
        invite(administrator, email=administrator.user.email.upper())


def test_accepting_makes_an_account_with_a_proven_address_and_a_membership(administrator):
    department = DepartmentFactory(organisation=administrator.organisation)
    invitation = invite(administrator, valid_until=date(2026, 12, 1), departments=[department])
    user = invitations.accept_with_new_account(
        invitation, name="Ann", password="long-enough-secret", language="nl", at=AT
    )
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.valid_from, membership.valid_until) == (
        "editor",
        date(2026, 6, 1),
        date(2026, 12, 1),
    )
    assert [row.department for row in membership.department_rows.all()] == [department]
    assert EmailAddress.objects.get(user=user).verified
    assert user.check_password("long-enough-secret")
    assert Event.objects.filter(kind="invitation_accepted", user=user).exists()
    assert invitations.find(token_in(OutgoingMail.objects.get()), at=AT) is None


def test_an_existing_account_joins_and_makes_no_second_one(administrator):
    user = UserFactory(email="new@example.org")
    invitation = invite(administrator, email="NEW@example.org")
    with pytest.raises(Refused, match="account with this address"):
        invitations.accept_with_new_account(invitation, name="x", password="y", language="nl", at=AT)
    invitations.accept(invitation, user=user, at=AT)
    assert Membership.objects.get(user=user).organisation == administrator.organisation
    assert User.objects.filter(email__iexact="new@example.org").count() == 1


def test_somebody_else_cannot_take_the_invitation(administrator):
    invitation = invite(administrator)
    with pytest.raises(Refused, match="another e-mail address"):
        invitations.accept(invitation, user=UserFactory(), at=AT)
    assert Membership.objects.count() == 1


def test_it_works_once(administrator):
    invitation = invite(administrator)
    user = invitations.accept_with_new_account(invitation, name="A", password="p", language="nl", at=AT)
    with pytest.raises(Refused, match="no longer open"):
        invitations.accept(invitation, user=user, at=AT)


def test_no_event_tells_the_address(administrator):
    invite(administrator)
    assert "example.org" not in str(list(Event.objects.values("subject", "details", "address")))
