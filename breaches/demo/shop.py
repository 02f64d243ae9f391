"""What happened to Kaasplank Peeters."""

from dataclasses import replace

from breaches.scales import Availability, Confidentiality, Context, Identification, Integrity, Malice
from breaches.severity import Answers

KEEPER = "shopkeeper"
DECIDER = "owner"
FORM = "gba"
DAY = 24

PARCEL = Answers(
    data=frozenset({Context.SIMPLE}),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.KNOWN,
    integrity=Integrity.NONE,
    availability=Availability.NONE,
    malice=Malice.NO,
)
STOLEN = replace(
    PARCEL,
    data=frozenset({Context.SIMPLE, Context.BEHAVIOURAL}),
    confidentiality=Confidentiality.STRANGERS,
    malice=Malice.YES,
)

DRILLS = {}

BREACHES = {
    "invoice": {
        "ago": 205 * DAY,
        "before": 45,
        "by": "shopkeeper",
        "report": {
            "title": "Factuur van een andere klant in het pakket",
            "incident": "post_misdirected",
            "discovery": "recipient",
            "reporter": "outsider",
            "groups": ["customers"],
            "people_min": 1,
            "people_max": 1,
        },
        "texts": {"happened": "Een klant belde: in haar doos zat de factuur van iemand anders."},
        "life": [
            (1, "examine"),
            (
                2,
                "facts",
                "facts",
                {
                    "facts": "Bij het inpakken is de factuur van een andere bestelling in de doos gelegd.",
                    "kinds": ["confidentiality"],
                    "cause": "human_error",
                    "origin": "inside",
                    "intent": "accident",
                },
            ),
            (2, "facts", "aware", {"aware_reason": "De klant stuurde een foto van de factuur."}),
            (2, "facts", "data", {"data_kinds": ["name", "contact", "other"], "data_note": "Wat er besteld was."}),
            (2, "facts", "protection", {"recipients": "trusted", "is_deletion_confirmed": "yes"}),
            (2, "facts", "effects", {"effects": "Eén klant kent het adres en de bestelling van een ander."}),
            (2, "facts", "remedy", {"remedy": "De klant heeft de factuur vernietigd en een nieuwe gekregen."}),
            (2, "hits", "Bestellingen in de webwinkel", "Winkelbouw webwinkel"),
            (4, "assess", PARCEL, {"care_interrupted": False}, "Eén factuur, bij een klant die meewerkte."),
            (5, "decide", "authority", False, "Een risico is niet waarschijnlijk: de factuur is vernietigd."),
            (5, "decide", "people", False, "Geen hoog risico.", "no_high_risk"),
            (8, "measure", "prevent", "Factuur pas printen als de doos open staat", "shopkeeper", 7),
            (10 * DAY, "close"),
        ],
    },
    "accounts": {
        "ago": 84 * DAY,
        "before": 70,
        "told_after": 3,
        "by": "shopkeeper",
        "report": {
            "title": "Klantaccounts geopend met gestolen wachtwoorden",
            "incident": "attack",
            "discovery": "monitoring",
            "groups": ["customers"],
            "people_min": 180,
            "people_max": 240,
        },
        "texts": {
            "happened": "In het beheer van de winkel zijn honderden aanmeldingen vanaf één adres te zien.",
            "done": "De wachtwoorden van die accounts zijn gewist.",
        },
        "life": [
            (6, "examine"),
            (
                20,
                "facts",
                "facts",
                {
                    "facts": (
                        "Met wachtwoorden die elders zijn gestolen zijn 212 klantaccounts geopend. Te zien waren naam, "
                        "adres en oude bestellingen."
                    ),
                    "kinds": ["confidentiality"],
                    "cause": "hacking",
                    "origin": "outside",
                    "intent": "deliberate",
                },
            ),
            (20, "facts", "aware", {"aware_reason": "De host bevestigde dat de aanmeldingen gelukt waren."}),
            (20, "facts", "data", {"data_kinds": ["name", "contact", "credentials", "behaviour"]}),
            (20, "facts", "people", {"people_min": 212, "people_max": 212}),
            (20, "facts", "protection", {"protection": "none", "unintelligible": "none", "recipients": "strangers"}),
            (20, "hits", "Klantaccount en klantenkaart", "Winkelbouw webwinkel"),
            (
                22,
                "facts",
                "effects",
                {
                    "effects": "Klanten kunnen misleidende berichten krijgen, en schade lijden waar zij hetzelfde "
                    "wachtwoord gebruiken.",
                    "effects_on_data": ["seen", "misuse"],
                    "effects_on_people": ["identity_fraud", "control"],
                    "seriousness": "considerable",
                },
            ),
            (
                25,
                "assess",
                STOLEN,
                {"nothing_taken": False, "care_interrupted": False},
                "Kwaadwillenden hebben wachtwoorden en adressen; veel mensen gebruiken elders hetzelfde wachtwoord.",
            ),
            (30, "advise", "Melden bij de GBA en de klanten meteen waarschuwen."),
            (50, "decide", "authority", True, "Een risico is waarschijnlijk."),
            (50, "decide", "people", True, "Klanten kunnen zelf iets doen: hun wachtwoord elders veranderen."),
            (
                51,
                "facts",
                "remedy",
                {
                    "remedy": "Wachtwoorden gewist, aanmelden per adres begrensd, klanten gewaarschuwd.",
                    "lessons": "Meer dan één mens moet bij het loket van de GBA kunnen.",
                },
            ),
            (52, "tell", "email", 212),
            (
                90,
                "facts",
                "aware",
                {
                    "late_reason": "De zaakvoerder was in het weekend niet bereikbaar en niemand anders kon bij "
                    "het loket. Dat kunnen nu twee mensen."
                },
            ),
            (91, "notify", "first", "GBA-2026-00718"),
            (100, "measure", "prevent", "Inloggen in twee stappen aanbieden", "shopkeeper", 30),
            (45 * DAY, "close"),
        ],
    },
    "mailing": {
        "ago": 20,
        "knew_before": 30,
        "before": 60,
        "processor": "Postvlucht Mail Inc.",
        "by": "shopkeeper",
        "report": {
            "title": "Mailinglijst gekopieerd bij de verzender",
            "incident": "attack",
            "discovery": "processor",
            "reporter": "processor",
            "groups": ["customers"],
            "people_min": 2000,
            "people_max": 5400,
            "is_ongoing": "no",
        },
        "texts": {
            "happened": "De verzender van onze nieuwsbrief meldt dat lijsten van klanten zijn gekopieerd, ook de onze.",
            "company": "De verzender van de nieuwsbrief",
        },
        "life": [
            (2, "examine"),
            (
                4,
                "facts",
                "facts",
                {
                    "facts": "Bij de verzender van de nieuwsbrief zijn lijsten met adressen gekopieerd.",
                    "kinds": ["confidentiality"],
                    "cause": "supplier",
                    "origin": "outside",
                    "intent": "deliberate",
                },
            ),
            (4, "facts", "data", {"data_kinds": ["name", "contact"]}),
            (4, "hits", "Nieuwsbrief", "Postvlucht nieuwsbrieven"),
        ],
    },
}
