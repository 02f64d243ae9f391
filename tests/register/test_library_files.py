"""The starter library as it lies in the repository: facts a lawyer would check, before any of it reaches a database."""

import json
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from register import law

LIBRARY = Path(law.__file__).parent / "library"
FILES = sorted(path.name for path in LIBRARY.glob("*.json"))
EEA = set(re.findall("..", "ATBEBGHRCYCZDKEEFIFRDEGRHUIEITLVLTLUMTNLPLPTROSKSIESSEISLINO"))


def items(name):
    return json.loads((LIBRARY / name).read_text(encoding="utf-8"))


def by_key(name):
    return {item["key"]: item for item in items(name)}


def period(rule):
    return rule["period_value"], rule["period_unit"], rule["bound"]


def test_the_library_has_its_nine_files():
    assert FILES == [
        "adequacy.json",
        "countries.json",
        "data_categories.json",
        "internal_roles.json",
        "laws.json",
        "measures.json",
        "parameters.json",
        "retention_rules.json",
        "subject_categories.json",
    ]


@pytest.mark.parametrize("name", FILES)
def test_keys_are_unique_and_written_the_same_way(name):
    counted = Counter(item["key"] for item in items(name))
    assert [key for key, times in counted.items() if times > 1] == []
    assert [key for key in counted if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 80] == []


@pytest.mark.parametrize("name", FILES)
def test_whatever_is_said_in_dutch_is_said_in_english_too(name):
    lopsided = [
        (item["key"], field)
        for item in items(name)
        for field in item
        if field.endswith(("_nl", "_en")) and bool(item[field].strip()) != bool(item[f"{field[:-3]}_nl"].strip())
    ]
    assert lopsided == []
    assert [item["key"] for item in items(name) if not (item["name_nl"] and item["name_en"])] == []


