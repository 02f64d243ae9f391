"""Our own files after somebody tampered with them: refused with a sentence or taken in, and nobody else is touched."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Change
from core.spreadsheets import BadFile
from register import reading
from register.models import Activity
from tests.factories.accounts import OrganisationFactory
from tests.factories.register import PartyFactory, RecipientLineFactory

from .filled import established, refreshed
from .importing import brought_in
from .test_export_json import exported

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
ODD = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        2**31,
        10**30,
        1e308,
        "",
        "\0",
        "x" * 70_000,
        [],
        [[]],
        {},
        {"id": "x"},
        "2026-13-45",
        "0001-01-01",
        "9999-12-31",
        "00000000-0000-0000-0000-000000000000",
        "\ud7ff\U0010ffff\u202e",
    ]
)


@pytest.fixture
def content():
    """A file with two activities, a party and lines."""
    organisation = OrganisationFactory(slug="source")
    for name in ("Payroll", "Cameras"):
        activity = established(organisation, name=name)
        RecipientLineFactory(activity=activity, party=PartyFactory(organisation=organisation, name=f"Zon {name}"))
        refreshed(activity)
    return json.loads(exported(organisation, drafts=True))


def places(value, path=()):
    """The paths of everything in a document."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*path, name))


def put(document, path, value):
    for name in path[:-1]:
        document = document[name]
    document[path[-1]] = value


def pick(document, path):
    for name in path:
        document = document[name]
    return document


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(data=st.data())
def test_whatever_is_changed_in_our_json_is_refused_or_taken_in(content, data):
    document = json.loads(json.dumps(content))
    for _change in range(data.draw(st.integers(1, 3))):
        known = [path for path in places(document) if path]
        path = data.draw(st.sampled_from(known))
        other = data.draw(st.one_of(ODD, st.sampled_from(known).map(lambda found: pick(document, found))))
        put(document, path, json.loads(json.dumps(other)))
    organisation = OrganisationFactory()
    acts = Change.objects.filter(organisation=organisation).count()
    before = dict(Activity.objects.exclude(organisation=organisation).values_list("pk", "organisation"))
    with transaction.atomic(), translation.override("en"):
        try:
            brought_in(organisation, json.dumps(document).encode(), "register.json")
        except BadFile as refused:
            assert str(refused)  # noqa: PT017  either is right, so long as it is one of the two
            assert not Activity.objects.of(organisation).exists()
            assert Change.objects.filter(organisation=organisation).count() == acts
        else:
            reading.drafts(Activity.objects.of(organisation))
        assert dict(Activity.objects.exclude(organisation=organisation).values_list("pk", "organisation")) == before
        transaction.set_rollback(True)
