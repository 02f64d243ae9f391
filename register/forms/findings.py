"""Living with a finding for a reason, and saying why a rule does not count."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import HouseForm


class AcceptForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why this is accepted"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The reason stays with the finding. The DPO sees everything that was accepted."),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput,
        help_text=gettext_lazy("From that day it counts again. Left open: until somebody withdraws it."),
    )
    examples = {"reason": gettext_lazy("The supplier delivers a signed agreement before 1 March")}

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, initial={"until": on + datetime.timedelta(days=365)}, **kwargs)
        self.on = on

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until is not None and until <= self.on:
            raise ValidationError(_("Choose a day in the future."))
        return until


class SwitchOffForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it does not count here"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The reason stays in the change log."),
    )
    examples = {"reason": gettext_lazy("Our visitors are no consumers, so this rule is not about us")}
