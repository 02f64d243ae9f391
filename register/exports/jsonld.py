"""An entry as linked data: JSON-LD in the terms of DPV 2.3, and of OSLO Toestemming for the Flemish.

The one rule: a term comes from `dpv.json` or is spelled out here, and exists in its vocabulary (a test looks each one
up). What has no term of its own keeps its words under a general one; library items that came with Dertig are known by
their name. There is no official profile for a record of processing; ours is described in docs/json.md.
"""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import override

from register import starter
from register.law import RetentionTrigger
from register.rights import rights_under

DAY, LENGTH = "xsd:date", "xsd:duration"
LENGTHS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def activity(entry, base_url, *, oslo=False):
    """A document about one activity. `base_url` is where /va/<uuid> lives; `oslo` adds the Flemish terms."""
    return {"@context": context(oslo)} | node(entry, base_url, oslo=oslo)


def register(organisation, entries, controllers, base_url, *, oslo=False):
    """A document about the whole record; `controllers` are `gathering.ControllerCard`s."""
    return {
        "@context": context(oslo),
        "@id": f"urn:uuid:{organisation.pk}",
        "@type": "dpv:ROPA",
        "dct:title": organisation.name,
        "dpv:hasDataController": [_controller_card(card) for card in controllers],
        "dpv:hasProcess": [node(entry, base_url, oslo=oslo) for entry in entries],
    }


def context(oslo=False):
    return terms()["context"] | (terms()["oslo_context"] if oslo else {})


def node(entry, base_url, *, oslo=False):
    """The activity without a context, for use inside a document."""
    written = entry.language
    found = {
        "@id": f"{base_url.rstrip('/')}/va/{entry.id}",
        "@type": ["dpv:Process"],
        "dct:identifier": entry.code,
        "dct:title": _text(entry.name, written),
        "dct:description": _text(entry.description, written),
        "dpv:hasActivityStatus": _ref("dpv:ActivityCompleted" if entry.ended_on else "dpv:ActivityOngoing"),
        "dpv:hasDataController": _controllers(entry),
        "dpv:hasOrganisationalUnit": entry.department and {"dct:title": entry.department.name},
        "dpv:hasProcess": [_purpose(line, written) for line in entry.purposes],
        "dpv:hasDataSubject": [
            _item(line.category, "dpv:DataSubject", "subject_categories") for line in entry.subjects
        ],
        "dpv:hasPersonalData": [_data(line, written) for line in entry.data],
        "dpv:isImplementedUsingTechnology": [_system(line.system) for line in entry.systems],
        "dpv:hasContext": _context(entry),
        "dpv:hasScale": _ref("dpv:LargeScaleProcessing") if entry.large_scale == "yes" else None,
        "dpv:hasStatus": _ref(terms()["assessment"].get(entry.assessment)),
        "dpv:hasImpactAssessment": {"@type": "dpv:DPIA", "dct:date": _day(entry.assessment_on)}
        if entry.assessment == "done"
        else None,
        "dpv:hasRight": [_ref(term) for term in _rights(entry)],
    }
    for name, value in (*_recipients(entry), *_transfers(entry, written), *_measures(entry, written)):
        found.setdefault(name, []).append(value)
    return _filled(found | (_oslo(entry) if oslo else {}))


def _controllers(entry):
    """Whom the entry is kept for: our own controller, or for a processor the controllers it works for."""
    if entry.is_processor_record:
        return [_party(line.party, "dpv:DataController") for line in entry.clients]
    return (
        [_filled({"@id": _urn(entry.controller), "@type": "dpv:DataController", "dpv:hasName": entry.controller.name})]
        if entry.controller
        else []
    )


def _controller_card(card):
    country = card.content.get("country", "")
    return _filled(
        {
            "@id": f"urn:uuid:{card.id}",
            "@type": "dpv:DataController",
            "dpv:hasName": card.name,
            "dpv:hasAddress": card.content.get("address"),
            "dpv:hasContact": [part for part in (card.content.get("email"), card.content.get("phone")) if part],
            "dpv:hasIdentifier": card.content.get("registration_number"),
            "dpv:hasCountry": _ref(_place(country)),
        }
    )


