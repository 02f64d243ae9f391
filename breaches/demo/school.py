"""What happened to Stichting Lindeborg Onderwijs."""

from dataclasses import replace

from breaches.scales import Availability, Confidentiality, Context, Identification, Integrity, Malice
from breaches.severity import Answers

KEEPER = "officer"
DECIDER = "director"
FORM = "ap"
DAY = 24

SCHOOL_MAIL = Answers(
    data=frozenset({Context.SIMPLE}),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.KNOWN,
    integrity=Integrity.NONE,
    availability=Availability.NONE,
    malice=Malice.NO,
)
CARE = replace(SCHOOL_MAIL, data=frozenset({Context.SIMPLE, Context.SENSITIVE}))
HACKED = replace(CARE, confidentiality=Confidentiality.STRANGERS, malice=Malice.YES)

DRILLS = {
    "ransomware": {
        "ago": 40 * DAY,
        "title": "Oefening gijzelsoftware",
        "scenario": (
            "Maandagochtend kan niemand meer bij de gedeelde mappen. Op het scherm staat een brief van een afperser. "
            "De namen in deze oefening zijn verzonnen."
        ),
        "lessons": (
            "De eerste melding kwam snel. Niemand wist wie de leverancier belt als de privacyofficer er niet is: dat "
            "nummer staat nu op de kaart in de teamkamer."
        ),
    }
}

