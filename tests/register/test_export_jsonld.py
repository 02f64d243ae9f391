"""Linked data: every term exists in its vocabulary, and says what the entry says."""

import csv
import json
from functools import cache
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from register.exports import dpv, jsonld
from register.law import Basis, Mechanism, RecipientRole, SpecialGround
from register.record import (
    CountryItem,
    DataItem,
    DataValue,
    Entry,
    MeasureItem,
    MeasureUse,
    Named,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    SubjectItem,
    SubjectValue,
    TransferValue,
)

from .entries import registers
from .importing import SHARED

BASE = "https://register.example.org"
NETHERLANDS = CountryItem(UUID(int=10), "Nederland", "Netherlands", code="NL", eea=True)
JAPAN = CountryItem(UUID(int=11), "Japan", "Japan", code="JP")
KOSOVO = CountryItem(UUID(int=12), "Kosovo", "Kosovo", code="XK")
SALARY = DataItem(UUID(int=20), "Salaris en vergoedingen", "Salary and allowances", sensitivity="sensitive")
STAFF = SubjectItem(UUID(int=21), "Medewerkers", "Employees")
SEVEN_YEARS = RetentionItem(
    UUID(int=22), "Fiscaal", "Tax", period_value=7, period_unit="year", trigger="end_of_financial_year"
)
PAYROLL = Entry(
    id=UUID(int=1),
    number=7,
    kind="controller",
    name="Salarisadministratie",
    controller=Named(UUID(int=2), "Stichting"),
    profiling="yes",
    purposes=(PurposeValue(UUID(int=3), text_nl="Betalen", text_en="Paying", basis="c", special_ground="b"),),
    subjects=(SubjectValue(UUID(int=4), STAFF),),
    data=(DataValue(UUID(int=5), SALARY, STAFF, retention=SEVEN_YEARS, source="subject"),),
    recipients=(
        RecipientValue(UUID(int=6), PartyValue(UUID(int=7), "Loonbureau", country=NETHERLANDS), role="processor"),
        RecipientValue(UUID(int=8), description_nl="Belastingdienst", role="authority"),
    ),
    transfers=(TransferValue(UUID(int=9), country=JAPAN, mechanism="adequacy"),),
    measures=(MeasureUse(UUID(int=13), MeasureItem(UUID(int=14), "Back-ups", "Backups")),),
)
ELSEWHERE = {  # terms of the vocabularies that are not among the real data, as published by their makers
    "dct": {"identifier", "title", "description", "date", "type"},
    "rdf": {"value"},
    "xsd": {"date", "duration"},
    "oslo": {"Verwerkingsactiviteit", "verwerkingsverantwoordelijke", "verwerker", "verwerkingsgrond"},
}


@cache
def vocabulary():
    folder = SHARED / "dpv" / "vocab-csv"
    if not folder.exists():
        pytest.skip("the real data are not here: dpv/vocab-csv")
    terms = set()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            terms |= {row["iri"] for row in csv.DictReader(file)}
    return terms


