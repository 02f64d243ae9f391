"""The page on which visitors of the demo web shop subscribe to its newsletter, confirmed by mail."""

from register.models import CollectionPoint, Notice

from .actions import consent_forms
from .models import ConsentForm

WORDS = {
    "title_nl": "Onze nieuwsbrief",
    "title_en": "Our newsletter",
    "intro_nl": "Elke maand drie recepten met kaas, en wat er in de winkel nieuw is.",
    "intro_en": "Three recipes with cheese each month, and what is new in the shop.",
    "kept_nl": "Wij bewaren dit papier zolang u de nieuwsbrief krijgt, en daarna nog vijf jaar als bewijs.",
    "kept_en": "We keep this paper for as long as you get the newsletter, and five more years as proof.",
}


def fill(version, *, by, at):
    """Put the wording of the newsletter on a page, from the day on which there is a notice to link to."""
    organisation = version.organisation
    notice = Notice.objects.of(organisation).published().first()
    point = CollectionPoint.objects.of(organisation).in_use().filter(kind="form").first()
    form = ConsentForm(organisation=organisation, notice=notice, point=point, asks_name=True, **WORDS)
    consent_forms.make(form, by=by, at=at)
    consent_forms.add_choice(form, version.wording, "email", by=by, at=at)
    if notice is not None:
        form.refresh_from_db()
        consent_forms.publish(form, revision=form.revision, by=by, at=at)
