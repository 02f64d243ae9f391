"""The tables of ENISA's method for the severity of a breach (v1.0, December 2013), as enumerations. Pure.

SE = DPC x EI + CB. Each label says, in our own words, when an answer is the right one; `severity.py` counts. Scores are
exact decimals, all of them quarters.
"""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NOTHING, QUARTER, HALF, MOST, ONE = (Decimal(number) for number in ("0", "0.25", "0.5", "0.75", "1"))


class Category(TextChoices):
    """The four kinds of data of the data processing context."""

    SIMPLE = "simple", _("Simple data: name, contact, education, family, work")
    BEHAVIOURAL = "behavioural", _("Data on behaviour: location, traffic, preferences, habits")
    FINANCIAL = "financial", _("Financial data: income, payments, statements, cards, benefits")
    SENSITIVE = "sensitive", _("Sensitive data: health, politics, belief, sex life")


class Context(TextChoices):
    """DPC, data processing context: a category of data, and what the leaked data tell about a person."""

    SIMPLE = "simple", _("Nothing makes it worse")
    SIMPLE_PROFILE = "simple_profile", _("So much that social or financial standing can be guessed")
    SIMPLE_BELIEFS = "simple_beliefs", _("Health, sexual preference, politics or belief can be guessed")
    SIMPLE_SAFETY = "simple_safety", _("For these people it bears on their safety or health, such as children")
    BEHAVIOURAL_LITTLE = "behavioural_little", _("It tells little about a person, or is public already")
    BEHAVIOURAL = "behavioural", _("It tells something about a person's behaviour")
    BEHAVIOURAL_PROFILE = "behavioural_profile", _("It shows daily life and habits in detail")
    BEHAVIOURAL_SENSITIVE = "behavioural_sensitive", _("A profile with sensitive sides can be made")
    FINANCIAL_LITTLE = "financial_little", _("It tells little, such as at which bank somebody is")
    FINANCIAL_SOME = "financial_some", _("It tells something, such as a bare account number")
    FINANCIAL = "financial", _("It shows income, payments or debts")
    FINANCIAL_FULL = (
        "financial_full",
        _("Enough for fraud or a detailed profile, such as a whole payment card"),
    )
    SENSITIVE_LITTLE = "sensitive_little", _("It tells little about a person, or is public already")
    SENSITIVE_GENERAL = "sensitive_general", _("Only something general can be guessed")
    SENSITIVE_GUESSED = "sensitive_guessed", _("Something sensitive can be guessed")
    SENSITIVE = "sensitive", _("It says something sensitive about a person")


class Identification(TextChoices):
    """EI, ease of identification by who is likely to find the data. Several identifiers: score their combination."""

    NEGLIGIBLE = "negligible", _("Negligible: hardly possible to tell who it is")
    LIMITED = "limited", _("Limited: possible with much effort")
    SIGNIFICANT = "significant", _("Significant: possible with some looking up")
    MAXIMUM = "maximum", _("Maximum: the data say at once who it is")


class Confidentiality(TextChoices):
    """CB: what became of the confidentiality."""

    NONE = "none", _("Nobody could see the data")
    EXPOSED = "exposed", _("Within reach, but nothing shows that anybody used that")
    KNOWN = "known", _("With recipients who are known")
    STRANGERS = "strangers", _("With nobody knows whom or how many")


class Integrity(TextChoices):
    """CB: what became of the integrity."""

    NONE = "none", _("Nothing was altered")
    RECOVERED = "recovered", _("Altered, not used wrongly, and put right")
    RECOVERABLE = "recoverable", _("Altered and perhaps used wrongly, but it can be put right")
    LOST = "lost", _("Altered and perhaps used, and it cannot be put right")


class Availability(TextChoices):
    """CB: what became of the availability."""

    NONE = "none", _("Nothing was out of reach")
    EASY = "easy", _("Out of reach, and easily restored")
    TEMPORARY = "temporary", _("Out of reach for a time")
    PERMANENT = "permanent", _("Gone for good")


class Malice(TextChoices):
    """CB: whether somebody meant harm."""

    NO = "no", _("Nobody meant harm")
    YES = "yes", _("Somebody meant harm: theft, an attack, snooping")


