"""What people can say yes to on the page of their own preferences."""

import pytest

from consent import preferences
from consent.actions import recording
from consent.kinds import GivenBy, IdentifierKind
from tests.factories.accounts import AT
from tests.factories.consent import ConsentEventFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("checklist", "by", "offered"),
    [({}, GivenBy.SUBJECT, 1), ({}, GivenBy.GUARDIAN, 0), ({"age": "yes"}, GivenBy.SUBJECT, 0)],
)
def test_whose_age_or_guardian_must_be_asked_is_offered_nothing_here(checklist, by, offered):
    version = WordingVersionFactory(content={"checklist": checklist, "texts": {"en": {"text": "Yes, mail me."}}})
    person = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, "ans@example.org", at=AT)
    ConsentEventFactory(person=person, wording=version, given_by=by)
    found = preferences.read(person, language="en", at=AT, is_masked=False)
    assert sum(choice.offered is not None for choice in found.choices) == offered
