"""An organisation with an established activity that rests on consent, and words for tests of the desk of consent."""

import html
import re
from datetime import UTC, datetime

from django.urls import reverse

from consent import validity
from consent.actions import purposes, wordings
from consent.models import ConsentPurpose, Wording
from register.actions import establish
from register.models import Purpose
from tests.factories.register import PartyFactory, RecipientLineFactory
from tests.register.filled import established as filled_and_established
from tests.register.filled import refreshed

MORNING = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
PASSING = {question.key: question.good or "no" for question in validity.QUESTIONS}
TEXTS = {
    "nl": {"text": "Ja, mail mij de nieuwsbrief.", "withdrawal": "Onder elke mail.", "script": "Mogen wij u mailen?"},
    "en": {"text": "Yes, mail me the newsletter.", "withdrawal": "Under each mail.", "script": "May we mail you?"},
}


def established(organisation, *, basis="a"):
    """An activity in force whose purpose has this basis; returns (activity, id of its purpose)."""
    purpose = {"basis": basis, "text_en": "To mail news", "text_nl": "Om nieuws te mailen"}
    activity = filled_and_established(organisation, purpose=purpose)
    return activity, Purpose.objects.get(activity=activity).pk


def establish_again(activity, at=MORNING):
    establish.establish(refreshed(activity), by=None, at=at, reason="Changed")


def recipient(activity, role, name="Post Office"):
    """Give the working copy of an activity a recipient with this role."""
    party = PartyFactory(organisation=activity.organisation, name=name)
    return RecipientLineFactory(activity=activity, party=party, role=role)


def purpose(organisation, **fields):
    activity, line = established(organisation)
    values = {"code": "newsletter", "name_en": "Our newsletter", "name_nl": "Onze nieuwsbrief", "kind": "marketing"}
    made = ConsentPurpose(organisation=organisation, activity=activity, line=line, **(values | fields))
    return purposes.make(made, by=None, at=MORNING, on=MORNING.date())


def draft(made, *, checklist=PASSING, texts=TEXTS):
    wording = wordings.start(Wording(purpose=made, name="On the website"), by=None, at=MORNING)
    wordings.save_texts(wording, name=wording.name, texts=texts, by=None, at=MORNING)
    return wordings.save_checklist(wording, checklist, by=None, at=MORNING)


def publish(wording, at=MORNING):
    wording.refresh_from_db()
    return wordings.publish(wording, revision=wording.revision, by=None, at=at, on=at.date())


def published(organisation, **fields):
    """A version in use of a wording of a purpose."""
    return publish(draft(purpose(organisation, **fields)))


def url(organisation, name, *arguments):
    return reverse(f"consent:{name}", args=[organisation.slug, *arguments])


def words(response):
    """The text of a page, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", response.text)))
