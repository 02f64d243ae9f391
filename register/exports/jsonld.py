"""An entry as linked data: JSON-LD in the terms of DPV 2.3, and of OSLO Toestemming for the Flemish.

The one rule: a term comes from `dpv.json` or is spelled out here, and exists in its vocabulary (a test looks each one
up). What has no term of its own keeps its words under a general one; library items that came with Dertig are known by
their name. There is no official profile for a record of processing; ours is described in docs/json.md.
"""

from django.utils.translation import override

from register.law import RetentionTrigger
from register.rights import rights_under

from . import dpv

LENGTH = "xsd:duration"
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
    return dpv.terms()["context"] | (dpv.terms()["oslo_context"] if oslo else {})


def node(entry, base_url, *, oslo=False):
    """The activity without a context, for use inside a document."""
    written = entry.language
    found = {
        "@id": f"{base_url.rstrip('/')}/va/{entry.id}",
        "@type": ["dpv:Process"],
        "dct:identifier": entry.code,
        "dct:title": dpv.worded(entry.name, written),
        "dct:description": dpv.worded(entry.description, written),
        "dpv:hasActivityStatus": dpv.ref("dpv:ActivityCompleted" if entry.ended_on else "dpv:ActivityOngoing"),
        "dpv:hasDataController": _controllers(entry),
        "dpv:hasOrganisationalUnit": entry.department and {"dct:title": entry.department.name},
        "dpv:hasProcess": [_purpose(line, written) for line in entry.purposes],
        "dpv:hasDataSubject": [
            _item(line.category, "dpv:DataSubject", "subject_categories") for line in entry.subjects
        ],
        "dpv:hasPersonalData": [_data(line, written) for line in entry.data],
        "dpv:isImplementedUsingTechnology": [_system(line.system) for line in entry.systems],
        "dpv:hasContext": _context(entry),
        "dpv:hasScale": dpv.ref("dpv:LargeScaleProcessing") if entry.large_scale == "yes" else None,
        "dpv:hasStatus": dpv.ref(dpv.terms()["assessment"].get(entry.assessment)),
        "dpv:hasImpactAssessment": {"@type": "dpv:DPIA", "dct:date": dpv.day(entry.assessment_on)}
        if entry.assessment == "done"
        else None,
        "dpv:hasRight": [dpv.ref(term) for term in _rights(entry)],
    }
    for name, value in (*_recipients(entry), *_transfers(entry, written), *_measures(entry, written)):
        found.setdefault(name, []).append(value)
    return dpv.filled(found | (_oslo(entry) if oslo else {}))


def _controllers(entry):
    """Whom the entry is kept for: our own controller, or for a processor the controllers it works for."""
    if entry.is_processor_record:
        return [_party(line.party, "dpv:DataController") for line in entry.clients]
    return (
        [
            dpv.filled(
                {"@id": dpv.urn(entry.controller), "@type": "dpv:DataController", "dpv:hasName": entry.controller.name}
            )
        ]
        if entry.controller
        else []
    )


def _controller_card(card):
    country = card.content.get("country", "")
    return dpv.filled(
        {
            "@id": f"urn:uuid:{card.id}",
            "@type": "dpv:DataController",
            "dpv:hasName": card.name,
            "dpv:hasAddress": card.content.get("address"),
            "dpv:hasContact": [part for part in (card.content.get("email"), card.content.get("phone")) if part],
            "dpv:hasIdentifier": card.content.get("registration_number"),
            "dpv:hasCountry": dpv.ref(dpv.place(country)),
        }
    )


def _purpose(line, written):
    """A purpose with its lawful basis: a process of its own, since a basis belongs to a purpose."""
    kind = f"dpv:{line.category}" if line.category in dpv.terms()["purposes"] else "dpv:Purpose"
    grounds = (dpv.terms()["basis"].get(line.basis), dpv.terms()["special_ground"].get(line.special_ground))
    laws = [law for law in (line.basis_law, line.special_law, line.national_id_law) if law]
    return dpv.filled(
        {
            "@id": dpv.urn(line),
            "@type": "dpv:Process",
            "dpv:hasPurpose": {"@type": kind, "dct:title": dpv.both(line.text_nl, line.text_en)},
            "dpv:hasLegalBasis": [dpv.ref(term) for term in grounds if term],
            "dpv:hasApplicableLaw": [
                dpv.filled({"@type": "dpv:Law", "dct:title": dpv.both(law.nl, law.en)}) for law in laws
            ],
            "dpv:hasJustification": dpv.both(line.interest_nl, line.interest_en)
            or dpv.worded(line.basis_note, written),
            "dpv:hasReuseCompatibility": dpv.ref(dpv.terms()["compatibility"].get(line.compatibility)),
        }
    )


def _data(line, written):
    kinds = [
        *dpv.known("data_categories", line.category),
        dpv.terms()["special_kind"].get(line.category.special_kind),
        dpv.terms()["sensitivity"].get(line.category.sensitivity),
    ]
    return dpv.filled(
        {
            "@id": dpv.urn(line),
            "@type": dpv.unique(kinds) or ["dpv:PersonalData"],
            "dct:title": dpv.both(line.category.nl, line.category.en),
            "dct:description": dpv.worded(line.detail, written),
            "dpv:hasDataSubject": line.subject and _item(line.subject, "dpv:DataSubject", "subject_categories"),
            "dpv:hasStorageCondition": _storage(line, written),
            "dpv:hasDataSource": _source(line, written),
            "dpv:hasNecessity": dpv.ref(dpv.terms()["necessity"].get(line.necessity)),
        }
    )


