"""What happened, to which data and to whom, as enumerations. Pure.

The numbers are those of the Dutch authority's question list (edition of August 2022), whose answers these are; the
Belgian form asks for the same in other words.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from register.law import SpecialKind


class Kind(TextChoices):
    """Art. 4(12), EDPB 9/2022; AP 5.1. One breach may be of several kinds."""

    CONFIDENTIALITY = "confidentiality", _("Confidentiality: somebody could see or get the data who may not")
    INTEGRITY = "integrity", _("Integrity: data were altered")
    AVAILABILITY = "availability", _("Availability: data were lost, destroyed, or out of reach")


class Lasting(TextChoices):
    """AP 5.1 and 9.1: data or a service out of reach for a time, or for good."""

    UNKNOWN = "", _("Not known")
    TEMPORARY = "temporary", _("For a time")
    PERMANENT = "permanent", _("For good")


class Cause(TextChoices):
    HUMAN_ERROR = "human_error", _("Human error")
    MISDIRECTED = "misdirected", _("Sent to the wrong person")
    LOST_OR_STOLEN = "lost_or_stolen", _("Device or carrier lost or stolen")
    PAPER = "paper", _("Paper lost or seen")
    HACKING = "hacking", _("Hacking")
    MALWARE = "malware", _("Malware or ransomware")
    PHISHING = "phishing", _("Phishing")
    TECHNICAL = "technical", _("Technical fault")
    PHYSICAL = "physical", _("Break-in, fire, water")
    INSIDER = "insider", _("Somebody inside, on purpose")
    SUPPLIER = "supplier", _("At a supplier")
    OTHER = "other", _("Another cause")
    UNKNOWN = "unknown", _("Not known")


class Origin(TextChoices):
    """GBA: from inside or outside."""

    UNKNOWN = "", _("Not known")
    INSIDE = "inside", _("From inside")
    OUTSIDE = "outside", _("From outside")


class Intent(TextChoices):
    """GBA: an accident or on purpose. Malice counts in the severity, an accident does not."""

    UNKNOWN = "", _("Not known")
    ACCIDENT = "accident", _("An accident")
    DELIBERATE = "deliberate", _("On purpose")


class Incident(TextChoices):
    """AP 5.2. The last three before "other" come from the older form, and are "other" in the newer one."""

    EMAIL_MISDIRECTED = "email_misdirected", _("E-mail to the wrong recipient")
    RECIPIENTS_VISIBLE = "recipients_visible", _("Recipients could see each other (To or Cc instead of Bcc)")
    POST_MISDIRECTED = "post_misdirected", _("Letter or parcel to the wrong recipient")
    POST_OPENED = "post_opened", _("Letter or parcel came back opened")
    POST_LOST = "post_lost", _("Letter or parcel lost")
    WRONG_RIGHTS = "wrong_rights", _("Somebody had access rights they should not have")
    OPEN_FOLDER = "open_folder", _("Folders were open to too many people inside")
    DEVICE_LOST = "device_lost", _("Device, data carrier or paper lost or stolen")
    PUBLISHED = "published", _("Published by accident")
    ATTACK = "attack", _("Hacking, malware or phishing")
    WRONG_FILE = "wrong_file", _("Put in the wrong file")
    WRONG_IN_PORTAL = "wrong_in_portal", _("A portal showed the data of somebody else")
    LOOKED_UP = "looked_up", _("Staff looked at data without need")
    DISCARDED = "discarded", _("Data still on a device or paper that was thrown away")
    OTHER = "other", _("Something else")


class DataKind(TextChoices):
    """AP 6.1, then 6.2: the eight kinds of Art. 9(1), under the codes of `register.law.SpecialKind`."""

    NAME = "name", _("Name")
    SEX = "sex", _("Sex")
    BIRTH = "birth", _("Date of birth or age")
    NATIONAL_ID = "national_id", _("National number (BSN, Belgian national register number)")
    CONTACT = "contact", _("Contact details: address, e-mail, telephone")
    CREDENTIALS = "credentials", _("Access or identification: password, user name, client number")
    ACCOUNT = "account", _("Bank account")
    CARD = "card", _("Payment card")
    DEBTS = "debts", _("Debts")
    BENEFITS = "benefits", _("Benefits")
    OTHER_FINANCIAL = "other_financial", _("Other financial data")
    ID_COPY = "id_copy", _("Copy of an identity document")
    PICTURE = "picture", _("Photo, video or sound")
    LOCATION = "location", _("Location")
    BEHAVIOUR = "behaviour", _("Behaviour: habits, preferences, use")
    CRIMINAL = "criminal", _("Criminal data, Art. 10")
    OTHER = "other", _("Other data")
    UNKNOWN = "unknown", _("Not known yet")
    RACE = SpecialKind.RACE.value, SpecialKind.RACE.label
    POLITICS = SpecialKind.POLITICS.value, SpecialKind.POLITICS.label
    RELIGION = SpecialKind.RELIGION.value, SpecialKind.RELIGION.label
    UNION = SpecialKind.UNION.value, SpecialKind.UNION.label
    GENETIC = SpecialKind.GENETIC.value, SpecialKind.GENETIC.label
    BIOMETRIC = SpecialKind.BIOMETRIC.value, SpecialKind.BIOMETRIC.label
    HEALTH = SpecialKind.HEALTH.value, SpecialKind.HEALTH.label
    SEX_LIFE = SpecialKind.SEX_LIFE.value, SpecialKind.SEX_LIFE.label


SPECIAL = frozenset(DataKind(kind.value) for kind in SpecialKind)
"""Art. 9(1)."""
FINANCIAL = frozenset({DataKind.ACCOUNT, DataKind.CARD, DataKind.DEBTS, DataKind.BENEFITS, DataKind.OTHER_FINANCIAL})
FRAUD = frozenset({DataKind.NATIONAL_ID, DataKind.ID_COPY, DataKind.CREDENTIALS, DataKind.CARD})
"""What somebody can take over an identity or an account with."""


class PeopleKind(TextChoices):
    """AP 7.1."""

    EMPLOYEES = "employees", _("Employees")
    CUSTOMERS = "customers", _("Customers")
    USERS = "users", _("Users of a site or service")
    CITIZENS = "citizens", _("Citizens")
    PUPILS = "pupils", _("Pupils or students")
    PATIENTS = "patients", _("Patients or clients in care")
    MINORS = "minors", _("Children")
    VULNERABLE = "vulnerable", _("Other vulnerable people")
    OTHER = "other", _("Other people")
    UNKNOWN = "unknown", _("Not known yet")


VULNERABLE = frozenset({PeopleKind.PATIENTS, PeopleKind.VULNERABLE})
"""Recital 75: less able to defend themselves; beside children, who are asked about by themselves."""


class Protection(TextChoices):
    """AP 8.1: what was done to the data beforehand. Encryption by ransomware does not count."""

    ENCRYPTED = "encrypted", _("Encrypted")
    HASHED = "hashed", _("Hashed")
    OTHER = "other", _("Made unreadable in another way")
    NONE = "none", _("Not protected")
    UNKNOWN = "unknown", _("Not known")


class Extent(TextChoices):
    """How much of the data was made unreadable beforehand, with the key safe: Art. 34(3)(a)."""

    UNKNOWN = "", _("Not known")
    NONE = "none", _("None of it")
    PART = "part", _("Part of it")
    ALL = "all", _("All of it")


class Recipients(TextChoices):
    """In whose hands the data came."""

    UNKNOWN = "", _("Not known")
    TRUSTED = "trusted", _("Somebody known and trusted")
    KNOWN = "known", _("Somebody known")
    STRANGERS = "strangers", _("Strangers, or anybody")


class DataConsequence(TextChoices):
    """AP 9.1: for the data and for the controller."""

    SEEN = "seen", _("Others have seen the data")
    MISUSE = "misuse", _("The data may be misused")
    USED_WRONG = "used_wrong", _("Wrong or outdated data were used inside")
    PASSED_ON_WRONG = "passed_on_wrong", _("Wrong or outdated data were passed on")
    SERVICE_INTERRUPTED = "service_interrupted", _("An essential service stops for a time")
    SERVICE_ENDED = "service_ended", _("An essential service stops for good")
    OTHER = "other", _("Other")


class Consequence(TextChoices):
    """AP 9.2: for people; recitals 75 and 85."""

    DISCRIMINATION = "discrimination", _("Discrimination or exclusion")
    IDENTITY_FRAUD = "identity_fraud", _("Identity theft or fraud")
    FINANCIAL_LOSS = "financial_loss", _("Financial loss")
    REPUTATION = "reputation", _("Damage to their name")
    SECRECY = "secrecy", _("Professional secrecy broken")
    REIDENTIFICATION = "reidentification", _("Pseudonymisation undone")
    RIGHTS = "rights", _("They cannot see or erase their data")
    CONTROL = "control", _("They lose sight of who holds their data")
    PHYSICAL = "physical", _("Harm to health or safety")
    OTHER = "other", _("Other")


class Seriousness(TextChoices):
    """AP 9.3; the Belgian form has the same four."""

    UNKNOWN = "", _("Not known")
    NEGLIGIBLE = "negligible", _("Negligible")
    LIMITED = "limited", _("Limited")
    CONSIDERABLE = "considerable", _("Considerable")
    VERY_GREAT = "very_great", _("Very great")


class Reporter(TextChoices):
    """Who told us; a processor has its own moment of awareness, Art. 33(2)."""

    STAFF = "staff", _("Somebody of the organisation")
    PROCESSOR = "processor", _("A processor")
    OUTSIDER = "outsider", _("Somebody from outside")


class Discovery(TextChoices):
    """AP 4.3: how it was found."""

    STAFF = "staff", _("By staff")
    MONITORING = "monitoring", _("By monitoring or logs")
    PROCESSOR = "processor", _("Told by a processor")
    PERSON = "person", _("Told by somebody it concerns")
    RECIPIENT = "recipient", _("Told by who got the data")
    OUTSIDER = "outsider", _("Told by somebody else outside")
    ATTACKER = "attacker", _("Told by the attacker")
    AUDIT = "audit", _("In an audit or test")
    PRESS = "press", _("From the press")
    OTHER = "other", _("Other")
