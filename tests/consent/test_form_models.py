"""Forms of consent: what the database refuses of them, and that the proof names the form that somebody filled in."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from consent import proof
from consent.actions import recording
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, Method
from consent.models import ConsentForm, ConsentPurpose, FormVersion, Person
from core.refusal import Refused
from tests.factories.accounts import AT, MembershipDepartmentFactory, MembershipFactory
from tests.factories.consent import (
    ConsentFormFactory,
    FormChoiceFactory,
    FormVersionFactory,
    PersonFactory,
    WordingVersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title_en": ""}, "consent_form_has_a_title"),
        ({"asks_email": False, "confirms_by_mail": False}, "consent_form_asks_who_it_is"),
        ({"asks_email": False, "asks_phone": True}, "consent_form_confirms_to_an_address"),
    ],
)
def test_a_form_that_asks_nobody_anything_cannot_be_kept(fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ConsentFormFactory(**fields)


def test_one_wording_over_one_channel_stands_on_a_form_once():
    choice = FormChoiceFactory()
    FormChoiceFactory(form=choice.form, wording=choice.wording, channel=Channel.SMS)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormChoiceFactory(form=choice.form, wording=choice.wording)


def test_one_version_of_a_form_is_shown_at_a_time():
    version = FormVersionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersionFactory(form=version.form)
    FormVersion.objects.update(valid_until=AT)
    FormVersionFactory(form=version.form, valid_from=AT)


def test_a_published_form_stays_as_it_is_but_for_its_end_which_is_said_once():
    version = FormVersionFactory()
    FormVersion.objects.update(valid_until=AT)
    for change in ({"valid_until": AT + timedelta(1)}, {"content": {}}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            FormVersion.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        version.delete()


def test_a_form_that_asks_for_a_hidden_activity_is_hidden_with_it():
    choice = FormChoiceFactory()
    organisation = choice.form.organisation
    empty = ConsentFormFactory(organisation=organisation)
    everything = MembershipFactory(organisation=organisation, role="dpo")
    assert set(ConsentForm.objects.visible_to(everything)) == {choice.form, empty}
    of_one_department = MembershipDepartmentFactory(
        membership=MembershipFactory(organisation=organisation, role="editor")
    )
    assert set(ConsentForm.objects.visible_to(of_one_department.membership)) == {empty}


def test_the_proof_names_the_form_on_which_somebody_said_it():
    wording = WordingVersionFactory()
    form = FormVersionFactory(form__organisation=wording.organisation, number=4)
    form.content["choices"] = [{"wording": str(wording.pk)}]
    person = PersonFactory(organisation=wording.organisation)
    yes = Said(Happening.GIVEN, wording.wording.purpose, Channel.EMAIL, Method.HOSTED, AT, wording=wording, form=form)
    recording.record(person, yes, at=AT)
    person = Person.objects.select_related("organisation", "key_row").get()
    document = proof.document(person, ConsentPurpose.objects.all(), language="en", at=AT)
    assert document["events"][0]["form"] == str(form.pk)
    assert document["forms"][0]["number"] == 4
    with translation.override("en"):
        assert "Our newsletter, version 4" in proof.html(document, "Proof", "en", AT)


def test_a_form_of_another_organisation_proves_nothing_here():
    wording, elsewhere = WordingVersionFactory(), FormVersionFactory()
    person = PersonFactory(organisation=wording.organisation)
    yes = Said(
        Happening.GIVEN, wording.wording.purpose, Channel.EMAIL, Method.HOSTED, AT, wording=wording, form=elsewhere
    )
    with pytest.raises(Refused):
        recording.record(person, yes, at=AT)


def test_a_form_that_asked_with_other_words_proves_nothing():
    wording = WordingVersionFactory()
    form = FormVersionFactory(form__organisation=wording.organisation)
    before = WordingVersionFactory(wording=wording.wording, valid_until=AT - timedelta(days=1))
    form.content["choices"] = [{"wording": str(before.pk)}]
    said = Said(Happening.GIVEN, wording.wording.purpose, Channel.EMAIL, Method.PAPER, AT, wording=wording, form=form)
    with pytest.raises(Refused, match="does not ask with the wording"), translation.override("en"):
        recording.record(PersonFactory(organisation=wording.organisation), said, at=AT)
