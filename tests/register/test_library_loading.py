from datetime import date

import pytest

from accounts import history
from accounts.models import Change
from register import adequacy, library_loading
from register.models import Country, DataCategory, Measure, RetentionRule
from tests.factories import register as make
from tests.factories.accounts import AT, OrganisationFactory, UserFactory


@pytest.fixture
def organisation(db):
    return OrganisationFactory()


def test_the_whole_library_comes_in_as_one_act(organisation):
    user = UserFactory()
    added = library_loading.load(organisation, by=user, at=AT)

    change = Change.objects.get(organisation=organisation, kind="library.loaded")
    assert change.details == {"count": added}
    assert change.by == user
    assert added == sum(len(library_loading.starter_items(name)) for name in library_loading.FILES)
    assert Country.objects.of(organisation).get(code="NL").eea
    assert Country.objects.of(organisation).get(code="EPO").is_international_organisation
    assert RetentionRule.objects.of(organisation).get(key="nl-fiscal-base-administration").period_value == 7
    assert Measure.history.filter(organisation=organisation).count() == Measure.objects.of(organisation).count()
    assert library_loading.waiting(organisation) == 0


def test_loading_twice_adds_nothing(organisation):
    library_loading.load(organisation, by=None, at=AT)

    assert library_loading.load(organisation, by=None, at=AT) == 0
    assert Change.objects.filter(organisation=organisation, kind="library.loaded").count() == 1


def test_what_the_organisation_changed_or_threw_away_stays_so(organisation):
    library_loading.load(organisation, by=None, at=AT)
    renamed, gone = DataCategory.objects.of(organisation).exclude(key="").order_by("key")[:2]
    with history.act(organisation, by=None, at=AT, kind="test.made"):
        renamed.name_nl = "Eigen naam"
        renamed.save()
        gone.delete()

    assert library_loading.load(organisation, by=None, at=AT) == 0
    renamed.refresh_from_db()
    assert renamed.name_nl == "Eigen naam"
    assert not DataCategory.objects.of(organisation).filter(key=gone.key).exists()


def test_a_country_made_by_hand_is_not_doubled(organisation):
    make.CountryFactory(organisation=organisation, code="NL", name_nl="Holland")
    library_loading.load(organisation, by=None, at=AT)

    assert Country.objects.of(organisation).get(code="NL").name_nl == "Holland"


def test_loading_costs_few_queries(organisation, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):  # SQLite splits what does not fit in one statement
        library_loading.load(organisation, by=None, at=AT)


def test_every_starter_item_passes_the_checks_of_its_model(organisation):
    for name, model in library_loading.FILES.items():
        for item in library_loading.starter_items(name):
            row = model(organisation=organisation, **library_loading.values_of(model, item))
            row.full_clean(exclude=["organisation"], validate_unique=False)


@pytest.mark.parametrize(
    ("on", "reference"),
    [
        (date(2015, 10, 5), "2000/520/EC"),
        (date(2015, 10, 6), None),
        (date(2016, 7, 12), "(EU) 2016/1250"),
        (date(2020, 7, 16), None),
        (date(2023, 7, 10), "(EU) 2023/1795"),
    ],
)
def test_adequacy_depends_on_the_day(on, reference):
    found = [decision.reference for decision in adequacy.decisions("US", on)]
    assert found == ([reference] if reference else [])


def test_a_country_without_a_decision_has_none():
    assert adequacy.decisions("IN", date(2026, 11, 21)) == []
    assert adequacy.decisions_ever("IN") == []


def test_adequacy_decisions_name_countries_of_the_library():
    codes = {item["code"] for item in library_loading.starter_items("countries")}
    assert {decision.country for decision in adequacy.all_decisions()} <= codes


def test_a_legal_parameter_is_asked_for_with_a_day():
    parameter = adequacy.parameter("record-exemption-staff", date(2026, 1, 1))
    assert (parameter.value, parameter.unit) == ("250", "people")
    assert adequacy.parameter("record-exemption-staff", date(2018, 5, 24)) is None
    assert adequacy.parameter("no-such-parameter", date(2026, 1, 1)) is None
