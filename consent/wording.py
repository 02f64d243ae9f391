"""The sentence for people of each kind of change to purposes and wordings; see `accounts.wording`, which shows them."""

from django.utils.translation import gettext_lazy as _

FAMILY = (_("Consent"), ("consent.",))
NAMES = {
    "ConsentPurpose": _("Purpose of consent"),
    "Wording": _("Wording of consent"),
    "WordingText": _("Text of a wording"),
}
SENTENCES = {
    "consent.purpose_made": _("Made the purpose of consent %(code)s"),
    "consent.purpose_changed": _("Changed the purpose of consent %(code)s"),
    "consent.purpose_retired": _("No longer asks consent for %(code)s"),
    "consent.wording_made": _("Began the wording “%(name)s”"),
    "consent.wording_changed": _("Changed the wording “%(name)s”"),
    "consent.wording_published": _("Published version %(number)s of the wording “%(name)s”"),
    "consent.wording_ended": _("Ended the wording “%(name)s”"),
}
