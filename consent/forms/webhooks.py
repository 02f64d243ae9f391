"""Where changes are told to another system, and which of them. The one rule: only a public address, over TLS."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.kinds import Happening
from consent.models import Webhook
from core import outgoing
from core.forms import RecordForm

KINDS = [(one.code, one.label) for one in Happening]


class WebhookForm(RecordForm):
    kinds = forms.MultipleChoiceField(
        label=_("What it hears"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to let it hear everything."),
    )
    examples = {"url": "https://shop.example.org/dertig"}

    class Meta:
        model = Webhook
        fields = ["url", "kinds"]
        widgets = {"url": forms.TextInput(attrs={"type": "url", "inputmode": "url"})}

    def clean_url(self):
        url = self.cleaned_data["url"].strip()
        if not outgoing.is_reachable(url):
            raise forms.ValidationError(
                _("Give an address that begins with https:// and can be reached from the internet.")
            )
        return url
