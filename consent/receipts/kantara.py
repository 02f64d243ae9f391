"""Consent receipts of the Kantara Initiative, version 1.1.0: one for each consent that stands, all in one list.

The one rule: a receipt tells what was agreed to then, so a consent without a wording, or without proof, gets none.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from consent import covering
from consent.kinds import Method, Purpose

from . import about

VERSION = "KI-CR-v1.1.0"
CATEGORIES = {Purpose.MARKETING: "6 - Marketing"}  # of the annex of the specification; others get their own words
SENSITIVE = {"special", "criminal", "sensitive", "national_id"}


def make(document, told, language):
    """`document`: the proof (consent.proof); `told`: About. A list of receipts, JSON-ready."""
    versions = {one["id"]: one for one in document["wordings"]}
    with translation.override(language):
        return [
            _receipt(document, event, versions[event["wording"]]["content"], told, language)
            for event in _standing(document)
            if event["wording"] in versions
        ]


def _standing(document):
    """The events that are the present state of a consent, where that is a yes."""
    for state in document["states"]:
        if state["state"] not in ("given", "renewed") or not state["is_provable"]:
            continue
        said = (state["purpose"], state["channel"], state["state"], state["since"], True)
        names = ("purpose", "channel", "kind", "happened_at", "is_provable")
        yield next(event for event in document["events"] if tuple(event[name] for name in names) == said)


def _receipt(document, event, content, told, language):
    data = content.get("data", ())
    special = [covering.name(one, language) for one in data if one.get("sensitivity") in SENSITIVE]
    addresses = document["person"]["addresses"]
    return {
        "version": VERSION,
        "jurisdiction": told.country,
        "consentTimestamp": int(event["happened_at"].timestamp()),
        "collectionMethod": str(Method(event["method"]).label),
        "consentReceiptID": str(about.identifier(document, event["id"])),
        "language": event["language"] or language,
        "piiPrincipalId": addresses[0] if addresses else document["person"]["id"],
        "piiControllers": [_controller(told.controller(one)) for one in content.get("controllers", ())]
        or [_controller({"name": told.organisation})],
        "policyUrl": about.notice_url(content) or told.withdraw_url,
        "services": [{"service": told.organisation, "purposes": [_purpose(document, event, content, language)]}],
        "sensitive": bool(special),
        "spiCat": special,
    }


def _purpose(document, event, content, language):
    kind = content.get("purpose", {}).get("kind", Purpose.OTHER)
    others = ", ".join(covering.name(one, language) for one in content.get("recipients", ()))
    names = {state["purpose"]: state["name"] for state in document["states"]}
    found = {
        "purpose": names[event["purpose"]],
        "purposeCategory": [CATEGORIES.get(kind) or str(Purpose(kind).label)],
        "consentType": "EXPLICIT",
        "piiCategory": [covering.name(one, language) for one in content.get("data", ())],
        "primaryPurpose": False,
        "termination": _("When the consent is withdrawn"),
        "thirdPartyDisclosure": bool(others),
    }
    return found | ({"thirdPartyName": others} if others else {})


def _controller(details):
    found = {
        "piiController": details["name"],
        "contact": details.get("dpo_name") or details["name"],
        "address": {"streetAddress": details.get("address", ""), "addressCountry": details.get("country", "")},
        "email": details.get("dpo_email") or details.get("email", ""),
        "phone": details.get("dpo_phone") or details.get("phone", ""),
    }
    return found | ({"piiControllerUrl": details["website"]} if details.get("website") else {})
