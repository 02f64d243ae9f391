"""Telling a friend about a site: what the mail says, for whom, and that nobody gets anything for it.

The one rule: with a reward it would be the site's own advertising, for which consent is needed (joint ruling of OPTA
and CBP, December 2008). The database refuses such a row; nothing of a sender or a friend is ever a row.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.languages import in_language
from register.models.base import OwnedRow


class TellAFriend(OwnedRow):
    slug = models.SlugField(_("address"), max_length=60, help_text=_("The last part of the web address of the page."))
    name = models.CharField(_("name of the site"), max_length=100, help_text=_("The friend reads this in the mail."))
    site = models.URLField(_("address of the site"), max_length=200)
    text_nl = models.TextField(_("text of the mail in Dutch"), blank=True, max_length=2000)
    text_en = models.TextField(_("text of the mail in English"), blank=True, max_length=2000)
    sender_gets = models.BooleanField(_("the sender gets something"), default=False)
    friend_gets = models.BooleanField(_("the friend gets something"), default=False)
    retired_on = models.DateField(_("closed since"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                name="consent_tellafriend_address_is_unique",
                violation_error_message=_("Another page has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(sender_gets=False, friend_gets=False),
                name="consent_tellafriend_rewards_nobody",
                violation_error_message=_("Nobody may get anything for it."),
            ),
            models.CheckConstraint(
                condition=~Q(text_nl="", text_en=""),
                name="consent_tellafriend_has_a_text",
                violation_error_message=_("Write the text in Dutch or in English."),
            ),
        )

    def __str__(self):
        return self.name

    def text(self, language):
        return in_language(self.text_nl, self.text_en, language)