def _purpose(line, written):
    """A purpose with its lawful basis: a process of its own, since a basis belongs to a purpose."""
    kind = f"dpv:{line.category}" if line.category in terms()["purposes"] else "dpv:Purpose"
    grounds = (terms()["basis"].get(line.basis), terms()["special_ground"].get(line.special_ground))
    laws = [law for law in (line.basis_law, line.special_law, line.national_id_law) if law]
    return _filled(
        {
            "@id": _urn(line),
            "@type": "dpv:Process",
            "dpv:hasPurpose": {"@type": kind, "dct:title": _both(line.text_nl, line.text_en)},
            "dpv:hasLegalBasis": [_ref(term) for term in grounds if term],
            "dpv:hasApplicableLaw": [_filled({"@type": "dpv:Law", "dct:title": _both(law.nl, law.en)}) for law in laws],
            "dpv:hasJustification": _both(line.interest_nl, line.interest_en) or _text(line.basis_note, written),
            "dpv:hasReuseCompatibility": _ref(terms()["compatibility"].get(line.compatibility)),
        }
    )


def _data(line, written):
    kinds = [
        *known("data_categories", line.category),
        terms()["special_kind"].get(line.category.special_kind),
        terms()["sensitivity"].get(line.category.sensitivity),
    ]
    return _filled(
        {
            "@id": _urn(line),
            "@type": _unique(kinds) or ["dpv:PersonalData"],
            "dct:title": _both(line.category.nl, line.category.en),
            "dct:description": _text(line.detail, written),
            "dpv:hasDataSubject": line.subject and _item(line.subject, "dpv:DataSubject", "subject_categories"),
            "dpv:hasStorageCondition": _storage(line, written),
            "dpv:hasDataSource": _source(line, written),
            "dpv:hasNecessity": _ref(terms()["necessity"].get(line.necessity)),
        }
    )


def _storage(line, written):
    """How long: a period as ISO 8601 with what it counts from, or the criterion in words."""
    rule = line.retention
    if rule is None:
        return _text(line.retention_note, written) and {
            "@type": "dpv:StorageDuration",
            "dct:description": _text(line.retention_note, written),
        }
    kinds = ["dpv:StorageDuration"] + [term for term in [terms()["end_action"].get(rule.end_action)] if term]
    if rule.period_value is None:
        until = _both(rule.criterion_nl, rule.criterion_en) or _both(rule.nl, rule.en)
        length = {"@type": "dpv:UntilEventDuration", "dct:description": until}
    else:
        period = f"P{rule.period_value}{LENGTHS.get(rule.period_unit, 'Y')}"
        length = {"@type": "dpv:TemporalDuration", "rdf:value": {"@type": LENGTH, "@value": period}}
        length["dct:description"] = _both(rule.trigger_nl, rule.trigger_en) or _choice(rule.trigger)
    return _filled({"@type": kinds, "dct:title": _both(rule.nl, rule.en), "dpv:hasDuration": _filled(length)})


def _choice(trigger):
    """What a period counts from, in both languages."""
    if trigger not in RetentionTrigger.values:
        return None
    words = []
    for language in ("nl", "en"):
        with override(language):
            words.append({"@language": language, "@value": str(RetentionTrigger(trigger).label)})
    return words


def _source(line, written):
    kind = terms()["source"].get(line.source)
    if not (kind or line.source_party or line.source_note):
        return None
    return _filled(
        {
            "@type": kind or "dpv:DataSource",
            "dpv:hasName": line.source_party and line.source_party.name,
            "dct:description": _text(line.source_note, written),
        }
    )


def _recipients(entry):
    """(property, recipient) for each."""
    for line in (*entry.joint_controllers, *entry.recipients):
        kind = terms()["recipient_type"].get(line.role, "dpv:Recipient")
        found = _party(line.party, kind) if line.party else {"@id": _urn(line), "@type": kind}
        found["dct:description"] = _both(line.description_nl, line.description_en)
        found["dpv:hasCountry"] = _country(line.where)
        yield terms()["recipient"].get(line.role, "dpv:hasRecipient"), _filled(found)


def _transfers(entry, written):
    """Each as a process that moves data, and its country as one of the activity."""
    for line in entry.transfers:
        code = line.country.code if line.country else ""
        grounds = [terms()["mechanism"].get(line.mechanism)]
        if line.mechanism == "adequacy":
            grounds.append(terms()["adequacy"].get(code))
        yield (
            "dpv:hasProcess",
            _filled(
                {
                    "@id": _urn(line),
                    "@type": "dpv:Process",
                    "dpv:hasProcessing": _ref("dpv:Transfer"),
                    "dpv:hasThirdCountry": _country(line.country),
                    "dpv:hasDataImporter": line.party and _party(line.party, "dpv:DataImporter"),
                    "dpv:hasLegalBasis": [_ref(term) for term in grounds if term],
                    "dct:description": _text(line.note or line.safeguards, written),
                }
            ),
        )
        if line.country:
            yield "dpv:hasThirdCountry", _country(line.country)


