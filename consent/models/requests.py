"""What people ask by a personal link: a new address, and what only the organisation itself can do for them.

The one rule: what can be read here is sealed with the key of the person, and goes when the person is erased.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from consent.kinds import Answered, Asking
from register.models.base import Keyed, Owned

from .people import Person


class PersonRequests(Owned):
    def open(self):
        return self.filter(settled_at=None)


class PersonRequest(Keyed):
    """Somebody asks for their data or to be erased (Art. 15 and 17); `due_on`: the answer is due, Art. 12(3)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="requests")
    kind = models.CharField(_("what is asked"), max_length=8, choices=Asking)
    sealed = models.TextField(blank=True)
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("due"))
    settled_at = models.DateTimeField(_("answered"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("answer"), max_length=8, choices=Answered, blank=True)
    sealed_answer = models.TextField(blank=True)

    objects = PersonRequests.as_manager()

    class Meta:
        ordering = ("due_on", "asked_at")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(settled_at=None), name="consent_personrequest_is_open_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="consent_personrequest_has_an_outcome_when_settled",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "due_on"], condition=Q(settled_at=None), name="consent_request_open"),
        )


class AddressChange(Keyed):
    """A new e-mail address that somebody gave, and the old one, sealed; it counts once it was confirmed from there."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="address_changes")
    sealed = models.TextField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="consent_addresschange_is_open_for_a_while"
            ),
        )
        indexes = (
            models.Index(fields=["expires_at"], condition=Q(confirmed_at=None), name="consent_addresschange_open"),
        )
