"""Where images of people were published.

The one rule: rows here name people by their random id only, since all of them keep a history. That something must come
down is not kept: it follows from the ledger (`consent.school.take_downs`); only that it was done is.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from register.models.base import Owned, OwnedRow

from .people import Person
from .purposes import ConsentPurpose


class Publications(Owned):
    def visible_to(self, membership):
        return self.filter(purpose__in=ConsentPurpose.objects.visible_to(membership))


class Appearances(Owned):
    def visible_to(self, membership):
        return self.filter(publication__purpose__in=ConsentPurpose.objects.visible_to(membership))


class Publication(OwnedRow):
    """One place where an image was put: a page, a post, a printed guide."""

    purpose = models.ForeignKey(ConsentPurpose, models.PROTECT, related_name="+", verbose_name=_("purpose"))
    title = models.CharField(
        _("what"), max_length=150, help_text=_("Without names of people: “sports day, three photos”.")
    )
    place = models.CharField(_("where"), max_length=200, help_text=_("A web address, or a place such as a page."))
    published_on = models.DateField(_("published on"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("who takes it down when asked"),
    )

    objects = Publications.as_manager()

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self):
        return self.title


class Appearance(OwnedRow):
    """Somebody can be seen in a publication, until it was taken down for them."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="appearances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appearances")
    added_on = models.DateField()
    down_on = models.DateField(_("taken down on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Without names of people."))

    objects = Appearances.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["publication", "person"],
                condition=Q(down_on=None),
                name="consent_appearance_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(down_on=None) | Q(down_on__gte=F("added_on")), name="consent_appearance_period"
            ),
        )
        indexes = (models.Index(fields=["organisation"], condition=Q(down_on=None), name="consent_appearance_open"),)
