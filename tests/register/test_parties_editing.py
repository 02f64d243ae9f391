"""Changing one shared row: two people at once, retiring, bringing back, deleting, merging by page."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import history
from accounts.models import Change
from core.refusal import Refused
from register import kinds, models
from register.actions import shared
from register.models import Party
from tests.factories import register as make
from tests.factories.accounts import AT, UserFactory
from tests.register.test_parties_pages import posted

pytestmark = pytest.mark.django_db
PARTIES = kinds.BY_MODEL[Party]


@pytest.fixture
def organisation(member):
    return member().organisation


def somebody_else(party, **fields):
    for name, value in fields.items():
        setattr(party, name, value)
    shared.change(party, by=UserFactory(name="Jan de Vries"), at=AT)


def test_what_the_other_changed_in_another_field_stays(client, organisation):
    party = make.PartyFactory(organisation=organisation, name="Firma", phone="1", email="oud@example.org")
    url = PARTIES.url(organisation, party.pk, "edit")
    form = client.get(url)
    somebody_else(Party.objects.get(pk=party.pk), email="nieuw@example.org")
    response = client.post(url, posted(form, phone="2"), follow=True)

    party.refresh_from_db()
    assert (party.phone, party.email) == ("2", "nieuw@example.org")
    assert "that was kept: E-mail address" in response.text


def test_the_same_field_is_chosen_and_nothing_is_lost(client, organisation):
    party = make.PartyFactory(organisation=organisation, name="Firma", contact="Oud loket")
    url = PARTIES.url(organisation, party.pk, "edit")
    form = client.get(url)
    somebody_else(Party.objects.get(pk=party.pk), contact="Loket van Jan")
    data = posted(form, contact="Mijn loket")
    asked = client.post(url, data)

    assert asked.status_code == 409
    for words in ("Jan de Vries", "Oud loket", "Loket van Jan", "Mijn loket", 'name="choice-contact"'):
        assert words in asked.text
    party.refresh_from_db()
    assert party.contact == "Loket van Jan"

    seen = asked.context["form"].seen
    client.post(url, data | {"seen": seen, "choice-contact": "mine"})
    party.refresh_from_db()
    assert party.contact == "Mijn loket"


def test_choosing_theirs_keeps_theirs(client, organisation):
    party = make.PartyFactory(organisation=organisation, name="Firma")
    url = PARTIES.url(organisation, party.pk, "edit")
    data = posted(client.get(url), contact="Mijn loket", phone="2")
    somebody_else(Party.objects.get(pk=party.pk), contact="Loket van Jan")
    seen = client.post(url, data).context["form"].seen
    client.post(url, data | {"seen": seen, "choice-contact": "theirs"})

    party.refresh_from_db()
    assert (party.contact, party.phone) == ("Loket van Jan", "2")


def test_a_choice_made_before_a_third_change_is_asked_again(client, organisation):
    party = make.PartyFactory(organisation=organisation, name="Firma")
    url = PARTIES.url(organisation, party.pk, "edit")
    data = posted(client.get(url), contact="Mijn loket")
    somebody_else(Party.objects.get(pk=party.pk), contact="Loket van Jan")
    seen = client.post(url, data).context["form"].seen
    somebody_else(Party.objects.get(pk=party.pk), contact="Loket van Piet")
    asked = client.post(url, data | {"seen": seen, "choice-contact": "mine"})

    assert asked.status_code == 409
    assert "Loket van Piet" in asked.text


@pytest.mark.parametrize("base", ["", "nonsense", "eyJuYW1lIjoiIn0:1:x"])
def test_a_form_whose_base_was_tampered_with_overwrites_nothing_silently(client, organisation, base):
    party = make.PartyFactory(organisation=organisation, name="Firma", contact="Loket van Jan")
    url = PARTIES.url(organisation, party.pk, "edit")
    asked = client.post(url, posted(client.get(url), contact="Mijn loket", base=base))

    assert asked.status_code == 409
    party.refresh_from_db()
    assert party.contact == "Loket van Jan"


def test_references_conflict_by_what_they_are_called_and_labels_stand_together(client, organisation):
    countries = [make.CountryFactory(organisation=organisation, name_en=name, code=name) for name in "ABC"]
    labels = [make.LabelFactory(organisation=organisation, name=name) for name in ("Rood", "Groen")]
    party = make.PartyFactory(organisation=organisation, country=countries[0])
    url = PARTIES.url(organisation, party.pk, "edit")
    data = posted(client.get(url), country=str(countries[1].pk), labels=[str(labels[0].pk)])
    other = Party.objects.get(pk=party.pk)
    other.country = countries[2]
    shared.change(other, by=None, at=AT, labels=[labels[1]])
    late = client.post(url, data).context["form"]

    assert [(clash.name, clash.mine, clash.theirs) for clash in late.clashes] == [("choice-country", "B", "C")]
    assert client.post(url, data | {"choice-country": "mine", "seen": late.seen}).status_code == 302
    assert set(party.label_rows.values_list("label__name", flat=True)) == {"Rood", "Groen"}


def test_line_ends_of_a_browser_are_no_change(client, organisation):
    party = make.PartyFactory(organisation=organisation, address="Straat 1\nPlaats")
    url = PARTIES.url(organisation, party.pk, "edit")
    client.post(url, posted(client.get(url), address="Straat 1\r\nPlaats"))

    assert Party.history.filter(id=party.pk).count() == 1


def test_a_clause_is_changed_and_told_in_the_history(client, organisation):
    agreement = make.AgreementFactory(organisation=organisation, clauses={"a": "yes"})
    kind = kinds.BY_MODEL[models.Agreement]
    url = kind.url(organisation, agreement.pk, "edit")
    response = client.post(url, posted(client.get(url), clause_b="no"), follow=True)

    agreement.refresh_from_db()
    assert agreement.clauses == {"a": "yes", "b": "no"}
    assert "(b) confidentiality" in response.text


def test_a_signed_agreement_needs_its_day(client, organisation):
    party = make.PartyFactory(organisation=organisation)
    url = kinds.BY_MODEL[models.Agreement].new_url(organisation)
    form = client.get(url, {"party": party.pk})
    assert form.context["form"]["party"].value() == str(party.pk)
    response = client.post(url, posted(form, party=str(party.pk), status="signed"))

    assert response.status_code == 200
    assert "on which day the agreement was signed" in response.text


def test_a_changed_party_marks_the_activities_that_use_it(organisation):
    line = make.RecipientLineFactory(activity__organisation=organisation)
    line.party.name = "Nieuwe naam"
    shared.change(line.party, by=None, at=AT)

    line.activity.refresh_from_db()
    assert line.activity.columns["recipients"] == ["Nieuwe naam"]


def test_retiring_keeps_old_entries_and_no_longer_offers(client, organisation):
    line = make.RecipientLineFactory(activity__organisation=organisation)
    url = PARTIES.url(organisation, line.party.pk, "retire")
    assert line.activity.name in client.get(url).text
    client.post(url, {"why": "Opgeheven"})

    line.refresh_from_db()
    assert line.party.retired_on is not None
    assert not Party.objects.of(organisation).in_use().exists()
    change = Change.objects.get(kind="shared.retired")
    assert (change.reason, change.details["model"]) == ("Opgeheven", "party")
    assert client.post(url).status_code == 409
    client.post(PARTIES.url(organisation, line.party.pk, "return"))
    assert Party.objects.of(organisation).in_use().exists()


def test_what_is_used_is_not_deleted(client, organisation):
    line = make.RecipientLineFactory(activity__organisation=organisation)
    url = PARTIES.url(organisation, line.party.pk, "delete")

    assert "cannot be deleted" in client.get(url).text
    assert client.post(url).status_code == 409
    assert Party.objects.filter(pk=line.party.pk).exists()


def test_what_was_established_is_not_deleted_though_no_draft_uses_it(organisation):
    party = make.PartyFactory(organisation=organisation)
    activity = make.ActivityFactory(organisation=organisation)
    make.ActivityVersionFactory(activity=activity, content={"recipients": [{"party": {"id": str(party.pk)}}]})

    with pytest.raises(Refused):
        shared.delete(party, by=None, at=AT)


def test_what_is_used_nowhere_is_deleted_and_its_history_stays(client, organisation):
    party = make.PartyFactory(organisation=organisation, name="Nergens nodig")
    make.PartyLabelFactory(party=party)
    client.post(PARTIES.url(organisation, party.pk, "delete"))

    assert not Party.objects.filter(pk=party.pk).exists()
    assert Party.history.filter(id=party.pk, history_type="-").count() == 1
    assert Change.objects.get(kind="shared.deleted").details["name"] == "Nergens nodig"


def test_a_merged_one_cannot_be_brought_back(client, organisation):
    kept, other = (make.PartyFactory(organisation=organisation, name=name) for name in ("Firma A", "Firma A B.V."))
    url = reverse("register:party_merge", args=[organisation.slug, kept.pk, other.pk])
    client.post(url, {"take-name": "other", "why": "Dubbel"})

    kept.refresh_from_db()
    assert kept.name == "Firma A B.V."
    assert client.post(PARTIES.url(organisation, other.pk, "return")).status_code == 409
    text = client.get(PARTIES.url(organisation, other.pk)).text
    assert PARTIES.url(organisation, kept.pk) in text
    assert "Merged into another one" in text


def test_the_merge_page_shows_both_and_what_will_change(client, organisation):
    kept = make.PartyFactory(organisation=organisation, name="Firma A", phone="1")
    other = make.PartyFactory(organisation=organisation, name="Firma A B.V.", email="a@example.org")
    activity = make.RecipientLineFactory(activity__organisation=organisation, party=other).activity
    look = client.get(reverse("register:party_look_alikes", args=[organisation.slug]))
    [group] = look.context["groups"]
    assert [one["row"] for one in group] == [other, kept]  # the one that is used most stays

    page = client.get(reverse("register:party_merge", args=[organisation.slug, kept.pk, other.pk]))
    taken = {field["name"]: field["take"] for field in page.context["fields"]}
    assert taken == {"take-name": False, "take-phone": False, "take-email": True}
    assert activity.name in page.text


def test_merging_by_hand_goes_by_way_of_the_page_of_both(client, organisation):
    kept, other = (make.SystemFactory(organisation=organisation) for _ in range(2))
    stranger = make.SystemFactory()
    url = reverse("register:system_merge_with", args=[organisation.slug, kept.pk])

    assert client.post(url, {"other": other.pk}).url == f"{url}{other.pk}/"
    assert client.post(url, {"other": stranger.pk}).status_code == 200
    assert client.get(f"{url}{stranger.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("dpo", 200), ("privacy_officer", 200), ("editor", 403), ("auditor", 403)]
)
def test_merging_asks_for_the_permission_of_the_library(client, member, role, status):
    organisation = member(role).organisation
    kept, other = (make.PartyFactory(organisation=organisation) for _ in range(2))
    for name, args in (
        ("party_look_alikes", []),
        ("party_merge_with", [kept.pk]),
        ("party_merge", [kept.pk, other.pk]),
    ):
        assert client.get(reverse(f"register:{name}", args=[organisation.slug, *args])).status_code == status


def test_the_story_tells_who_what_when_and_why(client, organisation):
    party = make.PartyFactory(organisation=organisation, contact="Oud loket")
    party.contact = "Nieuw loket"
    shared.change(party, by=UserFactory(name="Jan de Vries"), at=AT, reason="Brief van maart")
    shared.retire(party, by=None, at=AT, on=date(2026, 1, 5))
    steps = client.get(PARTIES.url(organisation, party.pk)).context["steps"]

    assert [(str(step.title), step.who, step.reason) for step in steps] == [
        ("Retired", "", ""),
        ("Changed", "Jan de Vries", "Brief van maart"),
        ("Added", "", ""),
    ]
    [difference] = steps[1].differences
    assert (difference.label, difference.before, difference.after) == ("Contact point", "Oud loket", "Nieuw loket")


def test_a_row_outside_an_act_cannot_be_written():
    party = make.PartyFactory()
    with pytest.raises(history.NoAct):
        party.save()
