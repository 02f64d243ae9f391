"""Recruiting pupils, photos, social media and webcare: the scenes of a school that talks with the outside world."""

from .shorthand import EVERYWHERE, data, inside, measures, people, purpose, systems, to, transfer

OUTREACH_FIELDS = {
    "medium": "digital",
    "informed": "yes",
    "informed_how": "Privacyverklaring op de website, gelinkt bij elk formulier en profiel.",
    "automated": "no",
    "owner_function": "Hoofd communicatie",
    "started_on": "2017-09-01",
}

TO_MAILER = transfer(
    "mailer",
    "US",
    "adequacy",
    adequacy_reference="(EU) 2023/1795",
    scope_checked_on="2025-02-14",
    frequency="structural",
    copy_contact="fg@lindeborg.example",
)

OUTREACH = {
    "open_day": {
        "name": "Open dag: aanmelden",
        "department": "Communicatie",
        "owner": "editor",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS
        | {
            "children": "yes",
            "children_ages": "11 en 12 jaar, met hun ouders",
            "profiling": "no",
            "transfers_answer": "none",
            "joint_answer": "none",
        },
        "purposes": [
            purpose(
                "Bezoekers van de open dag indelen en ontvangen.",
                "f",
                interest_nl="Weten hoeveel bezoekers er komen.",
                interest_of="de stichting",
                interest_assessment="Belangenafweging van 6 januari 2025",
            )
        ],
        "subjects": [people("prospective-pupils", 300, 500), people("parents", 400, 700)],
        "data": [
            data("name", "open-day", "om de bezoeker te ontvangen"),
            data("email", "open-day", "om de tijd te bevestigen"),
            data(
                "school-advice",
                "",
                "",
                of="prospective-pupils",
                necessity="not_needed",
                retention_note="Wordt niet meer gevraagd; oude antwoorden zijn gewist.",
            ),
        ],
        "recipients": [to("cloud", "processor", "bewaart de aanmeldingen", "cloud")],
        "systems": systems("office"),
        "measures": measures(*EVERYWHERE, "minimal-forms"),
        "life": [
            ("2025-01-07", "make"),
            ("2025-01-13", "establish", "Voor de open dag van 2025"),
            ("2026-01-12", "review"),
        ],
    },
    "open_day_follow_up": {
        "name": "Open dag: informatie achteraf",
        "department": "Communicatie",
        "owner": "editor",
        "parent": "open_day",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS | {"transfers_answer": "some", "joint_answer": "none", "profiling": "no"},
        "purposes": [
            purpose(
                "Ouders die dat willen een bericht sturen over inschrijven.",
                "a",
                consent_note="Eigen vakje op het aanmeldformulier, niet vooraf aangevinkt; afmelden kan in elk bericht.",
            )
        ],
        "subjects": [people("parents", 100, 250)],
        "data": [
            data("email", "event-registration", "om het bericht te sturen"),
            data("consent-record", "proof-of-consent", "om de toestemming te bewijzen", source="generated"),
        ],
        "recipients": [to("mailer", "processor", "verstuurt de berichten", "mailer")],
        "transfers": [TO_MAILER],
        "systems": systems("mailer"),
        "measures": measures(*EVERYWHERE),
        "life": [
            ("2025-01-08", "make"),
            ("2025-02-17", "establish", "Nieuw mailsysteem"),
            ("2026-10-19", "save", "collection", {"collection": "Aanmeldformulier open dag, tweede vakje."}),
        ],
    },
    "photos": {
        "name": "Foto's en video's van leerlingen",
        "department": "Communicatie",
        "owner": "editor",
        "labels": ["Marketing", "Leerlingen"],
        "fields": OUTREACH_FIELDS
        | {
            "children": "yes",
            "children_ages": "12 tot en met 18 jaar",
            "joint_answer": "some",
            "transfers_answer": "none",
            "profiling": "no",
        },
        "purposes": [
            purpose(
                "Leerlingen herkenbaar laten zien op website, sociale media en in de schoolgids.",
                "a",
                consent_note="Formulier per plaats van publicatie; onder 16 jaar door de ouders. Vanaf 12 jaar kan een leerling de toestemming zelf intrekken.",
            )
        ],
        "subjects": [people("pupils-secondary", 1000, 2100)],
        "data": [
            data("images", "photos-with-consent", "om het onderwijs te laten zien"),
            data("consent-record", "proof-of-consent", "om de toestemming te bewijzen", source="generated"),
        ],
        "joint_controllers": [to("meta", "joint_controller", "pagina's en statistieken", "meta")],
        "recipients": [to("photo", "processor", "maakt de foto's", "photo")],
        "systems": systems("office"),
        "measures": measures("access-by-role", "work-instructions"),
        "life": [
            ("2025-02-03", "make"),
            ("2025-03-03", "establish", "Formulier per plaats van publicatie"),
            (
                "2026-09-07",
                "advice",
                "Schoolfotograaf",
                "Sluit eerst de verwerkersovereenkomst met de fotograaf; laat tot die tijd geen lijsten met namen meegaan.",
                "not_followed",
                "De klassenfoto's waren al gepland; de lijsten gingen zonder leerlingnummers mee.",
            ),
            ("2026-10-12", "save", "remarks", {"remarks": "Nieuw formulier vanaf schooljaar 2026-2027."}),
            ("2026-10-26", "ask", "Formulier vernieuwd", "director", "head"),
            ("2026-03-02", "review"),
        ],
    },
    "webcare": {
        "name": "Webcare: vragen beantwoorden, ook via WhatsApp",
        "department": "Communicatie",
        "owner": "editor",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS
        | {
            "children": "yes",
            "children_ages": "vanaf 11 jaar",
            "joint_answer": "some",
            "transfers_answer": "none",
            "profiling": "no",
            "description": "Wie een vraag stelt over toelating, krijgt antwoord op het kanaal waarop de vraag kwam. Namen worden weggelaten voordat een vraag intern wordt gedeeld.",
        },
        "purposes": [
            purpose(
                "Vragen van leerlingen, ouders en belangstellenden beantwoorden.",
                "f",
                interest_nl="Bereikbaar zijn op de kanalen die mensen zelf kiezen.",
                interest_of="de stichting en wie vraagt",
                interest_assessment="Belangenafweging van 2 juni 2025",
            )
        ],
        "subjects": [people("webcare-contacts", 500, 1200), people("prospective-pupils")],
        "data": [
            data("social-media-handle", "webcare-conversation", "om te kunnen antwoorden"),
            data("chat-content", "webcare-conversation", "om te kunnen antwoorden"),
            data("school-career", "webcare-conversation", "alleen als de vraag over toelating gaat"),
        ],
        "joint_controllers": [to("meta", "joint_controller", "pagina en berichten", "meta")],
        "recipients": [
            to("webcare", "processor", "verzamelt berichten in één scherm", "webcare"),
            to("whatsapp", "controller", "levert de berichtendienst"),
        ],
        "systems": systems("webcare"),
        "measures": measures(*EVERYWHERE, "work-instructions"),
        "documents": [{"document": "webcare"}],
        "access": [
            inside("webcare", "alle gesprekken"),
            inside("pupil-administration", "alleen de vraag, zonder naam"),
        ],
        "life": [("2025-05-26", "make"), ("2025-06-10", "establish", "Start van webcare"), ("2026-06-08", "review")],
    },
    "webcare_proactive": {
        "name": "Webcare: openbare vragen die niet aan ons zijn gericht",
        "department": "Communicatie",
        "owner": "editor",
        "parent": "webcare",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS
        | {
            "joint_answer": "none",
            "transfers_answer": "none",
            "profiling": "no",
            "description": "We antwoorden in het openbaar en slaan niets op.",
        },
        "purposes": [
            purpose(
                "Openbare vragen over onze scholen beantwoorden waar ze worden gesteld.",
                "f",
                interest_nl="Onjuiste informatie over de school rechtzetten.",
            )
        ],
        "subjects": [people("social-media-followers")],
        "data": [
            data(
                "social-media-posts",
                "",
                "om te kunnen antwoorden",
                source="public",
                retention_note="Wordt niet bewaard.",
            )
        ],
        "recipients": [to("webcare", "processor", "toont de berichten", "webcare")],
        "systems": systems("webcare"),
        "measures": measures("work-instructions"),
        "life": [
            ("2025-06-03", "make"),
            ("2025-06-10", "establish", "Start van webcare"),
            ("2026-06-08", "review"),
        ],
    },
    "listening": {
        "name": "Sociale media: rapporten over onderwerpen",
        "department": "Communicatie",
        "owner": "editor",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS
        | {"aggregated_only": "yes", "joint_answer": "none", "profiling": "no", "transfers_answer": "none"},
        "purposes": [
            purpose(
                "Zien waar gesprekken over de school over gaan, zonder te zien wie spreekt.",
                "f",
                interest_nl="Weten wat er speelt.",
                interest_assessment="Belangenafweging van 2 juni 2025",
            )
        ],
        "subjects": [people("social-media-followers")],
        "data": [data("social-media-posts", "social-listening-report", "om onderwerpen te tellen", source="public")],
        "recipients": [to("webcare", "processor", "maakt de rapporten", "webcare")],
        "systems": systems("webcare"),
        "measures": measures("anonymised-reports"),
        "life": [
            ("2025-06-03", "make"),
            ("2025-06-11", "ask", "Nieuwe verwerking", "director"),
            ("2025-06-12", "send_back", "director", "Leg uit hoe lang de berichten zelf bewaard blijven."),
        ],
    },
    "alumni": {
        "name": "Oud-leerlingen en relaties",
        "controller": "friends",
        "department": "Communicatie",
        "owner": "editor",
        "labels": ["Marketing"],
        "fields": OUTREACH_FIELDS | {"joint_answer": "none"},
        "purposes": [
            purpose(
                "Contact houden met oud-leerlingen en hen vragen om een gift.",
                "a",
                consent_note="Aanmelding door de oud-leerling; afmelden in elk bericht.",
            )
        ],
        "subjects": [people("former-pupils", 400, 800), people("donors")],
        "data": [
            data("name", "alumni", "om iemand aan te spreken"),
            data("email", "alumni", "om contact te houden"),
            data("donations", "nl-fiscal-base-administration", "voor de administratie"),
        ],
        "systems": systems("crm"),
        "life": [("2026-02-02", "make")],
    },
    "old_newsletter": {
        "name": "Papieren nieuwsbrief voor ouders",
        "department": "Communicatie",
        "owner": "editor",
        "fields": OUTREACH_FIELDS
        | {
            "medium": "paper",
            "joint_answer": "none",
            "transfers_answer": "none",
            "recipients_answer": "none",
            "profiling": "no",
        },
        "purposes": [purpose("Ouders informeren over de school.", "e", "wvo", "informeren van ouders")],
        "subjects": [people("parents", 3000, 3600)],
        "data": [
            data("name", "nl-pupil-file", "om de brief te adresseren"),
            data("home-address", "nl-pupil-file", "om de brief te bezorgen"),
        ],
        "measures": measures("paper-destruction"),
        "life": [
            ("2024-11-28", "make"),
            ("2024-12-09", "establish", "Eerste vastlegging van het register"),
            ("2025-07-14", "end", "Vervangen door het ouderportaal", "portal"),
        ],
    },
}