def terms_in(value):
    """Every name and every type, reference or value with a prefix in a document."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "@context":
                continue
            if not name.startswith("@"):
                yield name
            if name in ("@type", "@id"):
                yield from [part] if isinstance(part, str) else part
            elif name not in ("@value", "@language"):
                yield from terms_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from terms_in(part)


def unknown(terms, known):
    """Those that no vocabulary has."""
    prefixes = jsonld.context(oslo=True)
    for term in set(terms):
        prefix, _colon, name = term.partition(":")
        if prefix in ELSEWHERE:
            if name not in ELSEWHERE[prefix]:
                yield term
        elif prefix == "loc":
            if not (len(name) == 2 and name.isalpha() and name.isupper()):
                yield term
        elif prefix in prefixes:
            if prefixes[prefix] + name not in known:
                yield term
        elif prefix not in ("urn", "https", "http"):
            yield term


def test_every_term_of_the_mapping_exists():
    known, sections = vocabulary(), dpv.terms()
    words = json.dumps({name: part for name, part in sections.items() if name not in ("note", "context", "purposes")})
    prefixed = [word for word in words.split('"') if word.partition(":")[0] in sections["context"]]
    assert len(prefixed) > 300
    assert list(unknown(prefixed, known)) == []
    assert list(unknown([f"dpv:{name}" for name in sections["purposes"]], known)) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(registers())
def test_every_term_in_a_document_exists(record):
    known = vocabulary()
    for entry in record:
        assert list(unknown(terms_in(jsonld.activity(entry, BASE, oslo=True)), known)) == []


def test_every_code_of_the_law_has_a_term():
    sections = dpv.terms()
    assert set(sections["basis"]) == set(Basis.values)
    assert set(sections["special_ground"]) == set(SpecialGround.values)
    assert set(Mechanism.values) - set(sections["mechanism"]) == {"judgment"}  # Art. 48 has none
    assert set(sections["recipient_type"]) - {""} <= set(RecipientRole.values)


def test_an_activity_says_what_its_entry_says():
    found = jsonld.activity(PAYROLL, BASE + "/")
    assert found["@id"] == f"{BASE}/va/{UUID(int=1)}"
    assert found["@type"] == ["dpv:Process"]
    assert found["dct:identifier"] == "VA-0007"
    assert found["dct:title"] == {"@language": "nl", "@value": "Salarisadministratie"}
    assert found["dpv:hasDataController"][0]["dpv:hasName"] == "Stichting"
    purpose, transfer = found["dpv:hasProcess"]
    assert purpose["dpv:hasLegalBasis"] == [{"@id": "eu-gdpr:A6-1-c"}, {"@id": "eu-gdpr:A9-2-b"}]
    assert transfer["dpv:hasLegalBasis"] == [{"@id": "eu-gdpr:A45-3"}, {"@id": "legal-eu:Adequacy-EU-JP"}]
    assert found["dpv:hasThirdCountry"][0]["@id"] == "loc:JP"
    (data,) = found["dpv:hasPersonalData"]
    assert data["@type"] == ["pd:Salary", "dpv:SensitivePersonalData"]
    assert data["dpv:hasDataSubject"]["@type"] == ["dpv:Employee"]
    assert data["dpv:hasStorageCondition"]["dpv:hasDuration"]["rdf:value"]["@value"] == "P7Y"
    assert found["dpv:hasDataProcessor"][0]["dpv:hasCountry"]["@id"] == "loc:NL"
    assert found["dpv:hasRecipient"][0]["@type"] == "dpv:Authority"
    assert found["dpv:hasTechnicalMeasure"][0]["@type"] == ["dpv:DataBackupProtocols"]
    assert "oslo:verwerker" not in found
    json.dumps(found)


def test_for_the_flemish_it_speaks_oslo_too():
    found = jsonld.activity(PAYROLL, BASE, oslo=True)
    assert found["@type"] == ["dpv:Process", "oslo:Verwerkingsactiviteit"]
    assert found["oslo:verwerker"][0]["dpv:hasName"] == "Loonbureau"
    assert [one["@id"][-5:] for one in found["oslo:verwerkingsgrond"]] == ["/9237"]
    assert len(found["dct:type"]) == 1
    assert "oslo" in found["@context"]


def test_a_country_for_private_use_has_no_term():
    found = jsonld.activity(
        Entry(
            id=UUID(int=1),
            number=1,
            kind="controller",
            name="x",
            transfers=(TransferValue(UUID(int=2), country=KOSOVO),),
        ),
        BASE,
    )
    assert "@id" not in found["dpv:hasThirdCountry"][0]


def test_own_words_keep_a_general_term():
    own = DataItem(UUID(int=20), "Iets eigens", "", sensitivity="special", special_kind="health")
    found = jsonld.activity(
        Entry(id=UUID(int=1), number=1, kind="controller", name="x", data=(DataValue(UUID(int=5), own),)), BASE
    )
    assert found["dpv:hasPersonalData"][0]["@type"] == ["eu-gdpr:HealthData", "dpv:SpecialCategoryPersonalData"]
