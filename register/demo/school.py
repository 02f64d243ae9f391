"""Stichting Lindeborg Onderwijs: an invented Dutch foundation with two schools for secondary education."""

from .notices import SCHOOL
from .school_outreach import OUTREACH
from .school_pupils import PUPILS
from .school_staff import STAFF

NOTICES = SCHOOL
KEEPER = "officer"
ADVISER = "dpo"
STARTED = "2024-11-18"

ORGANISATION = {
    "slug": "school",
    "name": "Stichting Lindeborg Onderwijs",
    "country": "NL",
    "languages": "nl",
    "four_eyes": False,
    "approvals_required": 0,
}

MEMBERS = [
    ("admin", "administrator", "2024-11-18", None),
    ("officer", "privacy_officer", "2024-11-18", None),
    ("dpo", "dpo", "2024-11-18", None),
    ("director", "approver", "2024-11-18", None),
    ("head", "approver", "2025-01-06", None),
    ("hr", "editor", "2024-11-18", None, "Personeelszaken", "Financiën"),
    ("editor", "editor", "2025-01-06", None, "Communicatie"),
    ("reporter", "reporter", "2025-01-06", None),
    ("auditor", "auditor", "2026-09-01", "2027-03-01"),
]

FOUNDATION = {
    "name": "Stichting Lindeborg Onderwijs",
    "legal_form": "Stichting",
    "kind": "private_task",
    "registration_number": "90000001",
    "sector": "Voortgezet onderwijs",
    "address": "Lindelaan 1\n3500 AA Utrecht",
    "country": "NL",
    "email": "bestuur@lindeborg.example",
    "phone": "030 000 00 00",
    "website": "https://lindeborg.example",
    "representative_answer": "no",
    "dpo_answer": "yes",
    "dpo_name": "F. Amrani (Privacybureau Oost)",
    "dpo_email": "fg@lindeborg.example",
    "dpo_phone": "030 000 00 01",
    "dpo_registration": "FG000001",
    "authority": "AP",
}

CONTROLLERS = {
    "foundation": [
        ("2024-11-18", "Eerste vastlegging", FOUNDATION),
        (
            "2025-09-01",
            "Functionaris voor gegevensbescherming nu in dienst",
            {"dpo_name": "F. Amrani", "dpo_registration": "FG000002", "dpo_phone": "030 000 00 02"},
        ),
    ],
    "friends": [
        (
            "2024-11-18",
            "Eerste vastlegging",
            {
                **FOUNDATION,
                "name": "Stichting Vrienden van Lindeborg",
                "kind": "private",
                "registration_number": "90000002",
                "sector": "Fondsenwerving",
                "email": "vrienden@lindeborg.example",
                "dpo_answer": "no",
                "dpo_name": "",
                "dpo_email": "",
                "dpo_phone": "",
                "dpo_registration": "",
            },
        )
    ],
}

LABELS = [
    ("Leerlingen", "blue"),
    ("Personeel", "teal"),
    ("Marketing", "purple"),
    ("Zorg", "red"),
    ("Wettelijk", "grey"),
]

