"""The smallest valid row of each model of `consent`; a person comes with a key."""

import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from consent import models, vault
from consent.kinds import Channel, Happening, Method, Purpose, Suppressing

from .accounts import AT, OrganisationFactory, TrackedFactory
from .register import ActivityFactory


class ConsentPurposeFactory(TrackedFactory):
    class Meta:
        model = models.ConsentPurpose

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence("newsletter-{}".format)
    name_en = "Our newsletter"
    activity = factory.SubFactory(ActivityFactory, organisation=factory.SelfAttribute("..organisation"))
    line = factory.LazyFunction(uuid.uuid4)
    kind = Purpose.MARKETING


class WordingFactory(TrackedFactory):
    class Meta:
        model = models.Wording

    purpose = factory.SubFactory(ConsentPurposeFactory)
    organisation = factory.SelfAttribute("purpose.organisation")
    name = "Newsletter on the website"


class WordingVersionFactory(DjangoModelFactory):
    """In use from a month before `AT`."""

    class Meta:
        model = models.WordingVersion

    wording = factory.SubFactory(WordingFactory)
    organisation = factory.SelfAttribute("wording.organisation")
    number = factory.Sequence(lambda number: number + 1)
    content = factory.LazyFunction(lambda: {"texts": {"en": {"text": "Yes, mail me the newsletter."}}})
    digest = "0" * 64
    valid_from = AT - timedelta(days=30)
    review_on = (AT + timedelta(days=700)).date()
    published_at = AT - timedelta(days=30)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    created_at = AT

    @factory.post_generation
    def key(self, create, extracted, **kwargs):
        vault.give_key(self)


class ConsentEventFactory(DjangoModelFactory):
    class Meta:
        model = models.ConsentEvent

    wording = factory.SubFactory(WordingVersionFactory)
    purpose = factory.SelfAttribute("wording.wording.purpose")
    organisation = factory.SelfAttribute("purpose.organisation")
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    channel = Channel.EMAIL
    kind = Happening.GIVEN
    happened_at = AT
    recorded_at = factory.SelfAttribute("happened_at")
    method = Method.WEB_FORM


class SuppressionFactory(DjangoModelFactory):
    class Meta:
        model = models.Suppression

    organisation = factory.SubFactory(OrganisationFactory)
    digest = factory.Sequence("{:064x}".format)
    key_version = 2
    reason = Suppressing.OBJECTED
    since = AT
