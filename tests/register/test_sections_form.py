"""Editing an activity section by section: always savable, by difference, with new names in the same act."""

from datetime import date

import pytest

from accounts.models import Change
from register.forms import layout as forms_layout
from register.models import DataCategory, DataLine, Party, Purpose, RecipientLine, SubjectLine
from register.sections import SECTIONS, for_kind
from tests.factories.register import (
    ActivityFactory,
    CountryFactory,
    DataCategoryFactory,
    DataLineFactory,
    PartyFactory,
    PurposeFactory,
    RecipientLineFactory,
    RetentionRuleFactory,
    SubjectCategoryFactory,
)
from tests.register.sheets import opened, saved, section_url, sent_by, sheet_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(member):
    return ActivityFactory(organisation=member("editor").organisation, name="Payroll")


def test_every_field_of_every_section_has_a_place_on_a_form():
    for section in SECTIONS:
        if section.key == "end":
            continue
        placed = [name for part in forms_layout.SECTIONS[section.key] if part != "lines" for name in part.fields]
        assert sorted(placed) == sorted(section.fields), section.key
        assert ("lines" in forms_layout.SECTIONS[section.key]) == bool(section.lines)
        for lines in section.lines:
            placed = {name for group in forms_layout.LINE_SETS[lines.name] for name in group.fields}
            assert set(lines.fields) - placed <= {"role", "origin"}, lines.name


@pytest.mark.parametrize("kind", ["controller", "processor"])
def test_every_section_opens_and_saves_as_it_is_without_leaving_a_change(client, member, kind):
    activity = ActivityFactory(organisation=member("dpo").organisation, kind=kind)
    before = Change.objects.count()
    for section in for_kind(kind):
        assert saved(client, activity, section.key).status_code == 302, section.key
    assert Change.objects.count() == before


def test_a_text_is_saved_and_shown(client, activity):
    response = saved(client, activity, "identity", description="Salaries are paid.")
    assert response.url == f"{sheet_url(activity)}#identity"
    assert "Salaries are paid." in words(client.get(sheet_url(activity)))


def test_a_blank_line_is_no_line(client, activity):
    saved(client, activity, "purposes")
    assert not Purpose.objects.filter(activity=activity).exists()


def test_a_line_keeps_its_identity_and_the_fields_that_are_not_on_the_form(client, activity):
    line = PurposeFactory(activity=activity, text_nl="Loon", text_en="Pay", basis="c")
    saved(client, activity, "purposes", **{"purposes-0-text_nl": "Loon betalen"})
    line.refresh_from_db()
    assert (line.text_nl, line.text_en, line.basis) == ("Loon betalen", "Pay", "c")


def test_lines_are_added_moved_and_taken_away_without_javascript(client, activity):
    form = opened(client, activity, "purposes") | {"purposes-0-text_nl": "First"}
    form = _rearranged(client, activity, form, "add:purposes")
    form["purposes-1-text_nl"] = "Second"
    form = _rearranged(client, activity, form, "up:purposes:1")
    assert (form["purposes-0-text_nl"], form["purposes-1-text_nl"]) == ("Second", "First")
    assert not Purpose.objects.exists(), "nothing is saved by rearranging"
    saved(client, activity, "purposes", form)
    assert list(Purpose.objects.values_list("text_nl", flat=True)) == ["Second", "First"]
    form = _rearranged(client, activity, opened(client, activity, "purposes"), "remove:purposes:0")
    saved(client, activity, "purposes", form)
    assert list(Purpose.objects.values_list("text_nl", flat=True)) == ["First"]


def _rearranged(client, activity, form, act):
    response = client.post(section_url(activity, "purposes"), form | {"_edit": act})
    assert response.status_code == 200
    return sent_by(response)


