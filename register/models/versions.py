import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Change, Organisation, User

from .activity import Activity


class Versions(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)

    def in_force(self, activities, on, known_at=None):
        """Per activity the highest version with `valid_from` on or before `on`, established at or before `known_at`.

        Without `known_at`: as we now know that it was. One query, with one step into an index per activity: of the
        versions that are not in force nothing is read. Narrow `activities`, not the versions.
        """
        found = models.Q(valid_from__lte=on)
        if known_at is not None:
            found &= models.Q(established_at__lte=known_at)
        versions = ActivityVersion.objects.filter(found, activity=models.OuterRef("pk")).order_by("-number")
        latest = activities.annotate(latest=models.Subquery(versions.values("pk")[:1])).order_by()
        return self.filter(pk__in=latest.values("latest"))


class ActivityVersion(models.Model):
    """One activity as established: immutable, numbered, chained. `content` is the whole entry by value
    (register.record).

    `digest` covers content, number, valid_from, established_at, reason and the digest of the version before
    (`previous`). `ends` is True for the version that records the end of the activity. `late` marks what was recorded
    afterwards:
    imported versions, and versions valid from before the day they were established.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField()
    content = models.JSONField()
    draft_digest = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    established_at = models.DateTimeField(_("established on"))
    established_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    open_points = models.JSONField(default=list)
    ends = models.BooleanField(default=False)
    late = models.BooleanField(_("recorded afterwards"), default=False)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")
    department_id = models.UUIDField(null=True)
    controller_id = models.UUIDField(null=True)

    objects = Versions.as_manager()

    class Meta:
        ordering = ("activity", "-number")
        constraints = (
            models.UniqueConstraint(fields=["activity", "number"], name="register_activityversion_number_is_unique"),
        )
        indexes = (
            models.Index(fields=["organisation", "valid_from"], name="register_version_valid"),
            models.Index(
                fields=["activity", "-number", "valid_from", "established_at"], name="register_version_in_force"
            ),
        )

    def __str__(self):
        return f"{self.activity_id} v{self.number}"
