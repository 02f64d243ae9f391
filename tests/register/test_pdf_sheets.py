"""The sheet of one activity: every limb, always; and nothing but the version and the language decides what it says."""

import re
import uuid
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.utils import translation

from register.exports.sheets import sheet_html
from register.record import (
    AgreementValue,
    ClientValue,
    CountryItem,
    DataItem,
    DataValue,
    Entry,
    LawItem,
    MeasureItem,
    MeasureUse,
    Named,
    NoteValue,
    PartyValue,
    PurposeValue,
    RecipientValue,
    RetentionItem,
    Standing,
    SubjectItem,
    SubjectValue,
    TransferValue,
)
from register.words import retention_words


def key(number):
    return uuid.UUID(int=number)


NETHERLANDS = CountryItem(key(1), "Nederland", "Netherlands", "NL", eea=True)
UNITED_STATES = CountryItem(key(2), "Verenigde Staten", "United States", "US")
PUPILS = SubjectItem(key(3), "Leerlingen", "Pupils")
NAMES = DataItem(key(4), "Namen", "Names")
HEALTH = DataItem(key(5), "Gezondheid", "Health", sensitivity="special", special_kind="health")
SEVEN_YEARS = RetentionItem(
    key(6),
    "Zeven jaar",
    "Seven years",
    period_value=7,
    period_unit="year",
    trigger="end_of_calendar_year",
    bound="minimum",
)
PARTNER = PartyValue(
    key(7),
    "Partner <&> Co",
    address="Dorpsstraat 1\n1000 AA Dorp",
    email="mail@partner.example",
    phone="030 1",
    country=NETHERLANDS,
)


def entry(**fields):
    return Entry(**({"id": key(9), "number": 12, "kind": "controller", "name": "Payroll", "language": "en"} | fields))


def standing(an_entry=None, **fields):
    known = {
        "version": 3,
        "valid_from": date(2026, 3, 1),
        "established_at": datetime(2026, 3, 4, 9, tzinfo=UTC),
        "digest": "0123456789abcdef" * 4,
    }
    return Standing(an_entry or entry(), **(known | fields))


def markup(an_entry=None, language="en", **fields):
    return sheet_html(standing(an_entry, **fields), language)


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def limbs(html):
    """{letter: words of that limb}."""
    pieces = re.findall(r'<section class="limb">\s*<h3><span class="letter">(\w)</span>(.*?)</section>', html, re.S)
    return {letter: text(words) for letter, words in pieces}


def test_every_limb_is_printed_for_an_empty_activity():
    found = limbs(markup())
    assert list(found) == list("abcdefg")
    assert all("Not recorded" in words for words in found.values())
    assert [re.search(r"Art\. [\d()a-z]+", words).group() for words in found.values()] == [
        f"Art. 30(1)({letter})" for letter in "abcdefg"
    ]


def test_every_limb_is_printed_for_an_empty_processor_record():
    found = limbs(markup(entry(kind="processor")))
    assert list(found) == list("abcd")
    assert all("Not recorded" in words and "Art. 30(2)" in words for words in found.values())


def test_none_is_not_the_same_as_not_recorded():
    found = limbs(markup(entry(joint_answer="none", recipients_answer="none", transfers_answer="none")))
    assert "No joint controllers" in found["a"]
    assert "No recipients" in found["d"]
    assert "No transfers" in found["e"]
    assert "Not recorded" not in found["d"] + found["e"]


def test_saying_that_there_are_some_without_naming_them_is_not_recorded():
    found = limbs(markup(entry(recipients_answer="some")))
    assert "Not recorded. Reason: There are recipients; which ones was not recorded." in found["d"]


def test_the_reason_follows_what_was_not_recorded():
    an_entry = entry(retention_reason="Depends on the case.", measures_reason="Being written.")
    found = limbs(markup(an_entry))
    assert "Not recorded. Reason: Depends on the case." in found["f"]
    assert "Not recorded. Reason: Being written." in found["g"]


def test_joint_controllers_come_with_their_contact_details():
    partner = RecipientValue(
        key(20),
        party=PARTNER,
        role="joint_controller",
        agreement=AgreementValue(key(21), "Convenant", signed_on=date(2025, 1, 2)),
    )
    found = limbs(markup(entry(joint_controllers=(partner,), controller=Named(key(22), "School"))))
    for words in (
        "School",
        "Partner <&> Co",
        "Dorpsstraat 1",
        "mail@partner.example",
        "030 1",
        "Convenant",
        "2 January 2025",
    ):
        assert words in found["a"]


def test_the_controller_leads_to_its_details_in_the_document():
    assert f'href="#controller-{key(22)}"' in markup(entry(controller=Named(key(22), "School")))


def test_retention_is_printed_for_each_kind_of_data():
    lines = (
        DataValue(key(30), NAMES, subject=PUPILS, retention=SEVEN_YEARS),
        DataValue(key(31), HEALTH, subject=PUPILS),
        DataValue(key(32), HEALTH, detail="absence", subject=PUPILS, retention=SEVEN_YEARS),
    )
    found = limbs(markup(entry(data=lines, retention_reason="Depends on the case.")))
    assert "Names; Health (absence) Pupils at least 7 years, counted from: end of the calendar year" in found["f"]
    assert "Health Pupils Not recorded" in found["f"]
    assert "Depends on the case." in found["f"]
    assert "Special, Art. 9 (Health)" in found["c"]