PARTIES = {
    "las": ("Klasboek Software B.V.", "NL", {"kind": "company", "email": "privacy@klasboek.example"}),
    "books": ("Boekenroute Leermiddelen B.V.", "NL", {"kind": "company", "email": "privacy@boekenroute.example"}),
    "payroll": ("Loonwerk Onderwijs B.V.", "NL", {"kind": "company", "email": "privacy@loonwerk.example"}),
    "cloud": ("Werkplek Cloud Ltd.", "IE", {"kind": "company", "email": "dpo@werkplekcloud.example"}),
    "mailer": ("Postvlucht Mail Inc.", "US", {"kind": "company", "email": "privacy@postvlucht.example"}),
    "doctor": ("Arbodienst Gezond Werk B.V.", "NL", {"kind": "company", "email": "privacy@gezondwerk.example"}),
    "photo": ("Schoolfoto De Lens", "NL", {"kind": "person", "email": "info@delens.example"}),
    "webcare": ("Meldkamer Webcare B.V.", "NL", {"kind": "company", "email": "privacy@meldkamer.example"}),
    "guard": ("Veilig Gebouw B.V.", "NL", {"kind": "company", "email": "privacy@veiliggebouw.example"}),
    "duo": ("Dienst Uitvoering Onderwijs (DUO)", "NL", {"kind": "public", "website": "https://www.duo.nl"}),
    "tax": ("Belastingdienst", "NL", {"kind": "public", "website": "https://www.belastingdienst.nl"}),
    "uwv": ("UWV", "NL", {"kind": "public", "website": "https://www.uwv.nl"}),
    "pension": ("Stichting Pensioenfonds ABP", "NL", {"kind": "association", "website": "https://www.abp.nl"}),
    "municipality": ("Gemeente Utrecht", "NL", {"kind": "public", "website": "https://www.utrecht.nl"}),
    "support": (
        "Samenwerkingsverband Passend Onderwijs Midden",
        "NL",
        {"kind": "association", "email": "info@swvmidden.example"},
    ),
    "meta": ("Meta Platforms Ireland Limited", "IE", {"kind": "company", "website": "https://www.facebook.com"}),
    "whatsapp": ("WhatsApp Ireland Limited", "IE", {"kind": "company", "website": "https://www.whatsapp.com"}),
    "neighbour": (
        "Vrije School De Wilg",
        "NL",
        {
            "kind": "association",
            "address": "Wilgenpad 4\n3700 AB Zeist",
            "email": "bestuur@dewilg.example",
            "dpo": "fg@dewilg.example",
        },
    ),
    "las_old": ("Klasboek Software BV", "NL", {"kind": "company"}),
}

ALL_CLAUSES = dict.fromkeys(("subject", "data", "a", "b", "c", "d", "e", "f", "g", "h"), "yes")
SIGNED = {"kind": "processing", "status": "signed", "clauses": ALL_CLAUSES, "sub_processors": "general"}

AGREEMENTS = {
    "las": (
        "las",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst leerlingadministratie",
            "reference": "VO-2024-01",
            "signed_on": "2024-08-20",
            "valid_from": "2024-09-01",
            "breach_notice_hours": 24,
        },
    ),
    "books": (
        "books",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst leermiddelen",
            "reference": "VO-2024-02",
            "signed_on": "2024-06-03",
            "valid_from": "2024-08-01",
            "valid_until": "2026-08-01",
            "breach_notice_hours": 36,
        },
    ),
    "payroll": (
        "payroll",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst salarissen",
            "reference": "VO-2023-07",
            "signed_on": "2023-12-11",
            "valid_from": "2024-01-01",
            "breach_notice_hours": 24,
        },
    ),
    "cloud": (
        "cloud",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst werkplek",
            "reference": "VO-2024-05",
            "signed_on": "2024-10-01",
            "valid_from": "2024-10-01",
            "breach_notice_hours": 48,
        },
    ),
    "mailer": (
        "mailer",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst nieuwsbrieven",
            "reference": "VO-2025-03",
            "signed_on": "2025-02-14",
            "valid_from": "2025-02-14",
            "clauses": {**ALL_CLAUSES, "h": "no"},
        },
    ),
    "photo": (
        "photo",
        {"kind": "processing", "title": "Verwerkersovereenkomst schoolfotograaf", "status": "negotiation"},
    ),
    "webcare": (
        "webcare",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst webcare",
            "reference": "VO-2025-06",
            "signed_on": "2025-05-19",
            "valid_from": "2025-06-01",
            "breach_notice_hours": 24,
        },
    ),
    "guard": (
        "guard",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst camera's",
            "reference": "VO-2024-09",
            "signed_on": "2024-11-04",
            "valid_from": "2024-11-04",
        },
    ),
    "meta": (
        "meta",
        {
            "kind": "joint",
            "title": "Regeling gezamenlijke verantwoordelijkheid pagina's",
            "status": "signed",
            "signed_on": "2025-01-20",
            "valid_from": "2025-01-20",
            "essence_published": "yes",
        },
    ),
    "neighbour": (
        "neighbour",
        {
            **SIGNED,
            "title": "Verwerkersovereenkomst salarissen voor De Wilg",
            "reference": "VO-2025-01",
            "signed_on": "2025-01-13",
            "valid_from": "2025-02-01",
            "breach_notice_hours": 24,
        },
    ),
}

