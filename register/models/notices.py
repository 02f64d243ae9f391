"""Privacy notices: which activities a text is about, what the organisation adds itself, and what was published."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Change, Organisation, User
from core.languages import in_language

from .activity import Activity
from .base import Keyed, Owned, OwnedRow, Row


class Audience(models.TextChoices):
    CUSTOMERS = "customers", _("Customers")
    PROSPECTS = "prospects", _("Readers of mailings and other interested people")
    VISITORS = "visitors", _("Visitors and users of the website")
    APPLICANTS = "applicants", _("Applicants")
    EMPLOYEES = "employees", _("Employees")
    PUPILS = "pupils", _("Pupils, students and parents")
    PATIENTS = "patients", _("Patients and clients in care")
    CITIZENS = "citizens", _("Citizens")
    MEMBERS = "members", _("Members, donors and volunteers")
    SUPPLIERS = "suppliers", _("Suppliers and business contacts")
    OTHERS = "others", _("Others")


class Notices(Owned):
    def running(self):
        return self.filter(ended_at=None)

    def published(self):
        """Those that have a version and have not ended."""
        return self.running().filter(models.Exists(NoticeVersion.objects.filter(notice=models.OuterRef("pk"))))


class Notice(OwnedRow):
    """The working copy of a privacy notice; what people read is its `NoticeVersion` in force. `slug` is its address."""

    audience = models.CharField(_("for whom"), max_length=12, choices=Audience)
    slug = models.SlugField(_("address"), max_length=60, editable=False)
    title_nl = models.CharField(_("title in Dutch"), max_length=150, blank=True)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "slug"], name="register_notice_address_is_unique"),
            models.CheckConstraint(condition=~Q(title_nl="", title_en=""), name="register_notice_has_a_title"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(end_reason=""), name="register_notice_ended_for_a_reason"
            ),
        )

    def __str__(self):
        return self.title_nl or self.title_en


class NoticeLine(Row):
    """An activity that a notice is about; `timing` is when people are told of data that come from others."""

    class Timing(models.TextChoices):
        UNKNOWN = "", _("Not filled in")
        COLLECTION = "collection", _("When we get the data")
        MONTH = "month", _("Within a month")
        CONTACT = "contact", _("At the first contact")
        DISCLOSURE = "disclosure", _("Before we first pass the data on")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="lines")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="notice_lines", verbose_name=_("activity"))
    timing = models.CharField(_("when people are told"), max_length=10, choices=Timing, blank=True, default="")

    class Meta:
        ordering = ("activity__number",)
        constraints = (
            models.UniqueConstraint(fields=["notice", "activity"], name="register_noticeline_is_one_per_activity"),
        )


class NoticeBlock(Row):
    """A part that the organisation switched on; empty words are those that came with Dertig."""

    class Kind(models.TextChoices):
        CHILDREN = "children", _("For children")
        COOKIES = "cookies", _("Cookies")
        PUSH = "push", _("Push messages")
        SOCIAL = "social", _("Social media and webcare")
        SECURITY = "security", _("How we protect your data")
        COPYRIGHT = "copyright", _("Copyright")
        CHANGES = "changes", _("When this text changes")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="blocks")
    kind = models.CharField(_("part"), max_length=10, choices=Kind)
    text_nl = models.TextField(_("text in Dutch"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=["notice", "kind"], name="register_noticeblock_is_one_per_part"),)


class NoticeSentence(Row):
    """A sentence of the organisation's own, before or after a section (no `anchor`) or one of its sentences."""

    class Side(models.TextChoices):
        BEFORE = "before", _("Before it")
        AFTER = "after", _("After it")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="own_sentences")
    section = models.CharField(_("section"), max_length=12)
    anchor = models.CharField(_("at which sentence"), max_length=200, blank=True)
    side = models.CharField(_("where"), max_length=6, choices=Side, default=Side.AFTER)
    text_nl = models.TextField(_("text in Dutch"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text_nl="", text_en=""),
                name="register_noticesentence_says_something",
                violation_error_message=_("Write the sentence in at least one language."),
            ),
        )


class NoticeVersions(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)

    def in_force(self, on, known_at=None):
        """Per notice the highest number valid on `on` and published by `known_at` (at any time, when None)."""
        found = self.filter(valid_from__lte=on)
        if known_at is not None:
            found = found.filter(published_at__lte=known_at)
        later = found.filter(notice=models.OuterRef("notice"), number__gt=models.OuterRef("number"))
        return found.filter(~models.Exists(later))


class NoticeVersion(Keyed):
    """A notice as published: immutable, numbered, chained. `content` is the whole text (`register.notices.text`).

    `activities` is {activity id: {"version": number, "timing": ...}}: the versions from which it was written. `summary`
    is what lists and rules ask: titles, languages, the keys of sections and sentences.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    schema = models.PositiveSmallIntegerField()
    content = models.JSONField()
    activities = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    published_at = models.DateTimeField(_("published on"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, related_name="+")

    objects = NoticeVersions.as_manager()

    class Meta:
        ordering = ("notice", "-number")
        constraints = (
            models.UniqueConstraint(fields=["notice", "number"], name="register_noticeversion_number_is_unique"),
        )

    def __str__(self):
        return f"{self.notice_id} v{self.number}"

    @property
    def languages(self):
        return self.summary["languages"]

    def titled(self, language):
        title = self.summary["title"]
        return in_language(title["nl"], title["en"], language)


class CollectionPoint(OwnedRow):
    """A place where people give data, and the notice that they should find there; `activity` narrows its short text."""

    class Kind(models.TextChoices):
        FORM = "form", _("Form on a website")
        PAGE = "page", _("Page on a website")
        PROFILE = "profile", _("Profile on social media")
        APP = "app", _("App")
        PAPER = "paper", _("Paper form")
        OTHER = "other", _("Another place")

    name = models.CharField(_("name"), max_length=150, validators=[RegexValidator(r"\S")])
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.FORM)
    url = models.URLField(_("address on the web"), blank=True, max_length=500)
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("notice that it links to")
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity it collects for")
    )
    note = models.TextField(_("note, internal"), blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    retired_on = models.DateField(_("no longer in use since"), null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(checked_on__isnull=False),
                name="register_collectionpoint_checked_on_a_day",
            ),
        )

    def __str__(self):
        return self.name
