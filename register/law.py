"""Articles as enumerations: each label names its article. Pure; no tables, no clock."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """The three states of a list: not filled in is not the same as none."""

    UNKNOWN = "", _("Not filled in")
    NONE = "none", _("None")
    SOME = "some", _("Yes, listed here")


class YesNo(TextChoices):
    UNKNOWN = "", _("Not filled in")
    NO = "no", _("No")
    YES = "yes", _("Yes")


class Basis(TextChoices):
    """Art. 6(1)."""

    CONSENT = "a", _("Consent, Art. 6(1)(a)")
    CONTRACT = "b", _("Performance of a contract, Art. 6(1)(b)")
    LEGAL_OBLIGATION = "c", _("Legal obligation, Art. 6(1)(c)")
    VITAL_INTERESTS = "d", _("Vital interests, Art. 6(1)(d)")
    PUBLIC_TASK = "e", _("Task in the public interest or official authority, Art. 6(1)(e)")
    LEGITIMATE_INTEREST = "f", _("Legitimate interest, Art. 6(1)(f)")


class Sensitivity(TextChoices):
    ORDINARY = "ordinary", _("Ordinary personal data")
    SENSITIVE = "sensitive", _("Sensitive, but not a special category")
    SPECIAL = "special", _("Special category, Art. 9")
    CRIMINAL = "criminal", _("Criminal data, Art. 10")
    NATIONAL_ID = "national_id", _("National identification number, Art. 87")


class SpecialKind(TextChoices):
    """Art. 9(1)."""

    RACE = "race", _("Racial or ethnic origin")
    POLITICS = "politics", _("Political opinions")
    RELIGION = "religion", _("Religious or philosophical beliefs")
    UNION = "union", _("Trade-union membership")
    GENETIC = "genetic", _("Genetic data")
    BIOMETRIC = "biometric", _("Biometric data for identification")
    HEALTH = "health", _("Health")
    SEX_LIFE = "sex_life", _("Sex life or sexual orientation")


class SpecialGround(TextChoices):
    """Art. 9(2)."""

    A = "a", _("Explicit consent, Art. 9(2)(a)")
    B = "b", _("Employment, social security and social protection law, Art. 9(2)(b)")
    C = "c", _("Vital interests, person unable to consent, Art. 9(2)(c)")
    D = "d", _("Association with a political, religious or trade-union aim, Art. 9(2)(d)")
    E = "e", _("Made public by the person, Art. 9(2)(e)")
    F = "f", _("Legal claims, Art. 9(2)(f)")
    G = "g", _("Substantial public interest, Art. 9(2)(g)")
    H = "h", _("Health care and occupational medicine, Art. 9(2)(h)")
    I = "i", _("Public health, Art. 9(2)(i)")  # noqa: E741  the letter of the article
    J = "j", _("Archiving, research or statistics, Art. 9(2)(j)")


class CriminalGround(TextChoices):
    """Art. 10; UAVG 31-33 and the Belgian framework law, Art. 10."""

    AUTHORITY = "authority", _("Under control of official authority, Art. 10")
    UAVG_32_A = "uavg-32-a", _("Explicit consent, Art. 32(a) UAVG")
    UAVG_32_B = "uavg-32-b", _("Vital interests, Art. 32(b) UAVG")
    UAVG_32_C = "uavg-32-c", _("Made public by the person, Art. 32(c) UAVG")
    UAVG_32_D = "uavg-32-d", _("Legal claim or court, Art. 32(d) UAVG")
    UAVG_32_E = "uavg-32-e", _("Situations of Art. 23(a)-(b), Art. 32(e) UAVG")
    UAVG_32_F = "uavg-32-f", _("Research, Art. 32(f) UAVG")
    UAVG_33_1 = "uavg-33-1", _("Bodies charged with criminal law, cooperation or care, Art. 33(1) UAVG")
    UAVG_33_2A = "uavg-33-2a", _("To judge a request of the person, Art. 33(2)(a) UAVG")
    UAVG_33_2B = "uavg-33-2b", _("To protect own interests, Art. 33(2)(b) UAVG")
    UAVG_33_3 = "uavg-33-3", _("Own personnel, works council procedure, Art. 33(3) UAVG")
    UAVG_33_4A = "uavg-33-4a", _("For third parties: security licence, Art. 33(4)(a) UAVG")
    UAVG_33_4B = "uavg-33-4b", _("For third parties: same group, Art. 33(4)(b) UAVG")
    UAVG_33_4C = "uavg-33-4c", _("For third parties: permit of the AP, Art. 33(4)(c) UAVG")
    UAVG_33_5 = "uavg-33-5", _("Statutory task of accountants, Art. 33(5) UAVG")
    BE_10 = "be-10", _("Art. 10 of the Belgian framework law")
    OTHER = "other", _("Another law")


class MeasureHeading(TextChoices):
    """Art. 32(1)(a)-(d) and 32(4)."""

    PSEUDONYMISATION = "32.1.a", _("Pseudonymisation and encryption, Art. 32(1)(a)")
    RESILIENCE = "32.1.b", _("Confidentiality, integrity, availability and resilience, Art. 32(1)(b)")
    RESTORE = "32.1.c", _("Timely restore, Art. 32(1)(c)")
    TESTING = "32.1.d", _("Regular testing and evaluation, Art. 32(1)(d)")
    INSTRUCTION = "32.4", _("People act on instruction only, Art. 32(4)")


class MeasureCategory(IntegerChoices):
    ACCESS = 1, _("Access control and authorisation")
    AUTHENTICATION = 2, _("Authentication")
    LOGGING = 3, _("Logging and monitoring")
    ENCRYPTION = 4, _("Encryption")
    PSEUDONYMISATION = 5, _("Pseudonymisation and anonymisation")
    BACKUP = 6, _("Backup and restore")
    NETWORK = 7, _("Network security")
    ENDPOINT = 8, _("Devices, software protection and patching")
    DEVELOPMENT = 9, _("Secure development and change")
    PHYSICAL = 10, _("Physical security")
    DISPOSAL = 11, _("Secure disposal")
    STAFF = 12, _("Staff: confidentiality and training")
    POLICY = 13, _("Policies and procedures")
    INCIDENT = 14, _("Incident management")
    SUPPLIER = 15, _("Supplier control")
    CONTINUITY = 16, _("Continuity and resilience")
    TESTING = 17, _("Testing, audit and certification")
    DEFAULTS = 18, _("Data protection by default settings")
    LOCATION = 19, _("Location of data and transfers")


class PeriodUnit(TextChoices):
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class RetentionTrigger(TextChoices):
    END_OF_EMPLOYMENT = "end_of_employment", _("end of employment")
    END_OF_CALENDAR_YEAR = "end_of_calendar_year", _("end of the calendar year")
    END_OF_FINANCIAL_YEAR = "end_of_financial_year", _("end of the financial year")
    END_OF_CONTRACT = "end_of_contract", _("end of the contract")
    END_OF_RELATION = "end_of_relation", _("end of the relation")
    LAST_CONTACT = "last_contact", _("last contact")
    EVENT_DATE = "event_date", _("date of the event")
    CASE_CLOSED = "case_closed", _("closing of the case")
    REJECTION_DATE = "rejection_date", _("date of rejection")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("withdrawal of consent")
    LAST_CHANGE = "last_change", _("last change in the file")
    END_OF_WARRANTY = "end_of_warranty", _("end of the warranty")
    DEATH = "death", _("death")
    MAJORITY = "majority", _("coming of age")
    RECORDING = "recording", _("recording")
    LEAVING_SCHOOL = "leaving_school", _("leaving school")
    DOCUMENT_DATE = "document_date", _("date of the document")
    OTHER = "other", _("another moment")


class RetentionBound(TextChoices):
    MINIMUM = "minimum", _("At least")
    MAXIMUM = "maximum", _("At most")
    FIXED = "fixed", _("Exactly")
    GUIDELINE = "guideline", _("Guideline")


class RetentionGround(TextChoices):
    STATUTE = "statute", _("Law")
    AUTHORITY = "authority", _("Guideline of the authority")
    SECTOR = "sector", _("Sector code or selection list")
    OWN_CHOICE = "own_choice", _("Own choice")


class EndAction(TextChoices):
    ERASE = "erase", _("Erase")
    ANONYMISE = "anonymise", _("Anonymise")
    ARCHIVE = "archive", _("Archive")
    RETURN = "return", _("Return")


class RecipientRole(TextChoices):
    PROCESSOR = "processor", _("Processor")
    SUB_PROCESSOR = "sub_processor", _("Sub-processor")
    JOINT_CONTROLLER = "joint_controller", _("Joint controller")
    CONTROLLER = "controller", _("Separate controller")
    AUTHORITY = "authority", _("Public authority")
    GROUP = "group", _("Company of the same group")
    INTERNAL = "internal", _("Inside the organisation")
    OTHER = "other", _("Other recipient")


class Source(TextChoices):
    """Art. 14(2)(f)."""

    SUBJECT = "subject", _("The person themselves")
    CONTROLLER = "controller", _("Another organisation")
    PUBLIC = "public", _("Public source")
    BROKER = "broker", _("Bought or rented list")
    GENERATED = "generated", _("Made by the organisation")
    OBSERVED = "observed", _("Observed or measured")


class Necessity(TextChoices):
    UNKNOWN = "", _("Not filled in")
    NEEDED = "needed", _("Needed")
    NOT_NEEDED = "not_needed", _("Not needed")


class Provision(TextChoices):
    """Art. 13(2)(e)."""

    UNKNOWN = "", _("Not filled in")
    STATUTORY = "statutory", _("Required by law")
    CONTRACTUAL = "contractual", _("Required for the contract")
    VOLUNTARY = "voluntary", _("Voluntary")


class Mechanism(TextChoices):
    """Chapter V."""

    ADEQUACY = "adequacy", _("Adequacy decision, Art. 45(3)")
    BINDING_INSTRUMENT = "binding_instrument", _("Binding instrument between public bodies, Art. 46(2)(a)")
    BCR_CONTROLLER = "bcr_c", _("Binding corporate rules for controllers, Art. 46(2)(b)")
    BCR_PROCESSOR = "bcr_p", _("Binding corporate rules for processors, Art. 46(2)(b)")
    SCC = "scc", _("Standard data protection clauses of the Commission, Art. 46(2)(c)")
    SCC_AUTHORITY = "scc_authority", _("Standard clauses of an authority, Art. 46(2)(d)")
    CODE_OF_CONDUCT = "code_of_conduct", _("Code of conduct, Art. 46(2)(e)")
    CERTIFICATION = "certification", _("Certification, Art. 46(2)(f)")
    AD_HOC = "ad_hoc", _("Own clauses authorised by the authority, Art. 46(3)(a)")
    ADMINISTRATIVE = "administrative", _("Administrative arrangement, Art. 46(3)(b)")
    JUDGMENT = "judgment", _("Foreign judgment under a treaty, Art. 48")
    DEROGATION_A = "derogation_a", _("Explicit consent, Art. 49(1)(a)")
    DEROGATION_B = "derogation_b", _("Contract with the person, Art. 49(1)(b)")
    DEROGATION_C = "derogation_c", _("Contract in the person's interest, Art. 49(1)(c)")
    DEROGATION_D = "derogation_d", _("Public interest, Art. 49(1)(d)")
    DEROGATION_E = "derogation_e", _("Legal claims, Art. 49(1)(e)")
    DEROGATION_F = "derogation_f", _("Vital interests, Art. 49(1)(f)")
    DEROGATION_G = "derogation_g", _("Public register, Art. 49(1)(g)")
    COMPELLING = "compelling", _("Compelling legitimate interests, Art. 49(1) second subparagraph")


class ClauseModule(TextChoices):
    """Modules of the clauses of decision (EU) 2021/914."""

    C2C = "1", _("Module 1: controller to controller")
    C2P = "2", _("Module 2: controller to processor")
    P2P = "3", _("Module 3: processor to processor")
    P2C = "4", _("Module 4: processor to controller")


class AutomatedGround(TextChoices):
    """Art. 22(2)."""

    CONTRACT = "a", _("Needed for a contract, Art. 22(2)(a)")
    LAW = "b", _("Allowed by law, Art. 22(2)(b)")
    CONSENT = "c", _("Explicit consent, Art. 22(2)(c)")


class AgreementClause(TextChoices):
    """Art. 28(3): what the agreement sets out, then (a)-(h)."""

    SUBJECT = "subject", _("Subject-matter, duration, nature and purpose")
    DATA = "data", _("Types of data and categories of data subjects")
    A = "a", _("(a) only on documented instructions")
    B = "b", _("(b) confidentiality")
    C = "c", _("(c) security measures")
    D = "d", _("(d) conditions for sub-processors")
    E = "e", _("(e) help with the rights of data subjects")
    F = "f", _("(f) help with security, breaches and DPIAs")
    G = "g", _("(g) erase or return at the end")
    H = "h", _("(h) show compliance, allow audits")


RIGHTS_BY_BASIS = {
    Basis.CONSENT: ("access", "rectification", "erasure", "restriction", "portability", "withdraw"),
    Basis.CONTRACT: ("access", "rectification", "erasure", "restriction", "portability"),
    Basis.LEGAL_OBLIGATION: ("access", "rectification", "restriction"),
    Basis.VITAL_INTERESTS: ("access", "rectification", "erasure", "restriction"),
    Basis.PUBLIC_TASK: ("access", "rectification", "restriction", "object"),
    Basis.LEGITIMATE_INTEREST: ("access", "rectification", "erasure", "restriction", "object"),
}
