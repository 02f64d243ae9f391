"""Looking at text that people typed: what in it points at a person, and which names are alike.

The one rule: nothing here keeps or logs what it found; a finding is a kind and a place, never the text itself.
"""

import re
import unicodedata
from typing import NamedTuple

EMAIL, PHONE, BSN, BELGIAN_NUMBER, IBAN = "email", "phone", "bsn", "belgian_number", "iban"


class Found(NamedTuple):
    """`text[start:end]` looks like a `kind`."""

    kind: str
    start: int
    end: int


# Of each kind: where to look; what is found is then tested. A space or sign inside is how people group digits.
SHAPES = {
    EMAIL: r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,63}",
    IBAN: r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]){11,30}(?!\w)",
    BELGIAN_NUMBER: r"(?<![\w.-])\d{2}[. ]?\d{2}[. ]?\d{2}[-. ]?\d{3}[-. ]?\d{2}(?![\w-])",
    PHONE: r"(?<![\w./-])(?!\d\d[-./]\d\d[-./]\d{4}(?!\d))"  # not a date
    r"(?:(?:\+|00)(?:31|32)[ .-]?(?:\(0\)[ .-]?)?|\(?0)[1-9]\d{0,3}\)?(?:[ ./-]{0,3}\d){5,9}(?![\w-])",
    BSN: r"(?<![\w.,-])\d(?:[ .]?\d){8}(?![\w-])",
}
SHAPES = {kind: re.compile(pattern) for kind, pattern in SHAPES.items()}


def personal_data(text):
    """E-mail addresses, phone numbers, BSNs, Belgian national numbers and IBANs in `text`, in order of place.

    What fits two kinds is reported once, as the kind that is named first in SHAPES. Numbers pass their check digits, so
    a false alarm is rare (one in eleven nine-digit numbers is a possible BSN) and a name is never found.
    """
    found = []
    for kind, shape in SHAPES.items():
        for match in shape.finditer(text):
            end = TESTS[kind](match)
            if end and not any(other.start < end and match.start() < other.end for other in found):
                found.append(Found(kind, match.start(), end))
    return sorted(found, key=lambda one: one.start)


def is_bsn(digits):
    """The 11-test: nine digits weighed 9 to 2 and minus 1."""
    if not re.fullmatch(r"\d{9}", digits, re.ASCII) or digits.strip("0") == "":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def is_belgian_number(digits):
    """Eleven digits: date of birth, serial number and 97 less the remainder; born from 2000 on with a 2 in front.

    The month counts up by 20 or 40 in numbers given to people without a national number, and is 00 when unknown.
    """
    if not re.fullmatch(r"\d{11}", digits, re.ASCII):
        return False
    if int(digits[2:4]) % 20 > 12 or int(digits[2:4]) > 52 or int(digits[4:6]) > 31:
        return False
    check = int(digits[9:])
    return any(97 - int(century + digits[:9]) % 97 == check for century in ("", "2"))


def is_iban(text):
    """The four first characters go last, letters count from A = 10: the number that results leaves 1 modulo 97."""
    text = text.upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text, re.ASCII):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def is_phone(digits):
    """A Dutch number has nine digits after its zero or country code; a Belgian one eight, or nine for a mobile.

    A Belgian enterprise number looks the same, but has check digits: what passes those is not taken for a phone.
    """
    digits = digits.removeprefix("00")
    if digits.startswith("31"):
        return len(digits.removeprefix("31").removeprefix("0")) == 9
    if digits.startswith("32"):
        return len(digits.removeprefix("32").removeprefix("0")) in (8, 9)
    if len(digits) == 10 and 97 - int(digits[:8]) % 97 == int(digits[8:]):
        return False
    return len(digits) in (9, 10)


def _digits(match):
    return re.sub(r"\D", "", match.group())


def _end_of_iban(match):
    """An IBAN is as long as its country says; words after it look like a part of it, so try the shorter ones too."""
    length = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "IT": 27}.get(
        match.group()[:2].upper()
    )
    signs = [place for place, sign in enumerate(match.group(), match.start() + 1) if sign != " "]
    for count in [length] if length else range(len(signs), 14, -1):
        if count <= len(signs) and is_iban(match.string[match.start() : signs[count - 1]].replace(" ", "")):
            return signs[count - 1]
    return None


TESTS = {
    EMAIL: lambda match: match.end(),
    IBAN: _end_of_iban,
    BELGIAN_NUMBER: lambda match: match.end() if is_belgian_number(_digits(match)) else None,
    PHONE: lambda match: match.end() if is_phone(_digits(match)) else None,
    BSN: lambda match: match.end() if is_bsn(_digits(match)) else None,
}

# Words that say what kind of body a name belongs to, not which one.
LEGAL_FORMS = {
    *(
        "bv",
        "nv",
        "vof",
        "cv",
        "ua",
        "stichting",
        "vereniging",
        "cooperatie",
        "cooperatief",
        "maatschap",
        "eenmanszaak",
    ),
    *("eenmanszaak", "bvba", "cvba", "vzw", "ivzw", "srl", "sprl", "scrl", "asbl", "sa", "sas", "sarl"),
    *("gmbh", "ag", "kg", "ug", "ltd", "limited", "plc", "llc", "inc", "corp"),
}


def normalise(text):
    """What is left of a name for comparing: "Stichting De Zoë-school" and "de zoe school" become one.

    Case, accents, punctuation, spacing and legal forms go. A name that is nothing but legal forms keeps them.
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()
    text = re.sub(r"\b(?:[^\W\d_]\.\s?)+(?:[^\W\d_]\b)?", lambda match: re.sub(r"[\s.]", "", match.group()) + " ", text)
    words = re.findall(r"\w+", text.replace("_", " ").replace("'", "").replace("’", "").replace("&", " en "))
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)
