from datetime import date

import pytest

from register import models, usage
from register.models import Activity
from tests.factories import register as make
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


def visible(organisation):
    return Activity.objects.of(organisation)


LINES = [
    (make.RecipientLineFactory, "party"),
    (make.TransferLineFactory, "country"),
    (make.DataLineFactory, "category"),
    (make.SubjectLineFactory, "category"),
    (make.MeasureLineFactory, "measure"),
    (make.AccessLineFactory, "role"),
    (make.DocumentLineFactory, "document"),
    (make.ClientLineFactory, "party"),
    (make.SystemLineFactory, "system"),
    (make.ActivityLabelFactory, "label"),
]


@pytest.mark.parametrize(("line_factory", "name"), LINES, ids=lambda value: getattr(value, "__name__", value))
def test_a_shared_row_is_found_where_a_line_names_it(line_factory, name):
    line = line_factory()
    row = getattr(line, name)
    other = line_factory(activity=make.ActivityFactory(organisation=row.organisation))

    assert list(usage.activities_using(row)) == [line.activity]
    [use] = usage.uses_of(row, usage.activities_with(row, visible=visible(row.organisation)))
    assert use.activity == line.activity
    assert use.draft
    assert not use.established
    assert other.activity != use.activity


def test_every_foreign_key_of_a_line_is_a_place():
    """A new field on a line that points to something shared must be found by "where used" too. Rooms above tell of
    their own through `extensions`."""
    for model, places in usage.PLACES.items():
        known = {(place.line, place.path) for place in places}
        direct = {
            (other, name)
            for other, name in usage.references(model)
            if other._meta.app_label == "register" and hasattr(other, "activity") and other is not models.Advice
        }
        assert direct <= known, f"{model.__name__} is also reached by {direct - known}"


def test_a_supplier_is_used_where_its_system_is_used():
    supplier = make.PartyFactory()
    system = make.SystemFactory(organisation=supplier.organisation, supplier=supplier)
    activity = make.ActivityFactory(organisation=supplier.organisation)
    make.SystemLineFactory(activity=activity, system=system)

    assert list(usage.activities_using(supplier)) == [activity]


def test_one_activity_that_uses_a_party_twice_counts_once_and_says_as_what():
    line = make.RecipientLineFactory(role="processor")
    make.ClientLineFactory(activity=line.activity, party=line.party)

    [use] = usage.uses_of(line.party, usage.activities_with(line.party, visible=visible(line.party.organisation)))
    assert use.words == ["Controller we work for", "Processor"] or len(use.words) == 2
    assert usage.counts(models.Party, [line.party.pk]) == {line.party.pk: 1}


def test_what_was_established_is_told_apart_from_the_working_copy():
    line = make.RecipientLineFactory()
    party, activity = line.party, line.activity
    make.ActivityVersionFactory(activity=activity, content={"recipients": [{"party": {"id": str(party.pk)}}]})
    remove(line)

    [use] = usage.uses_of(party, usage.activities_with(party, visible=visible(party.organisation)))
    assert (use.draft, use.established) == (False, True)
    assert usage.was_ever_established(party)
    assert not usage.was_ever_established(make.PartyFactory(organisation=party.organisation))


def test_only_what_the_member_may_see_is_shown():
    line = make.RecipientLineFactory()

    assert usage.uses_of(line.party, usage.activities_with(line.party, visible=Activity.objects.none())) == []


def test_another_organisation_with_the_same_words_does_not_count():
    line = make.DataLineFactory()
    other = make.DataCategoryFactory(organisation=OrganisationFactory(), name_nl=line.category.name_nl)

    assert not usage.activities_using(other).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_where_used_costs_the_same_for_any_number_of_activities(django_assert_num_queries, rows):
    party = make.PartyFactory()
    for _ in range(rows):
        make.RecipientLineFactory(activity=make.ActivityFactory(organisation=party.organisation), party=party)

    with django_assert_num_queries(3):  # what the lines say, what versions hold, the activities
        assert len(usage.uses_of(party, usage.activities_with(party, visible=visible(party.organisation)))) == rows
    with django_assert_num_queries(1):
        assert usage.counts(models.Party, [party.pk]) == {party.pk: rows}


def test_a_row_is_used_when_anything_points_at_it():
    agreement = make.AgreementFactory(valid_from=date(2026, 1, 1))
    loose = make.PartyFactory(organisation=agreement.organisation)

    assert usage.is_used(agreement.party)
    assert not usage.is_used(loose)
    assert list(models.Party.objects.filter(usage.is_used_q(models.Party))) == [agreement.party]


def remove(row):
    from accounts import history
    from tests.factories.accounts import AT

    with history.act(row.activity.organisation, by=None, at=AT, kind="test.removed"):
        row.delete()
