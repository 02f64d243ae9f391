"""Every data file of templates: what it names exists, both languages are there, and no limb of Art. 30 is left over."""

import itertools

import pytest
from django.db import models as django_models

from register import checks, library_loading, models, reading
from register.starter import starter_items
from register.starters.filling import ALIASES, Filler
from register.starters.reading import FOLDER, LANGUAGES, NATIONS, SECTORS, by_nation, shared_questions, starters
from tests.factories.accounts import AT, ControllerFactory, OrganisationFactory

ALL = list(starters().values())
FILE_OF = {model: name for name, model in library_loading.FILES.items()}
BILINGUAL = {"text", "interest", "description"}  # pairs of fields; any other text is in the language of the draft

every_starter = pytest.mark.parametrize("starter", ALL, ids=[starter.key for starter in ALL])


@pytest.fixture
def organisation(db):
    organisation = OrganisationFactory(languages="nl,en")
    ControllerFactory(organisation=organisation)
    return organisation


def test_every_file_lies_in_the_folder_of_a_sector():
    assert {path.parent.name for path in FOLDER.rglob("*/*.toml")} <= set(SECTORS)
    assert {path.stem for path in FOLDER.rglob("*/*.toml")} == set(starters())
    asked = {question.key for starter in ALL for question in starter.questions}
    assert set(shared_questions()) <= asked, "a question that no template asks"


def texts(value):
    """Every table of texts in a value, with those inside others."""
    if isinstance(value, dict):
        if set(value) & LANGUAGES:
            yield value
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


@every_starter
def test_every_text_is_there_in_both_languages(starter):
    questions = [(q.text, q.help, q.nobody, [option.label for option in q.options]) for q in starter.questions]
    given = (starter.name, starter.about, starter.owner, starter.fields, starter.lines, starter.tips, questions)
    for text in texts(given):
        assert set(text) - {"when"} == LANGUAGES, text
        assert all(text[code] and text[code] == text[code].strip() for code in LANGUAGES), text
    long = {name for name in starter.fields if isinstance(by_nation(starter.fields, "NL")[name], str)}
    free = {name for name in long if not models.Activity._meta.get_field(name).choices}
    assert not free, f"in one language only: {free}"


@every_starter
def test_what_lines_say_has_a_field_and_codes_are_known(starter):
    for set_name, lines in starter.lines.items():
        model = reading.LINES[set_name][0]
        fields = {field.name: field for field in model._meta.concrete_fields}
        for nation, line in itertools.product(NATIONS, lines):
            line = by_nation(line, nation)
            for name, value in line.items() if isinstance(line, dict) else ():
                if name == "when":
                    assert_condition(starter, value)
                elif name in BILINGUAL and set_name in ("purposes", "recipients"):
                    assert isinstance(value, str | dict)
                else:
                    assert_value(starter, fields[ALIASES.get(name, name)], value)
    for name, value in by_nation(starter.fields, "NL").items():
        assert_value(starter, models.Activity._meta.get_field(name), value)


def answers_to(question):
    """The codes that a condition may ask for."""
    rules = question.rules.values() if isinstance(question.rules, dict) else [question.rules]
    return {option.value for option in question.options} | {key for part in rules for key in part} | {"none"}


def assert_condition(starter, condition):
    for name, wanted in condition.items():
        known = NATIONS if name == "nation" else answers_to(starter.question(name))
        assert set(wanted if isinstance(wanted, list) else [wanted]) <= known, name


def assert_value(starter, field, value):
    if isinstance(value, list):
        for part in value:
            assert_value(starter, field, part)
        return
    if isinstance(value, str) and value.startswith("@"):
        assert starter.question(value[1:]), value
    elif field.is_relation and value and field.related_model is not models.Party:
        keys = {item["key"] for item in starter_items(FILE_OF[field.related_model])}
        assert value in keys, f"{field.name}: {value}"
    elif field.choices and value:
        assert value in dict(field.choices), f"{field.name}: {value}"
    elif isinstance(field, django_models.CharField | django_models.TextField) and isinstance(value, str):
        assert not value or field.name in ("basis_article", "special_article", "national_id_article"), value


@every_starter
def test_what_questions_offer_is_known(starter):
    rules = {item["key"] for item in starter_items("retention_rules")}
    codes = {item["code"] for item in starter_items("countries")}
    for question in starter.questions:
        assert question.kind in {"party", "choice", "several", "term", "text"}
        values = [option.value for option in question.options]
        assert bool(values) == (question.kind in ("choice", "several"))
        assert question.kind != "choice" or question.first in values, f"{question.key} proposes no answer"
        assert question.kind != "term" or answers_to(question) - {"none"} <= rules
        assert {one["country"] for one in question.suggestions} <= codes
        assert_condition(starter, question.when)
        assert is_used(starter, question.key), f"nothing is done with the answer to {question.key}"


def is_used(starter, key):
    text = repr((starter.fields, starter.lines, starter.tips, [question.when for question in starter.questions]))
    return f"'@{key}'" in text or f"'{key}':" in text


def answered(starter, where="eea", **chosen):
    """An answer to every question; `chosen` for those with options."""
    answers = {
        "party": {"name": "Voorbeeld B.V.", "where": where},
        "text": "art. 1",
        "term": "two years after the last contact",
    }
    given = {question.key: answers[question.kind] for question in starter.questions if question.kind in answers}
    return given | chosen