def test_several_kinds_of_data_are_added_at_once(client, activity):
    categories = DataCategoryFactory.create_batch(5, organisation=activity.organisation)
    form = opened(client, activity, "data") | {"data-many": [str(row.pk) for row in categories[:3]]}
    client.post(section_url(activity, "data"), form)
    assert {line.category for line in DataLine.objects.filter(activity=activity)} == set(categories[:3])


def test_a_new_name_makes_the_party_in_the_same_act(client, activity):
    before = Change.objects.count()
    saved(client, activity, "recipients", **{"recipients-0-party_new": "Payroll Ltd", "recipients-0-role": "processor"})
    line = RecipientLine.objects.get(activity=activity)
    assert line.party.name == "Payroll Ltd"
    assert line.party.organisation == activity.organisation
    assert Change.objects.count() == before + 1


def test_a_new_name_that_is_there_already_is_not_made_twice(client, activity):
    party = PartyFactory(organisation=activity.organisation, name="Payroll  Ltd")
    saved(client, activity, "recipients", **{"recipients-0-party_new": "payroll ltd"})
    assert RecipientLine.objects.get(activity=activity).party == party
    assert Party.objects.count() == 1


def test_a_new_word_of_the_library_gets_its_name_in_the_language_of_the_entry(client, activity):
    saved(client, activity, "data", **{"data-0-category_new": "Schoenmaat"})
    assert DataCategory.objects.get().name_nl == "Schoenmaat"


def test_both_a_choice_and_a_new_name_are_refused(client, activity):
    party = PartyFactory(organisation=activity.organisation)
    both = {"recipients-0-party": str(party.pk), "recipients-0-party_new": "Another"}
    response = saved(client, activity, "recipients", **both)
    assert response.status_code == 422
    assert "not both" in words(response)


def test_none_and_lines_contradict_each_other(client, activity):
    PartyFactory(organisation=activity.organisation)
    wrong = {"recipients_answer": "none", "recipients-0-description_nl": "Leveranciers"}
    response = saved(client, activity, "recipients", **wrong)
    assert response.status_code == 422
    assert "You answer “None”" in words(response)
    assert "Leveranciers" in response.text, "what was typed is still there"
    assert not RecipientLine.objects.exists()


def test_adding_a_line_answers_the_question(client, activity):
    saved(client, activity, "recipients", **{"recipients-0-description_nl": "Leveranciers"})
    activity.refresh_from_db()
    assert activity.recipients_answer == "some"


def test_none_is_kept_as_an_answer(client, activity):
    saved(client, activity, "recipients", recipients_answer="none")
    page = client.get(sheet_url(activity))
    activity.refresh_from_db()
    assert activity.recipients_answer == "none"
    assert "It is not said who receives the data" not in words(page)


@pytest.mark.parametrize(
    ("section", "name", "value", "sentence"),
    [
        ("people", "people_min", "-1", "0"),
        ("people", "people_min", "99999999999", "2147483647"),
        ("people", "people_min", "many", "whole number"),
        ("identity", "started_on", "31-31-2026", "valid date"),
        ("identity", "name", " ", "required"),
        ("identity", "name", "x" * 251, "250"),
        ("identity", "parent", "VA-9999", "No activity that you can see"),
        ("controller", "controller", "not-an-id", "Choose from the list"),
        ("identity", "description", "nul \x00 sign", "Null characters"),
    ],
)
def test_only_impossible_input_is_refused_with_a_sentence_at_the_field(
    client, activity, section, name, value, sentence
):
    response = saved(client, activity, section, **{name: value})
    assert response.status_code == 422
    assert sentence in words(response)
    assert f'id="id_{name}_error"' in response.text


def test_numbers_in_the_wrong_order_are_refused(client, activity):
    assert saved(client, activity, "people", people_min="5", people_max="3").status_code == 422