@pytest.mark.parametrize("name", FILES)
def test_texts_are_tidy_and_fit_their_columns(name):
    for item in items(name):
        for field, value in item.items():
            if isinstance(value, str):
                assert value == " ".join(value.split()), (item["key"], field)
                assert "note" in field or "criterion" in field or len(value) <= 250, (item["key"], field)
            if field.startswith(("note_", "criterion_")) and value:
                assert value.endswith("."), (item["key"], field)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"parameters.json"}))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_items_look_the_same_in_a_list(name, language):
    counted = Counter(item[f"name_{language}"].casefold() for item in items(name))
    assert [words for words, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_an_item_that_cites_a_source_says_whether_it_was_checked(name):
    assert [i["key"] for i in items(name) if i.get("source") and not isinstance(i.get("confirmed"), bool)] == []


@pytest.mark.parametrize(
    ("name", "field", "allowed"),
    [
        ("data_categories.json", "sensitivity", law.Sensitivity),
        ("measures.json", "heading", law.MeasureHeading),
        ("measures.json", "category", law.MeasureCategory),
        ("retention_rules.json", "trigger", law.RetentionTrigger),
        ("retention_rules.json", "bound", law.RetentionBound),
        ("retention_rules.json", "ground_kind", law.RetentionGround),
        ("retention_rules.json", "end_action", law.EndAction),
    ],
)
def test_choices_are_those_of_the_law_module_and_all_are_used(name, field, allowed):
    used = {item[field] for item in items(name)}
    assert used <= set(allowed.values)
    assert name != "measures.json" or used == set(allowed.values)


def test_a_special_category_and_only_that_names_its_kind():
    categories = items("data_categories.json")
    kinds = {c["special_kind"] for c in categories if c["sensitivity"] == "special"}
    assert kinds == set(law.SpecialKind.values)
    assert [c["key"] for c in categories if c["special_kind"] and c["sensitivity"] != "special"] == []


@pytest.mark.parametrize(
    ("key", "sensitivity"),
    [
        ("name", "ordinary"),
        ("ip-address", "ordinary"),
        ("push-token", "ordinary"),
        ("photo", "ordinary"),
        ("location", "sensitive"),
        ("credentials", "sensitive"),
        ("salary", "sensitive"),
        ("grades", "sensitive"),
        ("fingerprint", "special"),
        ("medical-data", "special"),
        ("sickness-absence", "special"),
        ("bsn", "national_id"),
        ("rijksregisternummer", "national_id"),
        ("copy-of-identity-document", "national_id"),
        ("convictions", "criminal"),
    ],
)
def test_data_categories_stand_in_the_right_class(key, sensitivity):
    assert by_key("data_categories.json")[key]["sensitivity"] == sensitivity


def test_pupils_are_children_and_employees_are_not():
    subjects = by_key("subject_categories.json")
    assert subjects["pupils-primary"]["children"]
    assert subjects["patients"]["vulnerable"]
    assert subjects["employees"]["employees"]
    assert not subjects["employees"]["children"]


def test_a_retention_rule_has_a_period_or_a_criterion_and_a_source_unless_it_is_an_own_choice():
    for rule in items("retention_rules.json"):
        assert bool(rule["period_value"]) == bool(rule["period_unit"]), rule["key"]
        assert rule["period_unit"] in {"", *law.PeriodUnit.values}, rule["key"]
        assert rule["period_value"] or (rule["criterion_nl"] and rule["criterion_en"]), rule["key"]
        assert rule["source"] or rule["ground_kind"] == "own_choice", rule["key"]
        assert rule["trigger"] != "other" or rule["trigger_nl"], rule["key"]
        assert rule["country"] in {"", "NL", "BE"}, rule["key"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("nl-fiscal-base-administration", (7, "year", "minimum")),
        ("nl-annual-accounts", (7, "year", "minimum")),
        ("nl-wage-tax-identity", (5, "year", "minimum")),
        ("nl-personnel-file", (2, "year", "maximum")),
        ("nl-applicants", (4, "week", "maximum")),
        ("nl-applicants-consent", (1, "year", "maximum")),
        ("nl-medical-file", (20, "year", "minimum")),
        ("nl-wwft", (5, "year", "fixed")),
        ("nl-camera", (4, "week", "maximum")),
        ("nl-government-records", (None, "", "fixed")),
        ("be-social-documents", (5, "year", "minimum")),
        ("be-accounting", (7, "year", "minimum")),
        ("be-supporting-documents", (3, "year", "minimum")),
        ("be-vat-real-estate", (15, "year", "minimum")),
        ("be-mailbox-leaver", (1, "month", "maximum")),
        ("be-ended-activity", (5, "year", "maximum")),
    ],
)
def test_verified_terms_stand_as_their_source_has_them(key, expected):
    rule = by_key("retention_rules.json")[key]
    assert period(rule) == expected
    assert rule["confirmed"]


def test_a_guideline_of_the_authority_is_never_called_a_law():
    rules = by_key("retention_rules.json")
    assert {rules[key]["ground_kind"] for key in ("nl-applicants", "nl-personnel-file", "nl-camera")} == {"authority"}
    assert [key for key, rule in rules.items() if rule["ground_kind"] == "statute" and not rule["law"]] == []


@pytest.mark.parametrize("name", ["data_categories.json", "retention_rules.json"])
def test_a_law_that_is_named_is_in_the_list_of_laws(name):
    assert {item["law"] for item in items(name) if item.get("law")} <= set(by_key("laws.json"))


def test_laws_have_a_country_and_lead_to_the_official_site():
    site = {
        "NL": r"https://wetten\.overheid\.nl/BWBR\d{7}",
        "EU": r"https://eur-lex\.europa\.eu/eli/(reg|dir|reg_impl|dec_impl)/\d{4}/\d+/oj",
        "BE": r"https://www\.ejustice\.just\.fgov\.be/eli/wet/\d{4}/\d\d/\d\d/\w+/justel",
    }
    laws = items("laws.json")
    assert [x["key"] for x in laws if x["url"] and not re.fullmatch(site[x["country"]], x["url"])] == []
    assert [x["key"] for x in laws if not (0 < len(x["short_nl"]) <= 60 and 0 < len(x["short_en"]) <= 60)] == []
    assert max(Counter(x["url"] for x in laws if x["url"]).values()) == 1


def test_the_economic_area_has_thirty_members_and_territories_that_belong_to_one():
    countries = items("countries.json")
    members = [c["code"] for c in countries if c["eea"] and "part_of" not in c]
    assert len(members) == 30
    assert set(members) == EEA
    assert {c["part_of"] for c in countries if "part_of" in c} <= EEA
    assert [c["code"] for c in countries if "part_of" in c and not c["eea"]] == []


