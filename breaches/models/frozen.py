"""What was said once and stays as it was said: the database refuses to change or delete these rows.

The one rule: a later word is a new row, and the last one counts. Words that may name people stand sealed beside them
(`SealedText` under the id of the row), so that they can be destroyed without touching a row or breaking a chain.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breaches.law import Authority, Channel, Conclusion, Exemption, NotificationKind

from .lines import BreachLine

USER = settings.AUTH_USER_MODEL


class Frozen(BreachLine):
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Assessment(Frozen):
    """One assessment of the risk: the facts it used (`breaches.facts`), the ENISA answers, and what was suggested.

    `score` is in hundredths, since quarters are exact; None when the method was not used.
    """

    number = models.PositiveIntegerField()
    facts = models.JSONField()
    score = models.PositiveSmallIntegerField(null=True)
    suggestion = models.CharField(max_length=12, choices=Conclusion)
    reasons = models.JSONField(default=list)
    reasoning = models.TextField(_("your reasoning"))

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["breach", "number"], name="breaches_assessment_number_is_given_once"),
            models.CheckConstraint(condition=~Q(reasoning=""), name="breaches_assessment_is_reasoned"),
        )


class Advice(Frozen):
    """What the DPO advised (Art. 39(1)). Never a decision."""

    text = models.TextField(_("advice"))

    class Meta:
        ordering = ("-at",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="breaches_advice_says_something"),)


class Decision(Frozen):
    """What a named person decided about telling the authority (Art. 33(1)) or the people (Art. 34), and why."""

    class About(models.TextChoices):
        AUTHORITY = "authority", _("The authority")
        PEOPLE = "people", _("The people")

    about = models.CharField(max_length=12, choices=About)
    tell = models.BooleanField(_("notify"))
    reason = models.TextField(_("reason"))
    exemption = models.CharField(_("ground for not telling them"), max_length=20, choices=Exemption, blank=True)
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, related_name="+")
    """The DPO's advice that lay beside it."""

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="breaches_decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(exemption="") | Q(about="people", tell=False), name="breaches_decision_exemption_fits"
            ),
        )


class Notification(Frozen):
    """What went to the authority. The answers themselves are sealed; `digest` is their SHA-256.

    `sent_at` is when it was handed in there, `form` the code and edition of the form, `is_complete` whether nothing has
    to follow (Art. 33(4)), `missing` the numbers of the questions that had no answer yet.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=NotificationKind)
    form = models.CharField(max_length=40)
    authority = models.CharField(max_length=10, choices=Authority)
    sent_at = models.DateTimeField(_("sent"))
    reference = models.CharField(_("the authority's reference"), max_length=100, blank=True)
    is_complete = models.BooleanField(_("nothing will follow"))
    follow_up_on = models.DateField(_("follow-up before"), null=True, blank=True)
    missing = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-sent_at",)


class Communication(Frozen):
    """How the people were told (Art. 34): the text is sealed. `is_public`: to everybody, since it could not be done
    one by one (Art. 34(3)(c)).
    """

    sent_on = models.DateField(_("sent on"))
    channel = models.CharField(_("how"), max_length=20, choices=Channel)
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    is_public = models.BooleanField(_("a public notice"), default=False)
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-sent_on", "-at")


class LogEntry(Frozen):
    """A contact or a note. Its words are sealed; a hidden one is for those who handle breaches only."""

    happened_at = models.DateTimeField(_("when"))
    is_hidden = models.BooleanField(_("hidden from auditors"), default=False)

    class Meta:
        ordering = ("-happened_at", "-at")
