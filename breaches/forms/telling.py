"""The text for the people while it is written, and what somebody says about how they were told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from breaches import letters
from breaches.actions.telling import Told
from breaches.law import Channel
from core.forms import HouseForm

LONGEST = 50_000


def one_kind_of_line_end(text):
    """Browsers send \\r\\n; what is kept and compared has \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class TextForm(HouseForm, forms.Form):
    """`was`: the mark of the text it started from."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, max_length=LONGEST, widget=forms.Textarea({"rows": 26})
    )
    was = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_text(self):
        return one_kind_of_line_end(self.cleaned_data["text"])


class ToldForm(HouseForm, forms.Form):
    sent_on = forms.DateField(label=_("Sent on"))
    channel = forms.ChoiceField(label=_("How"), choices=[("", "---------"), *Channel.choices])
    people = forms.IntegerField(label=_("How many people"), required=False, min_value=0, max_value=2_147_483_647)
    is_public = forms.BooleanField(
        label=_("It reached everybody, as a public notice"),
        required=False,
        help_text=_("A website, social media and newspapers always do."),
    )
    text = forms.CharField(
        label=_("What they were told"), strip=False, max_length=LONGEST, widget=forms.Textarea({"rows": 16})
    )
    references = {"is_public": "Art. 34(3)(c)"}

    def clean_text(self):
        text = one_kind_of_line_end(self.cleaned_data["text"])
        if found := letters.blanks(text):
            raise forms.ValidationError(_("Fill in this place first: %(blank)s") % {"blank": found[0]})
        return text

    def told(self, language):
        given = self.cleaned_data
        return Told(given["sent_on"], given["channel"], language, given["people"], given["is_public"])
