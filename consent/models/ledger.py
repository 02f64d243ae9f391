"""The ledger of consents: events that come and stay as they are. The state of a consent is its last deciding event."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, StoredFile
from consent.kinds import DECIDING, GIVING, AgeBand, Channel, GivenBy, Happening, Method
from register.models.base import Keyed

from .consent_forms import FormVersion
from .people import Person
from .purposes import ConsentPurpose, WordingVersion


class ConsentEvents(models.QuerySet):
    def with_reference(self, organisation):
        """Those that bear a reference, to look one up among. Said in so many words, since SQLite does not see that a
        reference it is given is none of those that the index leaves out, and would read the whole ledger."""
        return self.filter(organisation=organisation).exclude(reference="")


class ConsentEvent(models.Model):
    """One thing that happened to the consent of one person for one purpose over one channel.

    `happened_at` is when by the source's clock, `recorded_at` when it came here; both UTC. `is_provable` is False for
    what was brought in without proof: such a consent is kept and counts for nothing. `form` is the form that the person
    filled in, when it was one of ours. `reference` is the sender's own key: the same one twice is one event.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="events")
    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="events", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel)
    kind = models.PositiveSmallIntegerField(choices=Happening)
    happened_at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField(_("recorded"))
    wording = models.ForeignKey(WordingVersion, models.PROTECT, null=True, related_name="events")
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="events", db_index=False)
    language = models.CharField(max_length=5, blank=True)
    method = models.CharField(max_length=12, choices=Method)
    given_by = models.CharField(max_length=12, choices=GivenBy, default=GivenBy.SUBJECT)
    age = models.CharField(max_length=8, choices=AgeBand, blank=True)
    is_provable = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    reference = models.CharField(max_length=80, blank=True)

    objects = ConsentEvents.as_manager()

    class Meta:
        indexes = (
            models.Index(
                F("person"),
                F("purpose"),
                F("channel"),
                F("happened_at").desc(),
                F("kind").desc(),
                name="consent_event_state",
                condition=Q(kind__gte=DECIDING),
            ),
            models.Index(fields=["purpose", "channel", "person"], name="consent_event_of_purpose"),
            models.Index(fields=["form", "kind"], condition=Q(form__isnull=False), name="consent_event_of_form"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=~Q(reference=""),
                name="consent_event_reference_is_used_once",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")),
                name="consent_event_is_not_in_the_future",
                violation_error_message=_("A consent cannot have been given in the future."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=GIVING) | Q(wording__isnull=False) | Q(is_provable=False),
                name="consent_event_says_what_was_agreed_to",
            ),
        )


class EventDetail(models.Model):
    """What else is known of an event, as JSON sealed with the person's key: the shortened network address, the kind of
    browser, what was filled in, a note on what was said."""

    event = models.OneToOneField(ConsentEvent, models.PROTECT, primary_key=True, related_name="detail")
    sealed = models.TextField()


class Evidence(Keyed):
    """A scan or recording that proves an event; its bytes and name are sealed with the person's key."""

    event = models.ForeignKey(ConsentEvent, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sealed_name = models.TextField()
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
