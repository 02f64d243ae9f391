"""The facts of a breach in sections, in the order in which the authorities ask: which fields belong together.

One list for the page, the forms in place and what closing still asks for (`of_need`). Pure.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .kinds import Consequence, DataConsequence, DataKind, Kind, PeopleKind


@dataclass(frozen=True)
class Section:
    """`article` is where the law asks for it, `lead` one sentence above the form."""

    key: str
    title: object
    article: str
    fields: tuple
    lead: object = ""


SECTIONS = (
    Section(
        "facts",
        _("What happened"),
        "33(3)(a), 33(5)",
        (
            "title",
            "facts",
            "scope",
            "alike_count",
            "place",
            "kinds",
            "lasting",
            "incident",
            "cause",
            "cause_note",
            "origin",
            "intent",
        ),
        _("Name nobody: these texts stand in the register and go to the authority."),
    ),
    Section(
        "moments",
        _("When it happened, and how it was found"),
        "33(5)",
        (
            "occurred_from",
            "occurred_until",
            "is_ongoing",
            "discovery",
            "discovery_note",
            "processor",
            "processor_aware_at",
            "processor_told_at",
        ),
        _("Leave open what is not known yet."),
    ),
    Section(
        "aware",
        _("Since when you are aware"),
        "33(1)",
        ("first_signal_at", "examined_from", "aware_at", "aware_reason", "late_reason"),
        _("The 72 hours run from here, never from when it happened."),
    ),
    Section(
        "data",
        _("Which data leaked"),
        "33(3)(a)",
        ("data_kinds", "data_note", "records_min", "records_max"),
        _("Only what was really hit. What the linked activities process is a hint, not a fact."),
    ),
    Section(
        "people",
        _("Whose data, and how many people"),
        "33(3)(a)",
        ("groups", "groups_note", "people_min", "people_max", "is_cross_border", "countries", "lead_authority"),
        _("People and records are different numbers. Leave open what is not known."),
    ),
    Section(
        "protection",
        _("Protection beforehand, and in whose hands"),
        "34(3)(a)",
        ("protection", "protection_note", "unintelligible", "recipients", "is_deletion_confirmed"),
        _("Encryption by an attacker does not count."),
    ),
    Section(
        "effects",
        _("Likely consequences"),
        "33(3)(c), 33(5)",
        ("effects", "effects_on_data", "effects_on_people", "seriousness", "seriousness_note"),
    ),
    Section(
        "remedy",
        _("What was done, and what was learned"),
        "33(3)(d), 33(5)",
        ("remedy", "lessons"),
        _("Single measures with somebody who does them and a day stand under Measures."),
    ),
    Section(
        "place",
        _("Responsibility"),
        "4(7), 26, 33(2)",
        ("role", "regime", "controller", "department"),
        _("A processor has no clock of its own: it tells the controllers without delay."),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
SECTION_OF = {name: section.key for section in SECTIONS for name in section.fields}

CHOICES = {
    "kinds": Kind,
    "data_kinds": DataKind,
    "groups": PeopleKind,
    "effects_on_data": DataConsequence,
    "effects_on_people": Consequence,
}
"""Fields that hold several codes, and what the codes mean; `countries` holds those of the library."""
