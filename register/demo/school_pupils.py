"""What the schools do with the data of pupils and their parents."""

from .shorthand import EVERYWHERE, data, inside, measures, people, purpose, systems, to

PUPIL_FIELDS = {
    "medium": "digital",
    "informed": "yes",
    "informed_how": "Privacyreglement voor leerlingen en ouders, gelinkt bij de aanmelding en in de schoolgids.",
    "automated": "no",
    "profiling": "no",
    "children": "yes",
    "children_ages": "12 tot en met 18 jaar",
    "transfers_answer": "none",
    "joint_answer": "none",
    "large_scale": "no",
    "people_min": 1800,
    "people_max": 2100,
    "owner_function": "Rector",
    "started_on": "2018-08-01",
}

PUPILS = {
    "administration": {
        "name": "Leerlingadministratie",
        "department": "Onderwijs",
        "owner": "head",
        "labels": ["Leerlingen", "Wettelijk"],
        "fields": PUPIL_FIELDS
        | {
            "description": "Inschrijving, plaatsing, roosters, cijfers en uitschrijving van leerlingen.",
            "accuracy": "Ouders en leerlingen zien hun gegevens in het portaal en geven wijzigingen door.",
            "provision": "statutory",
            "provision_consequence": "Zonder deze gegevens kan een leerling niet worden ingeschreven.",
            "assessment": "not_needed",
            "assessment_note": "Niet grootschalig en geen nieuwe techniek; vastgelegd met advies van de FG.",
        },
        "purposes": [
            purpose(
                "Leerlingen inschrijven, les geven, begeleiden en diploma's uitreiken.",
                "e",
                "wvo",
                "bepalingen over inschrijving en onderwijs",
                national_id_law="wvo",
                national_id_article="bepalingen over het persoonsgebonden nummer",
            ),
            purpose("Aantonen dat het onderwijs wordt gegeven en bekostigd volgens de wet.", "c", "wvo", "bekostiging"),
        ],
        "subjects": [people("pupils-secondary", 1800, 2100), people("parents", 3000, 3600)],
        "data": [
            data("name", "nl-pupil-file", "om de leerling te kennen", "pupils-secondary"),
            data("date-of-birth", "nl-pupil-file", "om de leeftijd en leerplicht te bepalen", "pupils-secondary"),
            data("home-address", "nl-pupil-file", "om post te sturen", "pupils-secondary"),
            data("education-number", "nl-pupil-attendance", "voor de uitwisseling met DUO", "pupils-secondary"),
            data("grades", "nl-pupil-file", "om voortgang te volgen en diploma's uit te reiken", "pupils-secondary"),
            data("attendance", "nl-pupil-attendance", "om verzuim te kunnen melden", "pupils-secondary"),
            data("name", "nl-pupil-file", "om ouders te bereiken", "parents"),
            data("phone", "nl-pupil-file", "om ouders te bereiken", "parents"),
            data("email", "nl-pupil-file", "om ouders te informeren", "parents"),
        ],
        "recipients": [
            to("las", "processor", "levert de leerlingadministratie", "las"),
            to("duo", "authority", "bekostiging en diplomaregister, door de wet voorgeschreven"),
            to("municipality", "authority", "leerplicht"),
        ],
        "systems": systems("las", "office"),
        "measures": measures(*EVERYWHERE, "access-logging", "restore-test"),
        "access": [
            inside("pupil-administration", "alles in dit dossier"),
            inside("mentor", "alleen eigen leerlingen"),
            inside("teacher", "cijfers van eigen vakken", data="grades"),
        ],
        "documents": [{"document": "privacy"}],
        "life": [
            ("2024-11-20", "make"),
            ("2024-12-02", "establish", "Eerste vastlegging van het register"),
            ("2025-02-10", "save", "people", {"scale_note": "Twee scholen, geteld op 1 oktober."}),
            ("2025-02-12", "establish", "Aantallen toegelicht"),
            ("2025-11-24", "review"),
        ],
    },
    "support": {
        "name": "Ondersteuningsdossier en passend onderwijs",
        "department": "Onderwijs",
        "owner": "head",
        "parent": "administration",
        "labels": ["Leerlingen", "Zorg"],
        "fields": PUPIL_FIELDS
        | {
            "vulnerable": "yes",
            "people_min": 150,
            "people_max": 250,
            "owner_function": "Zorgcoördinator",
            "assessment": "done",
            "assessment_on": "2025-03-12",
            "assessment_note": "Risico na maatregelen laag; jaarlijks herzien.",
        },
        "purposes": [
            purpose(
                "Leerlingen met een ondersteuningsbehoefte passend begeleiden.",
                "e",
                "wvo",
                "bepalingen over passend onderwijs",
                special_ground="g",
                special_law="uavg",
                special_article="art. 30, tweede lid",
            )
        ],
        "subjects": [people("pupils-secondary", 150, 250), people("parents")],
        "data": [
            data("name", "nl-pupil-file", "om het dossier te vinden", "pupils-secondary"),
            data("support-needs", "nl-pupil-file", "om de hulp te kiezen", "pupils-secondary"),
            data("support-diagnosis", "nl-pupil-file", "alleen als de hulp ervan afhangt", "pupils-secondary"),
            data("home-situation", "nl-pupil-file", "om de leerling te begrijpen", "pupils-secondary"),
        ],
        "recipients": [
            to("las", "processor", "levert het dossier", "las"),
            to("support", "controller", "aanvraag van extra ondersteuning, samen met de ouders"),
        ],
        "systems": systems("las"),
        "measures": measures(*EVERYWHERE, "file-shielding", "access-logging", "access-review"),
        "access": [
            inside("care-coordinator", "alle ondersteuningsdossiers"),
            inside("mentor", "alleen het handelingsplan"),
        ],
        "documents": [{"document": "dpia"}],
        "life": [
            ("2024-11-25", "make"),
            ("2025-03-20", "establish", "Na de DPIA"),
            (
                "2025-03-14",
                "advice",
                "Toegang tot diagnoses",
                "Laat alleen de zorgcoördinator de diagnoses zien; mentoren hebben genoeg aan het handelingsplan.",
                "followed",
            ),
            ("2026-03-17", "review"),
        ],
    },
    "duo": {
        "name": "Uitwisseling met DUO",
        "department": "Onderwijs",
        "owner": "head",
        "parent": "administration",
        "labels": ["Wettelijk"],
        "fields": PUPIL_FIELDS,
        "purposes": [
            purpose(
                "In- en uitschrijvingen, examenuitslagen en verzuim doorgeven aan DUO.",
                "c",
                "wet-rod",
                "levering van gegevens aan het register",
                national_id_law="wet-rod",
                national_id_article="gebruik van het persoonsgebonden nummer",
            )
        ],
        "subjects": [people("pupils-secondary", 1800, 2100)],
        "data": [
            data("education-number", "nl-pupil-attendance", "door de wet voorgeschreven"),
            data("enrolment", "nl-pupil-attendance", "door de wet voorgeschreven"),
            data("diplomas", "nl-pupil-attendance", "voor het diplomaregister"),
        ],
        "recipients": [
            to("duo", "authority", "wettelijke levering"),
            to("las", "processor", "verzendt de berichten", "las"),
        ],
        "systems": systems("las"),
        "measures": measures(*EVERYWHERE),
        "life": [
            ("2024-11-25", "make"),
            ("2024-12-02", "establish", "Eerste vastlegging van het register"),
            ("2025-12-08", "review"),
        ],
    },
    "materials": {
        "name": "Digitale leermiddelen",
        "department": "Onderwijs",
        "owner": "head",
        "labels": ["Leerlingen"],
        "fields": PUPIL_FIELDS,
        "purposes": [
            purpose(
                "Leerlingen toegang geven tot digitale leermiddelen en toetsen.", "e", "wvo", "zorg voor leermiddelen"
            )
        ],
        "subjects": [people("pupils-secondary", 1800, 2100)],
        "data": [
            data("pseudonym", "nl-pupil-file", "zodat de uitgever de naam niet nodig heeft"),
            data("account-details", "nl-pupil-file", "om in te loggen"),
            data("learning-activity", "nl-pupil-file", "om voortgang te zien"),
        ],
        "recipients": [to("books", "processor", "levert de leermiddelen", "books")],
        "systems": systems("las"),
        "measures": measures(*EVERYWHERE, "pseudonymisation"),
        "life": [
            ("2025-01-13", "make"),
            ("2025-01-27", "establish", "Nieuwe leverancier beschreven"),
            (
                "2026-08-24",
                "save",
                "data",
                {
                    "retention_reason": "Wat de uitgever bewaart, staat in de overeenkomst; de nieuwe wordt nu opgesteld."
                },
            ),
            ("2026-01-26", "review"),
        ],
    },
    "portal": {
        "name": "Ouderportaal en oudercontact",
        "department": "Onderwijs",
        "owner": "head",
        "labels": ["Leerlingen"],
        "fields": PUPIL_FIELDS,
        "purposes": [
            purpose("Ouders op de hoogte houden van de voortgang van hun kind.", "e", "wvo", "informeren van ouders")
        ],
        "subjects": [people("parents", 3000, 3600), people("pupils-secondary")],
        "data": [
            data("account-details", "nl-pupil-file", "om in te loggen", "parents"),
            data("email", "nl-pupil-file", "om berichten te sturen", "parents"),
            data("custody", "nl-pupil-file", "om te weten wie informatie mag krijgen", "parents"),
            data("grades", "nl-pupil-file", "om de voortgang te tonen", "pupils-secondary"),
        ],
        "recipients": [to("las", "processor", "levert het portaal", "las")],
        "systems": systems("las"),
        "measures": measures(*EVERYWHERE),
        "life": [
            ("2025-01-13", "make"),
            ("2025-01-27", "establish", "Eerste vastlegging van het register"),
            ("2026-01-26", "review"),
            ("2026-03-09", "save", "collection", {"accuracy": "Ouders geven wijzigingen door in het portaal."}),
            ("2026-03-10", "establish", "Beschreven hoe gegevens juist blijven"),
        ],
    },
}