class Level(TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    VERY_HIGH = "very_high", _("Very high")


MEANING = {
    Level.LOW: _("People notice nothing, or have a few inconveniences that they easily overcome."),
    Level.MEDIUM: _("Clear inconveniences, which people overcome with some difficulty."),
    Level.HIGH: _("Serious consequences, which people overcome with great difficulty."),
    Level.VERY_HIGH: _("Grave or lasting consequences, which people may not overcome."),
}
"""What a level means for people."""

FLOORS = {Level.VERY_HIGH: Decimal(4), Level.HIGH: Decimal(3), Level.MEDIUM: Decimal(2), Level.LOW: Decimal(0)}
"""The score from which a level holds, highest first."""

BASE = {Category.SIMPLE: 1, Category.BEHAVIOURAL: 2, Category.FINANCIAL: 3, Category.SENSITIVE: 4}
CONTEXTS = {
    Context.SIMPLE: (Category.SIMPLE, 0),
    Context.SIMPLE_PROFILE: (Category.SIMPLE, +1),
    Context.SIMPLE_BELIEFS: (Category.SIMPLE, +2),
    Context.SIMPLE_SAFETY: (Category.SIMPLE, +3),
    Context.BEHAVIOURAL_LITTLE: (Category.BEHAVIOURAL, -1),
    Context.BEHAVIOURAL: (Category.BEHAVIOURAL, 0),
    Context.BEHAVIOURAL_PROFILE: (Category.BEHAVIOURAL, +1),
    Context.BEHAVIOURAL_SENSITIVE: (Category.BEHAVIOURAL, +2),
    Context.FINANCIAL_LITTLE: (Category.FINANCIAL, -2),
    Context.FINANCIAL_SOME: (Category.FINANCIAL, -1),
    Context.FINANCIAL: (Category.FINANCIAL, 0),
    Context.FINANCIAL_FULL: (Category.FINANCIAL, +1),
    Context.SENSITIVE_LITTLE: (Category.SENSITIVE, -3),
    Context.SENSITIVE_GENERAL: (Category.SENSITIVE, -2),
    Context.SENSITIVE_GUESSED: (Category.SENSITIVE, -1),
    Context.SENSITIVE: (Category.SENSITIVE, 0),
}
"""The category of each context, and what it adds to the base of that category."""
LOWEST, HIGHEST = 1, 4

EASE = {
    Identification.NEGLIGIBLE: QUARTER,
    Identification.LIMITED: HALF,
    Identification.SIGNIFICANT: MOST,
    Identification.MAXIMUM: ONE,
}
CONFIDENTIALITY = {
    Confidentiality.NONE: NOTHING,
    Confidentiality.EXPOSED: NOTHING,
    Confidentiality.KNOWN: QUARTER,
    Confidentiality.STRANGERS: HALF,
}
INTEGRITY = {
    Integrity.NONE: NOTHING,
    Integrity.RECOVERED: NOTHING,
    Integrity.RECOVERABLE: QUARTER,
    Integrity.LOST: HALF,
}
AVAILABILITY = {
    Availability.NONE: NOTHING,
    Availability.EASY: NOTHING,
    Availability.TEMPORARY: QUARTER,
    Availability.PERMANENT: HALF,
}
MALICE = {Malice.NO: NOTHING, Malice.YES: HALF}

QUESTIONS = {
    "data": _("What do the leaked data tell about a person? Choose one answer per kind of data."),
    "identification": _("How easily can somebody who finds the data tell whose they are?"),
    "confidentiality": _("Who could see the data?"),
    "integrity": _("Were data altered?"),
    "availability": _("Were data out of reach?"),
    "malice": _("Did somebody mean harm?"),
}
HELP = {
    "data": _(
        "Kinds of data start at 1 (simple), 2 (behaviour), 3 (financial) or 4 (sensitive). What the data tell in this "
        "case makes that more or less, from 1 to 4. Of several kinds the highest counts. A password counts as the data "
        "it opens."
    ),
    "identification": _(
        "From 0.25 to 1. Think of who is likely to find the data, and of everything that leaked together: a number "
        "alone says little, a number with a name says it all."
    ),
    "confidentiality": _("From 0 to 0.5. More when you do not know who has the data."),
    "integrity": _("From 0 to 0.5. More when wrong data were used, or cannot be put right."),
    "availability": _("From 0 to 0.5. More when data are gone for longer, or for good."),
    "malice": _("0.5 when somebody meant harm: then misuse is more likely."),
}


class Identifier(TextChoices):
    """What leaked that points to a person; examples to choose an ease of identification by."""

    NAME = "name", _("Full name")
    NUMBER = "number", _("Number of an identity document or national number")
    CONTACT = "contact", _("Telephone number or home address")
    EMAIL = "email", _("E-mail address")
    PICTURE = "picture", _("Picture")
    CODE = "code", _("Code, alias, initials or cookie")


EXAMPLES = {
    Identifier.NAME: {
        Identification.NEGLIGIBLE: _("very many people have this name"),
        Identification.LIMITED: _("few people in the country have it"),
        Identification.SIGNIFICANT: _("few people in the town have it"),
        Identification.MAXIMUM: _("with a date of birth or e-mail address"),
    },
    Identifier.NUMBER: {
        Identification.NEGLIGIBLE: _("the number alone, which nobody can look up"),
        Identification.SIGNIFICANT: _("with a date of birth or e-mail address"),
        Identification.MAXIMUM: _("with a name, or the finder can look it up"),
    },
    Identifier.CONTACT: {
        Identification.NEGLIGIBLE: _("in no public list"),
        Identification.LIMITED: _("points to a small place, few people"),
        Identification.MAXIMUM: _("in a public list, or to be traced"),
    },
    Identifier.EMAIL: {
        Identification.NEGLIGIBLE: _("no name in it, and nothing to be found with it"),
        Identification.SIGNIFICANT: _("to be found on the web or social media"),
        Identification.MAXIMUM: _("the name is in it, or leaked with it"),
    },
    Identifier.PICTURE: {
        Identification.NEGLIGIBLE: _("unclear, and tied to nothing"),
        Identification.LIMITED: _("unclear, with a hint of the place"),
        Identification.SIGNIFICANT: _("clear"),
        Identification.MAXIMUM: _("clear, and tied to other data"),
    },
    Identifier.CODE: {
        Identification.NEGLIGIBLE: _("tied to no other data"),
        Identification.SIGNIFICANT: _("others can tie it to a person with some effort"),
        Identification.MAXIMUM: _("tied to a person"),
    },
}
