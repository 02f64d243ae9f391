"""A receipt with a consent record for each purpose and channel, as JSON-LD after ISO/IEC TS 27560 in terms of DPV 2.3.

The one rule: every term exists in its vocabulary (a test looks each one up), and what is not known is left to the
privacy notice: a place is named only when the record knew, as the wording was published, where its systems stand.
"""

from types import SimpleNamespace

from django.utils import translation
from django.utils.translation import gettext as _

from consent.kinds import GIVING, Channel, GivenBy, Happening, Method, Purpose
from register.exports import dpv
from register.exports.dpv import both, filled, place, ref, worded

from . import about

PROFILE = "https://w3id.org/dpv/schema/dpv-27560#"
STATUS = {
    Happening.ASKED: "dpv:ConsentRequested",
    Happening.DEFERRED: "dpv:ConsentRequestDeferred",
    Happening.GIVEN: "dpv:ConsentGiven",
    Happening.RENEWED: "dpv:RenewedConsentGiven",
    Happening.EXPIRED: "dpv:ConsentExpired",
    Happening.INVALIDATED: "dpv:ConsentInvalidated",
    Happening.REVOKED: "dpv:ConsentRevoked",
    Happening.REFUSED: "dpv:ConsentRefused",
    Happening.WITHDRAWN: "dpv:ConsentWithdrawn",
    Happening.OBJECTED: "dpv:ConsentWithdrawn",
    Happening.ERASED: "dpv:ConsentWithdrawn",
}
UNPROVED = "dpv:ConsentUnknown"
BY = {
    GivenBy.SUBJECT: "dpv:DataSubject",
    GivenBy.PARENT: "dpv:ParentOfDataSubject",
    GivenBy.GUARDIAN: "dpv:GuardianOfDataSubject",
    GivenBy.AGENT: "dpv:Representative",
    GivenBy.ORGANISATION: "dpv:DataController",
}
AUTHORITY = {"AP": "legal-nl:DPA-NL", "GBA": "legal-be:DPA-BE"}
RIGHTS = ("A7-3", "A15", "A16", "A17", "A18", "A20", "A21", "A77")
PURPOSES = {Purpose.MARKETING: "dpv:DirectMarketing"}


def make(document, told, language):
    """`document`: the proof (consent.proof); `told`: About. JSON-ready."""
    with translation.override(language):
        return {
            "@context": {
                **dpv.terms()["context"],
                "legal-nl": "https://w3id.org/dpv/legal/nl#",
                "legal-be": "https://w3id.org/dpv/legal/be#",
                "schema": "https://schema.org/",
            },
            "@id": f"urn:uuid:{about.identifier(document, 'receipt', told.at.isoformat())}",
            "@type": "dpv:ConsentReceipt",
            "dct:identifier": str(about.identifier(document, "receipt", told.at.isoformat())),
            "dct:conformsTo": ref(f"{PROFILE}receipt-eu-gdpr"),
            "dct:created": told.at.isoformat(),
            "dct:publisher": told.organisation,
            "schema:recipient": ref("dpv:DataSubject"),
            "dpv:hasRecordOfActivity": [
                _record(document, state, told, language) for state in document["states"] if state["state"]
            ],
        }


def _record(document, state, told, language):
    events = [one for one in document["events"] if _of(one) == _of(state)]
    versions = {one["id"]: one for one in document["wordings"]}
    shown = [versions[one["wording"]] for one in events if one["wording"] in versions]
    version = shown[-1] if shown else None
    content = version["content"] if version else {}
    languages = [one["language"] for one in reversed(events) if one["language"]]
    controllers = [told.controller(one) for one in content.get("controllers", ())]
    key = about.identifier(document, state["purpose"], state["channel"])
    return filled(
        {
            "@id": f"urn:uuid:{key}",
            "@type": "dpv:ConsentRecord",
            "dct:identifier": str(key),
            "dct:conformsTo": ref(f"{PROFILE}record-eu-gdpr"),
            "dct:language": languages[0] if languages else language,
            "dpv:hasDataSubject": {"@type": "dpv:DataSubject", "dct:identifier": document["person"]["id"]},
            "dpv:hasDataController": [_controller(one) for one in controllers or [{"name": told.organisation}]],
            "dpv:hasJurisdiction": ref(place(told.country)),
            "dpv:hasAuthority": [ref(AUTHORITY[one["authority"]]) for one in controllers if _known(one)],
            "dpv:hasNotice": _notices(version, languages or [language]),
            "dpv:hasProcess": _process(state, content, told),
            "dpv:hasRight": [ref(f"eu-gdpr:{right}") for right in RIGHTS],
            "dpv:hasConsentStatus": [_status(one, content) for one in events],
        }
    )


