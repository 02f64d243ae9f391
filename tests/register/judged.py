"""Entries and what is known beside them, made of plain values: no database. The smallest that a rule can judge."""

import datetime
import uuid

import pytest

from register import legal
from register.checks import engine
from register.checks.context import Context
from register.checks.facts import (
    AgreementFacts,
    ControllerFacts,
    EntryFacts,
    MeasureFacts,
    OrganisationFacts,
    Outline,
    RetentionFacts,
)
from register.record import (
    AccessValue,
    AgreementValue,
    ClientValue,
    CountryItem,
    DataItem,
    DataValue,
    DocumentUse,
    Entry,
    Item,
    LawItem,
    MeasureItem,
    MeasureUse,
    Named,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    SubjectItem,
    SubjectValue,
    SystemUse,
    SystemValue,
    TransferValue,
)

ON = datetime.date(2026, 11, 22)
EARLIER = datetime.date(2026, 2, 1)
ENTRY = uuid.UUID(int=1)


def new():
    return uuid.uuid4()


def law(short="Wet LB", country="NL"):
    return LawItem(new(), short, short, short, short, country)


def country(code="US", *, eea=False):
    return CountryItem(new(), code, code, code, eea)


def party(name="Dienstverlener B.V.", **fields):
    fields.setdefault("country", country("NL", eea=True))
    return PartyValue(new(), name, **fields)


def purpose(nl="Salarissen berekenen en betalen", **fields):
    return PurposeValue(new(), nl, **fields)


def people(nl="Klanten", note="", **flags):
    return SubjectValue(new(), SubjectItem(new(), nl, "", **flags), note=note)


def data(nl="Naam", *, sensitivity="ordinary", special_kind="", group="", **line):
    category = DataItem(new(), nl, "", group, sensitivity, special_kind)
    return DataValue(new(), category, **line)


def kept(value=None, unit="", **fields):
    return RetentionItem(new(), "Bewaarregel", "Rule", period_value=value, period_unit=unit, **fields)


def recipient(role="processor", named="Dienstverlener B.V.", **fields):
    if "party" not in fields and named:
        fields["party"] = party(named)
    return RecipientValue(new(), role=role, **fields)


def transfer(**fields):
    fields.setdefault("country", country())
    return TransferValue(new(), **fields)


def system(**fields):
    return SystemUse(new(), SystemValue(new(), "Leerlingvolgsysteem", **fields))


def measure(category=13, status="implemented"):
    return MeasureUse(new(), MeasureItem(new(), "Beleid", "Policy", "32.1.b", category, status))


def access():
    return AccessValue(new(), Item(new(), "Personeelsadviseur", "HR adviser"))


def document():
    return DocumentUse(new(), Named(new(), "Certificaat"))


def client(processing="Hosting van de ledenadministratie", **fields):
    return ClientValue(new(), party(**fields), processing)


def agreed(kind="processing", **fields):
    return AgreementValue(new(), "Overeenkomst", kind, **fields)


def entry(**fields):
    return Entry(**{"id": ENTRY, "number": 1, "kind": "controller", "name": "Salarisadministratie"} | fields)


def processor(**fields):
    return entry(kind="processor", **fields)


def controller(**fields):
    known = {"name": "Stichting Lindeborg", "kind": "private", "country": "NL", "dpo_answer": "no"}
    return ControllerFacts(**{"id": new()} | known | fields)


def organisation(*controllers, **fields):
    return OrganisationFacts(id=new(), controllers=controllers, **fields)


def agreement(**fields):
    known = {"party": new(), "party_name": "Dienstverlener B.V.", "kind": "processing", "status": "signed"}
    return AgreementFacts(**{"id": new(), "signed_on": EARLIER, "activities": (ENTRY,)} | known | fields)


def rule_of_retention(**fields):
    return RetentionFacts(**{"id": new(), "nl": "Bewaarregel", "en": "Rule"} | fields)


def protection(**fields):
    return MeasureFacts(id=new(), **fields)


def outline(name="Salarisadministratie", **fields):
    return Outline(**{"id": new(), "number": 1, "name": name, "controller": "Stichting Lindeborg"} | fields)


def running(*, by=None, on=ON, organisation=None, shared=None, **facts):
    """The context of an activity that was established; `by` is its controller, `shared` the rows that it names."""
    facts = {"approved": True, "established_on": EARLIER, "controller": by or controller()} | facts
    return _context(on, organisation, shared, EntryFacts(**facts))


def drafted(*, by=None, on=ON, shared=None, **facts):
    """The context of a draft of which nobody said that it has started."""
    return _context(on, None, shared, EntryFacts(**{"controller": by or controller()} | facts))


def _context(on, about, shared, facts):
    parameters = {fact.code: fact.on(on).value for fact in legal.shipped() if fact.on(on)}
    shared = shared or {}
    return Context(on, about or organisation(), parameters, {ENTRY: facts}, **shared)


def with_agreement(found, line):
    """What a context knows of the party of a line that has this agreement."""
    return {"agreements": {found.id: found}, "agreements_of": {line.party.id: (found,)}}


def verdicts(rule, subject, context):
    return list(engine.RULES[rule].function(subject, context) or ())


def outcome(rule, subject, context):
    """ "fails", "unknown" or, when nothing is said, "holds"."""
    said = {verdict.outcome.value for verdict in verdicts(rule, subject, context)}
    assert len(said) < 2, f"{rule} says two things at once"
    return said.pop() if said else "holds"


def proofs(cases):
    """Parametrizes a test with the cases of a group: (rule, what it should say, what it looks at, what it may know)."""
    return pytest.mark.parametrize(
        ("rule", "expected", "subject", "context"),
        cases,
        ids=[f"{case[0]}-{case[1]}-{n}" for n, case in enumerate(cases)],
    )
