"""The invented people of the demo. Their addresses cannot exist: `.example` belongs to nobody."""

from django.conf import settings

PEOPLE = {
    "dpo": {
        "email": "fg@demo.dertig.example",
        "name": "Farida Amrani",
        "job_title": "Functionaris gegevensbescherming",
    },
    "officer": {"email": "privacy@demo.dertig.example", "name": "Joris van Dam", "job_title": "Privacyofficer"},
    "admin": {"email": "beheer@demo.dertig.example", "name": "Mila de Wit", "job_title": "Functioneel beheerder"},
    "director": {"email": "directeur@demo.dertig.example", "name": "Henk Postma", "job_title": "Directeur-bestuurder"},
    "head": {"email": "rector@demo.dertig.example", "name": "Samira Haddou", "job_title": "Rector"},
    "editor": {
        "email": "marketing@demo.dertig.example",
        "name": "Tess Vermeulen",
        "job_title": "Communicatie en marketing",
    },
    "hr": {"email": "hr@demo.dertig.example", "name": "Bart Kuipers", "job_title": "Personeelszaken"},
    "reporter": {"email": "docent@demo.dertig.example", "name": "Noor Jansen", "job_title": "Docent"},
    "auditor": {"email": "auditor@demo.dertig.example", "name": "Ellen Smit", "job_title": "Externe auditor"},
    "owner": {"email": "zaakvoerder@demo.dertig.example", "name": "Lien Peeters", "job_title": "Zaakvoerder webwinkel"},
    "shopkeeper": {"email": "winkel@demo.dertig.example", "name": "Wout Claes", "job_title": "Webshop and marketing"},
}


def password():
    """The password of every demo sign-in; the setting `DEMO_PASSWORD` changes it."""
    return settings.DEMO_PASSWORD
