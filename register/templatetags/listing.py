"""The cells of the list of activities: `{% load listing %}`."""

from django.template import Library
from django.utils.html import format_html
from django.utils.translation import get_language

register = Library()


@register.simple_tag
def cell(column, row, today):
    """One cell with its heading, which a phone shows beside it."""
    drawn = column.draw(row, get_language() or "nl", today)
    return format_html('<td data-label="{}"><div>{}</div></td>', column.label, drawn)
