"""The data files of the forms, and what a form becomes for one breach."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from breaches import filling
from breaches.authority_forms import gathering, reading
from breaches.authority_forms.sources import SOURCES
from breaches.law import Involvement, NotificationKind, Supervisor
from tests.factories import accounts as make
from tests.factories import breaches as of_breach
from tests.factories import register as of_register
from tests.factories.accounts import AT

TODAY = date(2026, 11, 22)
SMALL = """
code = "cnil"
authority = "other"
edition = 2026-01-01
title = { nl = "Formulier", en = "Form" }

[[sections]]
number = "I"
title = { nl = "Wat", en = "What" }

[[sections.questions]]
number = "1"
text = { nl = "Wat is er gebeurd?", en = "What happened?" }
source = "facts"

[[sections.questions]]
number = "2"
text = { nl = "Duurt het voort?", en = "Still going on?" }
source = "ongoing"
answers = [{ codes = ["yes"], nl = "Ja", en = "Yes" }, { codes = ["no"], nl = "Nee", en = "No" }]
"""


def written(folder, content=SMALL, name="cnil-2026-01"):
    path = folder / f"{name}.toml"
    path.write_text(content)
    return path


@pytest.mark.parametrize("path", sorted(reading.FOLDER.glob("*.toml")), ids=lambda path: path.name)
def test_every_file_of_a_form_says_only_what_we_understand_in_both_languages(path):
    form = reading.read(path)
    assert {question.source for question in form.questions} <= SOURCES.keys()
    assert all(text[language] for text in (form.title, form.note) for language in reading.LANGUAGES)


def test_the_form_of_the_dutch_authority_follows_the_order_of_its_question_list():
    form = reading.forms(TODAY)["ap"]
    assert (form.name, form.edition) == ("ap-2022-08", date(2022, 8, 1))
    assert [section.number for section in form.sections] == [str(number) for number in range(1, 11)]
    asked = [question.number for question in form.questions if " " not in question.number]
    assert asked == sorted(asked, key=lambda number: [int(part) for part in number.split(".")])


def test_a_form_is_added_by_adding_a_file(tmp_path, monkeypatch):
    written(tmp_path)
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    found = reading.forms(TODAY)
    assert [form.name for form in found.values()] == ["cnil-2026-01"]
    assert [question.number for question in found["cnil"].questions] == ["1", "2"]


def test_the_latest_edition_of_a_form_that_is_there_counts(tmp_path, monkeypatch):
    written(tmp_path)
    written(tmp_path, SMALL.replace("2026-01-01", "2026-12-01"), "cnil-2026-12")
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    assert reading.forms(TODAY)["cnil"].name == "cnil-2026-01"
    assert reading.forms(date(2026, 12, 1))["cnil"].name == "cnil-2026-12"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('source = "facts"', 'source = "weather"', "question 1: there is no source 'weather'"),
        ('codes = ["no"]', 'codes = ["never"]', "has no code never"),
        (', { codes = ["no"], nl = "Nee", en = "No" }', "", "question 2: no answer for no"),
        ('codes = ["no"]', 'codes = ["yes"]', "code yes comes twice"),
        ('nl = "Wat is er gebeurd?", ', "", "question 1, text: not said in nl"),
        ('number = "2"', 'number = "1"', "question 1 comes twice"),
        ('source = "facts"', 'source = "facts"\nwhen = { source = "facts", is = ["x"] }', "no source with codes"),
        ('source = "facts"', 'source = "facts"\nwhen = { source = "late", is = ["x"] }', "does not have"),
        ('source = "facts"', 'source = "facts"\nsauce = 1', "what is sauce?"),
        ('authority = "other"', 'authority = "mine"', "there is no authority 'mine'"),
        ("edition = 2026-01-01", 'edition = "now"', "edition is a day"),
        ('code = "cnil"', 'code = "cnil', "cnil-2026-01.toml"),
        ("edition = 2026-01-01", "edition = 2026-02-01", "the name of the file should be cnil-2026-02.toml"),
    ],
)
def test_a_file_that_says_something_else_is_refused_with_its_name_and_place(tmp_path, before, after, complaint):
    assert before in SMALL
    with pytest.raises(reading.BadForm, match="cnil-2026-01.toml") as refused:
        reading.read(written(tmp_path, SMALL.replace(before, after, 1)))
    assert complaint in str(refused.value)


def test_every_source_has_one_place_in_the_common_template_of_the_edpb():
    sections = reading.common_sections()
    assert sorted(source for _code, _title, sources in sections for source in sources) == sorted(SOURCES)
    assert all(title[language] for _code, title, _sources in sections for language in reading.LANGUAGES)


def filled(breach, code="ap", language="en", **more):
    membership = make.MembershipFactory(organisation=breach.organisation, role="dpo")
    at = more.pop("at", AT + timedelta(hours=2))
    form = reading.forms(TODAY)[code]
    facts = gathering.facts_of(breach, membership=membership, at=at, authority=form.authority, **more)
    return {answer.number: answer for answer in filling.fill(form, facts, language).answers}


def said(answer):
    return answer.text, answer.standing


@pytest.mark.django_db
def test_an_answer_is_recorded_derived_or_missing():
    controller = make.ControllerFactory(name="Stichting Zon", dpo_name="M. Jansen", dpo_email="fg@zon.example")
    breach = of_breach.BreachFactory(
        organisation=controller.organisation,
        controller=controller,
        facts="A letter went astray.",
        incident="post_misdirected",
        kinds=["confidentiality"],
    )
    answers = filled(breach)
    assert said(answers["5.3"]) == ("A letter went astray.", "recorded")
    assert said(answers["5.2"]) == ("Letter or parcel to the wrong recipient", "recorded")
    assert said(answers["3.1.1 a"]) == ("Stichting Zon", "recorded")
    assert said(answers["3.2.2"]) == ("M. Jansen\nfg@zon.example", "derived")
    assert said(answers["1.2"]) == ("General Data Protection Regulation (GDPR)", "derived")
    assert said(answers["1.3"]) == ("None", "derived")
    assert said(answers["6.1"]) == ("", "missing")
    assert said(answers["3.2.1 d"]) == ("", "missing")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("least", "most", "records", "explained"),
    [
        (None, None, ("1", "missing"), "The number is not known yet."),
        (40, 40, ("40", "recorded"), ""),
        (10, 40, ("40", "derived"), "Between 10 and 40; the exact number is not known yet."),
        (10, None, ("10", "derived"), "At least 10; the exact number is not known yet."),
    ],
)
def test_an_unknown_number_of_records_is_what_the_form_wants_it_to_be(least, most, records, explained):
    answers = filled(of_breach.BreachFactory(records_min=least, records_max=most))
    assert said(answers["6.3.1"]) == records
    assert answers["6.3.1 a"].text == explained


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("least", "most", "asked"),
    [
        (None, None, {"7.3 a": ("", "missing")}),
        (0, 0, {"7.3 a": ("0", "recorded")}),
        (3, 9, {"7.3 b": ("3", "recorded"), "7.3 c": ("9", "recorded")}),
        (None, 9, {"7.3 b": ("", "missing"), "7.3 c": ("9", "recorded")}),
    ],
)
def test_the_number_of_people_is_asked_exactly_or_as_a_range(least, most, asked):
    answers = filled(of_breach.BreachFactory(people_min=least, people_max=most))
    assert {number: said(answer) for number, answer in answers.items() if number.startswith("7.3")} == asked


@pytest.mark.django_db
def test_the_reason_for_delay_is_asked_only_when_it_is_late():
    breach = of_breach.BreachFactory(aware_at=AT)
    assert "4.5" not in filled(breach, at=AT + timedelta(hours=72))
    assert said(filled(breach, at=AT + timedelta(hours=72, seconds=1))["4.5"]) == ("", "missing")
    of_breach.NotificationFactory(breach=breach, at=AT + timedelta(hours=5))
    assert "4.5" not in filled(breach, at=AT + timedelta(days=30), kind=NotificationKind.FOLLOW_UP)


@pytest.mark.django_db
def test_a_follow_up_names_the_reference_of_what_went_before():
    breach = of_breach.BreachFactory()
    of_breach.NotificationFactory(breach=breach, reference="DL-123")
    answers = filled(breach, kind=NotificationKind.FOLLOW_UP)
    assert said(answers["1.1 a"]) == ("DL-123", "recorded")
    assert "1.1 a" not in filled(breach)
    assert said(filled(breach, "gba", kind=NotificationKind.FOLLOW_UP)["1.2"]) == ("", "missing")


@pytest.mark.django_db
def test_telling_the_people_follows_the_decision_and_what_was_sent():
    breach = of_breach.BreachFactory()
    assert said(filled(breach)["10.1.1"]) == ("Not known yet", "missing")
    of_breach.DecisionFactory(breach=breach, about="people", tell=False, reason="No risk.", exemption="unintelligible")
    answers = filled(breach)
    assert said(answers["10.1.1"]) == ("No", "recorded")
    assert answers["10.1.1 c"].text == "Measures beforehand: unreadable for others"
    assert answers["10.1.1 d"].text == "No risk."
    of_breach.CommunicationFactory(breach=breach, people=12, channel="in_person")
    answers = filled(breach)
    assert [answers[number].text for number in ("10.1.1", "10.1.3", "10.1.7")] == ["Yes", "12", "Other"]
    assert "10.1.1 d" not in answers


@pytest.mark.django_db
def test_what_the_record_says_of_an_activity_is_a_hint_and_never_an_answer():
    line = of_breach.BreachActivityFactory()
    category = of_register.DataCategoryFactory(organisation=line.organisation, name_en="Exam results")
    of_register.DataLineFactory(activity=line.activity, category=category)
    answer = filled(line.breach)["6.1"]
    assert said(answer) == ("", "missing")
    assert "Exam results" in answer.hints[0]


@pytest.mark.django_db
def test_others_involved_and_others_told_come_from_their_own_lists():
    breach = of_breach.BreachFactory()
    of_breach.BreachPartyFactory(breach=breach, party__name="Mailer", involvement=Involvement.PROCESSOR, note="Sent it")
    of_breach.OtherNoticeFactory(breach=breach, recipient=Supervisor.CYBER, sent_at=AT)
    of_breach.OtherNoticeFactory(breach=breach, recipient=Supervisor.HEALTH)
    answers = filled(breach)
    assert said(answers["3.3"]) == ("Mailer (Processor). Sent it", "derived")
    assert answers["1.3"].text == "Other"


@pytest.mark.django_db
def test_both_forms_can_be_filled_in_both_languages_with_a_breach_that_says_nothing():
    breach = of_breach.BreachFactory()
    for code in ("ap", "gba"):
        dutch, english = filled(breach, code, "nl"), filled(breach, code, "en")
        assert dutch.keys() == english.keys()
        assert {number: answer.standing for number, answer in dutch.items()} == {
            number: answer.standing for number, answer in english.items()
        }


@pytest.mark.django_db
def test_a_form_can_be_shown_in_the_order_of_the_common_template_without_losing_an_answer():
    breach = of_breach.BreachFactory()
    membership = make.MembershipFactory(organisation=breach.organisation, role="dpo")
    facts = gathering.facts_of(breach, membership=membership, at=AT, authority="ap")
    whole = filling.fill(reading.forms(TODAY)["ap"], facts, "en")
    common = filling.in_common_order(whole, reading.common_sections())
    assert [section.title for section in common.sections][:2] == [
        "Type of notification",
        "Controller, reporting person and DPO",
    ]
    assert sorted(answer.number for answer in common.answers) == sorted(answer.number for answer in whole.answers)


@pytest.mark.django_db
def test_an_explanation_may_stay_empty_and_a_processor_is_asked_after_only_when_there_is_one():
    breach = of_breach.BreachFactory()
    assert not filled(breach)["6.1 a"].is_missing
    assert "2.11" not in filled(breach, "gba")
    of_breach.BreachPartyFactory(breach=breach, involvement=Involvement.PROCESSOR)
    assert filled(breach, "gba")["2.11"].is_missing


@pytest.mark.django_db
def test_a_version_can_be_kept_as_plain_words_and_compared_with_a_later_one():
    breach = of_breach.BreachFactory(facts="A letter went astray.", kinds=["confidentiality"])
    form = reading.forms(TODAY)["ap"]
    membership = make.MembershipFactory(organisation=breach.organisation, role="dpo")
    facts = gathering.facts_of(breach, membership=membership, at=AT, authority="ap")
    before = filling.from_plain(filling.to_plain(filling.fill(form, facts, "en")))
    breach.facts, breach.kinds = "Two letters went astray.", ["confidentiality", "integrity"]
    after = filling.corrected(filling.fill(form, facts, "en"), {"3.2.1 d": "070 1234567"})
    changed = {one.number: (one.before, one.after) for one in filling.differences(before, after)}
    assert changed == {
        "5.1": ("Seen by people who may not", "Seen by people who may not\nAltered"),
        "5.3": ("A letter went astray.", "Two letters went astray."),
        "3.2.1 d": ("", "070 1234567"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_gathering_costs_the_same_for_any_number_of_rows(rows, django_assert_num_queries):
    breach = of_breach.BreachFactory(countries=["DE"])
    membership = make.MembershipFactory(organisation=breach.organisation, role="dpo")
    for make_row in (
        of_breach.BreachActivityFactory,
        of_breach.BreachPartyFactory,
        of_breach.OtherNoticeFactory,
        of_breach.MeasureFactory,
        of_breach.CommunicationFactory,
        of_breach.NotificationFactory,
    ):
        make_row.create_batch(rows, breach=breach)
    breach = type(breach).objects.get(pk=breach.pk)
    with django_assert_num_queries(21), translation.override("en"):
        facts = gathering.facts_of(breach, membership=membership, at=AT, authority="ap")
        for form in reading.forms(TODAY).values():
            filling.fill(form, facts, "nl")
