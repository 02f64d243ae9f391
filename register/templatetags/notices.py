"""Words of a notice in a language: `{% load notices %}`."""

from django.template import Library

from register.notices.writer import gap_words

register = Library()


@register.filter
def of(words, language):
    """A text in this language; in the other one when nobody wrote it in this."""
    return words.of(language)


@register.filter
def other_language(words, language):
    """The language in which it is said when that is not this one, for `lang`."""
    return "" if getattr(words, language) else {"nl": "en", "en": "nl"}[language]


@register.filter
def said_of(gap):
    return gap_words(gap)


@register.filter
def titled(version, language):
    return version.titled(language)
