"""`{% differences changes as parts %}`: what `comparison.compare` found, in words. See `register.differences`."""

from django.template import Library

from register.differences import in_words

register = Library()


@register.simple_tag(takes_context=True)
def differences(context, changes):
    """Takes the names of `people` ({id: name}) from the context, so that a page with many comparisons asks once."""
    return in_words(changes, context.get("people"))
