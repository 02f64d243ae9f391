"""The ways in which the proof of one person's consents is taken along, by the desk or by the person.

The one rule: all are made of the same document, so that they never say different things.
"""

import json
from dataclasses import dataclass

from django.utils import timezone

from consent import proof

from . import about, kantara, ts27560

STANDARDS = {"27560": ts27560.make, "kantara": kantara.make}


@dataclass(frozen=True, slots=True)
class Format:
    label: str
    content_type: str
    ending: str


FORMATS = {
    "pdf": Format("PDF", "application/pdf", "pdf"),
    "json": Format("JSON", "application/json", "json"),
    "27560": Format("ISO/IEC TS 27560 (JSON-LD)", "application/ld+json", "jsonld"),
    "kantara": Format("Kantara (JSON)", "application/json", "kantara.json"),
}


def make(person, document, format, language, *, at):
    """The bytes of `document`, the proof of this person; no query but for the standard forms."""
    if format not in STANDARDS:
        return proof.make(document, format, language, at=at)
    value = STANDARDS[format](document, about.read(person, at=at), language)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def name(person, format, *, at):
    day = timezone.localdate(at).isoformat()
    return f"{person.organisation.slug}-consent-{str(person.pk)[:8]}-{day}.{FORMATS[format].ending}"
