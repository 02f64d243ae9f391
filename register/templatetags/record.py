"""Entries and their differences in words, for templates: `{% load record %}`. Shared by sheet, history and documents."""

from django.template import Library
from django.utils.text import capfirst

from register import words

register = Library()


@register.simple_tag
def field_label(model, name):
    return words.label(model, name)


@register.simple_tag
def value_words(model, name, value, people=None):
    """A value of an entry in words: `{% value_words change.model change.field change.old people %}`."""
    return words.value_words(model, name, value, people)


@register.filter
def change_label(change):
    """The label of the field of a FieldChange, with a capital."""
    return capfirst(str(change.label))


@register.filter
def before(change, people=None):
    """The old value of a FieldChange in words."""
    return words.value_words(change.model, change.field, change.old, people)


@register.filter
def after(change, people=None):
    """The new value of a FieldChange in words."""
    return words.value_words(change.model, change.field, change.new, people)


@register.filter
def line_title(change):
    """By what people recognise the line of a LineChange, as it is now, or as it was when it is gone."""
    return words.line_title(change.lines, change.new or change.old)


@register.filter
def line_facts(change, people=None):
    """(label, words) of the whole line of a LineChange: the new one, or the old one when it is gone."""
    return words.line_facts(change.lines, change.new or change.old, people)


@register.filter
def item_name(item):
    """The name of an item of the library in the reader's language."""
    return words.item_words(item) if item else ""


@register.filter
def in_language(value, name):
    """One text of a pair: `{{ purpose|in_language:"text" }}`."""
    return words.in_language(value, name)


@register.filter
def recipient_name(line):
    return words.recipient_words(line)
