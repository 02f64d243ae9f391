"""What words in a cell mean: yes and no, none, lawful bases, periods, numbers, days; and where a cell holds several.

Pure. The one rule: only what is certain is interpreted; otherwise None comes back, and the reader keeps the words.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass

YES = {"ja", "j", "yes", "y", "true", "waar", "1", "x", "si", "✓", "✔"}
NO = {"nee", "neen", "n", "no", "false", "onwaar", "0"}
NONE = {
    *("geen", "nvt", "n v t", "niet van toepassing", "none", "not applicable", "n a", "na", "nihil", "niemand"),
    *("no previstas", "no previsto", "no prevista", "no previstos", "ninguno", "ninguna", "no aplica", "no procede"),
}
BULLET = re.compile(r"^\s*(?:[-•*–·▪]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)")
DASH = re.compile(r"\s+[—–]\s+")
CONJUNCTION = re.compile(r"\b(?:en|of|and|or|y|o|e\.d|etc|enz)\b", re.IGNORECASE)


def plain(text):
    """Lower case, without accents and signs, one space between words."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+|[✓✔]", text.replace("_", " ")))


def clean(text):
    """The words of a cell without the space around them; one kind of line end; nothing that a database refuses."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text).strip()


def yes_no(text):
    """ "yes", "no" or None."""
    word = plain(text)
    return "yes" if word in YES else "no" if word in NO else None


def is_none(text):
    """Whether the words say: none. "No" does, where a list is asked for."""
    word = plain(text)
    return word in NONE or word in NO


def is_answer(text):
    """Whether the words only say yes, no or none, and name nothing."""
    return is_none(text) or yes_no(text) is not None


def several(text, separators="\n;"):
    """The values in one cell, without bullets and doubles."""
    parts = [BULLET.sub("", part).strip() for part in re.split(f"[{separators}]", text)]
    return list(dict.fromkeys(part for part in parts if part))


def categories(text):
    """Like `several`; commas divide too, when every part is short and nothing says that they belong together."""
    found = []
    for part in several(text):
        pieces = [piece.strip(" .") for piece in part.split(",")]
        safe = len(pieces) > 1 and not re.search(r"[().:]", part.rstrip(" ."))
        safe = safe and all(0 < len(piece.split()) <= 4 and not CONJUNCTION.search(piece) for piece in pieces)
        found += pieces if safe else [part]
    return list(dict.fromkeys(found))


def name_and_rest(text):
    """("AFAS Profit", "payroll") of "AFAS Profit — payroll"; nothing is divided at a short dash within a word."""
    head, *rest = DASH.split(text, maxsplit=1)
    return (head.strip(), rest[0].strip()) if rest and head.strip() else (text, "")


BASES = {
    "a": "toestemming|toestemming betrokkene|toestemming van de betrokkene|toestemming van betrokkene|consent|"
    "consent of the data subject|consentimiento|consentimiento del interesado",
    "b": "uitvoering overeenkomst|uitvoering van een overeenkomst|uitvoering van de overeenkomst|overeenkomst|"
    "contract|performance of a contract|performance of contract|ejecucion de contrato|ejecucion de un contrato",
    "c": "wettelijke verplichting|wettelijke plicht|legal obligation|obligacion legal",
    "d": "vitale belangen|vitaal belang|vital interests|vital interest|intereses vitales",
    "e": "taak van algemeen belang|vervulling taak van algemeen belang|vervulling van een taak van algemeen belang|"
    "algemeen belang|publieke taak|publiekrechtelijke taak|openbaar gezag|uitoefening openbaar gezag|"
    "uitoefening van openbaar gezag|taak van algemeen belang of openbaar gezag|public task|public interest|"
    "official authority|task in the public interest|mision de interes publico|interes publico",
    "f": "gerechtvaardigd belang|gerechtvaardigde belangen|behartiging gerechtvaardigd belang|legitimate interest|"
    "legitimate interests|interes legitimo",
}
BASIS_OF = {words: code for code, names in BASES.items() for words in names.split("|")}
ARTICLE_6 = re.compile(
    r"\b(?:art(?:ikel|icle|iculo)?\.?\s*)?6[\s.,]*(?:eerste\s+)?(?:lid\s*)?\(?1?\)?[\s.,]*"
    r"(?:(?:onder|sub|letter|aanhef en onder)\s*)?\(?([a-f])\b\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bases:
    """The letters of Art. 6(1) that a cell names; `whole` tells that it says nothing else."""

    codes: tuple
    whole: bool


def bases(text):
    """Lawful bases by name, by letter, or by article. A name somewhere in prose is not enough: it may be denied."""
    codes, whole = [], True
    for part in several(text):
        found, says_no_more = _bases_of(part)
        codes += found
        whole = whole and says_no_more
    return Bases(tuple(dict.fromkeys(codes)), whole and bool(codes))


def _bases_of(part):
    words = plain(part)
    if words in BASIS_OF:
        return [BASIS_OF[words]], True
    if words in BASES:
        return [words], True
    letters = [match[1].lower() for match in ARTICLE_6.finditer(part)]
    if letters:
        rest = plain(ARTICLE_6.sub(" ", part))
        return letters, rest in ("", "avg", "gdpr", "rgpd") or (len(letters) == 1 and BASIS_OF.get(rest) == letters[0])
    starts = [name for name in BASIS_OF if words.startswith(name + " ")]
    head = plain(re.split(r"[(:,.–—]", part, maxsplit=1)[0])
    return ([BASIS_OF[head]], False) if starts and head in BASIS_OF else ([], False)


UNITS = {
    "day": "dag|dagen|day|days",
    "week": "week|weken|weeks",
    "month": "maand|maanden|month|months",
    "year": "jaar|jaren|year|years",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split("|")}
DUTCH = "een twee drie vier vijf zes zeven acht negen tien"
ENGLISH = "one two three four five six seven eight nine ten"
NUMBERS = {word: number for words in (DUTCH, ENGLISH) for number, word in enumerate(words.split(), 1)}
TRIGGERS = {
    "end_of_employment": "uitdiensttreding|uit dienst|einde dienstverband|het einde van het dienstverband|"
    "beeindiging dienstverband|einde van het dienstverband|end of employment|the end of employment",
    "end_of_financial_year": "afloop van het boekjaar|einde boekjaar|het einde van het boekjaar|"
    "end of the financial year|the end of the financial year",
    "end_of_calendar_year": "afloop van het kalenderjaar|einde kalenderjaar|het einde van het kalenderjaar|"
    "end of the calendar year",
    "end_of_contract": "einde contract|einde overeenkomst|afloop van het contract|einde van het contract|"
    "beeindiging van de overeenkomst|end of the contract|end of contract",
    "end_of_relation": "einde relatie|beeindiging van de relatie|einde van de relatie|end of the relationship",
    "last_contact": "laatste contact|het laatste contact|last contact",
    "case_closed": "afhandeling van de melding|afhandeling van de klacht|afhandeling|afronding|sluiten van het dossier|"
    "sluiting dossier|closing of the case|case closed",
    "rejection_date": "afwijzing|einde sollicitatieprocedure|einde van de sollicitatieprocedure|rejection",
    "consent_withdrawn": "intrekking van de toestemming|intrekken toestemming|withdrawal of consent",
    "leaving_school": "uitschrijving|uitschrijving van de leerling|verlaten van de school|leaving school",
    "recording": "opname|recording",
    "death": "overlijden|death",
}
TRIGGER_OF = {words: code for code, names in TRIGGERS.items() for words in names.split("|")}
PERIOD = re.compile(
    r"(?P<number>\d{1,3}|[a-zé]+)\s+(?P<unit>[a-z]+)\s+(?:na|after)\s+(?P<trigger>[^,;.:()]{3,120}?)"
    r"(?:,\s*(?:op grond van|based on|under)\s+(?P<source>[^,;.:()]{3,120}))?\.?",
    re.IGNORECASE,
)
OPEN = re.compile(r"\b(?:of|or|tenzij|unless|maximaal|minimaal|tot|indien|en|and|if|langer)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """How long, counted from what; `words` is what the cell says, without its full stop."""

    value: int
    unit: str
    trigger: str
    trigger_words: str
    source: str
    words: str


def period(text):
    """A period with a moment it is counted from, when the whole text is just that; otherwise None."""
    match = PERIOD.fullmatch(text.strip())
    if not match or (OPEN.search(match["trigger"]) and plain(match["trigger"]) not in TRIGGER_OF):
        return None
    number = int(match["number"]) if match["number"].isdecimal() else NUMBERS.get(plain(match["number"]))
    unit = UNIT_OF.get(match["unit"].lower())
    if not number or not unit:
        return None
    moment = match["trigger"].strip()
    trigger = TRIGGER_OF.get(plain(moment), "other")
    return Period(number, unit, trigger, moment, (match["source"] or "").strip(), text.strip().rstrip("."))


def day(text, value=None):
    """A date from a date cell, 2026-01-31, 31-1-2026 or 31/01/2026; None for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else None
    if isinstance(value, datetime.date):
        return value
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:T00:00(?::00)?)?", text.strip())
    parts = match and match.groups()
    if not parts:
        match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text.strip())
        parts = match and match.groups()[::-1]
    try:
        return datetime.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


NUMBER = r"(\d{1,9}|\d{1,3}(?:[. ]\d{3})+)"
NUMBER_OR_TWO = re.compile(NUMBER + r"(?:\s*(?:-|–|tot|to)\s*" + NUMBER + ")?")


def people(text):
    """(at least, at most) of "1.200" or "100 - 500"; None for anything else."""
    match = NUMBER_OR_TWO.fullmatch(text)
    if not match:
        return None
    low, high = (int(re.sub(r"\D", "", number)) for number in (match[1], match[2] or match[1]))
    return (low, high) if low <= high < 2**31 else None
