"""How the fields of a shared row are shown: label and value, as facts on a page and as words in its history."""

from dataclasses import dataclass

from django.db import models as db
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from core.components.words import badge, day, icon, lang_text, not_recorded

from . import kinds

YES_NO_TONES = {"yes": "good", "no": "bad"}


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    reference: str = ""


def facts(row, names, organisation, references=None):
    """The named fields of a row. References must have been fetched with the row."""
    return [
        Fact(label(type(row), name), markup(row, name, organisation), (references or {}).get(name, ""))
        for name in names
    ]


def label(model, name):
    return capfirst(str(model._meta.get_field(name).verbose_name))


def markup(row, name, organisation):
    """The value of a field as safe HTML."""
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(field, db.BooleanField):
        return badge(gettext("Yes"), "good") if value else badge(gettext("No"))
    if value in (None, ""):
        return not_recorded()
    if field.choices:
        words = row._get_FIELD_display(field)
        return badge(words, YES_NO_TONES[value]) if value in YES_NO_TONES else format_html("{}", words)
    if isinstance(field, db.ForeignKey):
        kind = kinds.BY_MODEL.get(type(value))
        return link(kind.url(organisation, value.pk), value) if kind else format_html("{}", value)
    if isinstance(field, db.DateField):
        return day(value)
    if isinstance(field, db.URLField):
        return outside(value)
    return format_html("{}", lang_text(value, language(name)))


def link(url, words):
    return format_html('<a href="{}">{}</a>', url, words)


def outside(url):
    """An address on the web as a link; plain text when it is no web address, since imports may say anything."""
    if not url.startswith(("https://", "http://")):
        return format_html("{}", url)
    sign = icon("box-arrow-up-right", label=gettext("other website"))
    return format_html('<a href="{}" rel="noopener noreferrer">{} {}</a>', url, url, mark_safe(sign))


def language(name):
    """The language of a text field, when its name says so."""
    return name[-2:] if name.endswith(("_nl", "_en")) else ""


def words(record, name):
    """The value of a field of a row or of its history record in plain words."""
    field = record._meta.get_field(name)
    value = getattr(record, field.attname)
    if value in (None, ""):
        return ""
    if isinstance(field, db.ForeignKey):
        return _named(record, name, value)
    if isinstance(field, db.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, db.DateField):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def _named(record, name, key):
    """What a reference of an old record points to may be gone by now."""
    try:
        return str(getattr(record, name))
    except db.ObjectDoesNotExist:
        return str(key)
