"""What somebody who means harm, or two things at once, must not bring about."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consent.actions import recording, unconfirmed
from consent.forms.class_lists import PupilFileForm
from consent.forms.mailings import ConsentsForm
from consent.kinds import GivenBy, IdentifierKind, Method
from consent.models import ConfirmationRequest, Person
from tests.consent import school
from tests.consent.desk import MORNING
from tests.factories.accounts import OrganisationFactory
from tests.factories.consent import FormVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil():
    return school.pupil(OrganisationFactory(country="NL"))


def test_a_form_that_nobody_confirms_takes_no_pupil_off_the_class_list(pupil):
    request = ConfirmationRequest.objects.create(
        organisation=pupil.organisation,
        version=FormVersionFactory(form__organisation=pupil.organisation),
        person=pupil.person,
        choices=[0],
        language="nl",
        method=Method.HOSTED,
        given_by=GivenBy.PARENT,
        recipient="0" * 64,
        asked_at=MORNING,
    )
    assert unconfirmed.forget_unconfirmed(timezone.now() + timedelta(days=400)) == 1
    assert not ConfirmationRequest.objects.filter(pk=request.pk).exists()
    assert recording.person_of(pupil.organisation, IdentifierKind.NUMBER, "1001") == pupil.person
    assert Person.objects.get(pk=pupil.person_id).key_row.key


@pytest.mark.parametrize("form", [PupilFileForm, ConsentsForm])
def test_a_workbook_of_people_is_not_read_before_the_virus_scanner_saw_it(form, settings):
    settings.CLAMAV_SOCKET = "/no/such/socket"
    sent = form({}, {"file": SimpleUploadedFile("people.xlsx", b"PK")})
    assert [error.code for error in sent.errors.as_data()["file"]] == ["scanner"]
