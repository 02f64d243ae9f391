"""Text that looks like data of somebody: an address of a person, a number that is a BSN or a bank account, a name with
a title. A register describes kinds of data; it should not hold them.

The one rule: certain patterns only, and it is a remark to look at, never a reason to refuse. Pure.
"""

import re

from .values import remembered

EMAIL = re.compile(r"\b([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
FUNCTIONAL = re.compile(
    r"^(?:info|privacy|fg|dpo|avg|gdpr|contact|hr|hrm|personeel\w*|admin\w*|secretaria\w*|support|help\w*|servicedesk|"
    r"post\w*|mail\w*|office|sales|verkoop|inkoop|finance|financ\w*|facturen|invoice\w*|recept\w*|balie|klant\w*|"
    r"customer\w*|service\w*|team\w*|no-?reply|security|beveiliging|ict|it|legal|juridisch\w*|webmaster|welkom|bestuur|"
    r"gegevensbescherming|data(?:protection|bescherming)?|dataprotection|rgpd|dsb|datenschutz|delegado\w*|directie)"
    r"(?:[.+_-]\w*)*$",
    re.IGNORECASE,
)
NINE = re.compile(r"(?<![\w.,/-])\d{9}(?![\w/-])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
MOBILE = re.compile(r"(?<!\d)(?:\+31[ -]?6|0031[ -]?6|06)(?:[ -]?\d){8}(?!\d)")
TITLED = re.compile(
    r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]rs|[Mm]r|[Mm]s|[Dd]e heer|[Mm]evrouw|[Hh]err|[Ff]rau|Mme|Sra?)\.? "
    r"(?:[A-Z]\.? ?){0,4}(?:(?:van|de|der|den|von|la|le) ){0,3}[A-Z][a-zà-ÿ]{2,}"
)


HINT = re.compile(r"@|\d{6}|\d \d|\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]rs?|[Mm]s|[Dd]e heer|[Hh]err|[Ff]rau|Mme|Sra?)\b|06|6-")
"""Without any of these there is nothing to look for."""


@remembered
def found_in(text):
    """The words in a text that look like data of one person."""
    if not HINT.search(text):
        return ()
    words = [match[0] for match in EMAIL.finditer(text) if not FUNCTIONAL.match(match[1])]
    words += [match[0] for match in NINE.finditer(text) if _is_bsn(match[0])]
    words += [match[0] for match in IBAN.finditer(text) if _is_account(match[0])]
    words += [match[0] for pattern in (MOBILE, TITLED) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(words))


def _is_bsn(digits):
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0 and int(digits) > 9_999_999


def _is_account(text):
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
