"""One spelling for each value, so that a digest means the same on every database, machine and Python.

The one rule: what has two spellings, or changes on its way through a database, is refused instead of rounded (floats,
moments without a time zone, sets, bytes). What was read back from canonical JSON has the same canonical form again.
"""

import datetime
import hashlib
import json
import uuid
from decimal import Decimal
from json.encoder import encode_basestring


class NotCanonical(TypeError):
    """A value without exactly one spelling; the message says where it stands."""


def encode(value):
    """Canonical JSON as UTF-8: keys sorted by code point, no spaces, nothing escaped that need not be."""
    try:
        plain = _quickly(value)
    except NotCanonical:
        plain = _plain(value, "$")  # once more, to say where
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _as_bytes(text)


def digest(value):
    """SHA-256 over the canonical JSON, in hex."""
    return hashlib.sha256(encode(value)).hexdigest()


class Form:
    """Digests of dicts that differ from a usual one in a few values: each just as `digest` gives it, at a tenth of the
    cost.
    """

    def __init__(self, usual):
        self.places = {key: place for place, key in enumerate(sorted(usual))}
        self.labels = {key: f"{spell(key)}:" for key in usual}
        self.usual = [self.labels[key] + spell(usual[key]) for key in self.places]

    def digest(self, different):
        """Of the usual dict with other values for these of its keys."""
        parts = self.usual.copy()
        for key, value in different.items():
            parts[self.places[key]] = self.labels[key] + spell(value)
        return hashlib.sha256(_as_bytes("{" + ",".join(parts) + "}")).hexdigest()


def spell(value):
    """The canonical JSON of one value, as text."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is uuid.UUID:
        return '"' + str(value) + '"'
    return encode(value).decode()


def _as_bytes(text):
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"Half a character (a lone surrogate) at position {error.start} of the JSON.") from None


def _quickly(value):
    """What `_plain` gives, without keeping count of the place: nearly everything that is hashed is text in dicts."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is uuid.UUID:
        return str(value)
    if kind is dict and all(type(key) is str for key in value):
        return {key: item if type(item) is str else _quickly(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [item if type(item) is str else _quickly(item) for item in value]
    return _plain(value, "")


def _plain(value, where):
    """The same value in dicts, lists, strings, whole numbers, booleans and None."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{number}]") for number, item in enumerate(value)]
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, Decimal):
        return _decimal(value, where)
    if isinstance(value, datetime.datetime):
        return _moment(value, where)
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise NotCanonical(f"{where} is a {type(value).__name__}, which has no canonical form.")


def _key(key, where):
    if not isinstance(key, str):
        raise NotCanonical(f"{where} has the key {key!r}; keys are text.")
    return key


def _decimal(value, where):
    """Plain notation without needless zeros, as text: 1.50 and 1.5 are one amount, however many places a column has."""
    if not value.is_finite():
        raise NotCanonical(f"{where} is {value}, which is no amount.")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _moment(value, where):
    if value.utcoffset() is None:
        raise NotCanonical(f"{where} is a moment without a time zone.")
    return value.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