def ways(starter):
    """Every answer to every choice, one at a time, and everything ticked."""
    yield {}
    for question in starter.questions:
        if question.kind == "choice":
            yield from ({question.key: option.value} for option in question.options)
        elif question.kind == "several":
            yield {question.key: [option.value for option in question.options]}


@every_starter
@pytest.mark.any_database
def test_once_the_questions_are_answered_nothing_of_article_30_is_open(organisation, starter):
    filler = Filler(organisation, at=AT)
    for nation, where, way in itertools.product(starter.nations, ("eea", "US", "none"), ways(starter)):
        plan = filler.plan(starter, answered(starter, where, **way), nation=nation)
        entry = plan.entry()
        assert [gap.key for gap in checks.gaps(entry, ("nl", "en"))] == [], (nation, where, way)
        assert_careful(entry, (nation, where, way))
        for rows in plan.rows.values():
            for row in rows:
                row.clean_fields(exclude=[field.name for field in row._meta.concrete_fields if field.is_relation])


def assert_careful(entry, case):
    """More than Art. 30 asks: each basis with its source, each period, the grounds that kinds of data demand."""
    for purpose in entry.purposes:
        source = {
            "a": purpose.consent_note,
            "b": purpose.contract,
            "c": purpose.basis_law,
            "d": purpose.vital_note,
            "e": purpose.basis_law,
            "f": purpose.interest_nl and purpose.interest_en and purpose.interest_of,
        }
        assert source[purpose.basis], (case, purpose.text_en)
    assert all(line.retention or line.retention_note for line in entry.data), case
    assert all(line.necessity_reason for line in entry.data), case
    assert len(entry.measures) >= 4, case
    assert entry.owner_function, case
    kinds = entry.sensitivities
    grounds = {
        "special": any(purpose.special_ground for purpose in entry.purposes),
        "criminal": any(purpose.criminal_ground for purpose in entry.purposes),
        "national_id": any(purpose.national_id_law for purpose in entry.purposes),
    }
    assert {kind for kind, given in grounds.items() if given} == kinds - {"sensitive"}, case


@every_starter
def test_without_answers_the_draft_claims_nothing_about_transfers_that_nobody_said(organisation, starter):
    entry = Filler(organisation, at=AT).plan(starter, {}).entry()
    asked = any(question.kind == "party" for question in starter.questions)
    assert entry.transfers_answer == ("" if asked else "none")
    allowed = {"transfers", "retention"}
    assert {gap.key for gap in checks.gaps(entry, ("nl", "en"))} <= allowed


ASKED_FOR = [
    "newsletter",
    "customer-mail",
    "shop-orders",
    "customer-account",
    "push-notifications",
    "cookies-pixel",
    "custom-audience",
    "look-alike-audience",
    "lead-ads",
    "tell-a-friend",
    "event",
    "event-follow-up",
    "webcare-reactive",
    "webcare-proactive",
    "social-listening",
    "students-photo-video",
    "alumni",
    "business-contacts",
    "payroll",
    "recruitment",
    "personnel-file",
    "absence",
    "supplier-administration",
    "camera-surveillance",
    "visitor-registration",
    "website-analytics",
]


def test_the_templates_that_the_sources_ask_for_are_there():
    assert set(ASKED_FOR) <= set(starters())
    for sector in ("school", "municipality"):
        assert len([starter for starter in ALL if starter.sector == sector]) >= 12


def filled(organisation, key, nation="NL", **chosen):
    starter = starters()[key]
    return Filler(organisation, at=AT).plan(starter, answered(starter, **chosen), nation=nation).entry()


def bases(entry):
    return {purpose.basis for purpose in entry.purposes}


def test_a_tip_to_a_friend_needs_consent_once_anybody_is_rewarded_and_always_in_belgium(organisation):
    assert bases(filled(organisation, "tell-a-friend", reward="no")) == {"f"}
    assert bases(filled(organisation, "tell-a-friend", reward="yes")) == {"a"}
    assert bases(filled(organisation, "tell-a-friend", nation="BE", reward="no")) == {"a"}


@pytest.mark.parametrize("key", ["custom-audience", "look-alike-audience", "lead-ads", "cookies-pixel"])
def test_advertising_on_a_platform_rests_on_consent_and_joint_control(organisation, key):
    entry = filled(organisation, key)
    assert bases(entry) == {"a"}
    assert [line.party.name for line in entry.joint_controllers] == ["Voorbeeld B.V."]


def test_measuring_visits_without_consent_is_dutch_only(organisation):
    assert bases(filled(organisation, "website-analytics", mode="limited")) == {"f"}
    assert bases(filled(organisation, "website-analytics", nation="BE", mode="limited")) == {"a"}


def test_answering_public_posts_keeps_nothing(organisation):
    kept = {line.retention_note for line in filled(organisation, "webcare-proactive").data}
    assert kept == {"er wordt niets buiten het platform bewaard"}


def test_applications_are_kept_for_longer_with_consent_only(organisation):
    assert "a" not in bases(filled(organisation, "recruitment", term="nl-applicants"))
    assert "a" in bases(filled(organisation, "recruitment", term="nl-applicants-consent"))
