"""What lists read instead of whole entries. Only `register.derived` writes these rows; they can be made again."""

from django.db import models

from accounts.models import Organisation

from .activity import Activity


class ActivityFacet(models.Model):
    """One value by which a list can be filtered and counted, such as basis "c" or a party's id."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["activity", "name", "value"], name="register_activityfacet_is_unique"),
        )
        indexes = (models.Index(fields=["organisation", "name", "value", "activity"], name="register_facet_counted"),)


class StaleActivity(models.Model):
    """An activity whose derived facts are being recalculated, because something shared that it uses has changed."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="stale")
    since = models.DateTimeField()