def _measures(entry, written):
    for line in entry.measures:
        kinds = known("measures", line.measure) or ["dpv:TechnicalOrganisationalMeasure"]
        name = terms()["measure_property"].get(kinds[0], "dpv:hasOrganisationalMeasure")
        if kinds == ["dpv:TechnicalOrganisationalMeasure"]:
            name = "dpv:hasTechnicalOrganisationalMeasure"
        yield name, {"@type": kinds, "dct:title": _both(line.measure.nl, line.measure.en)}
    if entry.measures_text:
        words = {"@type": "dpv:TechnicalOrganisationalMeasure", "dct:description": _text(entry.measures_text, written)}
        yield "dpv:hasTechnicalOrganisationalMeasure", words


def _system(system):
    return _filled(
        {
            "@id": _urn(system),
            "@type": "dpv:Technology",
            "dpv:hasName": system.name,
            "dpv:hasLocation": _country(system.hosting_country),
        }
    )


def _context(entry):
    found = []
    if entry.automated == "yes":
        found.append(_ref("dpv:AutomatedDecisionMaking"))
    if entry.profiling == "yes":
        found.append(_ref("eu-gdpr:Profiling"))
    return found


def _rights(entry):
    articles = [article for line in entry.purposes for _name, article in rights_under(line.basis)]
    return _unique(terms()["rights"].get(article) for article in articles)


def _oslo(entry):
    """The terms of OSLO Toestemming, whose activity has one controller, its processors and its grounds."""
    processors = [_party(line.party, "dpv:DataProcessor") for line in entry.processors if line.party]
    kinds = [term for name, term in terms()["oslo_type"].items() if getattr(entry, name) == "yes"]
    grounds = _unique(terms()["oslo_basis"].get(line.basis) for line in entry.purposes)
    return {
        "@type": ["dpv:Process", "oslo:Verwerkingsactiviteit"],
        "oslo:verwerkingsverantwoordelijke": _controllers(entry),
        "oslo:verwerker": processors,
        "oslo:verwerkingsgrond": [{"@id": term} for term in grounds],
        "dct:type": [{"@id": term} for term in kinds],
    }


def _item(item, kind, name):
    return _filled({"@id": _urn(item), "@type": known(name, item) or [kind], "dct:title": _both(item.nl, item.en)})


def _party(party, kind):
    contact = [part for part in (party.contact, party.email, party.phone, party.website) if part]
    return _filled(
        {
            "@id": _urn(party),
            "@type": kind,
            "dpv:hasName": party.name,
            "dpv:hasAddress": party.address,
            "dpv:hasContact": contact,
            "dpv:hasCountry": _country(party.country),
        }
    )


def _country(item):
    if item is None:
        return None
    return _filled({"@id": _place(item.code), "dct:title": _both(item.nl, item.en)})


def _place(code):
    """The term of a country: two letters of ISO 3166-1, of which X is for private use."""
    return f"loc:{code}" if len(code) == 2 and code.isascii() and code.isalpha() and code[0] != "X" else None


def _urn(value):
    return f"urn:uuid:{value.id}"


def _ref(term):
    return {"@id": term} if term else None


def _day(value):
    return value and {"@type": DAY, "@value": value.isoformat()}


def _text(text, language):
    return {"@language": language, "@value": text} if text else None


def _both(dutch, english):
    return [_text(text, language) for text, language in ((dutch, "nl"), (english, "en")) if text]


def _unique(values):
    return list(dict.fromkeys(value for value in values if value))


def _filled(found):
    """Without what is not filled in."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


@cache
def terms():
    return json.loads((Path(__file__).parent / "dpv.json").read_text(encoding="utf-8"))


def known(name, item):
    """The terms of a library item that bears the name of a starter item in either language; none for own words."""
    keys = _starter_names(name)
    key = keys.get(item.nl.casefold()) or keys.get(item.en.casefold())
    return list(terms()[name].get(key, ()))


@cache
def _starter_names(name):
    return {
        item[field].casefold(): item["key"]
        for item in starter.starter_items(name)
        for field in ("name_nl", "name_en")
        if item[field]
    }
