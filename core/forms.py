"""Forms of the house: laid out by data, drawn by one component, checked against every constraint of the model."""

import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)  # beyond these it is a slip of the pen


class HouseForm:
    """What all our forms share: native date inputs and a crispy layout without the `<form>` around it.

    A form may say `layout` (crispy), `examples` and `references` (by field name), which `{% field %}` shows.
    """

    layout: tuple = ()
    examples: dict = {}
    references: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            use_native_dates(field.widget)
            keep_to_the_calendar(field)
            say_what_to_do(field)
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page owns <form>, its token and its hx-attributes
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(self.layout or self.fields))


def use_native_dates(widget):
    """Browsers accept and send dates in ISO order whatever the language; they show them in the reader's."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"


def keep_to_the_calendar(field):
    """A day at the edge of the calendar has no day after it, and no moment in another time zone."""
    if isinstance(field, forms.DateField):
        field.validators += [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


def say_what_to_do(field):
    """Nothing chosen yet reads as a row of dashes otherwise."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "-" * 9:
        field.empty_label = _("Choose") if field.required else _("Not filled in")


class UploadField(forms.FileField):
    """A file that is read and not kept. `kinds`: the endings that the browser offers to choose from. What else comes is
    left to whoever reads it, unless `refusal`, a sentence, says here that only these are taken.
    """

    def __init__(self, *, kinds, refusal="", **options):
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(kinds)}), **options)
        self.kinds, self.refusal = kinds, refusal

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and self.refusal and not file.name.lower().endswith(self.kinds):
            raise ValidationError(self.refusal)
        return file


class RecordForm(HouseForm, forms.ModelForm):
    """A model form that checks all constraints of its model.

    Django skips a constraint as soon as one of its columns is not on the form. Ours often involve the organisation,
    which nobody fills in, so that a double name would surface as an IntegrityError instead of a message.
    """

    def validate_unique(self):
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self._blame(error)

    def _blame(self, error):
        """Put each message at its field when that is on the form, otherwise at the form."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class FilterForm(HouseForm, forms.Form):
    """Filters of a list, sent by GET. Nothing is required; what cannot be understood is left out.

    A subclass answers `narrow(queryset, **values)` with the values that were given.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def given(self):
        """The filters that are on and make sense, by name."""
        self.is_valid()
        empty = (None, "", [], ())
        return {name: value for name, value in self.cleaned_data.items() if value not in empty}

    def apply(self, queryset):
        return self.narrow(queryset, **self.given())

    def narrow(self, queryset, **values):
        return queryset.filter(**values)
