"""What an owner fills in who was asked by mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import HouseForm


class LineForm(HouseForm, forms.Form):
    """About one line of the question; fields are named after it, since all lines stand on one page."""

    def __init__(self, data=None, *, line):
        self.line = line
        super().__init__(data, prefix=str(line.pk), initial={name: getattr(line, name) for name in self.base_fields})


class CorrectForm(LineForm):
    text = forms.CharField(
        label=gettext_lazy("What is not right, and how is it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In your own words; no personal data of others, please."),
    )


class StoppedForm(LineForm):
    ended_on = forms.DateField(label=gettext_lazy("Since when?"), widget=forms.DateInput)
    text = forms.CharField(
        label=gettext_lazy("Why has it stopped?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_ended_on(self):
        on, started = self.cleaned_data["ended_on"], self.line.activity.started_on
        if started and on < started:
            raise ValidationError(_("The end must lie after the start."))
        return on
