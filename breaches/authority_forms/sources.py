"""Every source that an authority's form may name, and what of a breach it gives. Pure: all comes in as `FormFacts`.

The one rule: what nobody recorded is missing, and what follows from something else is marked to be checked. A form that
needs a new source gets it here, and a place in the common template (`edpb_2026.toml`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breaches import kinds, law

from . import people, surroundings
from .given import CONTROLLER, NOTHING, NOTIFYING, Given, Standing, chosen, listed, moment, text


@dataclass(frozen=True)
class Source:
    """`codes`: what it can answer, none when it is free text. `place`: the field or list where it is filled in.

    `may_be_empty`: nothing recorded is an answer as well, to be checked.
    """

    read: Callable
    codes: frozenset = frozenset()
    place: str = ""
    may_be_empty: bool = False


def field(name):
    """Free text of the breach."""
    return Source(lambda facts: text(getattr(facts.breach, name)), place=name)


def moment_of(name):
    return Source(lambda facts: moment(getattr(facts.breach, name)), place=name)


def choice(name, choices, *, check=False, unknown=None):
    """One code of the breach. `unknown`: the code that says that nobody knows, so that the answer is still missing."""

    def read(facts):
        code = getattr(facts.breach, name)
        if unknown is not None and code == unknown:
            return Given(codes=(str(code),), standing=Standing.MISSING)
        return chosen(code, check=check)

    return Source(read, codes=_codes(choices), place=name)


def several(name, choices):
    """Codes of the breach, those of `choices` only and in that order."""
    among = [str(code) for code in choices]

    def read(facts):
        recorded = getattr(facts.breach, name) or ()
        return chosen(*(code for code in among if code in recorded))

    return Source(read, codes=frozenset(among), place=name)


def asked(name):
    return Source(lambda facts: text(facts.asked.get(name)), place=NOTIFYING)


def suggested(name):
    """Asked when notifying, and proposed from the account of whoever notifies."""
    return Source(lambda facts: text(facts.asked.get(name), check=True), place=NOTIFYING)


def of_controller(name):
    def read(facts):
        return text(facts.controller.get(name), check=not facts.is_controller_sure)

    return Source(read, place=CONTROLLER)


def _codes(choices):
    return frozenset(str(code) for code in choices.values if code)


def _notification(facts):
    """AP 1.1. That it is one breach is what stands there until somebody says otherwise, so it is to be checked."""
    if facts.kind == law.NotificationKind.FIRST:
        return chosen(facts.breach.scope, check=facts.breach.scope == law.NotificationScope.ONE)
    return chosen(facts.kind)


def _facts(facts):
    """What happened, and how often when several breaches alike are notified as one: no form asks that by itself."""
    row = facts.breach
    often = ngettext(
        "It concerns %(count)s breach of the same kind.",
        "It concerns %(count)s breaches of the same kind.",
        row.alike_count or 0,
    )
    return text(listed((row.facts, often % {"count": row.alike_count} if row.alike_count and row.facts else "")))


def _late(facts):
    return NOTHING if facts.late is None else chosen("yes" if facts.late else "no", check=True)


def _discovery(facts):
    row = facts.breach
    how = row.get_discovery_display() if row.discovery else ""
    return text(listed((str(how), row.discovery_note)))


def _kinds(facts):
    """AP 5.1 parts availability by how long it lasts."""
    row = facts.breach
    codes = [kind for kind in (kinds.Kind.CONFIDENTIALITY, kinds.Kind.INTEGRITY) if kind in row.kinds]
    if kinds.Kind.AVAILABILITY not in row.kinds:
        return chosen(*codes)
    if not row.lasting:
        return Given(codes=(*codes, "availability"), standing=Standing.MISSING)
    return chosen(*codes, f"availability_{row.lasting}")


def _records(facts):
    """One number is asked. Of a range it is the highest, and the explanation says between what."""
    row = facts.breach
    known = [number for number in (row.records_max, row.records_min) if number is not None]
    return text(known[0], check=row.records_min != row.records_max) if known else NOTHING


def _records_explained(facts):
    row = facts.breach
    return text(listed((people.between(row.records_min, row.records_max), row.data_note)), check=True)


def _countries(facts):
    return text(listed(str(facts.countries.get(code, code)) for code in facts.breach.countries))


def _protection_note(facts):
    row = facts.breach
    extent = row.get_unintelligible_display() if row.unintelligible else ""
    how_much = _("Unreadable for others: %(extent)s.") % {"extent": extent} if extent else ""
    return text(listed((row.protection_note, how_much)))


GENERAL = [code for code in kinds.DataKind if code not in kinds.SPECIAL]
SOURCES = {
    "notification": Source(
        _notification, frozenset({"one", "several_alike", "follow_up", "withdrawal"}), place="scope"
    ),
    "earlier_reference": Source(lambda facts: text(facts.earlier), place="notifications"),
    "regime": choice("regime", law.Regime, check=True),
    "supervisors": Source(surroundings.supervisors, surroundings.SUPERVISORS, place="notices", may_be_empty=True),
    "other_notices": Source(surroundings.other_notices, place="notices", may_be_empty=True),
    "cross_border": choice("is_cross_border", law.Known),
    "countries": Source(_countries, place="countries"),
    "foreign_authorities": Source(surroundings.foreign_authorities, place="notices", may_be_empty=True),
    "lead_authority": field("lead_authority"),
    "controller_name": of_controller("name"),
    "controllers": Source(lambda facts: text(listed(facts.controllers), check=True), place="parties"),
    "controller_address": of_controller("address"),
    "controller_contact": Source(surroundings.controller_contact, place=CONTROLLER),
    "dpo_registration": of_controller("dpo_registration"),
    "registration_number": of_controller("registration_number"),
    "sector": of_controller("sector"),
    "contact": Source(surroundings.contact, place=CONTROLLER),
    "notifier_name": suggested("notifier_name"),
    "notifier_function": asked("notifier_function"),
    "notifier_email": suggested("notifier_email"),
    "notifier_phone": asked("notifier_phone"),
    "others_involved": Source(surroundings.others_involved, place="parties", may_be_empty=True),
    "occurred_from": moment_of("occurred_from"),
    "occurred_until": moment_of("occurred_until"),
    "ongoing": choice("is_ongoing", law.Known),
    "discovered_at": moment_of("first_signal_at"),
    "discovery": Source(_discovery, place="discovery"),
    "aware_at": moment_of("aware_at"),
    "aware_reason": field("aware_reason"),
    "processor": Source(surroundings.processor, frozenset({"yes", "no"}), place="processor"),
    "processor_told_at": moment_of("processor_told_at"),
    "late": Source(_late, frozenset({"yes", "no"}), place="aware_at"),
    "late_reason": field("late_reason"),
    "kinds": Source(
        _kinds,
        frozenset({"confidentiality", "integrity", "availability", "availability_temporary", "availability_permanent"}),
        place="kinds",
    ),
    "incident": choice("incident", kinds.Incident),
    "cause": choice("cause", kinds.Cause, unknown=kinds.Cause.UNKNOWN),
    "cause_note": field("cause_note"),
    "origin": choice("origin", kinds.Origin),
    "intent": choice("intent", kinds.Intent),
    "place": field("place"),
    "facts": Source(_facts, place="facts"),
    "documents": Source(lambda facts: text(listed(facts.files), check=True), place="attachments", may_be_empty=True),
    "data_kinds": several("data_kinds", GENERAL),
    "special_kinds": Source(
        surroundings.special_kinds, frozenset(str(code) for code in kinds.SPECIAL), place="data_kinds"
    ),
    "data_note": field("data_note"),
    "records": Source(_records, place="records_min"),
    "records_explained": Source(_records_explained, place="records_min"),
    "groups": several("groups", kinds.PeopleKind),
    "groups_note": field("groups_note"),
    "people_known": Source(people.known, frozenset({"exact", "range", "unknown"}), place="people_min"),
    "people_exact": Source(people.exact, place="people_min"),
    "people_min": Source(lambda facts: text(facts.breach.people_min), place="people_min"),
    "people_max": Source(lambda facts: text(facts.breach.people_max), place="people_max"),
    "protection": choice("protection", kinds.Protection, unknown=kinds.Protection.UNKNOWN),
    "protection_note": Source(_protection_note, place="protection_note"),
    "effects": field("effects"),
    "effects_on_data": several("effects_on_data", kinds.DataConsequence),
    "effects_on_people": several("effects_on_people", kinds.Consequence),
    "seriousness": choice("seriousness", kinds.Seriousness),
    "seriousness_note": field("seriousness_note"),
    "informed": Source(people.informed, frozenset({"yes", "will_be", "no", "unknown"}), place="people_decision"),
    "informed_on": Source(people.informed_on, place="communications"),
    "informing_on": asked("informing_on"),
    "not_informed_ground": Source(people.ground, _codes(law.Exemption), place="people_decision"),
    "not_informed_reason": Source(people.reason, place="people_decision"),
    "informed_number": Source(people.informed_number, place="communications"),
    "channels": Source(people.channels, _codes(law.Channel), place="communications"),
    "message": Source(lambda facts: text(facts.message), place="communications"),
    "measures_taken": Source(surroundings.measures_taken, place="remedy"),
    "measures_planned": Source(surroundings.measures_planned, place="measures", may_be_empty=True),
    "dpo_advised": Source(surroundings.dpo_advised, frozenset({"yes", "no"}), place="advice"),
    "complete": Source(lambda facts: chosen(facts.asked.get("complete")), frozenset({"yes", "no"}), place=NOTIFYING),
    "remarks": Source(lambda facts: text(facts.asked.get("remarks")), place=NOTIFYING, may_be_empty=True),
}
