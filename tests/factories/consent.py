"""The smallest valid row of each model of `consent`; a person comes with a key."""

import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from consent import models, vault
from consent.kinds import Channel, Happening, Method, Purpose, Suppressing
from consent.school import pupils

from .accounts import AT, OrganisationFactory, TrackedFactory, UserFactory
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
    content = factory.LazyFunction(lambda: {"checklist": {}, "texts": {"en": {"text": "Yes, mail me the newsletter."}}})
    digest = "0" * 64
    valid_from = AT - timedelta(days=30)
    review_on = (AT + timedelta(days=700)).date()
    published_at = AT - timedelta(days=30)


class ConsentFormFactory(TrackedFactory):
    class Meta:
        model = models.ConsentForm

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("form-{}".format)
    title_en = "Our newsletter"


class FormChoiceFactory(TrackedFactory):
    class Meta:
        model = models.FormChoice

    form = factory.SubFactory(ConsentFormFactory)
    wording = factory.SubFactory(WordingFactory, purpose__organisation=factory.SelfAttribute("...form.organisation"))
    channel = Channel.EMAIL

    @classmethod
    def organisation_of(cls, row):
        return row.form.organisation


class FormVersionFactory(DjangoModelFactory):
    """In use from a month before `AT`."""

    class Meta:
        model = models.FormVersion

    form = factory.SubFactory(ConsentFormFactory)
    organisation = factory.SelfAttribute("form.organisation")
    number = factory.Sequence(lambda number: number + 1)
    content = factory.LazyFunction(
        lambda: {
            "texts": {"en": {"title": "Our newsletter", "intro": "", "kept": "We keep it for two years."}},
            "choices": [],
            "asks": {"email": True, "phone": False, "number": False, "name": False, "age": False},
            "confirms_by_mail": True,
            "keeps_refused": False,
            "notice": {"id": "", "number": 1, "address": "/p/x/notices/x/", "titles": {"nl": "", "en": "Privacy"}},
            "shown": {"en": "<p>Yes</p>"},
        }
    )
    digest = "0" * 64
    valid_from = AT - timedelta(days=30)
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


class ListWorkFactory(DjangoModelFactory):
    """A check that waits for the worker."""

    class Meta:
        model = models.ListWork

    organisation = factory.SubFactory(OrganisationFactory)
    kind = models.ListWork.Kind.CHECK
    purpose = factory.SubFactory(ConsentPurposeFactory, organisation=factory.SelfAttribute("..organisation"))
    channel = Channel.EMAIL
    language = "en"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = AT
    files_until = AT + timedelta(days=1)
    key = factory.LazyFunction(models.ListWork.new_key)


class ClassListFactory(TrackedFactory):
    class Meta:
        model = models.ClassList

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("{}B".format)


class PupilFactory(DjangoModelFactory):
    class Meta:
        model = models.Pupil

    organisation = factory.SubFactory(OrganisationFactory)
    class_list = factory.SubFactory(ClassListFactory, organisation=factory.SelfAttribute("..organisation"))
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    sealed = factory.LazyAttribute(lambda pupil: pupils.sealed_of(pupil.person, "Ans Vos", None))
    added_at = AT


class RenewalRoundFactory(TrackedFactory):
    class Meta:
        model = models.RenewalRound

    before = factory.SubFactory(WordingVersionFactory, valid_until=AT - timedelta(days=1))
    organisation = factory.SelfAttribute("before.organisation")
    after = factory.SubFactory(
        WordingVersionFactory, wording=factory.SelfAttribute("..before.wording"), valid_from=AT - timedelta(days=1)
    )
    started_at = AT
    ends_on = (AT + timedelta(days=28)).date()


class PersonRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.PersonRequest

    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "access"
    asked_at = AT
    due_on = (AT + timedelta(days=30)).date()


class PublicationFactory(TrackedFactory):
    class Meta:
        model = models.Publication

    purpose = factory.SubFactory(
        ConsentPurposeFactory, kind=Purpose.PUBLICATION, organisation=factory.SelfAttribute("..organisation")
    )
    organisation = factory.SubFactory(OrganisationFactory)
    title = "Sports day"
    place = "https://school.example/sports-day"
    published_on = AT.date()
    owner = factory.SubFactory(UserFactory)


class AppearanceFactory(TrackedFactory):
    class Meta:
        model = models.Appearance

    organisation = factory.SubFactory(OrganisationFactory)
    publication = factory.SubFactory(PublicationFactory, organisation=factory.SelfAttribute("..organisation"))
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    added_on = AT.date()


class TellAFriendFactory(TrackedFactory):
    class Meta:
        model = models.TellAFriend

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("tell-{}".format)
    name = "The Cheese Board"
    site = "https://shop.example"
    text_en = "Have a look at this shop."


class WebhookFactory(TrackedFactory):
    """Comes with its state: nothing heard yet."""

    class Meta:
        model = models.Webhook

    organisation = factory.SubFactory(OrganisationFactory)
    url = "https://shop.example.org/dertig"
    secret = "whsec_test"
    secret_changed_at = AT
    created_at = AT

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        models.WebhookState.objects.create(webhook=row, due_at=AT)
        return row
