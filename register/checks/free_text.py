"""Whether free text holds personal data. A record describes processing; it holds no data of the people concerned."""

import re
from functools import cache

from django.db.models import CharField, TextField
from django.utils.translation import gettext_lazy as _

from core import text
from register import models, sections

from .engine import Severity, fails, rule

CONTACT_FIELDS = frozenset({"contact", "copy_contact"})
MAILBOXES = (
    "info privacy avg gdpr fg dpo hr pz personeel personeelszaken administratie secretariaat service services "
    "support helpdesk servicedesk ict it security contact contacts post mail receptie balie bestuur directie "
    "klacht klachten complaints legal juridisch jurist finance financien financieel facturen invoices marketing "
    "communicatie communication webmaster web website beheer noreply reply nieuwsbrief newsletter klantenservice "
    "klantcontact customer customerservice care verkoop sales inkoop vacatures jobs recruitment sollicitatie "
    "werken datalek datalekken breach breaches gegevensbescherming persoonsgegevens dataprotection protection "
    "data office school leerlingen studenten ouders decaan mentor gemeente archief archive redactie pers press "
    "events evenementen medezeggenschap ondernemingsraad vertrouwenspersoon verwerkingsregister register "
    "compliance risk"
)
DIGITS = re.compile(r"\d")
FUNCTIONS = frozenset(MAILBOXES.split())
KINDS = {
    text.EMAIL: _("an e-mail address"),
    text.PHONE: _("a telephone number"),
    text.BSN: _("a citizen service number"),
    text.BELGIAN_NUMBER: _("a Belgian national register number"),
    text.IBAN: _("a bank account number"),
}


@rule(
    "R019",
    article="5(1)(c)",
    severity=Severity.HIGH,
    message=_("A text holds what looks like personal data: %(kinds)s."),
    remedy=_("Take it out: the register describes the processing and holds no data of the people concerned."),
)
def personal_data_in_text(entry, context):
    for place, fields in _own_fields():
        kinds = _kinds(getattr(entry, name) for name in fields)
        if kinds:
            yield fails(place, aspect=place, kinds=kinds)
    for place, lines, fields in _line_fields():
        for line in getattr(entry, lines):
            kinds = _kinds(getattr(line, name) for name in fields)
            if kinds:
                yield fails(place, line=line.id, kinds=kinds)


def _kinds(texts):
    """What was found, in words. A mailbox of a function is nobody's personal data."""
    return list(dict.fromkeys(kind for content in texts for kind, _piece in seen(content)))


def seen(content):
    """[(what it looks like, as it stands there)] of personal data in a text, in order of place."""
    if "@" not in content and len(DIGITS.findall(content)) < 8:
        return []
    found = (one for one in text.personal_data(content) if not _is_functional(one, content))
    return [(KINDS[one.kind], content[one.start : one.end]) for one in found]


def _is_functional(found, content):
    if found.kind != text.EMAIL:
        return False
    mailbox = content[found.start : found.end].split("@")[0]
    return any(word in FUNCTIONS for word in re.findall(r"[a-z]+", mailbox.lower()))


@cache
def _own_fields():
    return [
        (section.key, tuple(name for name in section.fields if _is_free(models.Activity, name)))
        for section in sections.SECTIONS
    ]


@cache
def _line_fields():
    return [
        (section.key, lines.name, tuple(name for name in lines.fields if _is_free(lines.model, name)))
        for section in sections.SECTIONS
        for lines in section.lines
    ]


def _is_free(model, name):
    field = model._meta.get_field(name)
    return isinstance(field, CharField | TextField) and not field.choices and name not in CONTACT_FIELDS
