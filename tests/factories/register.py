"""The smallest valid row of each model of `register`; rows with history are made inside an act (`TrackedFactory`)."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from accounts import history
from accounts.models import Change
from core import canonical
from register import models

from .accounts import AT, MembershipFactory, OrganisationFactory, TrackedFactory, UserFactory


class OwnedFactory(TrackedFactory):
    class Meta:
        abstract = True

    organisation = factory.SubFactory(OrganisationFactory)


class LibraryItemFactory(OwnedFactory):
    class Meta:
        abstract = True

    name_nl = factory.Sequence("Woord {}".format)
    name_en = factory.Sequence("Word {}".format)


class DataCategoryFactory(LibraryItemFactory):
    class Meta:
        model = models.DataCategory

    class Params:
        health = factory.Trait(sensitivity="special", special_kind="health")


class SubjectCategoryFactory(LibraryItemFactory):
    class Meta:
        model = models.SubjectCategory


class MeasureFactory(LibraryItemFactory):
    class Meta:
        model = models.Measure

    heading = "32.1.b"


class RetentionRuleFactory(LibraryItemFactory):
    class Meta:
        model = models.RetentionRule

    period_value = 7
    period_unit = "year"
    trigger = "end_of_calendar_year"


class LawFactory(LibraryItemFactory):
    class Meta:
        model = models.Law

    country = "NL"


class CountryFactory(LibraryItemFactory):
    class Meta:
        model = models.Country

    code = factory.Sequence("X{}".format)

    class Params:
        netherlands = factory.Trait(code="NL", name_nl="Nederland", name_en="Netherlands", eea=True)
        united_states = factory.Trait(code="US", name_nl="Verenigde Staten", name_en="United States")


class InternalRoleFactory(LibraryItemFactory):
    class Meta:
        model = models.InternalRole


class LegalValueFactory(OwnedFactory):
    class Meta:
        model = models.LegalValue

    fact = "breach-deadline"
    value = "96"
    valid_from = date(2027, 1, 1)
    source = "Official Journal"


class LabelFactory(OwnedFactory):
    class Meta:
        model = models.Label

    name = factory.Sequence("Label {}".format)


class PartyFactory(OwnedFactory):
    class Meta:
        model = models.Party

    name = factory.Sequence("Party {}".format)


class SystemFactory(OwnedFactory):
    class Meta:
        model = models.System

    name = factory.Sequence("System {}".format)


class DocumentFactory(OwnedFactory):
    class Meta:
        model = models.Document

    title = factory.Sequence("Document {}".format)
    url = "https://example.org/document"


class AgreementFactory(OwnedFactory):
    class Meta:
        model = models.Agreement

    class Params:
        signed = factory.Trait(status="signed", signed_on=date(2025, 1, 1), valid_from=date(2025, 1, 1))

    party = factory.SubFactory(PartyFactory, organisation=factory.SelfAttribute("..organisation"))


class ActivityFactory(OwnedFactory):
    class Meta:
        model = models.Activity

    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence("Activity {}".format)


class OwnStarterFactory(OwnedFactory):
    class Meta:
        model = models.OwnStarter

    name = factory.Sequence("Template {}".format)
    content = {"kind": "controller"}


class PartOfActivityFactory(TrackedFactory):
    """A row of an activity. What it points to belongs to the organisation of that activity."""

    class Meta:
        abstract = True

    activity = factory.SubFactory(ActivityFactory)

    @classmethod
    def organisation_of(cls, row):
        return row.activity.organisation


def beside(factory_class, **more):
    """A row of the same organisation as the activity of the line."""
    return factory.SubFactory(factory_class, organisation=factory.SelfAttribute("..activity.organisation"), **more)


class ActivityLabelFactory(PartOfActivityFactory):
    class Meta:
        model = models.ActivityLabel

    label = beside(LabelFactory)


class PurposeFactory(PartOfActivityFactory):
    class Meta:
        model = models.Purpose

    text_nl = "Om ons werk te doen"
    text_en = "To do our work"
    basis = "c"


class SubjectLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.SubjectLine

    category = beside(SubjectCategoryFactory)


class DataLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.DataLine

    category = beside(DataCategoryFactory)


class RecipientLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.RecipientLine

    party = beside(PartyFactory)
    role = "processor"


class TransferLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.TransferLine

    country = beside(CountryFactory)


class SystemLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.SystemLine

    system = beside(SystemFactory)


class MeasureLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.MeasureLine

    measure = beside(MeasureFactory)


class AccessLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.AccessLine

    role = beside(InternalRoleFactory)


class DocumentLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.DocumentLine

    document = beside(DocumentFactory)


class ClientLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.ClientLine

    party = beside(PartyFactory)


class NoteLineFactory(PartOfActivityFactory):
    class Meta:
        model = models.NoteLine

    heading = "Heading"
    text = "Text"


class PartyLabelFactory(TrackedFactory):
    class Meta:
        model = models.PartyLabel

    party = factory.SubFactory(PartyFactory)
    label = factory.SubFactory(LabelFactory, organisation=factory.SelfAttribute("..party.organisation"))

    @classmethod
    def organisation_of(cls, row):
        return row.party.organisation


class SystemLabelFactory(TrackedFactory):
    class Meta:
        model = models.SystemLabel

    system = factory.SubFactory(SystemFactory)
    label = factory.SubFactory(LabelFactory, organisation=factory.SelfAttribute("..system.organisation"))

    @classmethod
    def organisation_of(cls, row):
        return row.system.organisation


class AdviceFactory(OwnedFactory):
    class Meta:
        model = models.Advice

    subject = "Retention"
    advice = "Keep it shorter."
    given_on = date(2026, 1, 5)
    given_by = factory.SubFactory(UserFactory)


class ApprovalRoundFactory(PartOfActivityFactory):
    class Meta:
        model = models.ApprovalRound

    asked_by = factory.SubFactory(UserFactory)
    asked_at = AT
    reason = "Checked"
    valid_from = date(2026, 1, 5)
    draft_digest = "0" * 64


class ApprovalAnswerFactory(TrackedFactory):
    class Meta:
        model = models.ApprovalAnswer

    round = factory.SubFactory(ApprovalRoundFactory)
    approver = factory.SubFactory(UserFactory)

    @classmethod
    def organisation_of(cls, row):
        return row.round.activity.organisation


class AttestationFactory(OwnedFactory):
    class Meta:
        model = models.Attestation

    owner = factory.SubFactory(UserFactory)
    asked_at = AT
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class AttestationLineFactory(PartOfActivityFactory):
    """A question to the owner of an activity about that activity; the owner is a member."""

    class Meta:
        model = models.AttestationLine

    class Params:
        corrected = factory.Trait(answer="corrected", text="The portal has gone", answered_at=AT)
        stopped = factory.Trait(answer="ended", text="We sold the shop", ended_on=date(2025, 12, 31), answered_at=AT)

    activity = factory.SubFactory(ActivityFactory, owner=factory.SubFactory(UserFactory))
    attestation = factory.LazyAttribute(lambda line: _question_to(line.activity))


def _question_to(activity):
    if not activity.owner.memberships.filter(organisation=activity.organisation).exists():
        MembershipFactory(organisation=activity.organisation, user=activity.owner, role="editor")
    return AttestationFactory(organisation=activity.organisation, owner=activity.owner)


class ActivityVersionFactory(DjangoModelFactory):
    """An established version with whatever `content` is given; its act holds nothing else."""

    class Meta:
        model = models.ActivityVersion

    activity = factory.SubFactory(ActivityFactory)
    organisation = factory.SelfAttribute("activity.organisation")
    number = 1
    schema = 1
    content = factory.LazyFunction(dict)
    valid_from = date(2026, 1, 5)
    established_at = AT
    reason = "Checked"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, digest=canonical.digest(kwargs["content"]), **kwargs)
        with history.act(row.organisation, by=None, at=AT, kind="test.made") as act:
            organisation = row.organisation
            organisation.save()  # an act must write something
            row.change_id = act.change_id
        row.change = Change.objects.get(pk=act.change_id)
        row.save(force_insert=True)
        models.Activity.objects.filter(pk=row.activity_id).update(
            established_number=row.number, established_at=row.established_at
        )
        row.activity.refresh_from_db()
        return row


class NoticeFactory(OwnedFactory):
    class Meta:
        model = models.Notice

    audience = "customers"
    slug = factory.Sequence("notice-{}".format)
    title_nl = factory.Sequence("Privacyverklaring {}".format)
    title_en = factory.Sequence("Privacy notice {}".format)


class PartOfNoticeFactory(TrackedFactory):
    class Meta:
        abstract = True

    notice = factory.SubFactory(NoticeFactory)

    @classmethod
    def organisation_of(cls, row):
        return row.notice.organisation


class NoticeLineFactory(PartOfNoticeFactory):
    class Meta:
        model = models.NoticeLine

    activity = factory.SubFactory(ActivityFactory, organisation=factory.SelfAttribute("..notice.organisation"))


class NoticeBlockFactory(PartOfNoticeFactory):
    class Meta:
        model = models.NoticeBlock

    kind = "cookies"


class NoticeSentenceFactory(PartOfNoticeFactory):
    class Meta:
        model = models.NoticeSentence

    section = "purposes"
    text_nl = "Nog iets van onszelf."
    text_en = "Something of our own."


class CollectionPointFactory(OwnedFactory):
    class Meta:
        model = models.CollectionPoint

    name = factory.Sequence("Form {}".format)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = models.SavedView

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence("View {}".format)
