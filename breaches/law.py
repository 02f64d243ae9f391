"""What the law says about a personal-data breach, as enumerations: duties, roles, decisions, exceptions. Pure.

What happened and to whom is in `kinds.py`. Numbers such as "AP 5.1" are those of the Dutch authority's question list
(edition of August 2022); hours and thresholds are dated facts of law, see `terms.py`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Known(TextChoices):
    """An answer that may be unknown, and unknown is never taken for the better one."""

    UNKNOWN = "", _("Not known")
    NO = "no", _("No")
    YES = "yes", _("Yes")


class Role(TextChoices):
    """As what the organisation meets the breach: the duties of Art. 33(1) and 34, or only that of Art. 33(2)."""

    CONTROLLER = "controller", _("Controller, Art. 4(7)")
    JOINT_CONTROLLER = "joint_controller", _("Joint controller, Art. 26")
    PROCESSOR = "processor", _("Processor, Art. 33(2)")


class Regime(TextChoices):
    """AP 1.2: under which law the breach is notified."""

    GDPR = "gdpr", _("GDPR")
    TELECOM = "telecom", _("Telecommunications Act")
    POLICE = "police", _("Police data (Wpg)")
    JUSTICE = "justice", _("Judicial data (Wjsg)")
    OTHER = "other", _("Another law")


class Conclusion(TextChoices):
    """The three outcomes of the test of Art. 33(1) and 34(1), and the one of a processor, Art. 33(2)."""

    REGISTER = "register", _("Only in the register of breaches, Art. 33(5)")
    AUTHORITY = "authority", _("Notify the authority, Art. 33(1)")
    PEOPLE = "people", _("Notify the authority and tell the people, Art. 33(1) and 34(1)")
    CONTROLLERS = "controllers", _("Tell the controllers, Art. 33(2)")


class Risk(TextChoices):
    """The legal test, which is a person's to make: no score takes its place."""

    UNLIKELY = "unlikely", _("A risk is unlikely")
    RISK = "risk", _("A risk is likely")
    HIGH = "high_risk", _("A high risk is likely")


class AuthorityDecision(TextChoices):
    """Art. 33(1). Not notifying always needs reasons (Art. 5(2), 33(5))."""

    NOTIFY = "notify", _("Notify the authority")
    NOT_NOTIFY = "not_notify", _("Do not notify the authority")


class PeopleDecision(TextChoices):
    """Art. 34."""

    TELL = "tell", _("Tell the people")
    PUBLIC_NOTICE = "public_notice", _("A public notice instead, Art. 34(3)(c)")
    NOT_TELL = "not_tell", _("Do not tell the people")


class Exemption(TextChoices):
    """Why people are not told, or not one by one (AP 10.1.1): Art. 34(3), 23, and Art. 41 and 42 UAVG."""

    NO_HIGH_RISK = "no_high_risk", _("A high risk is not likely, Art. 34(1)")
    UNINTELLIGIBLE = "unintelligible", _("Nobody can read the data, Art. 34(3)(a)")
    LATER_MEASURES = "later_measures", _("Later measures took the high risk away, Art. 34(3)(b)")
    EFFORT = "effort", _("Disproportionate effort, so a public notice, Art. 34(3)(c)")
    FINANCIAL = "financial", _("Dutch financial undertaking, Art. 42 UAVG")
    RESTRICTED = "restricted", _("Restriction for a listed interest, Art. 41 UAVG")
    OTHER = "other", _("Another ground")


PUBLIC_INSTEAD = {Exemption.EFFORT}
"""Exemptions that still ask for a public communication or something as effective."""
DUTCH_ONLY = {Exemption.FINANCIAL, Exemption.RESTRICTED}


class NotificationKind(TextChoices):
    """AP 1.1; Art. 33(1) and 33(4)."""

    FIRST = "first", _("First notification")
    FOLLOW_UP = "follow_up", _("Follow-up, Art. 33(4)")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class NotificationScope(TextChoices):
    """AP 1.1."""

    ONE = "one", _("One breach")
    SEVERAL_ALIKE = "several_alike", _("Several breaches of the same kind")


class Authority(TextChoices):
    """Whose form is filled in."""

    AP = "ap", _("Autoriteit Persoonsgegevens (Netherlands)")
    GBA = "gba", _("Gegevensbeschermingsautoriteit (Belgium)")
    OTHER = "other", _("Another authority")


class Supervisor(TextChoices):
    """AP 1.3: others that are told, beside the data protection authority."""

    FINANCIAL_MARKETS = "financial_markets", _("Financial markets (AFM)")
    TELECOM = "telecom", _("Telecommunications")
    CENTRAL_BANK = "central_bank", _("Central bank (DNB)")
    HEALTH = "health", _("Health and youth (IGJ)")
    ENVIRONMENT = "environment", _("Environment and transport (ILT)")
    EDUCATION = "education", _("Education inspectorate")
    COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism and security (NCTV)")
    SAFETY_BOARD = "safety_board", _("Safety board")
    CYBER = "cyber", _("Cybersecurity, NIS2 (NL: Cbw; BE: CCB)")
    FOREIGN_AUTHORITY = "foreign_authority", _("Data protection authority of another country")
    POLICE = "police", _("Police")
    INSURER = "insurer", _("Insurer")
    CLIENT = "client", _("Client that is the controller")
    OTHER = "other", _("Other")


class Channel(TextChoices):
    """AP 10.1.7: how people are told."""

    TELEPHONE = "telephone", _("Telephone")
    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    IN_PERSON = "in_person", _("In person")
    MESSAGE = "message", _("Message in an app or portal")
    WEBSITE = "website", _("Website")
    SOCIAL_MEDIA = "social_media", _("Social media")
    NEWSPAPER = "newspaper", _("Newspaper")
    OTHER = "other", _("Other")


PUBLIC_CHANNELS = {Channel.WEBSITE, Channel.SOCIAL_MEDIA, Channel.NEWSPAPER}


class ActionKind(TextChoices):
    """Art. 33(3)(d); AP 10.2."""

    CONTAIN = "contain", _("End the breach")
    MITIGATE = "mitigate", _("Limit its effects")
    PREVENT = "prevent", _("Prevent the next one")


class Involvement(TextChoices):
    """AP 3.3: the part of another organisation in a breach."""

    PROCESSOR = "processor", _("Processor")
    SUB_PROCESSOR = "sub_processor", _("Sub-processor")
    JOINT_CONTROLLER = "joint_controller", _("Joint controller")
    CLIENT = "client", _("Controller for whom we process, Art. 33(2)")
    RECIPIENT = "recipient", _("Got the data")
    OTHER = "other", _("Other")
