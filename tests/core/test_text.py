import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text
from core.text import BELGIAN_NUMBER, BSN, EMAIL, IBAN, PHONE, normalise, personal_data


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (EMAIL, "jan.de-vries+werk@school.example.nl"),
        (EMAIL, "zoë@müller.be"),
        (PHONE, "020-1234567"),
        (PHONE, "(0172) 12 34 56"),
        (PHONE, "06 12 34 56 78"),
        (PHONE, "+31 (0)6-12345678"),
        (PHONE, "0031612345678"),
        (PHONE, "+32 2 555 12 12"),
        (PHONE, "0475/12.34.56"),
        (PHONE, "02 555 12 12"),
        (BSN, "111222333"),
        (BSN, "1234.56.782"),
        (BELGIAN_NUMBER, "85.07.30-033.28"),
        (BELGIAN_NUMBER, "85073003328"),
        (BELGIAN_NUMBER, "01.02.03-001.70"),
        (IBAN, "NL91ABNA0417164300"),
        (IBAN, "BE68 5390 0754 7034"),
        (IBAN, "de89 3704 0044 0532 0130 00"),
        (IBAN, "NO93 8601 1117 947"),
    ],
)
def test_personal_data_is_found_with_its_place(kind, value):
    sentence = f"Bel of mail {value}, en vraag ernaar."
    (found,) = personal_data(sentence)
    assert (found.kind, sentence[found.start : found.end]) == (kind, value)


@pytest.mark.parametrize(
    "sentence",
    [
        "KvK 12345678, RSIN onbekend, artikel 30, lid 1.",
        "KBO 0403.170.701 (BE 0403.170.701)",
        "Vanaf 05-03-2026 12:00 tot 2026-04-05 12:30, of 01/02/2026 08.15",
        "Bewaard 7 jaar; 1.250.000 mensen; € 12.345,67; versie 10.2.1",
        "123456789 is geen BSN, 000000000 ook niet",
        "85.07.30-033.29 en 85.17.30-033.28 kloppen niet",
        "NL91ABNA0417164301",
        "gebruiker@localhost en @handvat",
        "06-1234",
        "Zaak 2026-01-0512345",
    ],
)
def test_other_numbers_are_left_alone(sentence):
    assert personal_data(sentence) == []


def test_several_are_found_in_order_of_place_and_once_each():
    sentence = "a@b.nl of 06-12345678; BSN 123456782, IBAN NL91 ABNA 0417 1643 00 van Jan"
    assert [found.kind for found in personal_data(sentence)] == [EMAIL, PHONE, BSN, IBAN]
    assert sentence[personal_data(sentence)[-1].start :].startswith("NL91")


@given(st.integers(0, 99999999))
def test_at_most_one_last_digit_makes_a_bsn(start):
    assert sum(text.is_bsn(f"{start:08}{last}") for last in range(10)) <= 1


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(1, 997), st.sampled_from(["", "2"]))
def test_belgian_numbers_of_both_centuries_pass(year, month, day, serial, century):
    digits = f"{year:02}{month:02}{day:02}{serial:03}"
    assert text.is_belgian_number(f"{digits}{97 - int(century + digits) % 97:02}")


@given(st.text(max_size=300))
def test_any_text_can_be_read(value):
    for kind, start, end in personal_data(value):
        assert kind in text.SHAPES
        assert 0 <= start < end <= len(value)


@pytest.mark.parametrize("piece", ["a", "a.", "1", "1 ", "0", "(0", "NL12", "a@", "a@b."])
def test_long_nonsense_does_not_take_long(piece):
    started = time.process_time()
    personal_data(piece * (50_000 // len(piece)))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stichting De Zoë-school", "de zoe  school"),
        ("Jansen B.V.", "JANSEN bv"),
        ("Jansen B. V.", "Jansen, BV"),
        ("Vakwerk N.V", "vakwerk nv"),
        ("Peeters & Zonen VZW", "Peeters en Zonen"),
        ("Foto’s Straße", "fotos strasse"),
        ("Cloud_Dienst GmbH", "cloud dienst"),
    ],
)
def test_names_that_look_alike_become_one(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Jansen", "Janssen"), ("Stichting", "Vereniging"), ("A 1", "A 2"), ("Jansen Holding", "Jansen")]
)
def test_names_that_differ_stay_apart(one, other):
    assert normalise(one) != normalise(other)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(value):
    assert normalise(normalise(value)) == normalise(value)
