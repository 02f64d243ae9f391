import json
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import canonical

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.dates()
    | st.datetimes(timezones=st.timezones())
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.uuids()
)
keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@given(values)
def test_what_was_read_back_has_the_same_form(value):
    encoded = canonical.encode(value)
    assert canonical.encode(json.loads(encoded)) == encoded


@given(st.dictionaries(keys, values, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_count(value, random):
    shuffled = list(value.items())
    random.shuffle(shuffled)
    assert canonical.digest(dict(shuffled)) == canonical.digest(value)


@given(st.dictionaries(keys, scalars, min_size=1, max_size=6), st.data())
def test_a_form_gives_the_digest_of_the_whole(usual, data):
    form = canonical.Form(usual)
    different = data.draw(st.dictionaries(st.sampled_from(sorted(usual)), values, max_size=3))
    assert form.digest(different) == canonical.digest(usual | different)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-840, 840))
def test_one_moment_has_one_form_in_every_time_zone(moment, minutes):
    try:
        elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:  # the first and the last hours of the calendar
        return
    assert canonical.encode(elsewhere) == canonical.encode(moment)


@given(st.decimals(-(10**12), 10**12, places=2), st.integers(2, 8))
def test_the_number_of_places_of_a_column_does_not_count(amount, places):
    padded = amount.quantize(Decimal(1).scaleb(-places))
    assert canonical.encode(padded) == canonical.encode(amount)


def test_each_kind_of_value_has_its_spelling():
    value = {
        "ü": "Zoë\n\u2028",
        "a": [1, True, None, 2**70],
        "day": date(987, 1, 2),
        "moment": datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=1))),
        "amount": Decimal("1E+3"),
        "less": Decimal("-0.00"),
        "id": uuid.UUID(int=1),
    }
    assert canonical.encode(value).decode() == (
        '{"a":[1,true,null,1180591620717411303424],"amount":"1000","day":"0987-01-02",'
        '"id":"00000000-0000-0000-0000-000000000001","less":"0","moment":"2026-03-01T09:00:00.000000Z",'
        '"ü":"Zoë\\n\u2028"}'
    )


def test_the_digest_is_the_same_tomorrow():
    """A literal, so that no change to the code can quietly change what was hashed years ago."""
    value = {"number": "VA-0001", "from": date(2026, 1, 1), "lines": [{"kept": "5 jaar"}]}
    assert canonical.digest(value) == "fbb67d52dcb493233ffeb181a4f75ac383146511441316c98feb38286b4d28f0"


def test_the_digest_does_not_depend_on_the_process():
    code = "from core import canonical; print(canonical.digest({'b': 1, 'a': ['é']}))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {canonical.digest({"a": ["é"], "b": 1}) + "\n"}


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1, 0.5]}, r"\$\.a\[1\] is a float"),
        ({"at": datetime(2026, 1, 1)}, r"\$\.at .* without a time zone"),  # noqa: DTZ001
        ({1: "x"}, "key 1"),
        ([{"x"}], r"\$\[0\] is a set"),
        (b"x", "bytes"),
        (Decimal("NaN"), "no amount"),
        ("\ud800", "surrogate"),
    ],
)
def test_what_has_no_one_spelling_is_refused_with_its_place(value, where):
    with pytest.raises(canonical.NotCanonical, match=where):
        canonical.encode(value)
