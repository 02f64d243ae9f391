import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, Organisation, StoredFile, User


class Export(models.Model):
    """A document made from the record: what was selected, for which day, by whom, and the file with its SHA-256."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", "CSV"
        DOCX = "docx", "Word (DOCX)"
        JSON = "json", "JSON"
        JSONLD = "jsonld", "JSON-LD"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exports")
    format = models.CharField(_("format"), max_length=6, choices=Format, default=Format.PDF)
    language = models.CharField(_("language"), max_length=5, default="nl")
    on = models.DateField(_("as it stood on"))
    known_at = models.DateTimeField(_("as known at"), null=True, blank=True)
    selection = models.JSONField(_("selection"), default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    asked_at = models.DateTimeField(_("asked on"))
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    activities = models.PositiveIntegerField(_("activities"), null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self):
        return f"{self.format} {self.on}"


class SavedView(models.Model):
    """A list somebody wants back: filters, columns and order, as a query string. Shared with the organisation, or one's
    own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40, default="activities")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(_("show to everyone in the organisation"), default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user", "list_name", "name"],
                name="register_savedview_name_is_unique",
                violation_error_message=_("You already have a view with this name."),
            ),
        )

    def __str__(self):
        return self.name