def test_the_same_people_are_not_listed_twice(client, activity):
    category = SubjectCategoryFactory(organisation=activity.organisation)
    form = opened(client, activity, "people")
    form |= {"subjects-total": "2", "subjects-1-id": "6f1f5c3e-0000-4000-8000-000000000001"}
    form |= {"subjects-0-category": str(category.pk), "subjects-1-category": str(category.pk)}
    response = saved(client, activity, "people", form)
    assert response.status_code == 422
    assert "listed already" in words(response)
    assert not SubjectLine.objects.exists()


def test_a_line_of_another_activity_cannot_be_taken_over(client, activity):
    other = PurposeFactory(text_nl="Of somebody else")
    form = opened(client, activity, "purposes") | {"purposes-0-id": str(other.pk), "purposes-0-text_nl": "Stolen"}
    response = saved(client, activity, "purposes", form)
    other.refresh_from_db()
    assert response.status_code == 422
    assert (other.text_nl, other.activity_id == activity.pk) == ("Of somebody else", False)


def test_a_row_of_another_organisation_cannot_be_chosen(client, activity):
    PartyFactory(organisation=activity.organisation)
    stranger = PartyFactory()
    response = saved(client, activity, "recipients", **{"recipients-0-party": str(stranger.pk)})
    assert response.status_code == 422
    assert not RecipientLine.objects.exists()


def test_a_form_that_was_tampered_with_is_refused(client, activity):
    response = saved(client, activity, "identity", base="something else", description="x")
    assert response.status_code == 409
    activity.refresh_from_db()
    assert activity.description == ""


def test_a_retired_row_stays_choosable_only_where_it_is_used(client, activity):
    used = PartyFactory(organisation=activity.organisation, name="Used", retired_on=date(2026, 1, 1))
    PartyFactory(organisation=activity.organisation, name="Forgotten", retired_on=date(2026, 1, 1))
    RecipientLineFactory(activity=activity, party=used)
    page = client.get(section_url(activity, "recipients"))
    assert "Used (retired)" in page.text
    assert "Forgotten" not in page.text
    assert saved(client, activity, "recipients").status_code == 302


def test_grounds_for_special_data_are_asked_only_when_there_are_such_data(client, activity):
    PurposeFactory(activity=activity)
    assert "special_ground" not in client.get(section_url(activity, "purposes")).text
    DataLineFactory(
        activity=activity, category=DataCategoryFactory(organisation=activity.organisation, sensitivity="special")
    )
    page = client.get(section_url(activity, "purposes")).text
    assert "special_ground" in page
    assert "criminal_ground" not in page


def test_what_a_basis_demands_stands_with_it_and_says_for_which(client, activity):
    PurposeFactory(activity=activity)
    page = client.get(section_url(activity, "purposes")).text
    assert 'data-show-when="purposes-0-basis=a"' in page
    assert "Needed with consent" in page


def test_a_register_in_two_languages_asks_for_both(client, member):
    organisation = member("dpo", organisation__languages="nl,en").organisation
    page = client.get(section_url(ActivityFactory(organisation=organisation), "purposes")).text
    assert "purposes-0-text_en" in page


ABSURD = [
    "x" * 10_000,
    "👩‍👩‍👧‍👦🏳️‍🌈" * 100,
    "\u202eesrever\u202c שלום مرحبا",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }} {% load x %}",
    "'; DROP TABLE register_activity; --",
]


@pytest.mark.parametrize("text", ABSURD)
def test_whatever_is_typed_is_kept_word_for_word_and_shown_as_text(client, activity, text):
    assert saved(client, activity, "identity", description=text).status_code == 302
    activity.refresh_from_db()
    page = client.get(sheet_url(activity))
    assert activity.description == text
    assert "<script>alert" not in page.text
    assert text in words(page) or "<" in text
    assert opened(client, activity, "identity")["description"] == text


