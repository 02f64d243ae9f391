"""The smallest valid row of each model of `accounts`.

The one rule: a row with history is written inside an act; `TrackedFactory` makes one when none is going on.
"""

import uuid
from datetime import UTC, date, datetime

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from accounts import history
from accounts.links import hashed
from accounts.models import (
    ApiKey,
    Controller,
    Department,
    Event,
    Invitation,
    Membership,
    MembershipDepartment,
    Organisation,
    Scope,
    StoredFile,
    User,
)

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PASSWORD = "correct-horse-battery"


class TrackedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        if history.current() is not None:
            row.save()
            return row
        organisation = row if isinstance(row, Organisation) else cls.organisation_of(row)
        with history.act(organisation, by=None, at=AT, kind="test.made"):
            row.save()
        return row

    @classmethod
    def organisation_of(cls, row):
        return row.organisation


class OrganisationFactory(TrackedFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)
    slug = factory.Sequence("organisation-{}".format)


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in with `PASSWORD`; the address is verified, as an invitation would have done."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person-{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    language = "en"

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **kwargs):
        user = model_class.objects.create_user(*args, password=password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class ControllerFactory(TrackedFactory):
    class Meta:
        model = Controller

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Controller {}".format)


class DepartmentFactory(TrackedFactory):
    class Meta:
        model = Department

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Department {}".format)


class MembershipFactory(TrackedFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = "dpo"
    valid_from = date(2020, 1, 1)


class MembershipDepartmentFactory(TrackedFactory):
    class Meta:
        model = MembershipDepartment

    membership = factory.SubFactory(MembershipFactory)
    department = factory.SubFactory(DepartmentFactory, organisation=factory.SelfAttribute("..membership.organisation"))

    @classmethod
    def organisation_of(cls, row):
        return row.membership.organisation


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence("invited-{}@example.org".format)
    role = "editor"
    token_hash = factory.Sequence("{:064d}".format)
    invited_by = factory.SubFactory(UserFactory)
    invited_at = AT
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    organisation = factory.SubFactory(OrganisationFactory)
    kind = Event.Kind.SIGNED_IN
    at = AT
    user = factory.SubFactory(UserFactory)


class StoredFileFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    organisation = factory.SubFactory(OrganisationFactory)
    name = "note.txt"
    content_type = "text/plain"
    size = 5
    sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    file = factory.django.FileField(data=b"hello", filename="note.txt")
    created_at = AT


class ApiKeyFactory(TrackedFactory):
    """With every scope; `headers(key)` lets a client in."""

    class Meta:
        model = ApiKey

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Web shop"
    scopes = factory.LazyFunction(lambda: list(Scope.values))
    per_minute = 100_000
    secret_hash = factory.LazyFunction(lambda: hashed(f"dertig_{uuid.uuid4()}"))
    created_at = AT


def headers(organisation, **fields):
    """What a client sends with a new key of this organisation."""
    secret = f"dertig_{uuid.uuid4()}"
    ApiKeyFactory(organisation=organisation, secret_hash=hashed(secret), **fields)
    return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
