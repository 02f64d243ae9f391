"""What the sites of an organisation put on the equipment of visitors, and what lists of others know about it."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from consent.trackers import needs
from consent.trackers.kinds import Category, Ground, Kind, Party, Rule
from core.languages import in_language
from register import models as register
from register.law import YesNo
from register.models.base import Keyed, Owned, OwnedRow

from .purposes import ConsentPurpose

HOST = RegexValidator(
    r"\A[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\Z",
    _("Write the name of a host, such as www.example.org, without https:// and without a path."),
)


class Sites(Owned):
    def visible_to(self, membership):
        return self.filter(organisation_id=membership.organisation_id)


class Site(OwnedRow):
    """A website or app, and what somebody saw when they looked at its layer that asks for consent (C022).

    `rule` is by whose law its visitors are protected. `notice` lists its trackers; when empty, every notice that has a
    part about cookies does.
    """

    name = models.CharField(_("name"), max_length=150, validators=[RegexValidator(r"\S")])
    domain = models.CharField(_("domain"), max_length=253, validators=[HOST])
    rule = models.CharField(_("whose visitors"), max_length=4, choices=Rule, default=Rule.NL)
    notice = models.ForeignKey(
        register.Notice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("privacy notice")
    )
    refuses_first = models.CharField(
        _("refusing is on the first layer"), max_length=3, choices=YesNo, blank=True, default=""
    )
    refuses_equally = models.CharField(
        _("refusing stands out as much as accepting"), max_length=3, choices=YesNo, blank=True, default=""
    )
    starts_empty = models.CharField(
        _("nothing is switched on beforehand"), max_length=3, choices=YesNo, blank=True, default=""
    )
    withdraws_easily = models.CharField(
        _("withdrawing is as easy as giving"), max_length=3, choices=YesNo, blank=True, default=""
    )
    looked_on = models.DateField(_("somebody looked on"), null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    retired_on = models.DateField(_("no longer in use since"), null=True, blank=True, editable=False)

    objects = Sites.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "domain"],
                name="consent_site_domain_is_unique",
                violation_error_message=_("Another site has this domain already."),
            ),
        )

    def __str__(self):
        return self.name

    def is_own(self, host):
        """Whether a host is the site itself or a part of it."""
        own = self.domain.removeprefix("www.")
        return host == own or host.endswith(f".{own}")


class Trackers(Owned):
    def in_use(self):
        return self.filter(retired_on=None, site__retired_on=None)

    def visible_to(self, membership):
        """Those without an activity, and of the activities that this member may see."""
        seen = register.Activity.objects.visible_to(membership)
        mine = self.filter(organisation_id=membership.organisation_id)
        return mine.filter(Q(activity=None) | Q(activity__in=seen))

    def exempt(self):
        return self.filter(needs.exempt())

    def needing_consent(self):
        return self.exclude(needs.exempt())


class Tracker(OwnedRow):
    """A cookie, pixel, script or anything else on a site. A name that ends in `*` stands for all that begin so.

    `is_suggested`: the facts come from a list of others, and nobody here has agreed yet. `gone_on`: the first look at
    the site that no longer found it. `lifetime_days` is what the words of `lifetime` come to; 0 for a session.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="trackers", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=200, validators=[RegexValidator(r"\S")])
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COOKIE)
    domain = models.CharField(_("domain"), max_length=253, blank=True)
    provider = models.CharField(_("provider"), max_length=150, blank=True)
    party = models.CharField(_("whose"), max_length=5, choices=Party, blank=True, default="")
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True, default="")
    purpose_nl = models.TextField(_("purpose in Dutch"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    lifetime = models.CharField(_("how long it stays"), max_length=150, blank=True)
    lifetime_days = models.PositiveIntegerField(_("in days"), null=True, blank=True, editable=False)
    data = models.TextField(_("data that it reads"), blank=True)
    ground = models.CharField(_("why no consent is needed"), max_length=12, choices=Ground, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True)
    purpose = models.ForeignKey(
        ConsentPurpose,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trackers",
        verbose_name=_("purpose of consent"),
    )
    before_consent = models.CharField(_("loaded before consent"), max_length=3, choices=YesNo, blank=True, default="")
    activity = models.ForeignKey(
        register.Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    recipient = models.ForeignKey(
        register.Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recipient")
    )
    transfer = models.CharField(
        _("data leave the European Economic Area"), max_length=3, choices=YesNo, blank=True, default=""
    )
    country = models.ForeignKey(
        register.Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to which country")
    )
    is_suggested = models.BooleanField(default=False, editable=False)
    seen_on = models.DateField(_("last seen on"), null=True, blank=True)
    gone_on = models.DateField(null=True, blank=True, editable=False)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    objects = Trackers.as_manager()

    class Meta:
        ordering = ("name", "domain", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["site", "kind", "name", "domain"],
                name="consent_tracker_is_listed_once",
                violation_error_message=_("This site has this one already: same kind, name and domain."),
            ),
        )

    def __str__(self):
        return self.name

    @property
    def answer(self):
        """Whether it needs consent, and why (`needs.Answer`). Reads its site."""
        return needs.answer(category=self.category, ground=self.ground, reason=self.reason, rule=self.site.rule)

    def purpose_in(self, language):
        return in_language(self.purpose_nl, self.purpose_en, language)


class TrackerScan(Keyed):
    """What a file said about a site, until somebody takes it over: names and terms, never a value of a cookie.

    `found` are plain `consent.trackers.found.Found`; `refused` the lines that could not be read, as [place, message].
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, models.CASCADE, related_name="scans")
    name = models.CharField(max_length=120)
    format = models.CharField(max_length=4)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    found = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)

    @property
    def is_whole(self):
        """Whether what is not in it can be said to be gone: a list is, one visit to a page is not."""
        return self.format == "list"


class KnownTracker(models.Model):
    """A line of a list that others made about cookies, such as the Open Cookie Database.

    Without organisation it was loaded by the administrator, for everybody; an organisation that brought a list of its
    own uses that one only. `is_prefix`: the name is how it begins.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=200)
    is_prefix = models.BooleanField(default=False)
    domain = models.CharField(max_length=253, blank=True)
    provider = models.CharField(max_length=150, blank=True)
    category = models.CharField(max_length=10, blank=True)
    description = models.TextField(blank=True)
    lifetime = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["organisation", "name"], name="consent_known_by_name"),)
