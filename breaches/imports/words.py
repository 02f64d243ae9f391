"""What words in a cell of an old register mean: states, kinds, causes, numbers and moments. Pure.

The one rule: only what is certain is interpreted; otherwise None comes back, and the words are kept.
"""

import re
from datetime import UTC, datetime, time

from django.utils import timezone

from breaches.kinds import Cause, Kind
from register.imports import days
from register.imports.values import is_none, plain, several, yes_no

CLOSED, OPEN, NO_BREACH = "closed", "open", "not_a_breach"
STATES = {
    CLOSED: "definitief|gesloten|afgesloten|afgehandeld|afgerond|gereed|klaar|final|closed|completed|done|resolved",
    OPEN: "voorlopig|open|in behandeling|in onderzoek|lopend|nieuw|provisional|in progress|pending|new|under review",
    NO_BREACH: "geen datalek|geen inbreuk|no breach|not a breach",
}
KINDS = {
    Kind.CONFIDENTIALITY: "vertrouwelijkheid|confidentiality|onbevoegde toegang|openbaarmaking|inzage|vertrouwelijk",
    Kind.INTEGRITY: "integriteit|integrity|wijziging",
    Kind.AVAILABILITY: "beschikbaarheid|availability|verlies|vernietiging|loss|destruction",
}
CAUSES = {
    Cause.HUMAN_ERROR: "menselijke fout|human error|fout medewerker|vergissing",
    Cause.MISDIRECTED: "verkeerd verzonden|verkeerde ontvanger|verkeerd geadresseerd|misdirected|wrong recipient|"
    "verkeerde geadresseerde|aan de verkeerde gestuurd",
    Cause.LOST_OR_STOLEN: "verlies|diefstal|verlies of diefstal|verloren|gestolen|lost|stolen|theft|loss|"
    "lost or stolen",
    Cause.PAPER: "papier|paper",
    Cause.HACKING: "hacking|hack|gehackt|inbraak in systeem",
    Cause.MALWARE: "malware|ransomware|virus|gijzelsoftware",
    Cause.PHISHING: "phishing",
    Cause.TECHNICAL: "technische fout|technisch|technical|technical fault|systeemfout|storing",
    Cause.SUPPLIER: "leverancier|verwerker|supplier|processor",
    Cause.OTHER: "anders|overig|other",
    Cause.UNKNOWN: "onbekend|unknown",
}
NUMBER = re.compile(r"(?:ca\.?|circa|ongeveer|about|approx\.?|±)?\s*(\d{1,3}(?:[.,]\d{3})+|\d{1,9})")
RANGE = re.compile(NUMBER.pattern + r"\s*(?:-|–|tot|to|t/m)\s*(\d{1,3}(?:[.,]\d{3})+|\d{1,9})")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")


def _by_word(words):
    return {plain(word): code for code, known in words.items() for word in known.split("|")}


STATE_WORDS, KIND_WORDS, CAUSE_WORDS = _by_word(STATES), _by_word(KINDS), _by_word(CAUSES)


def state_of(text):
    return STATE_WORDS.get(plain(text))


def kinds_of(text):
    """All that it names, or None when it names something else too."""
    parts = several(text, "\n;,/")
    found = [KIND_WORDS.get(plain(part)) for part in parts]
    return [str(kind) for kind in dict.fromkeys(found)] if found and all(found) else None


def cause_of(text):
    return CAUSE_WORDS.get(plain(text))


def numbers_of(text):
    """(least, most) of "12", "about 1.200" or "10 tot 20", or None."""
    text = text.strip().lower()
    if is_none(text) and yes_no(text) != "no":
        return 0, 0
    match = RANGE.fullmatch(text)
    if match:
        least, most = (_number(part) for part in match.groups())
        return (least, most) if least <= most else None
    match = NUMBER.fullmatch(text)
    return (_number(match[1]),) * 2 if match else None


def _number(text):
    return int(re.sub(r"[.,]", "", text))


def moment_of(text, value, order):
    """The moment that a cell says, in UTC; a day without an hour is taken as its beginning here. None for neither."""
    day = days.day(text, value, order)
    if day is not None:
        return _local(datetime.combine(day, time()))
    if isinstance(value, datetime):
        return _local(value)
    if MOMENT.fullmatch(text.strip()):
        try:
            return _local(datetime.fromisoformat(text.strip()))
        except ValueError:
            return None
    return None


def _local(moment):
    try:
        return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(UTC)
    except OverflowError:
        return None
