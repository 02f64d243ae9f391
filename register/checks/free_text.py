"""Whether free text holds personal data. A record describes processing; it holds no data of the people concerned."""

from functools import cache

from django.db.models import CharField, TextField
from django.utils.translation import gettext_lazy as _

from register import models, sections
from register.personal_data import seen

from .engine import Severity, fails, rule

CONTACT_FIELDS = frozenset({"contact", "copy_contact"})


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
