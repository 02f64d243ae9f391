"""The activities of the web shop, in Dutch and English."""

from .shorthand import data, measures, people, purpose, systems, to, transfer

SHOP_FIELDS = {
    "medium": "digital",
    "informed": "yes",
    "informed_how": "Privacyverklaring, gelinkt onder elk formulier en in elke mail.",
    "automated": "no",
    "children": "no",
    "vulnerable": "no",
    "large_scale": "no",
    "owner_function": "Zaakvoerder",
    "started_on": "2023-04-01",
    "joint_answer": "none",
    "transfers_answer": "none",
}
SAFE = measures("multi-factor", "encryption-in-transit", "backup", "processor-agreements")
MAILER = to("mailer", "processor", "verstuurt de mails", "mailer")
TO_MAILER = transfer(
    "mailer",
    "US",
    "adequacy",
    adequacy_reference="(EU) 2023/1795",
    scope_checked_on="2025-01-20",
    frequency="structural",
    copy_contact="privacy@kaasplank.example",
)
META = to("meta", "joint_controller", "advertenties op sociale media", "meta")
PROOF = data("consent-record", "proof-of-consent", "om de toestemming te bewijzen", source="generated")

ACTIVITIES = {
    "orders": {
        "name": "Bestellingen in de webwinkel",
        "owner": "shopkeeper",
        "labels": ["Winkel"],
        "fields": SHOP_FIELDS
        | {
            "profiling": "no",
            "people_min": 2500,
            "people_max": 4000,
            "provision": "contractual",
            "provision_consequence": "Zonder adres kunnen we niet leveren.",
        },
        "purposes": [
            purpose(
                "Bestellingen leveren, betalen en ruilen.",
                "b",
                en="Delivering, charging and exchanging orders.",
                contract="koopovereenkomst",
            ),
            purpose("De boekhouding bewaren.", "c", "wer", "art. III.88", en="Keeping the accounts."),
        ],
        "subjects": [people("customers", 2500, 4000)],
        "data": [
            data("name", "be-accounting", "om te leveren"),
            data("delivery-address", "be-accounting", "om te leveren"),
            data("email", "customer-account", "om de bestelling te bevestigen"),
            data("purchase-history", "be-accounting", "voor garantie en boekhouding", source="generated"),
            data("payment-history", "be-accounting", "om de betaling te controleren"),
        ],
        "recipients": [
            to("platform", "processor", "levert de webwinkel", "platform"),
            to("payment", "controller", "verwerkt de betaling"),
            to("parcel", "controller", "bezorgt het pakket"),
            to("accountant", "processor", "doet de boekhouding", "accountant"),
        ],
        "systems": systems("shop", "books"),
        "measures": SAFE,
        "documents": [{"document": "privacy"}],
        "life": [
            ("2025-01-16", "make"),
            ("2025-02-01", "establish", "Eerste register"),
            ("2026-02-02", "review"),
            ("2026-05-11", "save", "collection", {"accuracy": "Klanten wijzigen hun adres zelf."}),
            ("2026-05-12", "establish", "Beschreven hoe gegevens juist blijven"),
        ],
    },
    "account": {
        "name": "Klantaccount en klantenkaart",
        "owner": "shopkeeper",
        "labels": ["Winkel"],
        "fields": SHOP_FIELDS
        | {"profiling": "yes", "automated_logic": "Punten per euro; geen beslissing met gevolgen."},
        "purposes": [
            purpose(
                "Klanten een account en spaarpunten geven.",
                "b",
                en="Giving customers an account and loyalty points.",
                contract="voorwaarden van de klantenkaart",
            )
        ],
        "subjects": [people("account-holders", 900, 1300), people("loyalty-card-holders")],
        "data": [
            data("account-details", "customer-account", "om in te loggen"),
            data("loyalty-card-use", "customer-account", "om punten te tellen", source="generated"),
        ],
        "recipients": [to("platform", "processor", "levert het account", "platform")],
        "systems": systems("shop"),
        "measures": SAFE,
        "life": [
            ("2025-01-16", "make"),
            ("2025-02-01", "establish", "Eerste register"),
            ("2026-02-02", "review"),
        ],
    },
    "newsletter": {
        "name": "Nieuwsbrief",
        "owner": "shopkeeper",
        "labels": ["Marketing"],
        "fields": SHOP_FIELDS | {"profiling": "no", "transfers_answer": "some"},
        "purposes": [
            purpose(
                "Wie dat vraagt elke maand recepten en aanbiedingen mailen.",
                "a",
                en="Mailing recipes and offers once a month to those who asked.",
                consent_note="Dubbele aanmelding per mail; afmelden met één klik in elke mail.",
            )
        ],
        "subjects": [people("newsletter-subscribers", 1100, 1500)],
        "data": [data("email", "newsletter", "om de mail te sturen"), PROOF],
        "recipients": [MAILER],
        "transfers": [TO_MAILER],
        "systems": systems("mailer"),
        "measures": SAFE,
        "life": [
            ("2025-01-17", "make"),
            ("2025-02-01", "establish", "Eerste register"),
            (
                "2025-10-13",
                "save",
                "collection",
                {"collection": "Formulier onderaan elke pagina, bevestiging per mail."},
            ),
            ("2025-10-14", "establish", "Dubbele aanmelding ingevoerd"),
            ("2026-02-02", "review"),
        ],
    },
    "customer_mail": {
        "name": "E-mail aan bestaande klanten",
        "owner": "shopkeeper",
        "labels": ["Marketing"],
        "fields": SHOP_FIELDS | {"profiling": "no", "transfers_answer": "some"},
        "purposes": [
            purpose(
                "Klanten mailen over gelijkaardige producten.",
                "f",
                en="Mailing customers about similar products.",
                interest_nl="Klanten terugzien.",
                interest_en="Seeing customers again.",
                interest_of="de winkel",
                interest_assessment="Belangenafweging van 10 februari 2025",
            )
        ],
        "subjects": [people("customers", 2500, 4000)],
        "data": [
            data("email", "customer-account", "om de mail te sturen"),
            data("purchase-history", "customer-account", "om gelijkaardige producten te kiezen"),
            data("objection-record", "do-not-contact-list", "om bezwaar te onthouden"),
        ],
        "recipients": [MAILER],
        "transfers": [TO_MAILER],
        "systems": systems("mailer", "shop"),
        "measures": SAFE,
        "documents": [{"document": "lia"}],
        "life": [
            ("2025-02-10", "make"),
            ("2025-02-17", "establish", "Na de belangenafweging"),
            (
                "2025-02-11",
                "advice",
                "Bezwaar bij aankoop",
                "Geef al bij de aankoop de kans om geen mail te krijgen, en in elke mail opnieuw.",
                "followed",
            ),
            ("2026-02-16", "review"),
        ],
    },
    "push": {
        "name": "Pushberichten",
        "owner": "shopkeeper",
        "labels": ["Marketing"],
        "fields": SHOP_FIELDS | {"profiling": "no"},
        "purposes": [
            purpose(
                "Een seintje sturen als een kaas terug in voorraad is.",
                "a",
                en="Sending a note when a cheese is back in stock.",
                consent_note="Toestemming in de browser; marketing heeft een eigen vraag.",
            )
        ],
        "subjects": [people("website-visitors", 200, 500)],
        "data": [
            data("push-token", "newsletter", "om het bericht te sturen"),
            data("truncated-ip-address", "nl-logs", "om misbruik te zien", source="observed"),
        ],
        "recipients": [to("push", "processor", "verstuurt de berichten", "push")],
        "systems": systems("push"),
        "measures": SAFE,
        "life": [
            ("2025-09-08", "make"),
            ("2025-09-15", "establish", "Start van pushberichten"),
            ("2026-09-14", "review"),
        ],
    },
    "cookies": {
        "name": "Cookies, pixel en gerichte advertenties",
        "owner": "shopkeeper",
        "labels": ["Marketing", "Sociale media"],
        "fields": SHOP_FIELDS | {"profiling": "yes", "joint_answer": "some", "assessment": "needed"},
        "purposes": [
            purpose(
                "Bezoekers na hun bezoek advertenties tonen.",
                "a",
                en="Showing visitors advertisements after their visit.",
                consent_note="Keuze in de cookiemelding, weigeren even gemakkelijk als aanvaarden.",
            )
        ],
        "subjects": [people("website-visitors", 8000, 15000)],
        "data": [
            data("cookies", "web-statistics", "om bezoek te herkennen", source="observed"),
            data("web-usage", "web-statistics", "om advertenties te kiezen", source="observed"),
            data("cookie-choices", "proof-of-consent", "om de keuze te bewijzen"),
        ],
        "joint_controllers": [META],
        "recipients": [to("platform", "processor", "levert de cookiemelding", "platform")],
        "systems": systems("shop", "ads"),
        "measures": SAFE,
        "life": [
            ("2025-02-03", "make"),
            ("2025-02-24", "establish", "Eerste register"),
            ("2026-11-02", "save", "assessment", {"assessment_note": "Vragenlijst ligt klaar bij de DPO."}),
        ],
    },
    "custom_audience": {
        "name": "Klantenlijst voor advertenties (custom audience)",
        "owner": "shopkeeper",
        "labels": ["Marketing", "Sociale media"],
        "parent": "cookies",
        "fields": SHOP_FIELDS | {"profiling": "yes", "joint_answer": "some"},
        "purposes": [
            purpose(
                "Eigen klanten op sociale media een advertentie tonen.",
                "a",
                en="Showing own customers an advertisement on social media.",
                consent_note="Eigen vraag in het klantaccount.",
            )
        ],
        "subjects": [people("customers", 300, 600)],
        "data": [data("audience-match-list", "unconfirmed-subscription", "om klanten te herkennen"), PROOF],
        "joint_controllers": [META],
        "recipients": [to("meta", "controller", "gebruikt de gegevens ook voor eigen doelen")],
        "systems": systems("ads"),
        "measures": SAFE,
        "life": [
            ("2025-03-10", "make"),
            ("2025-03-24", "establish", "Alleen nog met toestemming"),
            (
                "2025-03-12",
                "advice",
                "Grondslag voor klantenlijsten",
                "Vraag toestemming; gerechtvaardigd belang is hier betwist.",
                "followed",
            ),
            ("2026-03-23", "review"),
        ],
    },
    "lookalike": {
        "name": "Gelijkende doelgroep (look-alike)",
        "owner": "shopkeeper",
        "labels": ["Marketing", "Sociale media"],
        "parent": "custom_audience",
        "fields": {"medium": "digital"},
        "purposes": [
            purpose("Mensen bereiken die op onze klanten lijken.", "", en="Reaching people who resemble our customers.")
        ],
        "subjects": [people("customers")],
        "life": [
            ("2026-10-20", "make"),
            ("2026-10-27", "advice", "Eerst een DPIA-toets", "Begin pas na een toets of een DPIA nodig is."),
        ],
    },
    "lead_ads": {
        "name": "Aanvraagformulier op sociale media (lead ads)",
        "owner": "shopkeeper",
        "labels": ["Marketing", "Sociale media"],
        "fields": SHOP_FIELDS | {"profiling": "no", "joint_answer": "some"},
        "purposes": [
            purpose(
                "Een kaasplank voor bedrijven aanbieden aan wie het formulier invult.",
                "b",
                en="Offering a cheese board for companies to those who fill in the form.",
                contract="op verzoek van de aanvrager",
            )
        ],
        "subjects": [people("prospects", 50, 150)],
        "data": [
            data("lead-form-answers", "brochure-request", "om de offerte te sturen"),
            data("email", "brochure-request", "om de offerte te sturen"),
        ],
        "joint_controllers": [META],
        "recipients": [to("platform", "processor", "ontvangt de aanvragen", "platform")],
        "systems": systems("ads", "shop"),
        "measures": SAFE,
        "life": [
            ("2025-05-12", "make"),
            ("2025-05-19", "establish", "Voor de actie van de zomer"),
            ("2026-05-18", "review"),
        ],
    },
    "tell_a_friend": {
        "name": "Vertel het een vriend",
        "owner": "shopkeeper",
        "labels": ["Marketing"],
        "fields": SHOP_FIELDS | {"profiling": "no"},
        "purposes": [
            purpose(
                "Op vraag van een bezoeker één keer een recept naar een vriend sturen.",
                "a",
                en="Sending a recipe to a friend once, at a visitor's request.",
                consent_note="In België vooraf toestemming; geen beloning, het hele bericht is te zien, het adres wordt daarna vergeten.",
            )
        ],
        "subjects": [people("prospects")],
        "data": [data("email", "", "om het ene bericht te sturen", retention_note="Gewist na verzending.")],
        "recipients": [to("platform", "processor", "verstuurt het bericht", "platform")],
        "systems": systems("shop"),
        "measures": SAFE,
        "life": [
            ("2025-04-07", "make"),
            ("2025-04-14", "establish", "Zonder beloning"),
            ("2026-05-04", "end", "Gestopt: te weinig gebruikt"),
        ],
    },
}
