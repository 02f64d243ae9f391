"""The newsletter of the demo web shop: a purpose, a wording that people are shown, and some invented subscribers.

Their addresses cannot exist: `example.org` belongs to nobody.
"""

from datetime import timedelta

from . import demo_form
from .actions import leaving, recording
from .actions.recording import Said
from .demo_wordings import make_purpose, publish_wording
from .kinds import Channel, Happening, IdentifierKind, Method
from .kinds import Purpose as Kind

SLUG, KEEPER, ACTIVITY = "webshop", "shopkeeper", "Nieuwsbrief"
TEXTS = {
    "nl": {
        "text": "Ja, mail mij elke maand recepten en aanbiedingen van Kaasplank Peeters. "
        "Daarvoor gebruiken jullie mijn e-mailadres.",
        "withdrawal": "Onder elke mail staat een link om je meteen af te melden.",
        "script": "Mogen wij u elke maand recepten en aanbiedingen mailen? U kunt zich in elke mail afmelden.",
    },
    "en": {
        "text": "Yes, mail me recipes and offers of Kaasplank Peeters each month. You use my e-mail address for that.",
        "withdrawal": "Each mail has a link with which you unsubscribe at once.",
        "script": "May we mail you recipes and offers each month? You can unsubscribe in each mail.",
    },
}
SUBSCRIBERS = (
    "anna.peeters",
    "bram.claes",
    "chloe.maes",
    "dries.jacobs",
    "eva.mertens",
    "femke.willems",
    "gust.goossens",
    "hanne.wouters",
    "ilse.desmet",
    "jef.dubois",
    "karel.lambert",
    "lotte.martens",
)
WITHDREW, OBJECTED = "bram.claes", "gust.goossens"
BY_TELEPHONE = "ilse.desmet"


def fill(organisation, people, *, at):
    """For the demo web shop when it was just made; nothing for another organisation."""
    if organisation.slug != SLUG:
        return
    by, began = people[KEEPER], at - timedelta(days=200)
    version = _published(organisation, by, began)
    demo_form.fill(version, by=by, at=at)
    for number, name in enumerate(SUBSCRIBERS, start=1):
        moment = began + timedelta(days=number * 11)
        method = Method.ORAL if name == BY_TELEPHONE else Method.CONFIRMED
        facts = {"note": "Aan de telefoon, bij een bestelling."} if name == BY_TELEPHONE else {}
        person = recording.find_or_add(
            organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=moment, language="nl"
        )
        said = Said(
            Happening.GIVEN,
            version.wording.purpose,
            Channel.EMAIL,
            method,
            moment,
            wording=version,
            language="nl",
            facts=facts,
        )
        recording.record(person, said, at=moment, by=by if name == BY_TELEPHONE else None)
        if name == WITHDREW:
            later = moment + timedelta(days=90)
            leaving.withdraw(person, version.wording.purpose, Channel.EMAIL, at=later, method=Method.ONE_CLICK)
        if name == OBJECTED:
            leaving.object_to_marketing(person, at=moment + timedelta(days=30), method=Method.DESK, by=by)


def _published(organisation, by, began):
    purpose = make_purpose(
        organisation,
        ACTIVITY,
        by=by,
        at=began,
        code="nieuwsbrief",
        name_nl="Maandelijkse nieuwsbrief",
        name_en="Monthly newsletter",
        kind=Kind.MARKETING,
    )
    return publish_wording(purpose, "Nieuwsbrief, onderaan elke pagina", TEXTS, by=by, at=began)