def test_two_hundred_lines_are_saved_and_shown(client, activity):
    categories = DataCategoryFactory.create_batch(200, organisation=activity.organisation)
    rule = RetentionRuleFactory(organisation=activity.organisation)
    form = opened(client, activity, "data") | {"data-many": [str(row.pk) for row in categories]}
    assert client.post(section_url(activity, "data"), form).status_code == 302
    form = opened(client, activity, "data")
    form |= {f"data-{place}-retention": str(rule.pk) for place in range(200)}
    assert saved(client, activity, "data", form).status_code == 302
    assert DataLine.objects.filter(activity=activity, retention=rule).count() == 200
    assert client.get(sheet_url(activity)).status_code == 200


def test_an_ended_activity_is_not_edited(client, member):
    organisation = member("dpo").organisation
    activity = ActivityFactory(organisation=organisation, ended_on=date(2026, 1, 1), end_reason="Over")
    assert client.get(section_url(activity, "identity")).status_code == 409


@pytest.mark.parametrize("role", ["auditor", "approver", "administrator", "reporter"])
def test_who_may_not_edit_is_kept_out(client, member, role):
    activity = ActivityFactory(organisation=member(role).organisation)
    assert client.get(section_url(activity, "identity")).status_code == 403


def test_a_section_of_the_other_part_of_the_register_is_not_found(client, activity):
    assert client.get(section_url(activity, "clients")).status_code == 404
    assert client.get(section_url(activity, "end")).status_code == 404


def test_htmx_gets_the_section_back_with_what_changed_beside_it(client, activity):
    form = opened(client, activity, "recipients") | {"recipients_answer": "none"}
    response = client.post(section_url(activity, "recipients"), form, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert '<section class="panel sheet-section" id="recipients"' in response.text
    for beside in ("sheet-banner", "sheet-actions", "sheet-heading", "sheet-side", "flow"):
        assert f'id="{beside}"' in response.text
    assert "<html" not in response.text


def test_the_form_in_place_is_the_form_of_the_page(client, activity):
    fragment = client.get(section_url(activity, "security"), headers={"HX-Request": "true"})
    fields = set(sent_by(fragment)) - {"base"}
    assert fields - {"csrfmiddlewaretoken"} == set(opened(client, activity, "security")) - {
        "base",
        "csrfmiddlewaretoken",
    }


def test_opening_a_section_costs_the_same_for_any_number_of_lines(client, django_assert_num_queries, activity):
    CountryFactory(organisation=activity.organisation)
    for count in (1, 3):
        RecipientLineFactory.create_batch(count, activity=activity)
        with django_assert_num_queries(12):
            client.get(section_url(activity, "recipients"))


def test_a_long_list_is_a_list_of_words_that_open_one_by_one(client, activity):
    lines = DataLineFactory.create_batch(11, activity=activity, detail="the whole file")
    form = opened(client, activity, "data")
    page = client.get(section_url(activity, "data")).text
    assert page.count("line-closed") == 11
    assert lines[0].category.name_en in page
    response = client.post(section_url(activity, "data"), form | {"_edit": "open:data:3"})
    assert response.text.count("line-closed") == 10
    form = sent_by(response) | {"data-3-detail": "the first page only"}
    assert saved(client, activity, "data", form).status_code == 302
    details = list(DataLine.objects.filter(activity=activity).values_list("detail", flat=True))
    assert sorted(details) == ["the first page only"] + ["the whole file"] * 10


def test_a_mistake_on_a_closed_line_opens_it(client, activity):
    DataLineFactory.create_batch(11, activity=activity)
    response = saved(client, activity, "data", **{"data-4-source": "nowhere"})
    assert response.status_code == 422
    assert response.text.count("line-closed") == 10
    assert 'id="id_data-4-source_error"' in response.text


@pytest.mark.parametrize(("answer", "lines"), [("", "1"), ("none", "0")])
def test_an_empty_line_is_ready_unless_the_answer_is_none(client, activity, answer, lines):
    saved(client, activity, "transfers", transfers_answer=answer)
    assert opened(client, activity, "transfers")["transfers-total"] == lines
