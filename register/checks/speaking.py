"""The parameters of a message: stored as they are meant, spoken in the language of whoever reads.

A finding is stored once and read in two languages. So a day stays a day, a library item keeps both names, and a word
that can be translated is stored as the sentence it is translated from.
"""

import datetime
import uuid

from django.utils import formats, translation
from django.utils.functional import Promise

from core.languages import in_language


def stored(parameters):
    """JSON of what a rule gave: text, numbers, days, lazy words, items with a name in Dutch and English, or lists."""
    return {name: _stored(value) for name, value in parameters.items()}


def spoken(message, parameters):
    """The sentence in the present language; `message` is lazy, with %(name)s. What was not kept yet is left open."""
    return str(message) % Open({name: _spoken(value) for name, value in parameters.items()})


class Open(dict):
    """Parameters of which some are missing: a finding may be stored before its rule said more."""

    def __missing__(self, name):
        return "…"


def _stored(value):
    if isinstance(value, Promise):
        with translation.override(None):
            return {"words": str(value)}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_stored(one) for one in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if hasattr(value, "nl") and hasattr(value, "en"):
        return {"nl": value.nl, "en": value.en}
    return value


def _spoken(value):
    if isinstance(value, list):
        return ", ".join(str(_spoken(one)) for one in value)
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return formats.date_format(datetime.date.fromisoformat(value["day"]), "SHORT_DATE_FORMAT")
    if "words" in value:
        return translation.gettext(value["words"])
    language = translation.get_language() or "nl"
    return in_language(value.get("nl"), value.get("en"), language) or ""
