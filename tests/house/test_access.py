"""Every address is gated or openly public, and every role meets exactly what the table of roles grants.

A new page is covered by itself. A page with a new kind of argument in its address needs one line in `OBJECTS`: how to make
the row it names, in a given organisation.
"""

import uuid
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Job
from accounts.permissions import Permission, Role, granted
from tests.factories import accounts as make

PUBLIC = {"accounts:healthz", "accounts:preferences", "accounts:invitation", "gallery"}
# Pages about oneself: signed in is enough, and they show nothing of anybody else.
OWN = {"accounts:home", "accounts:organisations", "accounts:profile", "accounts:profile_close"}


def _job(organisation, asked_by=None):
    return Job.objects.create(organisation=organisation, kind="test", asked_by=asked_by, asked_at=make.AT)


# Argument of an address -> a row of that organisation, and what of it stands in the address.
OBJECTS = {
    "department": lambda organisation: make.DepartmentFactory(organisation=organisation).pk,
    "controller": lambda organisation: _controller(organisation).pk,
    "number": lambda organisation: 1,
    "membership": lambda organisation: make.MembershipFactory(organisation=organisation, role="editor").pk,
    "invitation": lambda organisation: make.InvitationFactory(organisation=organisation).pk,
    "job": lambda organisation: _job(organisation).pk,
}
# Rows that only their owner sees: 404 for whoever has the permission but is not the owner.
PERSONAL = {"accounts:job", "accounts:job_file"}


def _controller(organisation):
    from accounts.actions import organisations

    controller = make.ControllerFactory(organisation=organisation)
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=make.AT)
    return controller


def addresses(resolver=None, namespace="", route="", arguments=()):
    """All our own addresses: (name, view, argument names). What belongs to the sign-in library is left out."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if route + str(pattern.pattern) == "account/":
                continue
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names = (*arguments, *pattern.pattern.converters)
            yield from addresses(pattern, inner, route + str(pattern.pattern), names)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or ""), pattern.callback, (*arguments, *pattern.pattern.converters)


def ours():
    return [entry for entry in addresses() if not entry[1].__module__.startswith(("django.", "whitenoise."))]


GATED = [entry for entry in ours() if "organisation" in entry[2]]
names = [name for name, _, _ in GATED]


@pytest.mark.parametrize(("name", "view", "arguments"), ours(), ids=[name for name, _, _ in ours()])
def test_every_view_is_gated_or_openly_public(name, view, arguments):
    if "organisation" in arguments:
        assert getattr(view, "permission", None) in Permission, f"{name} has no gate"
    elif getattr(view, "login_required", True):
        assert name in OWN, f"{name} is behind sign-in only; is it about oneself alone?"
    else:
        assert name in PUBLIC, f"{name} is open to everybody"


def address(name, arguments, organisation):
    made = {}
    for argument in arguments:
        if argument != "organisation":
            assert argument in OBJECTS, f"Say in OBJECTS of this file how to make '{argument}' for {name}."
            made[argument] = OBJECTS[argument](organisation)
    return reverse(name, kwargs={"organisation": organisation.slug, **made})


def may_ask(client, url):
    """The answer to GET, or to POST for what is only done by POST."""
    response = client.get(url)
    return client.post(url) if response.status_code == 405 else response


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "view", "arguments"), GATED, ids=names)
def test_each_role_meets_what_the_table_grants(client, member, name, view, arguments, role):
    membership = member(role)
    url = address(name, arguments, membership.organisation)
    status = may_ask(client, url).status_code
    if view.permission not in granted(role):
        assert status == 403
    elif name in PERSONAL:
        assert status == 404
    else:
        assert status in {200, 302, 409}  # 409: the rules say no to this very act, after the gate let it through


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "view", "arguments"), GATED, ids=names)
def test_nobody_comes_in_from_outside(client, member, name, view, arguments):
    """A visitor is sent to sign in; a stranger and a former member learn not even that the organisation exists."""
    organisation = make.OrganisationFactory()
    url = address(name, arguments, organisation)
    assert may_ask(client, url).status_code == 302
    former = member("administrator")
    make.MembershipFactory(
        organisation=organisation,
        user=former.user,
        role="administrator",
        valid_from=date(2020, 1, 1),
        valid_until=date(2021, 1, 1),
    )
    assert may_ask(client, url).status_code == 404
    assert client.post(url).status_code in {404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "view", "arguments"), [e for e in GATED if len(e[2]) > 1], ids=[e[0] for e in GATED if len(e[2]) > 1]
)
def test_what_belongs_to_another_organisation_does_not_exist_here(client, member, name, view, arguments):
    role = next(role for role in Role if view.permission in granted(role))
    organisation = member(role).organisation
    elsewhere = make.OrganisationFactory()
    made = {argument: OBJECTS[argument](elsewhere) for argument in arguments if argument != "organisation"}
    url = reverse(name, kwargs={"organisation": organisation.slug, **made})
    assert may_ask(client, url).status_code == 404
    nothing = {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in made.items()}
    assert may_ask(client, reverse(name, kwargs={"organisation": organisation.slug, **nothing})).status_code == 404
