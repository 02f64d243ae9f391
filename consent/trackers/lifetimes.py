"""How long something stays, from the words in which others write it: "1 year", "30 Days", "sessie", "13 maanden".

The one rule: nothing is guessed. A text that names one term or the session is understood, and can be said in either
language; any other stays as it is.
"""

import re
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST = 3_650_000  # days; beyond that it is a slip of the pen
UNITS = {
    "second": (timedelta(seconds=1), "seconds sec secs s seconde seconden"),
    "minute": (timedelta(minutes=1), "minutes min mins minuut minuten"),
    "hour": (timedelta(hours=1), "hours hr hrs uur uren"),
    "day": (timedelta(days=1), "days dag dagen"),
    "week": (timedelta(days=7), "weeks weken"),
    "month": (timedelta(days=30.4375), "months maand maanden"),
    "year": (timedelta(days=365), "years jaar jaren"),
}
NAMED = {name: unit for unit, (_span, others) in UNITS.items() for name in (unit, *others.split())}
SESSION = re.compile(
    r"(end of )?(the )?(browser )?(session|sessions|sessie)( cookie)?( \(browser\))?|einde (van de )?sessie"
)
TERM = re.compile(r"(\d{1,7}) ?([a-z]+)")


def read(text):
    """(number, unit), or (0, "session"); None when the text does not say."""
    said = " ".join(text.casefold().split()).rstrip(".")
    if SESSION.fullmatch(said):
        return 0, "session"
    term = TERM.fullmatch(said)
    if term is None or term[2] not in NAMED:
        return None
    return int(term[1]), NAMED[term[2]]


def days(text):
    """Whole days, at least one where it stays at all; 0 for a session; None when the text does not say."""
    term = read(text)
    if term is None:
        return None
    number, unit = term
    if not number:
        return 0
    found = max(1, round(number * UNITS[unit][0].total_seconds() / 86_400))
    return found if found <= LONGEST else None


def words(text):
    """In the language of the reader when it is understood, else as it was written."""
    term = read(text)
    if term is None:
        return text
    number, unit = term
    said = {
        "session": _("until the browser is closed"),
        "second": ngettext("%(count)d second", "%(count)d seconds", number),
        "minute": ngettext("%(count)d minute", "%(count)d minutes", number),
        "hour": ngettext("%(count)d hour", "%(count)d hours", number),
        "day": ngettext("%(count)d day", "%(count)d days", number),
        "week": ngettext("%(count)d week", "%(count)d weeks", number),
        "month": ngettext("%(count)d month", "%(count)d months", number),
        "year": ngettext("%(count)d year", "%(count)d years", number),
    }[unit]
    return said % {"count": number}


def of_seconds(seconds):
    """The text for a term in seconds, as a browser counts it; whole years are said as years."""
    years, rest = divmod(round(seconds / 86_400), 365)
    if years and not rest:
        return f"{years} years" if years > 1 else "1 year"
    for unit in ("day", "hour", "minute"):
        number = round(seconds / UNITS[unit][0].total_seconds())
        if number:
            return f"{number} {unit}s" if number > 1 else f"{number} {unit}"
    return f"{round(seconds)} seconds"
