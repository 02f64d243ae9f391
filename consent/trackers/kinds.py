"""The words of the inventory of trackers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LAYER = ("refuses_first", "refuses_equally", "starts_empty", "withdraws_easily")
"""What somebody looks at on the layer of a site that asks for consent: fields of `Site`."""


class Kind(TextChoices):
    COOKIE = "cookie", _("Cookie")
    LOCAL = "local", _("Local storage")
    SESSION = "session", _("Session storage")
    PIXEL = "pixel", _("Pixel")
    SDK = "sdk", _("Script or SDK")
    FINGERPRINT = "fingerprint", _("Fingerprint")
    OTHER = "other", _("Something else")


class Party(TextChoices):
    """Whose it is as the browser sees it: of the site itself, or of another domain."""

    UNKNOWN = "", _("Not filled in")
    FIRST = "first", _("The site itself")
    THIRD = "third", _("A third party")


class Category(TextChoices):
    UNKNOWN = "", _("Not filled in")
    NECESSARY = "necessary", _("Necessary")
    FUNCTIONAL = "functional", _("Functional")
    EXEMPT = "exempt", _("Statistics with little effect on privacy")
    ANALYTICS = "analytics", _("Statistics")
    MARKETING = "marketing", _("Marketing")


class Ground(TextChoices):
    """Why no consent would be needed."""

    NONE = "", _("None: consent is needed")
    TRANSMISSION = "transmission", _("Only to carry the communication")
    REQUESTED = "requested", _("Strictly necessary for a service that the visitor asks for")
    MEASURING = "measuring", _("Only to measure quality, with little or no effect on privacy")


class Rule(TextChoices):
    """By whose law the visitors of a site are protected."""

    NL = "nl", _("The Netherlands")
    BE = "be", _("Belgium")
    BOTH = "both", _("The Netherlands and Belgium")
