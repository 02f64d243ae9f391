"""The API asked what its own OpenAPI document allows, and what it does not: it keeps to the document, never fails, and
never shows a word of another organisation.

The plugin of schemathesis stays off (it costs every run of the tests seconds), so its operations are asked by hand.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from consent.actions import recording
from consent.models import ConsentEvent
from tests.factories.accounts import AT, headers
from tests.factories.consent import ConsentEventFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db

FEW = how(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SECRET = "nobody-may-see-this"


@pytest.fixture
def schema():
    """Asked over WSGI, in the transaction of the test: the connection must not be closed between two requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def key():
    """Of an organisation with a purpose; beside it another one, whose every word holds `SECRET`."""
    shown = WordingVersionFactory(wording__purpose__code="newsletter")
    theirs = WordingVersionFactory(
        wording__purpose__code=SECRET,
        wording__purpose__name_en=SECRET,
        content={"texts": {"en": {"text": SECRET, "withdrawal": SECRET}}},
    )
    person = recording.find_or_add(theirs.organisation, "email", f"{SECRET}@example.org", at=AT)
    ConsentEventFactory(wording=theirs, person=person, reference=SECRET)
    return headers(shown.organisation)


def operations(schema, mode):
    """Where nothing is asked, nothing can be asked wrongly."""
    found = [result.ok() for result in schema.get_all_operations()]
    return [one for one in found if mode == GenerationMode.POSITIVE or one.body or one.query]


def at_home(case):
    """Most of what is asked is about the purpose and person that are there, or all would end at "unknown purpose"."""
    if isinstance(case.body, dict) and len(case.body) % 3:
        known = {"purpose": "newsletter", "address": {"value": "anna@example.org"}, "wording": None}
        known |= {"happened_at": AT.isoformat()} if "reference" in case.body else {}
        case.body |= {name: value for name, value in known.items() if name in case.body}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_api_keeps_to_its_document_whatever_it_is_asked(schema, key, mode):
    for operation in operations(schema, mode):

        @FEW
        @given(case=operation.as_strategy(mode, headers=key))
        def asked(case):
            if mode == GenerationMode.POSITIVE:
                at_home(case)
            # what a document cannot say, such as what is an e-mail address, may still be refused
            response = case.call_and_validate(excluded_checks=[positive_data_acceptance])
            assert response.status_code < 500
            assert SECRET not in response.text

        asked()
    if mode == GenerationMode.POSITIVE:
        assert ConsentEvent.objects.exclude(reference=SECRET).exists()
