"""The people of the ledger: a random id, and apart from it what leads to that id.

The one rule: what can be read about somebody is sealed with a key of their own (`consent.vault`). Destroying that key
and the identifiers leaves events that name nobody.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.models.sealing import DestroyableKey
from consent.kinds import Channel, IdentifierKind, Suppressing
from register.models.base import Keyed

from .purposes import ConsentPurpose


class Person(Keyed):
    """Somebody who was asked something. `erased_at`: their data are gone but for reduced proof, until the key goes.

    `proof` is what stays of who it was, sealed, from erasure until the term for claims is over.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    language = models.CharField(max_length=5, blank=True)
    erased_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["erased_at"], condition=Q(erased_at__isnull=False), name="consent_person_erased"),
        )


class PersonKey(DestroyableKey):
    """The key of a person."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="key_row")


class Identifier(Keyed):
    """What leads to a person: the keyed hash of an address or number, and its readable form, sealed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=IdentifierKind)
    digest = models.CharField(max_length=64)
    key_version = models.PositiveSmallIntegerField()
    sealed = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "digest"], name="consent_identifier_leads_to_one_person"),
        )


class Suppression(Keyed):
    """A mark that an address is not written to: no purpose means every one (an objection: all direct marketing), no
    channel every channel.

    Kept without a person, so that it outlives an erasure and meets a later import. Consent given after `since` goes
    before it, for that purpose only.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    key_version = models.PositiveSmallIntegerField()
    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Suppressing)
    since = models.DateTimeField(_("since"))

    class Meta:
        indexes = (models.Index(fields=["organisation", "digest"], name="consent_suppression_of"),)
