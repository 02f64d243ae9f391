"""What the foundation does with the data of staff, applicants and suppliers, and what it does for a neighbour."""

from .shorthand import EVERYWHERE, data, inside, measures, people, purpose, systems, to

STAFF_FIELDS = {
    "medium": "both",
    "informed": "yes",
    "informed_how": "Privacyreglement voor medewerkers, bij de arbeidsovereenkomst.",
    "automated": "no",
    "profiling": "no",
    "children": "no",
    "vulnerable": "no",
    "transfers_answer": "none",
    "joint_answer": "none",
    "large_scale": "no",
    "people_min": 220,
    "people_max": 260,
    "owner_function": "Hoofd personeelszaken",
    "started_on": "2010-01-01",
    "council": "agreed",
    "council_asked_on": "2024-09-16",
    "council_decided_on": "2024-10-14",
    "council_note": "De personeelsgeleding van de medezeggenschapsraad stemt in.",
}

STAFF = {
    "personnel": {
        "name": "Personeelsdossier",
        "department": "Personeelszaken",
        "owner": "hr",
        "labels": ["Personeel"],
        "fields": STAFF_FIELDS,
        "purposes": [
            purpose("De arbeidsovereenkomst uitvoeren en medewerkers begeleiden.", "b", contract="arbeidsovereenkomst"),
            purpose("Verplichtingen uit het arbeidsrecht nakomen.", "c", "bw7", "titel 10"),
        ],
        "subjects": [people("employees", 220, 260), people("former-employees")],
        "data": [
            data("name", "nl-personnel-file", "om de medewerker te kennen"),
            data("home-address", "nl-personnel-file", "om post te sturen"),
            data("employment-contract", "nl-personnel-file", "om de afspraken na te komen"),
            data("performance-reviews", "nl-personnel-file", "om het gesprek te voeren"),
            data(
                "certificate-of-conduct",
                "nl-personnel-file",
                "verplicht in het onderwijs",
                detail="alleen dat er een VOG is",
            ),
            data("diplomas", "nl-personnel-file", "om de bevoegdheid aan te tonen"),
        ],
        "recipients": [to("cloud", "processor", "bewaart het dossier", "cloud")],
        "systems": systems("office"),
        "measures": measures(*EVERYWHERE, "locked-rooms"),
        "access": [inside("hr-adviser", "alle dossiers"), inside("line-manager", "eigen medewerkers")],
        "life": [
            ("2024-11-21", "make"),
            ("2024-12-02", "establish", "Eerste vastlegging van het register"),
            ("2025-12-01", "review"),
        ],
    },
    "payroll": {
        "name": "Salarisadministratie",
        "department": "Personeelszaken",
        "owner": "hr",
        "parent": "personnel",
        "labels": ["Personeel", "Wettelijk"],
        "fields": STAFF_FIELDS
        | {
            "provision": "statutory",
            "provision_consequence": "Zonder deze gegevens mag geen loon worden betaald volgens het gewone tarief.",
        },
        "purposes": [
            purpose("Salarissen berekenen en betalen.", "b", contract="arbeidsovereenkomst"),
            purpose(
                "Loonheffing en premies inhouden en afdragen.",
                "c",
                "wet-lb",
                "inhoudingsplicht",
                national_id_law="wet-lb",
                national_id_article="vaststellen van de identiteit van werknemers",
            ),
        ],
        "subjects": [people("employees", 220, 260)],
        "data": [
            data("name", "nl-fiscal-base-administration", "om te betalen"),
            data("bsn", "nl-wage-tax-identity", "door de wet voorgeschreven"),
            data("copy-of-identity-document", "nl-wage-tax-identity", "door de wet voorgeschreven"),
            data("bank-account", "nl-fiscal-base-administration", "om te betalen"),
            data("salary", "nl-fiscal-base-administration", "om te berekenen"),
            data("pension-details", "nl-fiscal-base-administration", "voor de afdracht"),
        ],
        "recipients": [
            to("payroll", "processor", "verwerkt de salarissen", "payroll"),
            to("tax", "authority", "aangifte loonheffing"),
            to("uwv", "authority", "sociale verzekeringen"),
            to("pension", "controller", "pensioenregeling"),
        ],
        "systems": systems("payroll"),
        "measures": measures(*EVERYWHERE, "separated-duties", "access-logging"),
        "access": [inside("payroll", "alles"), inside("finance", "alleen totalen")],
        "life": [
            ("2024-11-21", "make"),
            ("2024-12-02", "establish", "Eerste vastlegging van het register"),
            ("2025-06-16", "save", "collection", {"accuracy": "Medewerkers zien hun loonstrook en geven fouten door."}),
            ("2025-06-17", "establish", "Beschreven hoe gegevens juist blijven"),
            ("2025-12-08", "review"),
        ],
    },
    "recruitment": {
        "name": "Werving en selectie",
        "department": "Personeelszaken",
        "owner": "hr",
        "labels": ["Personeel"],
        "fields": STAFF_FIELDS | {"people_min": 300, "people_max": 450, "medium": "digital"},
        "purposes": [
            purpose(
                "Sollicitanten beoordelen en de vacature vervullen.",
                "b",
                contract="stappen op verzoek van de sollicitant vóór een arbeidsovereenkomst",
            ),
            purpose(
                "Een sollicitatie langer bewaren voor een volgende vacature.",
                "a",
                consent_note="Vraag in de brief bij afwijzing; intrekken per e-mail.",
            ),
        ],
        "subjects": [people("applicants", 300, 450)],
        "data": [
            data("name", "nl-applicants", "om contact te houden"),
            data("application-letter", "nl-applicants", "om te beoordelen"),
            data("curriculum-vitae", "nl-applicants", "om te beoordelen"),
            data("references", "nl-applicants", "alleen met medeweten van de sollicitant", source="controller"),
        ],
        "recipients": [to("cloud", "processor", "bewaart de sollicitaties", "cloud")],
        "systems": systems("office"),
        "measures": measures(*EVERYWHERE, "retention-run"),
        "life": [
            ("2024-11-22", "make"),
            ("2024-12-02", "establish", "Eerste vastlegging van het register"),
            (
                "2025-04-07",
                "advice",
                "Zoeken op sociale media",
                "Zoek sollicitanten niet op via sociale media, tenzij het voor de functie nodig is en vooraf is verteld.",
                "partly",
                "Voor de functie van woordvoerder blijft het nodig; dat staat nu in de vacature.",
            ),
        ],
    },
    "absence": {
        "name": "Verzuim en re-integratie",
        "department": "Personeelszaken",
        "owner": "hr",
        "parent": "personnel",
        "labels": ["Personeel", "Zorg"],
        "fields": STAFF_FIELDS | {"vulnerable": "yes", "people_min": 20, "people_max": 60},
        "purposes": [
            purpose(
                "Zieke medewerkers begeleiden en laten terugkeren.",
                "c",
                "wia",
                "re-integratie",
                special_ground="b",
                special_law="uavg",
                special_article="art. 30, eerste lid, onder b",
            )
        ],
        "subjects": [people("employees", 20, 60)],
        "data": [
            data(
                "sickness-absence",
                "nl-sickness-absence",
                "om loon door te betalen",
                detail="geen aard of oorzaak van de ziekte",
            ),
            data("reintegration", "nl-sickness-absence", "om afspraken vast te leggen"),
        ],
        "recipients": [
            to("doctor", "controller", "begeleiding door de bedrijfsarts"),
            to("uwv", "authority", "melding van langdurige ziekte"),
        ],
        "systems": systems("payroll"),
        "measures": measures(*EVERYWHERE, "file-shielding"),
        "life": [
            ("2024-11-26", "make"),
            ("2024-12-09", "establish", "Eerste vastlegging van het register"),
            (
                "2026-10-05",
                "advice",
                "Mail van leidinggevenden over ziekte",
                "Laat leidinggevenden geen medische gegevens mailen; geef ze een kort formulier.",
            ),
            ("2025-12-08", "review"),
        ],
    },
    "suppliers": {
        "name": "Leveranciers en facturen",
        "department": "Financiën",
        "owner": "hr",
        "fields": STAFF_FIELDS
        | {
            "council": "not_needed",
            "council_asked_on": None,
            "council_decided_on": None,
            "council_note": "",
            "people_min": 200,
            "people_max": 400,
            "owner_function": "Hoofd financiën",
        },
        "purposes": [
            purpose("Bestellingen plaatsen en facturen betalen.", "b", contract="overeenkomst met de leverancier"),
            purpose("De administratie bewaren zoals de belastingwet vraagt.", "c", "awr", "art. 52"),
        ],
        "subjects": [people("supplier-contacts", 200, 400)],
        "data": [
            data("business-contact-details", "supplier-contacts", "om te overleggen"),
            data("invoices", "nl-fiscal-base-administration", "door de wet voorgeschreven"),
            data("bank-account", "nl-fiscal-base-administration", "om te betalen"),
        ],
        "recipients": [to("tax", "authority", "controle")],
        "systems": systems("ledger"),
        "measures": measures(*EVERYWHERE, "separated-duties"),
        "life": [
            ("2024-12-03", "make"),
            ("2024-12-09", "establish", "Eerste vastlegging van het register"),
            ("2025-12-15", "review"),
            (
                "2026-06-15",
                "save",
                "recipients",
                None,
                {"recipients": [to("cloud", "processor", "bewaart bestellingen", "cloud")]},
            ),
            ("2026-06-16", "establish", "Verwerker toegevoegd"),
        ],
    },
    "camera": {
        "name": "Cameratoezicht in en om de gebouwen",
        "department": "Facilitair",
        "owner": "officer",
        "fields": STAFF_FIELDS
        | {
            "people_min": 2000,
            "people_max": 2600,
            "owner_function": "Hoofd facilitair",
            "children": "yes",
            "medium": "digital",
            "informed_how": "Borden bij elke ingang en het privacyreglement.",
        },
        "purposes": [
            purpose(
                "Mensen en eigendommen beschermen bij de ingangen en fietsenstallingen.",
                "f",
                interest_nl="De veiligheid van leerlingen, medewerkers en gebouwen.",
                interest_of="de stichting, leerlingen en medewerkers",
                interest_assessment="Belangenafweging van 25 november 2024",
            )
        ],
        "subjects": [people("pupils-secondary"), people("employees"), people("visitors")],
        "data": [
            data("camera-images", "nl-camera", "om een incident te kunnen uitzoeken", source="observed"),
            data("incident-records", "incident-images", "zolang het incident loopt", source="generated"),
        ],
        "recipients": [to("guard", "processor", "onderhoudt het systeem", "guard")],
        "systems": systems("camera"),
        "measures": measures("access-by-role", "locked-rooms", "retention-run", "access-logging"),
        "documents": [{"document": "camera"}],
        "life": [
            ("2024-11-27", "make"),
            ("2024-12-09", "establish", "Na instemming van de medezeggenschapsraad"),
            ("2025-10-06", "review"),
        ],
    },
    "visitors": {
        "name": "Bezoekersregistratie",
        "department": "Facilitair",
        "owner": "officer",
        "fields": {"medium": "paper", "owner_function": "Hoofd facilitair", "started_on": "2019-08-01"},
        "purposes": [
            purpose(
                "Weten wie er bij een ontruiming in het gebouw is.", "f", interest_nl="De veiligheid van bezoekers."
            )
        ],
        "subjects": [people("visitors")],
        "data": [data("visitor-registration", "", "om bij brand te kunnen tellen")],
        "life": [("2026-09-14", "make")],
    },
    "neighbour": {
        "name": "Salarisadministratie voor De Wilg",
        "kind": "processor",
        "department": "Personeelszaken",
        "owner": "hr",
        "labels": ["Personeel"],
        "fields": {
            "transfers_answer": "none",
            "medium": "digital",
            "owner_function": "Hoofd personeelszaken",
            "started_on": "2025-02-01",
            "systems_answer": "some",
        },
        "clients": [
            {
                "party": "neighbour",
                "processing_nl": "Berekenen van salarissen, maken van loonstroken en aangiften, in opdracht van De Wilg.",
                "agreement": "neighbour",
                "since": "2025-02-01",
            }
        ],
        "recipients": [to("payroll", "sub_processor", "verwerkt de salarissen", "payroll")],
        "systems": systems("payroll"),
        "measures": measures(*EVERYWHERE),
        "life": [
            ("2025-01-20", "make"),
            ("2025-01-31", "establish", "Start van de dienst voor De Wilg"),
            ("2026-02-02", "review"),
        ],
    },
}