def test_purposes_bear_their_basis_and_the_law_behind_it():
    law = LawItem(key(40), "Wet", "Act", "AWR", "AWR")
    purpose = PurposeValue(
        key(41), text_nl="Loon", text_en="Wages", basis="c", basis_law=law, basis_article="art. 52", special_ground="b"
    )
    found = limbs(markup(entry(purposes=(purpose,))))
    assert "Wages Legal obligation, Art. 6(1)(c) AWR, art. 52 Special data: Employment" in found["b"]


def test_a_transfer_for_compelling_interests_shows_that_its_safeguards_are_missing():
    lines = (
        TransferValue(key(50), country=UNITED_STATES, mechanism="compelling"),
        TransferValue(key(51), country=UNITED_STATES, mechanism="adequacy", adequacy_reference="(EU) 2023/1795"),
    )
    found = limbs(markup(entry(transfers=lines)))
    assert found["e"].count("Safeguards not recorded") == 1
    assert "(EU) 2023/1795" in found["e"]


def test_recipients_outside_the_eea_are_marked():
    lines = (
        RecipientValue(key(60), party=PARTNER, role="processor"),
        RecipientValue(key(61), description_nl="Bank", country=UNITED_STATES),
    )
    found = limbs(markup(entry(recipients=lines)))
    assert "United States (outside the EEA)" in found["d"]
    assert "Netherlands (outside" not in found["d"]


def test_a_processor_record_names_each_controller_and_what_is_done_for_it():
    party = PartyValue(key(70), "Client", email="mail@client.example", representative="Its man", dpo="Its DPO")
    client = ClientValue(key(71), party, processing_nl="Opslaan", processing_en="Storing")
    found = limbs(markup(entry(kind="processor", clients=(client,))))
    for words in ("Client", "mail@client.example", "Its man", "Its DPO"):
        assert words in found["a"]
    assert "Client Storing" in found["b"]


def test_a_text_in_the_other_language_is_marked_for_eyes_and_for_screen_readers():
    html = markup(entry(purposes=(PurposeValue(key(80), text_nl="Loon betalen"),)))
    assert '<span lang="nl">Loon betalen</span> <span class="only-in">(only in Dutch)</span>' in html
    assert "(only in" not in markup(entry(purposes=(PurposeValue(key(80), text_nl="Loon betalen"),)), "nl")


def test_days_and_items_are_in_the_language_of_the_document():
    an_entry = entry(subjects=(SubjectValue(key(81), PUPILS, number_min=1200),))
    assert "1 March 2026" in markup(an_entry)
    assert "Pupils" in markup(an_entry)
    assert "1 maart 2026" in markup(an_entry, "nl")
    assert "Leerlingen" in markup(an_entry, "nl")


def test_a_name_in_another_language_says_so():
    assert '<h2 lang="nl">' in markup(entry(language="nl"))
    assert "<h2>" in markup(entry(language="en"))


def test_what_people_typed_in_another_language_says_so_too():
    html = markup(entry(language="nl", measures_text="Sloten"))
    assert '<span lang="nl">Sloten</span>' in html
    assert '<span lang="nl">Sloten</span>' not in markup(entry(language="nl", measures_text="Sloten"), "nl")


def test_the_sheet_tells_version_days_and_fingerprint():
    html = text(markup(late=True))
    assert (
        "Version Valid from Established on Fingerprint 3 1 March 2026 4 March 2026, 10:00 recorded afterwards" in html
    )
    assert html.count("0123 4567 89ab cdef") == 5  # the short one, and four times in the whole
    assert "recorded afterwards" not in text(markup())


def test_a_working_copy_says_that_it_is_not_established():
    html = sheet_html(Standing(entry()), "en")
    assert "Working copy, not established" in html
    assert 'class="sheet draft"' in html
    assert "Fingerprint" not in html


def test_an_ended_activity_says_when_why_and_what_came_after():
    html = text(
        markup(entry(ended_on=date(2026, 2, 1), end_reason="Sold", successor=Named(key(90), "Wages", "VA-0013")))
    )
    assert "Ended on 1 February 2026 Why it ended Sold Replaced by VA-0013 Wages" in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_meant_for_inside_never_enters_a_sheet(language):
    measure = MeasureItem(
        key(91), "Slot", "Lock", heading="32.1.b", status="planned", note_en="Secret one", note_nl="Secret one"
    )
    an_entry = entry(
        remarks="Secret two",
        notes=(NoteValue(key(92), "Secret three", "Secret four"),),
        measures=(MeasureUse(key(93), measure, note="Secret five"),),
    )
    html = markup(an_entry, language, reason="Secret six", open_points=("retention",), established_by=key(94))
    assert "Secret" not in html
    assert "no period" not in html


def test_what_people_typed_is_never_markup():
    html = markup(
        entry(name="<b>Loud</b>", measures_text="<script>", joint_controllers=(RecipientValue(key(95), party=PARTNER),))
    )
    assert "<b>Loud" not in html
    assert "<script>" not in html
    assert "Partner &lt;&amp;&gt; Co" in html


def test_an_unknown_code_of_an_old_version_is_shown_as_it_is():
    assert "x9" in markup(entry(purposes=(PurposeValue(key(96), text_en="Old", basis="x9"),)))


def test_the_same_version_gives_the_same_sheet():
    an_entry = entry(access=(), systems=(), owner_function="Head", department=Named(key(97), "Finance"), medium="paper")
    assert markup(an_entry) == markup(an_entry)


def test_outside_of_documents_a_period_is_plain_text():
    rule = RetentionItem(key(99), "X", "Fiscal", period_value=2, period_unit="year", trigger_nl="einde R&D")
    with translation.override("en"):
        assert retention_words(rule) == "Fiscal (2 years, counted from: einde R&D (only in Dutch))"
