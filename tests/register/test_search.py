"""What people find when they search the register."""

import pytest

from core import search
from register.models import Activity
from tests.factories.accounts import DepartmentFactory, OrganisationFactory
from tests.factories.register import ClientLineFactory, NoteLineFactory, RecipientLineFactory, SystemLineFactory
from tests.register.filled import filled, refreshed

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    organisation = OrganisationFactory()
    row = filled(
        organisation,
        name="Salarisadministratie",
        reference="HR-12",
        department=DepartmentFactory(organisation=organisation, name="Financiën"),
    )
    RecipientLineFactory(activity=row, party__name="Loonbureau Jansen & Zn.")
    ClientLineFactory(activity=row, party__name="Gemeente Ergens")
    SystemLineFactory(activity=row, system__name="AFAS")
    NoteLineFactory(activity=row, text="Uit het oude Excelblad")
    filled(organisation, name="School trips")
    return refreshed(row)


@pytest.mark.parametrize(
    "asked",
    [
        "administratie",
        "SALARIS",
        "hr-12",
        "financien",
        "jansen & zn.",
        "gemeente",
        "afas loonbureau",
        "excelblad",
        "af",
    ],
)
def test_any_part_of_any_word_of_the_entry_finds_it(activity, asked):
    assert list(search.matching(Activity.objects.all(), asked)) == [activity]


def test_the_code_finds_the_activity(activity):
    assert list(search.matching(Activity.objects.all(), activity.code.lower())) == [activity]


def test_an_entry_is_found_by_its_new_words_as_soon_as_they_are_saved(activity):
    RecipientLineFactory(activity=activity, party__name="Pensioenfonds")
    assert not search.matching(Activity.objects.all(), "pensioen").exists()
    refreshed(activity)
    assert search.matching(Activity.objects.all(), "pensioen").get() == activity


def test_search_narrows_what_a_queryset_holds_already(activity):
    other = OrganisationFactory()
    assert not search.matching(Activity.objects.of(other), "salaris").exists()
