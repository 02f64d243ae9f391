"""The warning beside free text that looks like personal data."""

from django import forms
from django.template import Library

from breaches import named

register = Library()
FREE = (forms.Textarea, forms.TextInput)


@register.inclusion_tag("breaches/_named.html", name="named")
def named_text(text):
    return {"found": named.words(text)}


@register.inclusion_tag("breaches/_named.html")
def named_field(bound):
    """Of a field of a form, as it stands in the form now."""
    is_free = isinstance(bound.field, forms.CharField) and isinstance(bound.field.widget, FREE)
    return {"found": named.words(bound.value() or "") if is_free else []}
