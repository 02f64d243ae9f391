"""The class list of the demo school: 24 invented pupils, what their parents said, and a photo on the website.

Two parents say different things, one withdraws after the photo was published, and a pupil of 16 is still to be asked.
"""

import datetime
from datetime import timedelta

from django.utils import timezone

from consent.actions import class_lists, publications, recording
from consent.actions.class_lists import Heard
from consent.demo_wordings import make_purpose, publish_wording
from consent.kinds import GivenBy, IdentifierKind
from consent.kinds import Purpose as Kind
from consent.models import Publication, Pupil
from core.dates import add_years

from . import pupil_files

SLUG, KEEPER, TEACHER, ACTIVITY = "school", "officer", "editor", "Foto's en video's van leerlingen"
CLASS, FIRST_NUMBER = "2B", 24001
PURPOSES = (
    ("website", "Foto's op de website", "Photos on the website", "op onze website"),
    ("sociale-media", "Foto's op sociale media", "Photos on social media", "op onze pagina's op sociale media"),
    ("schoolgids", "Foto's in de schoolgids", "Photos in the school guide", "in onze schoolgids"),
)
NAMES = (
    "Aya Lindhout",
    "Bas Terpstra",
    "Cato Veldkamp",
    "Daan Wijnhoven",
    "Elif Aksoy",
    "Fenna Ruiter",
    "Gijs Molenaar",
    "Hidde Brandsma",
    "Imane Zahiri",
    "Jip Overbeek",
    "Kiki Damsteeg",
    "Levi Hartog",
    "Mila Sanders",
    "Noud Kersten",
    "Olaf Pietersen",
    "Puck Rozema",
    "Quinten Vos",
    "Roos Tuinman",
    "Sam Elzinga",
    "Tess Vermaat",
    "Umut Demir",
    "Veerle Kuiper",
    "Wout Zandstra",
    "Yara Bouali",
)
NO_HARM = "Wie nee zegt, merkt daar niets van: de foto wordt dan zonder de leerling gemaakt."
OLDEST = 14  # the place of the pupil who is 16 by now
SILENT, UNLIKE, LEFT, SHOWN = (5, 11, 20), 7, 3, (0, 1, 3, 9)


def fill(organisation, people, *, at):
    """For the demo school when it was just made; nothing for another organisation."""
    if organisation.slug != SLUG:
        return
    by, began = people[KEEPER], at - timedelta(days=430)
    asked = _purposes(organisation, by, began)
    lines = [
        pupil_files.Line(str(FIRST_NUMBER + place), name, CLASS, _birth(place, at)) for place, name in enumerate(NAMES)
    ]
    class_lists.bring_in(organisation, lines, by=by, at=began)
    pupils = [_pupil(organisation, line.number) for line in lines]
    for place, pupil in enumerate(pupils):
        if place not in SILENT:
            _answer(pupil, asked, place, by, began + timedelta(days=place % 9))
    _said(pupils[UNLIKE], asked[:2], 2, False, by, began + timedelta(days=20))
    publication = Publication(
        organisation=organisation,
        purpose=asked[0].purpose,
        title="Sportdag, drie foto's",
        place="https://lindeborg.example/nieuws/sportdag",
        published_on=timezone.localdate(began + timedelta(days=60)),
        owner=people[TEACHER],
    )
    moment = began + timedelta(days=60)
    publications.publish(publication, by=by, at=moment)
    seen = [pupils[place].person for place in SHOWN]
    publications.show_in(publication, seen, by=by, at=moment, on=timezone.localdate(moment))
    _said(pupils[LEFT], asked[:1], 1, False, by, at - timedelta(days=2))


def _birth(place, at):
    """Thirteen or fourteen years old, but for one of sixteen."""
    age = 16 if place == OLDEST else 13 + place % 2
    return add_years(timezone.localdate(at), -age) - datetime.timedelta(days=20 + 11 * place)


def _pupil(organisation, number):
    person = recording.person_of(organisation, IdentifierKind.NUMBER, number)
    return Pupil.objects.select_related("organisation", "person__key_row").get(person=person)


def _answer(pupil, asked, place, by, moment):
    """Most say yes to all; some not to social media, and some to nothing."""
    if place % 6 == 4:
        _said(pupil, asked, 1, False, by, moment)
        return
    no = asked[1:2] if place % 3 == 1 else []
    _said(pupil, [one for one in asked if one not in no], 1 + place % 2, True, by, moment)
    if no:
        _said(pupil, no, 1 + place % 2, False, by, moment)


def _said(pupil, asked, parent, is_yes, by, moment):
    answers = [(wording.purpose, wording, is_yes) for wording in asked]
    heard = Heard(answers, moment, GivenBy.PARENT, parent, note="Formulier in de map van de klas")
    class_lists.hear(pupil, heard, by=by, at=moment)


def _purposes(organisation, by, began):
    """The wordings in use, one for each place of publication."""
    made = []
    for code, name_nl, name_en, where in PURPOSES:
        names = {"name_nl": name_nl, "name_en": name_en}
        purpose = make_purpose(organisation, ACTIVITY, by=by, at=began, code=code, kind=Kind.PUBLICATION, **names)
        text = {
            "text": f"Ja, mijn kind mag herkenbaar te zien zijn {where}.",
            "withdrawal": "U mag altijd van gedachten veranderen. Meld het bij de administratie; het kost niets.",
            "script": "",
        }
        name = f"Formulier beeld: {name_nl}"
        version = publish_wording(purpose, name, {"nl": text}, by=by, at=began, reason=NO_HARM)
        made.append(version.wording)
    return made
