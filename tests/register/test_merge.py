from datetime import date

import pytest
from django.utils import timezone

from accounts import history, sweeps
from accounts.models import Change
from core.refusal import Refused
from register import models, row_history, usage
from register.actions import merge
from tests.factories import register as make
from tests.factories.accounts import AT, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 5)


@pytest.fixture
def pair():
    kept = make.PartyFactory(name="Firma A B.V.", registration_number="12345678")
    return kept, make.PartyFactory(organisation=kept.organisation, name="Firma A", email="info@example.org")


def act(kept, other, **more):
    return merge.merge(kept, other, by=more.pop("by", None), at=AT, on=ON, **more)


def test_look_alikes_differ_in_legal_form_only():
    organisation = OrganisationFactory()
    names = ["Firma A B.V.", "firma a", "Firma B", "FIRMA Á BV"]
    parties = {name: make.PartyFactory(organisation=organisation, name=name) for name in names}
    make.PartyFactory(name="Firma A")

    [group] = merge.look_alikes(models.Party, organisation)
    assert set(group) == {parties["Firma A B.V."], parties["firma a"], parties["FIRMA Á BV"]}


def test_the_same_number_makes_look_alikes_too():
    one = make.PartyFactory(name="Papier en Zo", registration_number="1234.56.78")
    other = make.PartyFactory(organisation=one.organisation, name="Papierhandel", registration_number="12345678")
    make.PartyFactory(organisation=one.organisation, name="Zonder nummer")
    make.PartyFactory(organisation=one.organisation, name="Ook zonder")

    assert merge.look_alikes(models.Party, one.organisation) == [[one, other]]


def test_retired_rows_are_no_look_alikes(pair):
    act(*pair)

    assert merge.look_alikes(models.Party, pair[0].organisation) == []


def test_everything_that_named_the_other_names_the_kept_one(pair):
    kept, other = pair
    activity = make.ActivityFactory(organisation=kept.organisation)
    lines = [
        make.RecipientLineFactory(activity=activity, party=other),
        make.TransferLineFactory(activity=activity, party=other),
        make.DataLineFactory(activity=activity, source_party=other),
        make.ClientLineFactory(activity=activity, party=other),
        make.AgreementFactory(organisation=kept.organisation, party=other),
        make.SystemFactory(organisation=kept.organisation, supplier=other),
        make.PartyLabelFactory(party=other),
    ]

    assert act(kept, other, reason="Dubbel", by=UserFactory()) == len(lines)

    assert not usage.is_used(other)
    for line in lines:
        line.refresh_from_db()
        [name] = [f.name for f in line._meta.fields if f.related_model is models.Party]
        assert getattr(line, name) == kept
        assert type(line).history.filter(id=line.pk, history_type="~").count() == 1
    other.refresh_from_db()
    assert (other.merged_into, other.retired_on) == (kept, ON)
    change = Change.objects.get(kind="shared.merged")
    assert change.reason == "Dubbel"
    assert change.details["other"] == "Firma A"
    assert {kept.pk, other.pk, activity.pk} <= set(change.subjects.values_list("subject", flat=True))


def test_no_reference_to_a_party_or_system_is_forgotten():
    """A new foreign key to a party or system must be repointed too; own parts are dealt with by name."""
    for model in (models.Party, models.System):
        pointing = {
            (relation.related_model, relation.field.name)
            for relation in model._meta.get_fields(include_hidden=True)
            if relation.auto_created
            and not relation.concrete
            and not issubclass(relation.related_model, history.Tracked)
        }
        labels = {(merge.LABELS[model._meta.model_name], model._meta.model_name)}
        assert set(usage.references(model)) | labels == pointing


def test_values_are_chosen_field_by_field(pair):
    kept, other = pair
    act(kept, other, take=["name", "email"])

    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.registration_number) == ("Firma A", "info@example.org", "12345678")


def test_drafts_change_and_are_marked_as_edited(pair):
    kept, other = pair
    user = UserFactory()
    activity = make.RecipientLineFactory(activity__organisation=kept.organisation, party=other).activity
    act(kept, other, by=user)

    activity.refresh_from_db()
    assert (activity.revision, activity.edited_by) == (1, user)
    assert activity.columns["recipients"] == ["Firma A B.V."]


