"""What words in a cell mean: yes and no, none, numbers; and where a cell holds several values. See also `bases`,
`periods` and `days`.

Pure. The one rule: only what is certain is interpreted; otherwise None comes back, and the reader keeps the words.
"""

import re
import unicodedata
from functools import lru_cache, wraps

YES = {"ja", "j", "yes", "y", "true", "waar", "1", "x", "si", "✓", "✔", "☑", "oui", "vrai", "wahr", "verdadero"}
NO = {"nee", "neen", "n", "no", "false", "onwaar", "0", "non", "nein", "faux", "falsch", "falso", "☐"}
NONE = {
    *("geen", "nvt", "n v t", "niet van toepassing", "none", "not applicable", "n a", "na", "nihil", "niemand"),
    *("no previstas", "no previsto", "no prevista", "no previstos", "ninguno", "ninguna", "no aplica", "no procede"),
    *("aucun", "aucune", "neant", "sans objet", "non applicable", "s o", "pas de transfert"),
    *("keine", "keiner", "kein", "entfallt", "nicht zutreffend", "trifft nicht zu", "nil", "nothing"),
}
DENIED = {"geen", "no", "none", "aucun", "aucune", "keine", "ningun", "ninguna"}
DENIED_THINGS = {
    *("doorgifte", "doorgiften", "derde", "landen", "buiten", "eer", "eu", "de", "naar", "aan", "ontvangers"),
    *("externe", "bijzondere", "persoonsgegevens", "gegevens", "verwerker", "verwerkers", "systemen", "transfers"),
    *("transfer", "third", "countries", "country", "outside", "the", "eea", "to", "recipients", "external", "special"),
    *("category", "categories", "data", "of", "processors", "transfert", "hors", "ue", "destinataire", "ubermittlung"),
    *("in", "drittlander", "empfanger", "transferencias", "internacionales", "destinatarios", "joint", "controllers"),
}
"""After a word such as "geen" these still say: none. Anything else may say more than that."""
LONGEST_ANSWER = 80
LONGEST_REMEMBERED = 200
OPEN_STILL = {
    *("onbekend", "nog onbekend", "nog niet bekend", "nader te bepalen", "ntb", "n t b", "nog te bepalen"),
    *("nog in te vullen", "unknown", "not known", "tbd", "tbc", "to be determined", "to be confirmed", "todo"),
    *("to do", "inconnu", "unbekannt", "desconocido", "pendiente", "a determiner", "weet niet", "don t know"),
}
BULLET = re.compile(r"^\s*(?:[-•*–·▪●◦‣○►✓✔]\s+|[•·▪●◦‣○►]|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)")
SIGNS = re.compile(r"\s*[•▪●◦‣►]\s*")
NUMBERED = re.compile(r"(?:^|\s)\(?(\d{1,2})[.)]\s+(?=\S)")
DASH = re.compile(r"\s+[—–]\s+")
CONJUNCTION = re.compile(r"\b(?:en|of|and|or|y|o|et|ou|und|oder|e\.d|etc|enz)\b", re.IGNORECASE)


def remembered(function):
    """Remember what short texts gave: a register says the same in many rows. The answer may not be changed."""
    known = lru_cache(maxsize=20_000)(function)

    @wraps(function)
    def answer(text, *more):
        return (known if len(text) <= LONGEST_REMEMBERED else function)(text, *more)

    return answer


@remembered
def plain(text):
    """Lower case, without accents and signs, one space between words."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+|[✓✔☑☐]", text.replace("_", " ")))


def clean(text):
    """The words of a cell without the space around them; one kind of line end; nothing that a database refuses."""
    if text.isascii() and "\r" not in text and "\0" not in text:
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text).strip()


@remembered
def yes_no(text):
    """ "yes", "no" or None."""
    if len(text) > LONGEST_ANSWER:
        return None
    word = plain(text)
    return "yes" if word in YES else "no" if word in NO else None


@remembered
def is_none(text):
    """Whether the words say: none. "No" does, where a list is asked for."""
    if len(text) > LONGEST_ANSWER:
        return False
    word = plain(text)
    if word in NONE or word in NO:
        return True
    first, *rest = word.split() or [""]
    return first in DENIED and bool(rest) and set(rest) <= DENIED_THINGS


@remembered
def says_nothing(text):
    """Whether there is no word in it, or only that it is not known yet. Not the same as none."""
    if len(text) > LONGEST_ANSWER and text[0].isalnum():
        return False
    word = plain(text)
    return not word or word in OPEN_STILL


def is_answer(text):
    """Whether the words only say yes, no or none, and name nothing."""
    return is_none(text) or yes_no(text) is not None


@remembered
def several(text, separators="\n;"):
    """The values in one cell, without bullets, numbers in front and doubles."""
    parts = [piece for part in re.split(f"[{separators}]", text) for piece in _listed(part)]
    parts = [BULLET.sub("", part).strip() for part in parts]
    return tuple(dict.fromkeys(part for part in parts if part))


def _listed(line):
    """The items of a list on one line: "• a • b", or "1. a 2. b" when the numbers count up from one."""
    pieces = [piece for piece in SIGNS.split(line) if piece.strip()]
    if len(pieces) > 1:
        return pieces
    marks = list(NUMBERED.finditer(line))
    if (
        len(marks) < 2
        or line[: marks[0].start()].strip()
        or [int(mark[1]) for mark in marks] != [*range(1, len(marks) + 1)]
    ):
        return [line]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


@remembered
def categories(text):
    """Like `several`; commas divide too, when every part is short and nothing says that they belong together."""
    found = []
    for part in several(text):
        pieces = [piece.strip(" .") for piece in part.split(",")]
        safe = len(pieces) > 1 and not re.search(r"[().:]", part.rstrip(" ."))
        safe = safe and all(0 < len(piece.split()) <= 4 and not CONJUNCTION.search(piece) for piece in pieces)
        found += pieces if safe else [part]
    return tuple(dict.fromkeys(found))


def name_and_rest(text):
    """("AFAS Profit", "payroll") of "AFAS Profit — payroll"; nothing is divided at a short dash within a word."""
    head, *rest = DASH.split(text, maxsplit=1)
    return (head.strip(), rest[0].strip()) if rest and head.strip() else (text, "")


NUMBER = r"(\d{1,9}|\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+)"
NUMBER_OR_TWO = re.compile(NUMBER + r"(?:\s*(?:-|–|tot|to|à|a|bis|hasta)\s*" + NUMBER + ")?")


def people(text):
    """(at least, at most) of "1.200" or "100 - 500"; None for anything else."""
    match = NUMBER_OR_TWO.fullmatch(text)
    if not match:
        return None
    low, high = (int(re.sub(r"\D", "", number)) for number in (match[1], match[2] or match[1]))
    return (low, high) if low <= high < 2**31 else None
