"""What a notice says, and what it says is missing: over any record that can be, and in the words of a plain one."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given, settings

from register.extensions import Table, TableRow
from register.notices import drift, writing
from register.notices.text import Words, from_plain, plain
from register.notices.writer import Material, gap_words
from register.record import (
    CountryItem,
    DataItem,
    DataValue,
    Entry,
    LawItem,
    Named,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    Standing,
    SubjectItem,
    SubjectValue,
    TransferValue,
)

from .entries import registers

US = UUID(int=1)
OURS = {
    "name": "Primrose Shop",
    "address": "Main street 1\n1000 AA Utrecht",
    "email": "info@primrose.example",
    "phone": "030 123",
    "website": "",
    "representative_answer": "no",
    "representative_name": "",
    "representative_contact": "",
    "dpo_answer": "yes",
    "dpo_email": "dpo@primrose.example",
    "dpo_phone": "",
    "dpo_address": "",
    "authority": "AP",
    "authority_name": "",
}
NAME = DataItem(UUID(int=2), "Naam", "Name", group="identity")
ORDERS = DataItem(UUID(int=3), "Bestellingen", "Orders", group="financial")
SEVEN = RetentionItem(UUID(int=4), "Zeven jaar", "Seven years", period_value=7, period_unit="year")
IN_DUTCH = {"trigger_nl": "einde van het dossier"}
CUSTOMERS = SubjectItem(UUID(int=5), "Klanten", "Customers")


def shop(**more):
    """A webshop that sends what was ordered; nothing is missing."""
    given = {
        "controller": Named(US, "Primrose Shop"),
        "purposes": (PurposeValue(UUID(int=11), "Bestellingen leveren", "Deliver orders", basis="b"),),
        "subjects": (SubjectValue(UUID(int=12), CUSTOMERS),),
        "data": (
            DataValue(UUID(int=13), NAME, retention=SEVEN, source="subject", provision="contractual"),
            DataValue(UUID(int=14), ORDERS, retention=SEVEN, source="subject", provision="contractual"),
        ),
        "provision_consequence": "Without them we cannot deliver",
        "recipients_answer": "some",
        "recipients": (RecipientValue(UUID(int=15), PartyValue(UUID(int=18), "Parcel Post"), role="processor"),),
        "transfers_answer": "none",
        "automated": "no",
    }
    return Entry(UUID(int=10), 1, "controller", "Orders", language="en", **given | more)


def written(*entries, languages=("en",), **more):
    standings = tuple(Standing(entry, version=1) for entry in entries)
    return writing.write(Material(standings, {US: OURS}, {"AP": "AP, Den Haag"}, languages), **more)


def said(text, section, language="en"):
    found = text.section(section)
    return [sentence.words.of(language) for sentence in found.sentences] if found else []


def lacks(text, section):
    return [gap.key for gap in text.gaps if gap.section == section]


LINES = {
    "purposes": "purposes",
    "recipients": "recipients",
    "transfers": "transfers",
    "retention": "data",
    "data": "data",
}


@given(registers())
@settings(max_examples=15)
def test_every_purpose_recipient_transfer_and_period_is_said_or_named_as_missing(entries):
    entries = [entry for entry in entries if not entry.is_processor_record]
    text = written(*entries, languages=("nl", "en"))
    for section, name in LINES.items():
        known = {origin.line for sentence in text.sentences.values() for origin in sentence.origins}
        known |= {origin.line for gap in text.gaps if gap.section == section for origin in gap.origins}
        for entry in entries:
            for line in getattr(entry, name):
                if getattr(line, "role", "") != "internal":
                    assert line.id in known, (section, line)
    for sentence in text.sentences.values():
        assert sentence.words.nl
        assert sentence.words.en
    for gap in text.gaps:
        assert gap_words(gap)
    assert from_plain(json.loads(json.dumps(plain(text)))) == text
    assert drift.differences(text, written(*entries, languages=("nl", "en"))) == []


def test_a_full_record_gives_every_item_of_art_13_and_no_gap():
    text = written(shop())
    assert text.gaps == ()
    assert [section.key for section in text.sections] == [
        "controller",
        "purposes",
        "data",
        "source",
        "provision",
        "recipients",
        "transfers",
        "retention",
        "automated",
        "rights",
        "complaint",
    ]
    assert "Primrose Shop uses your data and is responsible for them." in said(text, "controller")
    assert "dpo@primrose.example" in said(text, "controller")[2]
    assert said(text, "purposes")[1] == "Deliver orders."
    assert said(text, "data") == ["We use these data about you:", "Money: orders.", "Who you are: name."]
    assert said(text, "provision")[0] == "For the agreement you must give us: name and orders."
    assert said(text, "recipients")[1] == "Parcel Post."
    assert said(text, "retention")[1] == "Name and orders: 7 years."
    assert any("AP, Den Haag" in sentence for sentence in said(text, "complaint"))
    assert any("take to somebody else" in sentence for sentence in said(text, "rights"))


@pytest.mark.parametrize(
    ("fields", "section", "missing"),
    [
        ({"controller": None}, "controller", "controller"),
        ({"purposes": ()}, "purposes", "purposes"),
        ({"purposes": (PurposeValue(UUID(int=1), "Doel", "Purpose"),)}, "purposes", "basis"),
        ({"purposes": (PurposeValue(UUID(int=1), "Doel", "Purpose", basis="c"),)}, "purposes", "law"),
        ({"purposes": (PurposeValue(UUID(int=1), "Doel", "Purpose", basis="f"),)}, "purposes", "interest"),
        ({"purposes": (PurposeValue(UUID(int=1), "Doel", basis="b"),)}, "purposes", "language"),
        ({"purposes": (PurposeValue(UUID(int=1), "Doel", "Purpose"),)}, "rights", "rights"),
        ({"data": ()}, "data", "data"),
        ({"data": (DataValue(UUID(int=1), replace(NAME, en=""), source="subject"),)}, "data", "language"),
        ({"data": (DataValue(UUID(int=1), NAME, retention=replace(SEVEN, **IN_DUTCH)),)}, "retention", "language"),
        ({"data": (DataValue(UUID(int=1), NAME, source="subject", provision="voluntary"),)}, "retention", "retention"),
        ({"data": (DataValue(UUID(int=1), NAME, retention=SEVEN),)}, "source", "source"),
        ({"data": (DataValue(UUID(int=1), NAME, retention=SEVEN, source="controller"),)}, "source", "source_who"),
        ({"data": (DataValue(UUID(int=1), NAME, retention=SEVEN, source="subject"),)}, "provision", "provision"),
        ({"provision_consequence": ""}, "provision", "consequence"),
        ({"recipients": (), "recipients_answer": ""}, "recipients", "recipients"),
        ({"transfers_answer": ""}, "transfers", "transfers"),
        ({"transfers": (TransferValue(UUID(int=1)),)}, "transfers", "country"),
        ({"transfers": (TransferValue(UUID(int=1)),)}, "transfers", "mechanism"),
        (
            {"transfers": (TransferValue(UUID(int=1), country=CountryItem(US, "VS", "US"), mechanism="scc"),)},
            "transfers",
            "copy",
        ),
        ({"automated": ""}, "automated", "automated"),
        ({"automated": "yes"}, "automated", "logic"),
        ({"automated": "yes"}, "automated", "consequences"),
        (
            {"joint_controllers": (RecipientValue(UUID(int=1), PartyValue(US, "Other"), role="joint_controller"),)},
            "controller",
            "essence",
        ),
    ],
)
def test_what_the_record_does_not_say_is_named_where_it_is_missed(fields, section, missing):
    text = written(shop(**fields))
    assert missing in lacks(text, section)
    gap = next(gap for gap in text.gaps if gap.key == missing)
    assert gap.origins[0].activity == UUID(int=10)
    with translation.override("en"):
        assert gap_words(gap)


def test_what_is_half_in_another_language_bears_no_mark_among_what_people_read():
    text = written(shop(data=(DataValue(UUID(int=1), NAME, retention=replace(SEVEN, **IN_DUTCH)),)))
    assert said(text, "retention")[1] == "Name: 7 years, counted from: einde van het dossier."
    gap = next(gap for gap in text.gaps if gap.section == "retention")
    assert gap.parameters == {"text": "7 jaar, te rekenen vanaf: einde van het dossier"}


def test_rights_that_hold_whatever_the_basis_is_are_always_said():
    text = written(shop(purposes=(PurposeValue(UUID(int=1), "Doel", "Purpose"),)))
    keys = {one.key for one in text.section("rights").sentences}
    assert keys == {"rights", "access", "rectification", "restriction", "rights_how"}


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        (["subject"], "source_subject"),
        ([""], "source_part"),
        (["observed"], "source_rest"),
        (["observed", ""], "source_part"),
    ],
)
def test_others_who_give_data_are_only_promised_where_they_are_named(sources, key):
    first, second = shop().data
    text = written(shop(data=(first, *(replace(second, source=source) for source in sources))))
    assert text.sentences["source:source"].key == key


@pytest.mark.parametrize(("assessments", "weighed"), [(("LIA 3",), True), (("",), False), (("LIA 3", ""), False)])
def test_that_an_interest_was_weighed_is_said_only_where_the_record_names_the_assessment(assessments, weighed):
    lines = tuple(
        PurposeValue(UUID(int=n), f"Doel {n}", f"Purpose {n}", basis="f", interest_assessment=one)
        for n, one in enumerate(assessments, 1)
    )
    text = written(shop(purposes=lines))
    assert ("weighed it" in said(text, "purposes")[0]) == weighed
    assert text.section("purposes").sentences[0].id == "purposes:basis:f"


def test_what_people_give_themselves_stands_before_the_others_that_it_promises():
    first, second = shop().data
    text = written(shop(data=(replace(first, source="observed"), replace(second, source="subject"))))
    assert [sentence.key for sentence in text.section("source").sentences] == ["source_rest", "source_observed"]


def test_equal_facts_of_several_activities_are_said_once():
    second = replace(shop(), id=UUID(int=20), number=2)
    text = written(shop(), second)
    assert said(text, "purposes").count("Deliver orders.") == 1
    purpose = text.section("purposes").sentences[1]
    assert {origin.code for origin in purpose.origins} == {"VA-0001", "VA-0002"}


def test_the_right_to_object_is_set_apart_and_advertising_may_always_be_refused():
    news = PurposeValue(UUID(int=1), "Nieuwsbrief", "Newsletter", basis="f", interest_nl="Verkoop", interest_en="Sales")
    text = written(shop(purposes=(news,)))
    assert text.section("objection").sentences[0].key == "objection_marketing"
    assert said(text, "objection")[-1] == "Tell us here: dpo@primrose.example."
    assert text.section("withdrawal") is None


def test_consent_can_be_withdrawn_and_the_text_says_how():
    text = written(shop(purposes=(PurposeValue(UUID(int=1), "Nieuws", "News", basis="a"),)))
    assert "That is as easy as giving it" in said(text, "withdrawal")[0]


def test_law_and_article_stand_beside_a_duty():
    law = LawItem(UUID(int=9), "Algemene wet", "General act", short_nl="AWR", short_en="AWR")
    tax = PurposeValue(UUID(int=1), "Belasting", "Tax", basis="c", basis_law=law, basis_article="art. 52")
    assert "Tax. It is in the law: AWR, art. 52." in said(written(shop(purposes=(tax,))), "purposes")


def test_parts_are_switched_on_and_say_what_the_organisation_wrote():
    text = written(shop(), blocks={"cookies": Words(), "security": Words("Veilig.", "Safe.")})
    assert [section.key for section in text.sections[-2:]] == ["cookies", "security"]
    assert said(text, "security") == ["Safe."]
    assert text.section("cookies").sentences[0].parameters == {"text": {}}, "words that came with Dertig are no drift"
    assert "cookies" in said(text, "cookies")[0]


def test_own_words_in_one_language_are_named_in_the_other():
    own = [writing.Own("a", "purposes", Words("Eerst.", ""))]
    text = written(shop(), own=own, blocks={"cookies": Words(), "security": Words("Veilig.", "")})
    assert [(gap.section, gap.language) for gap in text.gaps] == [("purposes", "en"), ("security", "en")]
    assert written(shop(), own=[replace(own[0], words=Words("", "First."))]).gaps == ()


def test_own_sentences_keep_their_place_also_when_the_text_is_made_again():
    purpose = f"purposes:{UUID(int=11)}"
    own = [
        writing.Own("a", "purposes", Words("Eerst.", "First."), side="before"),
        writing.Own("b", "purposes", Words("Daarna.", "Afterwards."), anchor=purpose),
    ]
    changed = replace(shop().purposes[0], text_en="Send parcels")
    for entry, says in ((shop(), "Deliver orders."), (shop(purposes=(changed,)), "Send parcels.")):
        assert said(written(entry, own=own), "purposes")[0] == "First."
        assert said(written(entry, own=own), "purposes")[2:] == [says, "Afterwards."]
    gone = written(shop(purposes=(replace(changed, id=UUID(int=99)),)), own=own)
    assert said(gone, "purposes")[-1] == "Afterwards."


def test_drift_tells_what_is_new_what_is_gone_and_what_changed_with_its_activity():
    before = written(shop())
    more = shop(
        purposes=(replace(shop().purposes[0], text_en="Send parcels"),),
        recipients=(RecipientValue(UUID(int=16), PartyValue(UUID(int=17), "Sea Freight"), role="processor"),),
    )
    found = drift.differences(before, written(more))
    assert [(one.kind, one.section) for one in found] == [
        ("changed", "purposes"),
        ("new", "recipients"),
        ("gone", "recipients"),
    ]
    assert found[0].before.words.en == "Deliver orders."
    assert found[0].after.words.en == "Send parcels."
    assert {origin.code for one in found for origin in one.origins} == {"VA-0001"}


def test_a_purpose_that_comes_to_rest_on_another_basis_is_drift():
    consent = shop(purposes=(replace(shop().purposes[0], basis="a"),))
    also = PurposeValue(UUID(int=21), "Ook", "Also", basis="a")
    kept = PurposeValue(UUID(int=22), "Rest", "Rest", basis="b")
    before = written(shop(purposes=(*shop().purposes, also, kept)))
    after = written(shop(purposes=(*consent.purposes, also, kept)))
    assert [one.kind for one in drift.differences(before, after)] == ["changed"]


def test_own_words_are_no_drift_of_the_register():
    found = drift.differences(written(shop()), written(shop(), blocks={"cookies": Words()}))
    assert len(found) == 1
    assert drift.of_register(found) == []


def test_a_table_that_comes_or_goes_is_told_by_its_rows_alone():
    name = Words("_fbp", "_fbp")
    table = Table("cookies", (Words("Naam", "Name"),), (TableRow("1", {"name": "_fbp"}, (name,)),))
    without, listed = (written(shop(), blocks={"cookies": Words()}, tables=tables) for tables in ((), (table,)))
    for before, after, kind in ((without, listed, "new"), (listed, without, "gone")):
        found = drift.differences(before, after)
        assert [(one.kind, one.is_listed) for one in found] == [(kind, True)]


def test_the_short_text_tells_who_why_and_what_one_may_refuse():
    news = PurposeValue(UUID(int=1), "Nieuws", "News", basis="a")
    other = replace(shop(purposes=(news,)), id=UUID(int=30), number=3)
    text = written(shop(), other)
    words = [sentence.words.en for sentence in writing.short(text, UUID(int=30))]
    assert words[0] == "Primrose Shop uses what you fill in here."
    assert "News." in words
    assert "Deliver orders." not in words
    assert "Deliver orders." in [sentence.words.en for sentence in writing.short(text)]
    assert any("withdraw" in sentence for sentence in words)