def test_many_activities_are_recalculated_by_the_worker(pair):
    kept, other = pair
    for _ in range(21):
        make.RecipientLineFactory(activity__organisation=kept.organisation, party=other)
    act(kept, other)

    assert models.StaleActivity.objects.count() == 21
    assert "register.stale" in sweeps.take_turns(at=timezone.now())
    assert not models.StaleActivity.objects.exists()
    shown = models.Activity.objects.values_list("columns", flat=True)
    assert [columns["recipients"] for columns in shown] == [["Firma A B.V."]] * 21


def test_two_lines_that_become_the_same_are_joined():
    kept = make.SystemFactory()
    other = make.SystemFactory(organisation=kept.organisation)
    activity = make.ActivityFactory(organisation=kept.organisation)
    first = make.SystemLineFactory(activity=activity, system=kept, use="Loon")
    make.SystemLineFactory(activity=activity, system=other, use="Verlof")
    act(kept, other)

    [line] = activity.systemlines.all()
    assert (line.pk, line.use) == (first.pk, "Loon; Verlof")


def test_recipient_lines_that_contradict_one_another_both_stay(pair):
    kept, other = pair
    activity = make.ActivityFactory(organisation=kept.organisation)
    agreements = [make.AgreementFactory(organisation=kept.organisation, party=party) for party in pair]
    for party, agreement in zip(pair, agreements, strict=True):
        make.RecipientLineFactory(activity=activity, party=party, agreement=agreement)
    act(kept, other)

    assert {line.agreement for line in activity.recipientlines.all()} == set(agreements)


def test_recipient_lines_that_say_the_same_become_one(pair):
    kept, other = pair
    activity = make.ActivityFactory(organisation=kept.organisation)
    for party in pair:
        make.RecipientLineFactory(activity=activity, party=party)
    make.RecipientLineFactory(activity=activity, party=other, role="controller")
    act(kept, other)

    assert sorted(line.role for line in activity.recipientlines.all()) == ["controller", "processor"]


def test_the_same_label_on_both_stays_once(pair):
    label = make.LabelFactory(organisation=pair[0].organisation)
    for party in pair:
        make.PartyLabelFactory(party=party, label=label)
    act(*pair)

    assert models.PartyLabel.objects.filter(label=label).count() == 1


def test_what_was_merged_before_goes_along(pair):
    kept, other = pair
    first = make.PartyFactory(organisation=kept.organisation)
    act(other, first)
    act(kept, other)

    first.refresh_from_db()
    assert first.merged_into == kept


def test_merging_across_organisations_is_refused(pair):
    stranger = make.PartyFactory(name="Firma A")
    with pytest.raises(Refused, match="organis"):
        act(pair[0], stranger)


@pytest.mark.parametrize("case", ["itself", "kept is retired", "other is merged"])
def test_merging_is_refused_when_it_makes_no_sense(pair, case):
    kept, other = pair
    third = make.PartyFactory(organisation=kept.organisation)
    act(third, other) if case == "other is merged" else None
    if case == "kept is retired":
        act(third, kept)
    with pytest.raises(Refused):
        act(kept, kept if case == "itself" else other)
    assert Change.objects.filter(kind="shared.merged").count() == (0 if case == "itself" else 1)


def test_merging_costs_the_same_for_many_lines(pair, django_assert_max_num_queries):
    kept, other = pair
    for _ in range(30):
        make.RecipientLineFactory(activity__organisation=kept.organisation, party=other)
    with django_assert_max_num_queries(60):
        act(kept, other)


def test_the_story_of_the_one_that_stays_tells_what_was_merged_into_it(pair):
    kept, other = pair
    act(kept, other, take={"email"})
    steps, _more = row_history.story(kept)
    assert str(steps[0].title) == str(row_history.TOOK_IN[0])
    assert [difference.after for difference in steps[0].differences] == ["info@example.org"]
