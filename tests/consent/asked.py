"""A published consent form of an organisation, and people who fill it in: for tests of the desk and of the street."""

from django.urls import reverse

from consent.actions import consent_forms
from consent.models import ConsentForm
from register.actions import notices
from tests.consent import desk
from tests.consent.desk import MORNING

ANNA = "anna@example.org"


def noticed(wording):
    """A published notice that speaks of the activity of this wording."""
    organisation, activity = wording.organisation, wording.purpose.activity
    made = notices.create(
        organisation, audience="customers", title_nl="Privacy", title_en="Privacy", by=None, at=MORNING
    )
    notices.choose(made, {activity.pk: "unknown"}, by=None, at=MORNING)
    notices.publish(made, by=None, at=MORNING)
    return made


def drafted(organisation, *, channels=("email",), purpose=None, **fields):
    """A form with one published wording over these channels."""
    version = desk.published(organisation, **(purpose or {}))
    values = {"title_nl": "Onze nieuwsbrief", "title_en": "Our newsletter", "notice": noticed(version.wording)}
    form = consent_forms.make(ConsentForm(organisation=organisation, **(values | fields)), by=None, at=MORNING)
    for channel in channels:
        consent_forms.add_choice(form, version.wording, channel, by=None, at=MORNING)
    return form


def publish(form, at=MORNING):
    form.refresh_from_db()
    return consent_forms.publish(form, revision=form.revision, by=None, at=at)


def published(organisation, **fields):
    return publish(drafted(organisation, **fields))


def address(version, name="consent_form", language="en"):
    return reverse(f"portal:{name}", args=[version.organisation.slug, version.form.slug]) + f"?language={language}"
