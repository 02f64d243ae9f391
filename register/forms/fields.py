"""How one field of a model becomes a field of a form: a picker, radios or text. Required only where the model is."""

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models as db
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.forms import keep_to_the_calendar, use_native_dates
from register.help import HELP

from .pickers import PickField

RADIO = {"joint_answer", "recipients_answer", "transfers_answer", "systems_answer"}


class TypedText(forms.CharField):
    """Text with the line ends of the database, not of the browser."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def form_field(model, name, pickers, key=None):
    """The form field for one field of a model: a picker for a row, radios for a short answer. Never required."""
    column = model._meta.get_field(name)
    sentence, *_rest = HELP.get(key or name, ("",))
    words = {"label": capfirst(column.verbose_name), "help_text": sentence}
    if column.is_relation:
        return PickField(pickers.of(column.related_model), **words)
    if column.choices:
        return _choice_field(column, words)
    if isinstance(column, db.TextField):
        return TypedText(required=False, widget=forms.Textarea(attrs={"rows": 2}), **words)
    if isinstance(column, db.CharField):
        return TypedText(required=False, max_length=column.max_length, **words)
    field = column.formfield(required=False, **words)
    if isinstance(column, db.PositiveIntegerField):
        field.max_value = 2_147_483_647
        field.validators.append(MaxValueValidator(field.max_value))
    use_native_dates(field.widget)
    keep_to_the_calendar(field)
    return field


def _choice_field(column, words):
    choices = [(value, label) for value, label in column.choices if value not in ("", None)]
    few = column.name in RADIO or len(choices) <= 3
    if column.blank:
        empty = next((label for value, label in column.choices if value in ("", None)), _("Not filled in"))
        choices = [("", empty), *choices]
    widget = forms.RadioSelect if few else forms.Select
    return forms.ChoiceField(required=not column.blank, choices=choices, widget=widget, **words)


def kept(base, value):
    """`value`, or `base` where they differ only in spaces and line ends that a browser adds or drops."""
    both_text = isinstance(base, str) and isinstance(value, str)
    return base if both_text and base.replace("\r\n", "\n").strip() == value else value