def _of(said):
    return said["purpose"], said["channel"]


def _known(controller):
    return controller.get("authority") in AUTHORITY


def _controller(details):
    return filled(
        {
            "@type": "dpv:DataController",
            "dct:identifier": details.get("registration_number") or details["name"],
            "dpv:hasName": details["name"],
            "dpv:hasAddress": details.get("address"),
            "dpv:hasCountry": ref(place(details.get("country", ""))),
            "dpv:hasContact": [details[name] for name in ("email", "phone", "website") if details.get(name)],
        }
    )


def _notices(version, languages):
    """The wording as it was shown, and the privacy notice that was within reach."""
    if version is None:
        return []
    content = version["content"]
    text, spoken = about.told(content, languages)
    found = [
        {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": f"{version['id']}@{version['number']}",
            "dct:language": spoken,
            "dct:description": text,
        }
    ]
    notice = content.get("notice")
    if notice:
        of_notice = {"@type": "dpv:PrivacyNotice", "dct:identifier": f"{notice['notice']}@{notice['number']}"}
        found.append(of_notice | {"dct:source": about.notice_url(content)})
    return found


def _process(state, content, told):
    purpose = content.get("purpose", {})
    is_explicit = purpose.get("is_explicit", False)
    line = content.get("line", {"nl": state["name"], "en": ""})
    return filled(
        {
            "@type": "dpv:Process",
            "dpv:hasPurpose": {
                "@type": PURPOSES.get(purpose.get("kind"), "dpv:Purpose"),
                "dct:title": state["name"],
                "dct:description": both(line["nl"], line["en"]),
            },
            "dpv:hasLegalBasis": ref(f"eu-gdpr:A6-1-a-{'' if is_explicit else 'non-'}explicit-consent"),
            "dpv:hasPersonalData": [_data(one) for one in content.get("data", ())],
            "dpv:hasRecipient": [
                *({"@type": "dpv:ThirdParty", "dpv:hasName": _name(one)} for one in content.get("recipients", ())),
                *({"@type": "dpv:DataProcessor", "dpv:hasName": _name(one)} for one in content.get("processors", ())),
            ],
            "dpv:hasStorageCondition": _storage(content, told),
            "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": told.withdraw_url},
            "dct:description": _("Over this channel: %(channel)s") % {"channel": Channel(state["channel"]).label},
        }
    )


def _storage(content, told):
    """Where, and how long: the data until consent is withdrawn, the proof of it until the term for claims is over."""
    return [
        {
            "@type": "dpv:StorageDuration",
            "dpv:hasDuration": {"@type": "dpv:UntilEventDuration", "rdf:value": _("Withdrawal of the consent")},
        },
        {
            "@type": "dpv:StorageDuration",
            "dct:description": _("The proof of the consent, after it was withdrawn"),
            "dpv:hasDuration": {"@type": "dpv:TemporalDuration", "rdf:value": f"P{told.claim_years}Y"},
        },
        *(_places(content) or [{"@type": "dpv:StorageLocation", "dct:description": _("As the privacy notice says.")}]),
    ]


def _places(content):
    """The countries in which the systems of the activity stood; one that has no term stands by its name."""
    return [
        filled(
            {
                "@type": "dpv:StorageLocation",
                "dpv:hasLocation": ref(place(one["code"])),
                "dct:description": both(one["nl"], one["en"]),
            }
        )
        for one in content.get("places", ())
    ]


def _name(item):
    return item["nl"] or item["en"]


def _data(item):
    kinds = dpv.known("data_categories", SimpleNamespace(nl=item["nl"], en=item["en"]))
    sensitive = dpv.terms()["sensitivity"].get(item.get("sensitivity"))
    return {
        "@type": [*(kinds or ["dpv:PersonalData"]), *([sensitive] if sensitive else [])],
        "dct:title": both(item["nl"], item["en"]),
    }


def _status(event, content):
    kind = Happening[event["kind"].upper()]
    types = [STATUS[kind]]
    if kind in GIVING and not event["is_provable"]:
        types = [UNPROVED]
    elif kind in GIVING:
        is_explicit = content.get("purpose", {}).get("is_explicit", False)
        types.append("dpv:ExplicitlyExpressedConsent" if is_explicit else "dpv:ExpressedConsent")
    return {
        "@type": types,
        "dct:description": worded(str(kind.label), translation.get_language()[:2]),
        "dpv:isIndicatedAtTime": event["happened_at"].isoformat(),
        "dpv:isIndicatedBy": ref(BY[GivenBy(event["given_by"])]),
        "dpv:hasIndicationMethod": str(Method(event["method"]).label),
        "dpv:hasDuration": {"@type": "dpv:UntilEventDuration", "rdf:value": _("Withdrawal of the consent")},
    }