SYSTEMS = {
    "las": (
        "Klasboek leerlingadministratie",
        "las",
        "NL",
        {
            "kind": "Leerlingadministratie",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Functioneel beheer",
        },
    ),
    "office": (
        "Werkplek (mail, documenten, agenda)",
        "cloud",
        "IE",
        {
            "kind": "Kantoorsoftware",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "ICT",
        },
    ),
    "payroll": (
        "Loonwerk salarispakket",
        "payroll",
        "NL",
        {
            "kind": "Salarisadministratie",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Personeelszaken",
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
            "owner": "Communicatie",
        },
    ),
    "webcare": (
        "Meldkamer",
        "webcare",
        "NL",
        {
            "kind": "Webcare",
            "location": "cloud",
            "supports_erasure": "yes",
            "supports_export": "no",
            "supports_correction": "no",
            "owner": "Communicatie",
        },
    ),
    "camera": (
        "Camerasysteem gebouwen",
        "guard",
        "NL",
        {
            "kind": "Camera's",
            "location": "own",
            "supports_erasure": "yes",
            "supports_export": "yes",
            "supports_correction": "no",
            "owner": "Facilitair",
        },
    ),
    "ledger": (
        "Boekhouding",
        "",
        "NL",
        {
            "kind": "Financieel pakket",
            "location": "cloud",
            "supports_erasure": "no",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Financiën",
        },
    ),
    "crm": (
        "Relatiebestand oud-leerlingen",
        "",
        "NL",
        {
            "kind": "Rekenblad",
            "location": "device",
            "supports_erasure": "no",
            "supports_export": "yes",
            "supports_correction": "yes",
            "owner": "Communicatie",
        },
    ),
}

DOCUMENTS = {
    "privacy": (
        "Privacyreglement leerlingen",
        {"kind": "Beleid", "url": "https://lindeborg.example/privacyreglement", "dated_on": "2024-09-01"},
    ),
    "dpia": (
        "DPIA ondersteuningsdossier",
        {"kind": "DPIA", "url": "https://intranet.lindeborg.example/dpia-ondersteuning", "dated_on": "2025-03-12"},
    ),
    "camera": (
        "Protocol cameratoezicht",
        {"kind": "Protocol", "url": "https://intranet.lindeborg.example/camera", "dated_on": "2024-11-25"},
    ),
    "webcare": (
        "Werkwijze webcare",
        {"kind": "Procedure", "url": "https://intranet.lindeborg.example/webcare", "dated_on": "2025-06-02"},
    ),
}

MEASURES = {
    "multi-factor": {"status": "verified", "owner": "ICT", "last_tested_on": "2026-06-15"},
    "backup": {"status": "verified", "owner": "ICT", "last_tested_on": "2026-04-20"},
    "restore-test": {"status": "implemented", "owner": "ICT", "last_tested_on": "2025-04-14"},
    "access-by-role": {"status": "implemented", "owner": "Functioneel beheer"},
    "encryption-in-transit": {"status": "implemented", "owner": "ICT"},
    "access-logging": {"status": "implemented", "owner": "ICT"},
    "penetration-test": {"status": "planned", "owner": "ICT", "planned_for": "2027-02-01"},
    "awareness-training": {"status": "implemented", "owner": "Personeelszaken", "last_tested_on": "2026-09-28"},
    "confidentiality-statement": {"status": "implemented", "owner": "Personeelszaken"},
}

ACTIVITIES = PUPILS | STAFF | OUTREACH