def test_all_countries_are_there_and_the_caribbean_parts_of_the_kingdom_are_outside():
    countries = items("countries.json")
    codes = [c["code"] for c in countries if c["kind"] == "country"]
    assert len(codes) == 249 + 1  # ISO 3166-1, and Kosovo
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert {c["code"] for c in countries if c["code"] in {"AW", "CW", "SX", "BQ", "GB", "CH"} and not c["eea"]} == {
        *("AW", "CW", "SX", "BQ", "GB", "CH")
    }
    assert max(Counter(c["code"] for c in countries).values()) == 1
    assert {c["kind"] for c in countries} == {"country", "international_organisation"}


def adequate(code, day):
    """The decisions for a country on a day; the last day is not part of a period."""
    return [
        item["key"]
        for item in items("adequacy.json")
        if item["country"] == code
        and item["valid_from"] <= day.isoformat()
        and (item["valid_until"] is None or day.isoformat() < item["valid_until"])
    ]


def test_adequacy_decisions_never_overlap_and_concern_known_third_countries():
    third = {c["code"] for c in items("countries.json") if not c["eea"]}
    periods = defaultdict(list)
    for decision in items("adequacy.json"):
        start = date.fromisoformat(decision["valid_from"])
        end = date.fromisoformat(decision["valid_until"]) if decision["valid_until"] else date.max
        assert date.fromisoformat(decision["decided_on"]) <= start < end
        assert decision["country"] in third
        periods[decision["country"]].append((start, end))
    for spans in periods.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("US", date(2015, 10, 5), ["us-safe-harbour"]),
        ("US", date(2015, 10, 6), []),
        ("US", date(2020, 7, 15), ["us-privacy-shield"]),
        ("US", date(2020, 7, 16), []),
        ("US", date(2023, 7, 10), ["us-data-privacy-framework"]),
        ("GB", date(2026, 11, 21), ["gb"]),
        ("GB", date(2031, 12, 27), []),
        ("BR", date(2026, 1, 25), []),
        ("BR", date(2026, 1, 26), ["br"]),
        ("EPO", date(2025, 7, 15), ["european-patent-organisation"]),
        ("IN", date(2026, 11, 21), []),
    ],
)
def test_adequacy_can_be_asked_for_any_day(code, day, expected):
    assert adequate(code, day) == expected


def test_seventeen_decisions_stand_on_the_day_the_list_was_made():
    day = date(2026, 11, 21)
    assert len([item for item in items("adequacy.json") if adequate(item["country"], day) == [item["key"]]]) == 17


def test_parameters_have_one_value_on_a_day():
    spans = defaultdict(list)
    for row in items("parameters.json"):
        start = date.fromisoformat(row["valid_from"])
        end = date.fromisoformat(row["valid_until"]) if row["valid_until"] else date.max
        assert start < end, row["key"]
        assert row["key"] == f"{row['parameter']}-{row['valid_from']}"
        assert not {"value", "unit", "source"} & {field for field, value in row.items() if value == ""}, row["key"]
        spans[row["parameter"]].append((start, end))
    for periods in spans.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(periods)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("record-exemption-staff-2018-05-25", "250"),
        ("breach-deadline-2018-05-25", "72"),
        ("person-request-2018-05-25", "1"),
        ("nl-consent-age-online-2018-05-25", "16"),
        ("be-consent-age-online-2018-09-05", "13"),
        ("nl-rights-age-2026-09-01", "12"),
        ("nl-phone-marketing-2026-07-01", "opt_in"),
    ],
)
def test_parameters_of_law_have_the_values_in_force(key, value):
    parameter = by_key("parameters.json")[key]
    assert parameter["value"] == value
    assert parameter["confirmed"]


@pytest.mark.parametrize("name", FILES)
def test_wrong_dutch_terms_do_not_slip_in(name):
    wrong = "verwerkersverantwoordelijke|gegevensverwerker|bewerkersovereenkomst|doelbeperking|bewaarbeperking|gdrp"
    assert re.findall(wrong, (LIBRARY / name).read_text(encoding="utf-8"), re.IGNORECASE) == []
