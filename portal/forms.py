"""What an owner fills in who was asked by mail, and what a keeper does about making public."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers
from consent.kinds import IdentifierKind
from core.forms import HouseForm, RecordForm
from core.refusal import Refused

from .models import PublicRegister
from .public import FIELDS


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


class AddressForm(HouseForm, forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_address(self):
        """What looks like an address and leads nowhere is said at the field."""
        try:
            return identifiers.normalised(IdentifierKind.EMAIL, self.cleaned_data["address"])
        except Refused as wrong:
            raise ValidationError(str(wrong)) from None


class RequestForm(HouseForm, forms.Form):
    """One of two on a page, so its fields are named after what is asked."""

    text = forms.CharField(
        label=gettext_lazy("In your own words, if you like"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PublicRegisterForm(RecordForm):
    fields_shown = forms.MultipleChoiceField(
        label=gettext_lazy("What is public of an activity"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Number and name always are. What is not on this list can never be public."),
    )

    class Meta:
        model = PublicRegister
        fields = ["is_open", "has_list", "may_be_found"]

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, initial={"fields_shown": instance.fields}, **kwargs)
        self.fields["fields_shown"].choices = [(field.key, field.label) for field in FIELDS]

    def save(self, commit=True):
        self.instance.fields = self.cleaned_data["fields_shown"]
        return self.instance


class ReasonForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the history; the public does not see it."),
    )
