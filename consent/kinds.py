"""The words of the ledger: what can happen to a consent, how, and by whom."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Happening(IntegerChoices):
    """What an event of the ledger says. The higher the number, the more it protects the person.

    Two events of one moment: the higher one counts. What is under `DECIDING` changes nothing for who decided already.
    """

    ASKED = 1, _("Asked")
    DEFERRED = 2, _("Asked, answer put off")
    GIVEN = 10, _("Given")
    RENEWED = 11, _("Renewed")
    EXPIRED = 20, _("Expired")
    INVALIDATED = 21, _("Found not valid")
    REVOKED = 22, _("Ended by us")
    REFUSED = 30, _("Refused")
    WITHDRAWN = 31, _("Withdrawn")
    OBJECTED = 32, _("Objected")
    ERASED = 40, _("Erased")

    @property
    def code(self):
        """Its small name, such as "withdrawn": in files, the API and webhooks."""
        return self.name.lower()


DECIDING = 10
GIVING = (Happening.GIVEN, Happening.RENEWED)
NOES = (Happening.REFUSED, Happening.WITHDRAWN, Happening.OBJECTED)


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    MESSAGE = "message", _("WhatsApp or direct message")
    PUSH = "push", _("App or push message")
    PHONE = "phone", _("Telephone call")
    POST = "post", _("Post")
    NONE = "none", _("No message")

    @property
    def is_electronic(self):
        """Whether Art. 11.7(1) Tw and Art. XII.13 WER speak of it."""
        return self in (Channel.EMAIL, Channel.SMS, Channel.MESSAGE, Channel.PUSH)

    @property
    def over(self):
        """What people read behind a purpose of theirs; nothing where nothing is sent, as of a photo."""
        return "" if self is Channel.NONE else self.label


BY_PHONE = (Channel.SMS, Channel.MESSAGE, Channel.PHONE)
"""What goes to a telephone number."""


class Method(TextChoices):
    """How consent was asked and given."""

    WEB_FORM = "web_form", _("Own web form")
    HOSTED = "hosted", _("Page of Dertig")
    EMBEDDED = "embedded", _("Form of Dertig on another page")
    API = "api", _("Over the API")
    CONFIRMED = "confirmed", _("Confirmed by e-mail (double opt-in)")
    PAPER = "paper", _("On paper")
    ORAL = "oral", _("Said, in person or by telephone")
    EVENT_CARD = "event_card", _("At an event or by business card")
    LEAD_AD = "lead_ad", _("Lead form of a platform")
    APP = "app", _("App or push permission")
    IMPORT = "import", _("Brought in from a file")
    PREFERENCES = "preferences", _("Page of preferences")
    ONE_CLICK = "one_click", _("Unsubscribed with one click")
    DESK = "desk", _("Recorded here for the person")


class GivenBy(TextChoices):
    SUBJECT = "subject", _("The person")
    PARENT = "parent", _("A parent")
    GUARDIAN = "guardian", _("A guardian, curator or mentor")
    AGENT = "agent", _("Somebody with a mandate")
    ORGANISATION = "organisation", _("The organisation")


PARENTS = (GivenBy.PARENT, GivenBy.GUARDIAN)


class IdentifierKind(TextChoices):
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone number")
    NUMBER = "number", _("Customer number")


class AgeBand(TextChoices):
    """How old the person was then, as far as it matters for consent."""

    UNKNOWN = "", _("Not asked")
    UNDER_12 = "under_12", _("Under 12")
    FROM_12 = "from_12", _("12")
    FROM_13 = "from_13", _("13 to 15")
    FROM_16 = "from_16", _("16 or 17")
    ADULT = "adult", _("18 or older")

    @property
    def youngest(self):
        """The lowest age in whole years that the band holds, or None when nothing is known."""
        return {"under_12": 0, "from_12": 12, "from_13": 13, "from_16": 16, "adult": 18}.get(self.value)

    @property
    def oldest(self):
        """The highest age that the band holds, or None when it has no end or nothing is known."""
        return {"under_12": 11, "from_12": 12, "from_13": 15, "from_16": 17}.get(self.value)


class Purpose(TextChoices):
    """What kind of thing is consented to, as far as other rules follow from it."""

    MARKETING = "marketing", _("Direct marketing, Art. 21(2)")
    PUBLICATION = "publication", _("Publishing images or names")
    OTHER = "other", _("Something else")


class Suppressing(TextChoices):
    OBJECTED = "objected", _("Objected to direct marketing, Art. 21(2)")
    WITHDRAWN = "withdrawn", _("Refused, or withdrew consent")
    ERASED = "erased", _("Was erased, Art. 17")


class Asking(TextChoices):
    """What somebody asks that only the organisation can do."""

    ACCESS = "access", _("All data, Art. 15")
    ERASURE = "erasure", _("To be erased, Art. 17")


class Answered(TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused, with the reason")