BREACHES = {
    "marks": {
        "ago": 238 * DAY,
        "before": 3,
        "by": "reporter",
        "report": {
            "title": "Cijferlijst aan de verkeerde ouder gemaild",
            "incident": "email_misdirected",
            "discovery": "staff",
            "groups": ["pupils", "minors"],
            "people_min": 1,
            "people_max": 1,
        },
        "texts": {
            "happened": "Ik heb de cijferlijst van een leerling naar de ouder van een andere leerling gestuurd.",
            "data": "Naam, klas en cijfers",
            "done": "De ouder meteen gebeld.",
        },
        "life": [
            (2, "examine"),
            (
                2,
                "facts",
                "facts",
                {
                    "facts": (
                        "Een docent mailde de cijferlijst van één leerling aan de ouder van een andere leerling, "
                        "doordat het adres vanzelf werd aangevuld."
                    ),
                    "kinds": ["confidentiality"],
                    "cause": "misdirected",
                    "origin": "inside",
                    "intent": "accident",
                },
            ),
            (2, "facts", "aware", {"aware_reason": "De docent zag het zelf en wist het meteen zeker."}),
            (2, "facts", "data", {"data_kinds": ["name", "other"], "data_note": "Klas en cijfers."}),
            (2, "facts", "protection", {"recipients": "trusted", "is_deletion_confirmed": "yes"}),
            (2, "hits", "Leerlingadministratie"),
            (
                3,
                "facts",
                "effects",
                {
                    "effects": "Eén ouder heeft de cijfers van een klasgenoot gezien.",
                    "effects_on_data": ["seen"],
                    "seriousness": "negligible",
                },
            ),
            (
                3,
                "facts",
                "remedy",
                {
                    "remedy": "De ouder heeft de mail gewist en dat schriftelijk bevestigd.",
                    "lessons": "Het automatisch aanvullen van adressen van ouders staat nu uit.",
                },
            ),
            (
                4,
                "assess",
                SCHOOL_MAIL,
                {"nothing_taken": False},
                "De ontvanger is bekend, werkte meteen mee en heeft de mail gewist. Het gaat om één lijst cijfers.",
            ),
            (5, "advise", "Niet melden; wel vastleggen. Het aanvullen van adressen is een terugkerende oorzaak."),
            (
                6,
                "decide",
                "authority",
                False,
                "Een risico is niet waarschijnlijk: één bekende ontvanger, die het wissen heeft bevestigd.",
            ),
            (6, "decide", "people", False, "Er is geen hoog risico; de ouders zijn wel gebeld.", "no_high_risk"),
            (7, "measure", "prevent", "Automatisch aanvullen van adressen uitzetten", "admin", 12),
            (9 * DAY, "close"),
        ],
    },
    "mailbox": {
        "ago": 141 * DAY,
        "before": 30,
        "by": "hr",
        "report": {
            "title": "Mailbox van een medewerker overgenomen",
            "incident": "attack",
            "discovery": "staff",
            "groups": ["employees", "pupils", "minors"],
        },
        "texts": {
            "happened": "Uit de mailbox van een collega gaan vreemde berichten naar ouders. Zij heeft gisteren op een "
            "link geklikt en haar wachtwoord ingevuld.",
            "data": "Wat er in haar mail staat: ouders, leerlingen, ook verzuim.",
            "done": "Collega heeft haar laptop uitgezet en ICT gebeld.",
            "contact": "Via het secretariaat, toestel 12",
        },
        "life": [
            (1, "examine"),
            (1, "measure", "contain", "Account blokkeren en overal afmelden", "admin", 0),
            (
                6,
                "facts",
                "facts",
                {
                    "facts": (
                        "Na een nagemaakte inlogpagina had iemand anders dertig uur toegang tot één mailbox en "
                        "verstuurde daaruit 412 berichten. De logboeken laten zien dat de mailbox is gekopieerd."
                    ),
                    "kinds": ["confidentiality"],
                    "cause": "phishing",
                    "origin": "outside",
                    "intent": "deliberate",
                },
            ),
            (6, "facts", "aware", {"aware_reason": "ICT zag in de logboeken aanmeldingen uit een ander land."}),
            (
                20,
                "facts",
                "data",
                {
                    "data_kinds": ["name", "contact", "health"],
                    "data_note": "Berichten over verzuim en begeleiding van leerlingen.",
                    "records_min": 3100,
                    "records_max": 3600,
                },
            ),
            (20, "facts", "people", {"people_min": 640, "people_max": 700}),
            (20, "facts", "protection", {"protection": "none", "unintelligible": "none", "recipients": "strangers"}),
            (20, "hits", "Ondersteuningsdossier en passend onderwijs"),
            (20, "hits", "Ouderportaal en oudercontact", "Werkplek (mail, documenten, agenda)"),
            (
                21,
                "facts",
                "effects",
                {
                    "effects": "Ouders kunnen nagemaakte berichten krijgen; verzuim van leerlingen is bij een vreemde.",
                    "effects_on_data": ["seen", "misuse"],
                    "effects_on_people": ["control", "identity_fraud", "reputation"],
                    "seriousness": "considerable",
                },
            ),
            (
                22,
                "assess",
                HACKED,
                {"nothing_taken": False, "care_interrupted": False, "later_measures": False},
                "De mailbox is gekopieerd door iemand met kwade bedoelingen, en er staan gezondheidsgegevens van "
                "minderjarigen in. Een hoog risico is waarschijnlijk.",
            ),
            (23, "advise", "Melden aan de AP en de ouders deze week inlichten."),
            (25, "decide", "authority", True, "Een hoog risico is waarschijnlijk."),
            (25, "decide", "people", True, "Ouders moeten weten dat zij nagemaakte berichten kunnen krijgen."),
            (28, "notify", "first", "AP-2026-4471", "Het juiste aantal betrokkenen.", 14),
            (30, "log", "De AP vroeg per telefoon of de ouders al zijn ingelicht; dat gebeurt morgen."),
            (
                44,
                "facts",
                "remedy",
                {
                    "remedy": "Account afgesloten, wachtwoorden vervangen en alle 412 ontvangers gewaarschuwd.",
                    "lessons": "Inloggen in twee stappen geldt nu ook voor mail buiten het schoolnet.",
                },
            ),
            (48, "tell", "email", 655),
            (9 * DAY, "facts", "people", {"people_min": 655, "people_max": 655}),
            (10 * DAY, "notify", "follow_up", "AP-2026-4471"),
            (10 * DAY, "measure", "prevent", "Inloggen in twee stappen voor alle mail", "admin", 21),
            (33 * DAY, "close"),
        ],
    },
    "payslip": {
        "ago": 96 * DAY,
        "before": 50,
        "by": "hr",
        "report": {
            "title": "Loonstrook van De Wilg in de verkeerde envelop",
            "incident": "post_misdirected",
            "discovery": "recipient",
            "role": "processor",
            "groups": ["employees"],
            "people_min": 2,
            "people_max": 2,
        },
        "texts": {"happened": "Twee loonstroken die wij voor De Wilg maken zijn in elkaars envelop verstuurd."},
        "life": [
            (1, "examine"),
            (
                2,
                "facts",
                "facts",
                {
                    "facts": "Twee loonstroken zijn bij het vouwen verwisseld; ieder kreeg die van de ander.",
                    "kinds": ["confidentiality"],
                    "cause": "human_error",
                    "origin": "inside",
                    "intent": "accident",
                },
            ),
            (2, "facts", "data", {"data_kinds": ["name", "national_id", "account", "other_financial"]}),
            (2, "hits", "Salarisadministratie voor De Wilg"),
            (3, "controllers", "Vrije School De Wilg"),
            (4, "facts", "effects", {"effects": "Twee collega's kennen elkaars salaris en burgerservicenummer."}),
            (4, "facts", "remedy", {"remedy": "Beide loonstroken zijn opgehaald en opnieuw verstuurd."}),
            (6 * DAY, "close"),
        ],
    },
    "stick": {
        "ago": 63 * DAY,
        "by": "reporter",
        "report": {
            "title": "USB-stick met toetsen kwijt",
            "incident": "device_lost",
            "discovery": "staff",
            "groups": ["pupils"],
        },
        "texts": {"happened": "Mijn USB-stick met toetsen ligt niet meer in het lokaal."},
        "life": [
            (3, "examine"),
            (
                26,
                "no_breach",
                "De stick lag in het afgesloten kabinet en er staan alleen lege toetsen op: geen persoonsgegevens.",
            ),
        ],
    },
    "twice": {
        "ago": 62 * DAY,
        "by": "head",
        "report": {"title": "USB-stick met toetsen kwijt", "incident": "device_lost"},
        "texts": {"happened": "Een docent mist een USB-stick."},
        "life": [(4, "withdraw", "Dezelfde stick was de dag ervoor al gemeld.")],
    },
    "supplier": {
        "ago": 12 * DAY,
        "knew_before": 40,
        "before": 300,
        "processor": "Klasboek Software B.V.",
        "by": "officer",
        "report": {
            "title": "Leerlinggegevens zichtbaar bij een andere school",
            "incident": "wrong_in_portal",
            "discovery": "processor",
            "reporter": "processor",
            "groups": ["pupils", "minors"],
            "people_min": 80,
            "people_max": 240,
        },
        "texts": {
            "happened": "De leverancier meldt dat door een fout na een update leerlinggegevens van ons zichtbaar waren "
            "voor de beheerder van een andere school.",
            "company": "Leverancier van de leerlingadministratie",
        },
        "life": [
            (1, "examine"),
            (
                5,
                "facts",
                "facts",
                {
                    "facts": (
                        "Na een update toonde de leerlingadministratie op sommige pagina's gegevens van andere scholen."
                        " De leverancier zet de fout recht en zoekt uit welke leerlingen het betreft."
                    ),
                    "kinds": ["confidentiality"],
                    "cause": "supplier",
                    "origin": "outside",
                    "intent": "accident",
                },
            ),
            (
                5,
                "facts",
                "aware",
                {"aware_reason": "De melding van de leverancier noemt onze leerlingen; vanaf toen was het zeker."},
            ),
            (
                6,
                "facts",
                "data",
                {"data_kinds": ["name", "birth", "contact", "other"], "data_note": "Klas en rooster."},
            ),
            (6, "facts", "protection", {"protection": "none", "unintelligible": "none", "recipients": "known"}),
            (6, "hits", "Leerlingadministratie", "Klasboek leerlingadministratie"),
            (
                20,
                "assess",
                SCHOOL_MAIL,
                {"care_interrupted": False},
                "Het gaat om namen en contactgegevens van minderjarigen, gezien door één beheerder van een andere "
                "school. Nog niet zeker is om hoeveel leerlingen het gaat.",
            ),
            (22, "advise", "Eerst melden, aanvullen zodra de leverancier het aantal weet."),
            (24, "decide", "authority", True, "Een risico is waarschijnlijk; het aantal leerlingen is nog onbekend."),
            (47, "notify", "first", "AP-2026-9083", "Het aantal leerlingen en de uitleg van de leverancier.", 16),
            (50, "measure", "contain", "Leverancier vragen om de lijst van leerlingen", "officer", 14),
        ],
    },
    "folder": {
        "ago": 118,
        "told_after": 2,
        "by": "hr",
        "report": {
            "title": "Map met verzuimgegevens open voor alle medewerkers",
            "incident": "open_folder",
            "discovery": "staff",
            "groups": ["employees"],
            "people_min": 30,
            "people_max": 60,
            "is_ongoing": "no",
        },
        "texts": {
            "happened": "De map met verzuimgesprekken was voor iedereen met een schoolaccount te openen.",
            "data": "Verslagen van verzuimgesprekken",
            "done": "De rechten zijn meteen teruggezet.",
        },
        "life": [
            (5, "examine"),
            (
                20,
                "facts",
                "facts",
                {
                    "facts": "Bij een verhuizing van mappen kregen alle medewerkers leesrechten op verzuimgesprekken.",
                    "kinds": ["confidentiality"],
                    "cause": "human_error",
                    "origin": "inside",
                    "intent": "accident",
                },
            ),
            (20, "facts", "data", {"data_kinds": ["name", "health"]}),
            (20, "facts", "protection", {"protection": "none", "unintelligible": "none"}),
            (20, "hits", "Verzuim en re-integratie"),
            (
                26,
                "assess",
                replace(CARE, confidentiality=Confidentiality.EXPOSED),
                {"care_interrupted": False},
                "Gezondheidsgegevens stonden open. Of iemand gekeken heeft, moet uit de logboeken blijken.",
            ),
            (28, "advise", "Zonder logboeken is niet vol te houden dat niemand keek. Melden."),
        ],
    },
    "copied": {
        "ago": 60,
        "before": 1,
        "by": "editor",
        "report": {
            "title": "Uitnodiging met alle adressen zichtbaar",
            "incident": "recipients_visible",
            "discovery": "person",
            "groups": ["other"],
            "people_min": 42,
            "people_max": 42,
        },
        "texts": {
            "happened": "De uitnodiging voor de reünie ging met 42 adressen in Cc de deur uit.",
            "done": "Een tweede mail gestuurd met het verzoek om de eerste te wissen.",
        },
        "life": [
            (2, "examine"),
            (
                3,
                "facts",
                "facts",
                {
                    "facts": "Een uitnodiging voor een reünie is met 42 zichtbare adressen verstuurd.",
                    "kinds": ["confidentiality"],
                    "cause": "human_error",
                    "origin": "inside",
                    "intent": "accident",
                },
            ),
            (3, "facts", "aware", {"aware_reason": "De afzender zag het direct na het versturen."}),
            (3, "facts", "data", {"data_kinds": ["contact"]}),
            (3, "facts", "protection", {"recipients": "known", "unintelligible": "none"}),
            (3, "hits", "Oud-leerlingen en relaties"),
            (
                4,
                "facts",
                "effects",
                {"effects": "Oud-leerlingen kennen elkaars mailadres.", "seriousness": "negligible"},
            ),
            (
                5,
                "assess",
                replace(SCHOOL_MAIL, identification=Identification.SIGNIFICANT),
                {"care_interrupted": False},
                "Alleen mailadressen, binnen een kring van mensen die elkaar kennen.",
            ),
            (
                26,
                "decide",
                "authority",
                False,
                "Een risico is niet waarschijnlijk: alleen mailadressen van mensen die elkaar kennen.",
            ),
            (26, "decide", "people", False, "Geen hoog risico; zij kregen wel een excuus.", "no_high_risk"),
            (27, "measure", "prevent", "Nieuwsbriefsysteem gebruiken voor uitnodigingen", "editor", 10),
        ],
    },
    "drilled": {
        "ago": 40 * DAY - 1,
        "drill": "ransomware",
        "by": "reporter",
        "report": {"title": "Gedeelde mappen op slot", "incident": "attack", "discovery": "attacker"},
        "texts": {"happened": "OEFENING: ik kan niet meer bij mijn lesmateriaal en er staat een brief op het scherm."},
        "life": [
            (1, "examine"),
            (2, "facts", "facts", {"kinds": ["availability"], "facts": "Oefening.", "cause": "malware"}),
            (
                5,
                "assess",
                replace(HACKED, availability=Availability.TEMPORARY, confidentiality=Confidentiality.EXPOSED),
                {"care_interrupted": False},
                "Oefening: er is geen bewijs dat niets is meegenomen.",
            ),
            (7, "decide", "authority", True, "Oefening: een risico is waarschijnlijk."),
            (30, "notify", "first", "OEFENING-1"),
        ],
    },
    "laptop": {
        "ago": 9,
        "told_after": 1,
        "before": 14,
        "by": "reporter",
        "report": {
            "title": "Laptop gestolen uit de auto",
            "incident": "device_lost",
            "discovery": "staff",
            "groups": ["pupils", "minors"],
            "people_min": 28,
            "people_max": 28,
            "is_ongoing": "",
        },
        "texts": {
            "happened": "Vannacht is mijn schoollaptop uit de auto gestolen. Ik weet niet of hij versleuteld was.",
            "data": "Mentorklas: namen, telefoonnummers van ouders en mijn aantekeningen over de begeleiding.",
            "done": "Aangifte gedaan en de helpdesk gebeld.",
            "contact": "In de teamkamer, tot vijf uur",
        },
        "life": [],
    },
}
