"""Lists of trackers as spreadsheets: what scanners give out, what people keep, and what we give out ourselves.

The one rule: columns are known by their headings, in Dutch or English; what is not known is left, a value of a cookie
above all. A line that cannot be read is named, and never half taken.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits, read_workbook
from core.spreadsheets.writing import RISKY

from .found import HOST, LONGEST_NAME, LONGEST_TEXT, Found, host
from .kinds import Category, Kind

MOST_LINES, MOST_KNOWN, FIRST_ROWS, MOST_TOLD = 2_000, 20_000, 20, 20
HEADINGS = {
    "name": "name|cookie name|cookie|cookies|tracker|naam|cookienaam|naam cookie|naam van de cookie|cookie key"
    "|cookie data key name|technology name",
    "domain": "domain|host|hostname|domein|cookie domain|domeinnaam",
    "provider": "provider|vendor|data controller|owner|service|aanbieder|leverancier|partij die plaatst"
    "|geplaatst door|dienst",
    "lifetime": "expiry|expiration|expires|lifespan|lifetime|duration|retention|retention period|max storage duration"
    "|how long it stays|bewaartermijn|bewaarduur|vervalt|vervaldatum|levensduur|looptijd|geldigheidsduur|duur"
    "|hoe lang het blijft",
    "category": "category|cookie category|group|categorie|cookiecategorie|groep",
    "kind": "kind|type|soort|soort cookie|technology|techniek",
    "purpose_en": "purpose|description|cookie description|purpose in english|doel in het engels",
    "purpose_nl": "doel|omschrijving|beschrijving|functie|doel in het nederlands|purpose in dutch",
    "party": "whose|party|first or third party|first third party|van wie|partij",
    "data": "data|data collected|data that it reads|gegevens|gegevens die het leest",
    "wildcard": "wildcard|wildcard match",
}
COLUMNS = {heading: column for column, headings in HEADINGS.items() for heading in headings.split("|")}
CATEGORIES = (
    (Category.EXEMPT, r"little effect|weinig gevolgen|exempt|vrijgesteld"),
    (Category.MARKETING, r"marketing|advert|target|reclame|social|tracking"),
    (Category.ANALYTICS, r"analy|statisti|performance|prestatie|measur"),
    (Category.NECESSARY, r"necess|noodzak|essenti|strict|strikt|security|beveilig"),
    (Category.FUNCTIONAL, r"function|functione|prefer|voorkeur|personali"),
)
KINDS = (
    (Kind.LOCAL, r"local|lokale|html storage|indexed"),
    (Kind.SESSION, r"session storage|sessie-?opslag"),
    (Kind.PIXEL, r"pixel|beacon"),
    (Kind.SDK, r"script|sdk"),
    (Kind.FINGERPRINT, r"finger|vingeraf"),
    (Kind.COOKIE, r"cookie|http"),
)


@dataclass(frozen=True)
class Read:
    """`refused`: [(place, message)] of lines that were left out, the first few of them; `left_out`: how many."""

    found: list
    refused: list
    left_out: int
    wild: frozenset  # names that are how others begin


def read(content, filename, most=MOST_LINES):
    """The lines of the first sheet that has a heading for names. Raises BadFile, also for more than `most` lines."""
    limits = Limits.of_settings()
    for sheet in read_workbook(content, filename, limits):
        for number, row in enumerate(sheet.rows[:FIRST_ROWS]):
            columns = _columns(row)
            if "name" in columns.values() and len(columns) > 1:
                return _lines(sheet, number, columns, filename, most)
    raise BadFile(
        _("No row of this file names its columns, with one for the name of a cookie and one more at least."),
        where=filename,
        remedy=_("Give the columns headings such as Name, Domain, Provider, Category, Purpose and Expiry."),
    )


def _columns(row):
    """{place in the row: what stands there}; the first of two for the same counts."""
    found = {}
    for place, cell in enumerate(row):
        column = COLUMNS.get(" ".join(re.findall(r"\w+", cell.text.casefold())))
        if column and column not in found.values():
            found[place] = column
    return found


def _lines(sheet, heading, columns, filename, most):
    lines = [(number, row) for number, row in enumerate(sheet.rows) if number > heading and row]
    if len(lines) > most:
        raise BadFile(
            _("There are more than %(count)s lines in this list.") % {"count": most},
            where=filename,
            remedy=_("Make a list for each site."),
        )
    found, refused, wild = {}, [], set()
    for number, row in lines:
        said = {column: _bare(row[place].text.strip()) if place < len(row) else "" for place, column in columns.items()}
        name = said.get("name", "")
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            refused.append((sheet.place(number, 0), "unreadable" if name else "nameless"))
            continue
        one = _found(said)
        found.setdefault(one.key, one)
        if said.get("wildcard") in ("1", "true", "yes", "ja"):
            wild.add(name)
    return Read(list(found.values()), refused[:MOST_TOLD], len(refused), frozenset(wild))


def _bare(text):
    """Without the apostrophe that our own files put before what could become a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _found(said):
    def text(name, longest=LONGEST_TEXT):
        return "".join(sign for sign in said.get(name, "") if sign.isprintable() or sign == "\n")[:longest].strip()

    provider = text("provider", 150)
    is_host = "domain" not in said and bool(HOST.fullmatch(provider.casefold().lstrip(".")))
    kind = text("kind").casefold()
    return Found(
        name=said["name"],
        kind=_word(KINDS, kind) or Kind.COOKIE.value,
        domain=host(provider if is_host else said.get("domain", "")),
        party=_party(said.get("party", "") or said.get("domain", "")),
        lifetime=text("lifetime", 150),
        provider="" if is_host else provider,
        category=_word(CATEGORIES, said.get("category", "").casefold() or kind),
        purpose_nl=text("purpose_nl"),
        purpose_en=text("purpose_en"),
        data=text("data"),
    )


def _word(words, text):
    return next((value.value for value, pattern in words if re.search(pattern, text)), "")


def _party(text):
    if re.search(r"third|3rd|derde", text.casefold()):
        return "third"
    return "first" if re.search(r"first|1st|eerste|the site itself|site zelf", text.casefold()) else ""
