"""What a file or a form may hold to do harm in the wizard: it is refused in words or taken in, and nothing hangs."""

import json
import time

import pytest
from django.urls import reverse

from core.spreadsheets import BadFile
from register.forms import imports
from register.imports import government
from register.imports.periods import period
from register.models import ImportBatch
from tests.factories.accounts import UserFactory
from tests.register.importing import organisation_with_controller, staged, uploaded, worked

pytestmark = pytest.mark.django_db
HEADINGS, LOON = ["Naam", "Doel"], ["Loon", "Betalen"]
RECORD = {"Naam": "Loon", "Doelen": [{"Doel": "Betalen"}], "Betrokkenen": [{"Omschrijving": "Personeel"}]}


def exported(text):
    return uploaded(organisation_with_controller(), content=text.encode(), name="export.json")


def test_the_government_export_goes_through_the_wizard():
    batch = worked(exported(json.dumps([RECORD])))
    assert batch.state == "staged"
    assert batch.rows.get().name == "Loon"


def test_a_name_that_is_repeated_for_ever_in_one_object_is_read_in_no_time():
    began = time.process_time()
    assert len(government._pairs([("x", 1)] * 60_000)) == 60_000
    assert time.process_time() - began < 5


def test_a_cell_of_nothing_but_letters_or_spaces_is_read_in_no_time():
    began = time.process_time()
    for text in ("a" * 30_000, "a" + " " * 30_000 + "b"):
        assert period(text) is None
    assert time.process_time() - began < 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_does_not_get_into_the_database(number):
    text = f'{{"Naam":"Loon","Doelen":[],"Betrokkenen":[],"x":{number}}}'
    with pytest.raises(BadFile):
        exported(text)
    assert not ImportBatch.objects.exists()


def test_a_file_with_a_name_that_is_too_long_keeps_its_ending():
    batch = staged(organisation_with_controller(), HEADINGS, LOON, name="x" * 300 + ".csv")
    assert batch.state == "staged"
    assert batch.name.endswith("x.csv")


def test_of_a_file_that_is_too_large_no_more_is_read_than_the_limit(settings):
    settings.IMPORT_MAX_BYTES = 50
    with pytest.raises(BadFile):
        uploaded(organisation_with_controller(), HEADINGS, *[LOON] * 10)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("number", ["²", "-1", "1.5", "99999999999999999999", ""])
def test_a_row_that_cannot_be_is_left_alone(client, member, number):
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    batch = staged(organisation, HEADINGS, LOON)
    response = client.post(reverse("register:import_rows", args=[organisation.slug, batch.pk]), {"leave": number})
    assert response.status_code == 302
    assert batch.rows.get().decision == "take"


def test_a_sheet_with_all_the_columns_that_are_allowed_is_shown_soon(client, member):
    organisation = member("privacy_officer", user=UserFactory(language="en")).organisation
    wide = [*HEADINGS, *(f"Kolom {number}" for number in range(498))]
    batch = uploaded(organisation, wide, ["x"] * 500)
    began = time.process_time()
    page = client.get(reverse("register:import_columns", args=[organisation.slug, batch.pk])).text
    assert time.process_time() - began < 4
    assert page.count('value="purposes" selected') == 1
    assert page.count('<option value="" selected') == imports.AT_ONCE - 2
