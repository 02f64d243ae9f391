"""Kaasplank.be: an invented small Belgian web shop, with the marketing scenes of one that sells on line."""

from .notices import SHOP
from .shop_activities import ACTIVITIES

__all__ = ["ACTIVITIES"]

NOTICES = SHOP

KEEPER = "shopkeeper"
ADVISER = "dpo"
STARTED = "2025-01-15"

ORGANISATION = {
    "slug": "webshop",
    "name": "Kaasplank Peeters",
    "country": "BE",
    "languages": "nl,en",
    "four_eyes": False,
    "approvals_required": 0,
}

MEMBERS = [
    ("owner", "approver", "2025-01-15", None),
    ("shopkeeper", "privacy_officer", "2025-01-15", None),
    ("admin", "administrator", "2025-01-15", None),
    ("dpo", "dpo", "2025-01-15", None),
]

CONTROLLERS = {
    "shop": [
        (
            "2025-01-15",
            "Eerste vastlegging",
            {
                "name": "Kaasplank Peeters BV",
                "legal_form": "BV",
                "kind": "private",
                "registration_number": "0999.000.001",
                "sector": "Detailhandel via internet",
                "address": "Melkmarkt 1\n2000 Antwerpen",
                "country": "BE",
                "email": "privacy@kaasplank.example",
                "phone": "+32 3 000 00 00",
                "website": "https://kaasplank.example",
                "representative_answer": "no",
                "dpo_answer": "no",
                "authority": "GBA",
            },
        )
    ]
}

LABELS = [("Marketing", "purple"), ("Winkel", "green"), ("Sociale media", "pink")]

PARTIES = {
    "platform": ("Winkelbouw NV", "BE", {"kind": "company", "email": "privacy@winkelbouw.example"}),
    "payment": ("Betaalvlot NV", "NL", {"kind": "company", "email": "privacy@betaalvlot.example"}),
    "parcel": ("Pakketdienst Snel NV", "BE", {"kind": "company", "email": "privacy@pakketsnel.example"}),
    "mailer": ("Postvlucht Mail Inc.", "US", {"kind": "company", "email": "privacy@postvlucht.example"}),
    "push": ("Seintje Push B.V.", "NL", {"kind": "company", "email": "privacy@seintje.example"}),
    "meta": ("Meta Platforms Ireland Limited", "IE", {"kind": "company", "website": "https://www.facebook.com"}),
    "accountant": ("Boekhoudkantoor Claes", "BE", {"kind": "person", "email": "info@boekhoudclaes.example"}),
}

CLAUSES = dict.fromkeys(("subject", "data", "a", "b", "c", "d", "e", "f", "g", "h"), "yes")
SIGNED = {"kind": "processing", "status": "signed", "clauses": CLAUSES, "sub_processors": "general"}

AGREEMENTS = {
    "platform": (
        "platform",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst webwinkel",
            "signed_on": "2024-12-02",
            "valid_from": "2025-01-01",
            "breach_notice_hours": 24,
        },
    ),
    "mailer": (
        "mailer",
        {**SIGNED, "title": "Verwerkersovereenkomst mailings", "signed_on": "2025-01-20", "valid_from": "2025-01-20"},
    ),
    "push": (
        "push",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst pushberichten",
            "signed_on": "2025-09-08",
            "valid_from": "2025-09-08",
            "clauses": {**CLAUSES, "g": "no", "h": "no"},
        },
    ),
    "accountant": (
        "accountant",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst boekhouding",
            "signed_on": "2025-01-20",
            "valid_from": "2025-01-20",
            "valid_until": "2027-01-20",
        },
    ),
    "meta": (
        "meta",
        {
            "kind": "joint",
            "title": "Aanvulling voor gezamenlijke verantwoordelijken",
            "status": "signed",
            "signed_on": "2025-02-03",
            "valid_from": "2025-02-03",
            "essence_published": "no",
        },
    ),
}

SYSTEMS = {
    "shop": (
        "Winkelbouw webwinkel",
        "platform",
        "BE",
        {
            "kind": "Webwinkel",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Wout",
        },
    ),
    "mailer": (
        "Postvlucht nieuwsbrieven",
        "mailer",
        "US",
        {
            "kind": "Mailsysteem",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Wout",
        },
    ),
    "push": (
        "Seintje pushberichten",
        "push",
        "NL",
        {
            "kind": "Pushberichten",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "no",
            "supports_correction": "no",
            "owner": "Wout",
        },
    ),
    "ads": (
        "Advertentiebeheer van Meta",
        "meta",
        "IE",
        {
            "kind": "Advertenties",
            "location": "platform",
            "supports_erasure": "yes",
            "supports_export": "no",
            "supports_correction": "no",
            "owner": "Wout",
        },
    ),
    "books": (
        "Boekhouding",
        "accountant",
        "BE",
        {
            "kind": "Boekhouding",
            "location": "cloud",
            "supports_erasure": "no",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Lien",
        },
    ),
}

DOCUMENTS = {
    "privacy": (
        "Privacyverklaring webwinkel",
        {"kind": "Privacyverklaring", "url": "https://kaasplank.example/privacy", "dated_on": "2025-02-01"},
    ),
    "lia": (
        "Belangenafweging aanbiedingen aan klanten",
        {"kind": "LIA", "url": "https://kaasplank.example/intern/lia", "dated_on": "2025-02-10"},
    ),
}

MEASURES = {
    "multi-factor": {"status": "implemented", "owner": "Wout"},
    "backup": {"status": "verified", "owner": "Winkelbouw", "last_tested_on": "2026-03-09"},
    "encryption-in-transit": {"status": "implemented", "owner": "Winkelbouw"},
    "processor-agreements": {"status": "implemented", "owner": "Lien"},
}
