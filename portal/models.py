"""What an organisation chose to make public of its register. Art. 30 does not ask for it; until chosen, nothing is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from register.models import Activity
from register.models.base import Owned, OwnedRow, Row

from .public import first_keys


class PublicRegister(Row):
    """Whether an organisation shows activities to everybody, and which facts of them (keys of `portal.public`)."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="public_register")
    is_open = models.BooleanField(
        _("activities can be made public"),
        default=False,
        help_text=_("Off: no activity has a public page, also those that were made public one by one."),
    )
    has_list = models.BooleanField(
        _("a public list of these activities"), default=False, help_text=_("With a link to the page of each.")
    )
    may_be_found = models.BooleanField(
        _("search engines may list the pages"), default=False, help_text=_("Off: the pages ask them not to.")
    )
    fields = models.JSONField(_("what is public of an activity"), default=first_keys)
    changed_at = models.DateTimeField()


class Publications(Owned):
    def running(self):
        return self.filter(withdrawn_at=None)


class Publication(OwnedRow):
    """One period in which an activity was public. Once there was one, its address says that it is gone, not unknown."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="publications", verbose_name=_("activity"))
    published_at = models.DateTimeField(_("public since"))
    withdrawn_at = models.DateTimeField(_("no longer public since"), null=True, blank=True)
    reason = models.TextField(_("why it is public"))
    withdrawal_reason = models.TextField(_("why it is no longer public"), blank=True)

    objects = Publications.as_manager()

    class Meta:
        ordering = ("-published_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["activity"], condition=Q(withdrawn_at=None), name="portal_publication_runs_once_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="portal_publication_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="portal_publication_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="portal_publication_is_withdrawn_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=["organisation", "activity"], name="portal_publication_of"),)
