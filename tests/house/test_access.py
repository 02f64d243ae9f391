"""Every address is gated (by a role, a link or a key) or public, and every role meets exactly what the table grants.

A new page is covered by itself; a new kind of argument in an address needs a line in `rows.py` beside this file.
"""

import uuid
from datetime import date

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.permissions import Permission, Role, granted
from tests.factories import accounts as make

from .rows import PERSONAL, QUERIES, made

PUBLIC = {
    "accounts:healthz",
    "accounts:preferences",
    "accounts:invitation",
    "gallery",
    "portal:activity",
    "portal:consent_form",
    "portal:consent_fragment",
    "portal:consent_thanks",
    "portal:listing",
    "portal:notice",
    "portal:notice_fragment",
    "portal:notice_pdf",
    "portal:tell",
    "portal:preferences_ask",
}
# Pages for whoever holds a link that was mailed: the second gate lets in, for one purpose each; the third
# (portal.mailed) by links that stand in mailings.
LINKED = {
    "breaches:report_outside": "breach_report",
    "breaches:report_outside_sent": "breach_report",
    "portal:attestation": "attestation",
    "portal:new_address": "consent_address",
    "portal:personal": "consent_person",
    "portal:personal_proof": "consent_person",
    "portal:preferences": "consent_preferences",
    "portal:renewal": "consent_renewal",
    "portal:unsubscribe": "consent_unsubscribe",
    "portal:consent_confirm": "consent_confirm",
}
# The API: the third gate lets in whoever shows a key, with the scope of the operation but for what any key opens.
KEYED = "api:"
OPEN_API = {"api:openapi-json", "api:api-root", "api:nothing"}
ANY_KEY = {"api:purposes"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Pages about oneself: signed in is enough, and they show nothing of anybody else.
OWN = {"accounts:home", "accounts:organisations", "accounts:profile", "accounts:profile_close", "accounts:session_end"}


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


def each(entries):
    """One test per address, called by the name of the address."""
    entries = list(entries)
    return pytest.mark.parametrize(("name", "view", "arguments"), entries, ids=[entry[0] for entry in entries])


OURS = [entry for entry in addresses() if not entry[1].__module__.startswith(("django.", "whitenoise."))]
GATED = [entry for entry in OURS if "organisation" in entry[2]]
OF_THE_API = [entry for entry in OURS if entry[0].startswith(KEYED) and entry[0] not in OPEN_API]
names = [entry[0] for entry in GATED]
WORDS = {
    "kind",
    "facet",
    "section",
    "fact",
    "rule",
    "code",
    "starter",
    "step",
    "about",
    "organisation",
    "channel",
    "format",
}  # words, not rows


@each(OURS)
def test_every_view_is_gated_or_openly_public(name, view, arguments):
    if "organisation" in arguments:
        assert getattr(view, "permission", None) in Permission, f"{name} has no gate"
    elif getattr(view, "login_required", True):
        assert name in OWN, f"{name} is behind sign-in only; is it about oneself alone?"
    elif name.startswith(KEYED):
        assert name in OPEN_API or (name, view, arguments) in OF_THE_API
    elif name in LINKED:
        assert getattr(view, "link_purpose", None) == LINKED[name], f"{name} has no gate"
    else:
        assert name in PUBLIC, f"{name} is open to everybody"


def address(name, arguments, organisation):
    return reverse(name, kwargs=made(name, arguments, organisation)) + QUERIES.get(name, "")


def answer(client, url):
    """The answer to GET, or to POST for what is only done by POST."""
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url)
    if response.streaming:
        b"".join(response.streaming_content)  # to the end, so that the file is closed
    return response


@pytest.mark.django_db
@each(GATED)
def test_each_role_meets_what_the_table_grants(client, name, view, arguments):
    """What each does is undone, since what one role ends another cannot end again."""
    organisation = make.OrganisationFactory()
    url = address(name, arguments, organisation)
    met = {}
    for role in Role:
        with transaction.atomic():
            client.force_login(make.MembershipFactory(organisation=organisation, role=role).user)
            met[role] = answer(client, url).status_code
            transaction.set_rollback(True)
    # 409: the rules say no to this very act, after the gate let it through
    let_in = {404} if name in PERSONAL else {200, 302, 409}
    for role, status in met.items():
        assert status in (let_in if view.permission in granted(role) else {403}), met


@pytest.mark.django_db
@each(GATED)
def test_nobody_comes_in_from_outside(client, member, name, view, arguments):
    """A visitor is sent to sign in; a stranger and a former member learn not even that the organisation exists."""
    organisation = make.OrganisationFactory()
    url = address(name, arguments, organisation)
    visitor = answer(client, url)
    assert visitor.status_code == 302
    assert visitor.url.startswith(reverse("account_login"))
    former = member("administrator")
    before = {"valid_from": date(2020, 1, 1), "valid_until": date(2021, 1, 1)}
    make.MembershipFactory(organisation=organisation, user=former.user, role="administrator", **before)
    assert answer(client, url).status_code == 404
    assert client.post(url).status_code in {404, 405}


@pytest.mark.django_db
@each(entry for entry in GATED if set(entry[2]) - WORDS - {"number"})  # numbers are counted per organisation
def test_what_belongs_to_another_organisation_does_not_exist_here(client, member, name, view, arguments):
    role = next(role for role in Role if view.permission in granted(role))
    here, elsewhere = member(role).organisation, make.OrganisationFactory()
    theirs = made(name, arguments, elsewhere) | {"organisation": here.slug}
    nothing = {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in theirs.items()}
    for values in (theirs, nothing):
        assert answer(client, reverse(name, kwargs=values)).status_code == 404


@pytest.mark.parametrize("name", sorted(name for name in PUBLIC if name.startswith("portal:")))
def test_every_page_on_the_street_counts_how_often_a_network_asks(name):
    [view] = {view for found, view, _arguments in OURS if found == name}
    assert view.is_bounded


@pytest.mark.django_db
@each(OF_THE_API)
def test_the_api_lets_in_no_more_than_the_key_was_made_for(client, name, view, arguments):
    """Without a key 401, whatever the method; with a key without scopes 403; what is of others is not there."""
    here, elsewhere = make.OrganisationFactory(), make.OrganisationFactory()
    values = made(name, arguments, elsewhere)
    url = reverse(name, kwargs={argument: values[argument] for argument in arguments})
    without, bare = {}, make.headers(here, scopes=[])
    met = {
        key: {client.generic(method, url, b"{}", "application/json", headers=headers).status_code for method in METHODS}
        for key, headers in {"none": without, "bare": bare, "full": make.headers(here)}.items()
    }
    assert met["none"] == {401, 405}
    assert met["bare"] == ({200, 405} if name in ANY_KEY else {403, 405})
    if arguments:
        assert met["full"] == {404, 405}