def _storage(line, written):
    """How long: a period as ISO 8601 with what it counts from, or the criterion in words."""
    rule = line.retention
    if rule is None:
        return dpv.worded(line.retention_note, written) and {
            "@type": "dpv:StorageDuration",
            "dct:description": dpv.worded(line.retention_note, written),
        }
    kinds = ["dpv:StorageDuration"] + [term for term in [dpv.terms()["end_action"].get(rule.end_action)] if term]
    if rule.period_value is None:
        until = dpv.both(rule.criterion_nl, rule.criterion_en) or dpv.both(rule.nl, rule.en)
        length = {"@type": "dpv:UntilEventDuration", "dct:description": until}
    else:
        period = f"P{rule.period_value}{LENGTHS.get(rule.period_unit, 'Y')}"
        length = {"@type": "dpv:TemporalDuration", "rdf:value": {"@type": LENGTH, "@value": period}}
        length["dct:description"] = dpv.both(rule.trigger_nl, rule.trigger_en) or _choice(rule.trigger)
    return dpv.filled({"@type": kinds, "dct:title": dpv.both(rule.nl, rule.en), "dpv:hasDuration": dpv.filled(length)})


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
    kind = dpv.terms()["source"].get(line.source)
    if not (kind or line.source_party or line.source_note):
        return None
    return dpv.filled(
        {
            "@type": kind or "dpv:DataSource",
            "dpv:hasName": line.source_party and line.source_party.name,
            "dct:description": dpv.worded(line.source_note, written),
        }
    )


def _recipients(entry):
    """(property, recipient) for each."""
    for line in (*entry.joint_controllers, *entry.recipients):
        kind = dpv.terms()["recipient_type"].get(line.role, "dpv:Recipient")
        found = _party(line.party, kind) if line.party else {"@id": dpv.urn(line), "@type": kind}
        found["dct:description"] = dpv.both(line.description_nl, line.description_en)
        found["dpv:hasCountry"] = _country(line.where)
        yield dpv.terms()["recipient"].get(line.role, "dpv:hasRecipient"), dpv.filled(found)


def _transfers(entry, written):
    """Each as a process that moves data, and its country as one of the activity."""
    for line in entry.transfers:
        code = line.country.code if line.country else ""
        grounds = [dpv.terms()["mechanism"].get(line.mechanism)]
        if line.mechanism == "adequacy":
            grounds.append(dpv.terms()["adequacy"].get(code))
        yield (
            "dpv:hasProcess",
            dpv.filled(
                {
                    "@id": dpv.urn(line),
                    "@type": "dpv:Process",
                    "dpv:hasProcessing": dpv.ref("dpv:Transfer"),
                    "dpv:hasThirdCountry": _country(line.country),
                    "dpv:hasDataImporter": line.party and _party(line.party, "dpv:DataImporter"),
                    "dpv:hasLegalBasis": [dpv.ref(term) for term in grounds if term],
                    "dct:description": dpv.worded(line.note or line.safeguards, written),
                }
            ),
        )
        if line.country:
            yield "dpv:hasThirdCountry", _country(line.country)


def _measures(entry, written):
    for line in entry.measures:
        kinds = dpv.known("measures", line.measure) or ["dpv:TechnicalOrganisationalMeasure"]
        name = dpv.terms()["measure_property"].get(kinds[0], "dpv:hasOrganisationalMeasure")
        if kinds == ["dpv:TechnicalOrganisationalMeasure"]:
            name = "dpv:hasTechnicalOrganisationalMeasure"
        yield name, {"@type": kinds, "dct:title": dpv.both(line.measure.nl, line.measure.en)}
    if entry.measures_text:
        words = {
            "@type": "dpv:TechnicalOrganisationalMeasure",
            "dct:description": dpv.worded(entry.measures_text, written),
        }
        yield "dpv:hasTechnicalOrganisationalMeasure", words


def _system(system):
    return dpv.filled(
        {
            "@id": dpv.urn(system),
            "@type": "dpv:Technology",
            "dpv:hasName": system.name,
            "dpv:hasLocation": _country(system.hosting_country),
        }
    )


def _context(entry):
    found = []
    if entry.automated == "yes":
        found.append(dpv.ref("dpv:AutomatedDecisionMaking"))
    if entry.profiling == "yes":
        found.append(dpv.ref("eu-gdpr:Profiling"))
    return found


def _rights(entry):
    articles = [article for line in entry.purposes for _name, article in rights_under(line.basis)]
    return dpv.unique(dpv.terms()["rights"].get(article) for article in articles)


def _oslo(entry):
    """The terms of OSLO Toestemming, whose activity has one controller, its processors and its grounds."""
    processors = [_party(line.party, "dpv:DataProcessor") for line in entry.processors if line.party]
    kinds = [term for name, term in dpv.terms()["oslo_type"].items() if getattr(entry, name) == "yes"]
    grounds = dpv.unique(dpv.terms()["oslo_basis"].get(line.basis) for line in entry.purposes)
    return {
        "@type": ["dpv:Process", "oslo:Verwerkingsactiviteit"],
        "oslo:verwerkingsverantwoordelijke": _controllers(entry),
        "oslo:verwerker": processors,
        "oslo:verwerkingsgrond": [{"@id": term} for term in grounds],
        "dct:type": [{"@id": term} for term in kinds],
    }


def _item(item, kind, name):
    return dpv.filled(
        {"@id": dpv.urn(item), "@type": dpv.known(name, item) or [kind], "dct:title": dpv.both(item.nl, item.en)}
    )


def _party(party, kind):
    contact = [part for part in (party.contact, party.email, party.phone, party.website) if part]
    return dpv.filled(
        {
            "@id": dpv.urn(party),
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
    return dpv.filled({"@id": dpv.place(item.code), "dct:title": dpv.both(item.nl, item.en)})
