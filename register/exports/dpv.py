"""Pieces of linked data, and the terms of DPV 2.3 that our own words stand for (`dpv.json`)."""

import json
from functools import cache
from pathlib import Path

from register import starter


def place(code):
    """The term of a country: two letters of ISO 3166-1, of which X is for private use."""
    return f"loc:{code}" if len(code) == 2 and code.isascii() and code.isalpha() and code[0] != "X" else None


def urn(value):
    return f"urn:uuid:{value.id}"


def ref(term):
    return {"@id": term} if term else None


def day(value):
    return value and {"@type": "xsd:date", "@value": value.isoformat()}


def worded(text, language):
    return {"@language": language, "@value": text} if text else None


def both(dutch, english):
    return [worded(text, language) for text, language in ((dutch, "nl"), (english, "en")) if text]


def unique(values):
    return list(dict.fromkeys(value for value in values if value))


def filled(found):
    """Without what is not filled in."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


@cache
def terms():
    return json.loads((Path(__file__).parent / "dpv.json").read_text(encoding="utf-8"))


def known(name, item):
    """The terms of a library item that bears the name of a starter item in either language; none for own words."""
    keys = _starter_names(name)
    key = keys.get(item.nl.casefold()) or keys.get(item.en.casefold())
    return list(terms()[name].get(key, ()))


@cache
def _starter_names(name):
    return {
        item[field].casefold(): item["key"]
        for item in starter.starter_items(name)
        for field in ("name_nl", "name_en")
        if item[field]
    }
