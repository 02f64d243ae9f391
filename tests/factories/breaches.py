"""The smallest valid row of each model of `breaches`; a breach comes with its key."""

import hashlib
from datetime import timedelta

import factory
from cryptography.fernet import Fernet
from factory.django import DjangoModelFactory

from accounts import files
from breaches import models, sealing
from breaches.law import ActionKind, Authority, Channel, Conclusion, Involvement, NotificationKind, Supervisor
from breaches.states import State

from .accounts import AT, OrganisationFactory, TrackedFactory, UserFactory
from .register import ActivityFactory, PartyFactory, SystemFactory


class BreachFactory(TrackedFactory):
    class Meta:
        model = models.Breach
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(state=State.CLOSED, closed_at=AT, details_until=AT.date())
        complete = factory.Trait(
            facts="A letter went to the wrong address.",
            effects="One neighbour knows of the debt.",
            remedy="The letter was fetched back.",
            aware_reason="The neighbour rang.",
        )

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda number: number + 1)
    reference = factory.Sequence("TEST-{}".format)
    title = "Letter to the wrong address"
    reported_at = AT
    first_signal_at = AT
    aware_at = AT

    @factory.post_generation
    def key(self, create, extracted, **kwargs):
        sealing.give_key(self)


class OfBreachFactory(TrackedFactory):
    class Meta:
        abstract = True

    breach = factory.SubFactory(BreachFactory)
    organisation = factory.SelfAttribute("breach.organisation")


class BreachActivityFactory(OfBreachFactory):
    class Meta:
        model = models.BreachActivity

    activity = factory.SubFactory(ActivityFactory, organisation=factory.SelfAttribute("..organisation"))


class BreachSystemFactory(OfBreachFactory):
    class Meta:
        model = models.BreachSystem

    system = factory.SubFactory(SystemFactory, organisation=factory.SelfAttribute("..organisation"))


class BreachPartyFactory(OfBreachFactory):
    class Meta:
        model = models.BreachParty

    party = factory.SubFactory(PartyFactory, organisation=factory.SelfAttribute("..organisation"))
    involvement = Involvement.PROCESSOR


class MeasureFactory(OfBreachFactory):
    class Meta:
        model = models.Measure

    kind = ActionKind.CONTAIN
    text = "Fetch the letter back"


class OtherNoticeFactory(OfBreachFactory):
    class Meta:
        model = models.OtherNotice

    recipient = Supervisor.POLICE


class FrozenFactory(OfBreachFactory):
    class Meta:
        abstract = True

    at = AT + timedelta(hours=1)


class AssessmentFactory(FrozenFactory):
    class Meta:
        model = models.Assessment

    number = 1
    facts = factory.Dict({})
    suggestion = Conclusion.AUTHORITY
    reasoning = "Debts of one person, known to a neighbour."


class AdviceFactory(FrozenFactory):
    class Meta:
        model = models.Advice

    text = "Tell the authority."


class DecisionFactory(FrozenFactory):
    class Meta:
        model = models.Decision

    about = models.Decision.About.AUTHORITY
    tell = True
    reason = "A risk is likely."


class NotificationFactory(FrozenFactory):
    class Meta:
        model = models.Notification

    kind = NotificationKind.FIRST
    form = "ap-2022-08"
    authority = Authority.AP
    sent_at = factory.SelfAttribute("at")
    is_complete = True
    digest = "0" * 64


class CommunicationFactory(FrozenFactory):
    class Meta:
        model = models.Communication

    sent_on = factory.LazyAttribute(lambda row: row.at.date())
    channel = Channel.LETTER
    language = "nl"
    digest = "0" * 64


class LogEntryFactory(FrozenFactory):
    class Meta:
        model = models.LogEntry

    happened_at = factory.SelfAttribute("at")


class DrillFactory(TrackedFactory):
    class Meta:
        model = models.Drill

    organisation = factory.SubFactory(OrganisationFactory)
    title = "Lost laptop"
    scenario = "A laptop was left on the train."
    started_at = AT
    started_by = factory.SubFactory(UserFactory)
    ended_at = AT


class AttachmentFactory(DjangoModelFactory):
    """A sealed file that can be opened; `content` is what is in it."""

    class Meta:
        model = models.Attachment

    class Params:
        content = b"hello"

    breach = factory.SubFactory(BreachFactory)
    file = factory.LazyAttribute(
        lambda row: files.keep(
            row.breach.organisation,
            "sealed",
            sealing.seal_bytes(row.breach, row.content),
            content_type="application/octet-stream",
            by=None,
            at=AT,
        )
    )
    sealed_name = factory.LazyAttribute(lambda row: sealing.seal_bytes(row.breach, b"note.txt").decode())
    content_type = "text/plain; charset=utf-8"
    size = 5
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.content).hexdigest())
    at = AT


class BreachImportFactory(DjangoModelFactory):
    """A file that was brought and can be read; `content` is what is in it."""

    class Meta:
        model = models.BreachImport

    class Params:
        content = b"Naam,Datum melding,Samenvatting\nBrief,2026-01-15,Een brief kwam verkeerd aan.\n"

    organisation = factory.SubFactory(OrganisationFactory)
    name = "datalekken.csv"
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.content).hexdigest())
    key = factory.LazyFunction(lambda: Fernet.generate_key().decode())
    file = factory.LazyAttribute(
        lambda row: files.keep(
            row.organisation,
            "sealed",
            Fernet(row.key.encode()).encrypt(row.content),
            content_type="application/octet-stream",
            by=None,
            at=AT,
        )
    )
    at = AT
