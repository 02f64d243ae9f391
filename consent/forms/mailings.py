"""The question that is asked about an address or a list, and the file."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from consent.kinds import Channel
from consent.mailing.lists import PLAIN_TEXT
from consent.question import Address, Recipient, Relation, Sender
from core import uploads
from core.forms import HouseForm, UploadField
from core.moments import MomentField

from .people import AddressForm

COUNTRIES = [("NL", gettext_lazy("the Netherlands")), ("BE", gettext_lazy("Belgium"))]
OTHER = [("-", gettext_lazy("Another country"))]
KNOWN = [("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class PurposeField(forms.ModelChoiceField):
    def label_from_instance(self, purpose):
        return purpose.name(get_language())


class PurposeForm(HouseForm, forms.Form):
    """For which purpose."""

    purpose = PurposeField(label=gettext_lazy("For which purpose?"), queryset=None)

    def __init__(self, *args, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].queryset = purposes


class MessageForm(PurposeForm):
    """What the message is, of which the rules make something."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Over which channel?"), choices=[one for one in Channel.choices if one[0] != Channel.NONE]
    )
    on = forms.DateField(label=gettext_lazy("On which day?"), widget=forms.DateInput)
    event_kind = forms.CharField(
        label=gettext_lazy("Which kind of event is it about?"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Only when it is about an event: consent for another kind does not count."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Where do they live?"), choices=COUNTRIES + OTHER)
    sender = forms.ChoiceField(label=gettext_lazy("Who is the sender?"), choices=Sender.choices)

    def __init__(self, *args, organisation, **kwargs):
        initial = {"on": timezone.localdate(), "country": organisation.country} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)

    def said(self):
        """What `checking.ask` takes besides purpose, channel and moments."""
        return {name: self.cleaned_data[name] for name in ("country", "sender", "event_kind")}


class CheckAddressForm(AddressForm, MessageForm):
    """One address, and what is known of who has it."""

    recipient = forms.ChoiceField(label=gettext_lazy("Who is it?"), choices=Recipient.choices)
    address = forms.ChoiceField(label=gettext_lazy("What kind of address is it?"), choices=Address.choices)
    since = forms.DateField(label=gettext_lazy("Customer since"), required=False, widget=forms.DateInput)
    similar = forms.ChoiceField(
        label=gettext_lazy("Is the offer similar to what they bought?"), choices=KNOWN, required=False
    )
    told = forms.ChoiceField(
        label=gettext_lazy("Could they refuse when the address was asked?"), choices=KNOWN, required=False
    )
    refused = forms.ChoiceField(label=gettext_lazy("Did they refuse?"), choices=KNOWN, required=False)
    field_order = ("kind", "value", "purpose", "channel")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, organisation=organisation, country=organisation.country, **kwargs)

    def clean(self):
        """A number without a country code is one of where they live."""
        self.country = self.cleaned_data.get("country", self.country)
        return super().clean()

    def relation(self):
        """What is known of a customer, or None."""
        values = self.cleaned_data
        known = {"": None, "yes": True, "no": False}
        if values["since"] is None and not known[values["refused"]]:
            return None
        return Relation(values["since"], *(known[values[name]] for name in ("similar", "told", "refused")))


class CheckListForm(MessageForm):
    file = UploadField(
        kinds=PLAIN_TEXT,
        refusal=gettext_lazy("Save the list as CSV and try again."),
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "CSV with a heading such as “e-mail”, “phone” or “customer number”; up to a million lines. "
            "It is kept encrypted, and goes as soon as it was checked."
        ),
    )
    field_order = ("file",)


class WithdrawalsForm(PurposeForm):
    """Who left since a moment."""

    since = MomentField(label=gettext_lazy("Since when?"), widget=forms.DateTimeInput)


class TakenOverForm(PurposeForm):
    """Somebody cleaned a list."""

    list_name = forms.CharField(
        label=gettext_lazy("Which list?"), max_length=100, help_text=gettext_lazy("As you call it: “newsletter tool”.")
    )
    up_to = MomentField(
        label=gettext_lazy("Of everybody who left up to"),
        widget=forms.DateTimeInput,
        help_text=gettext_lazy("Usually the moment at which the file of withdrawals was asked for."),
    )


class ConsentsForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".csv", ".xlsx", ".ods"),
        validators=[uploads.scan_upload],
        refusal=gettext_lazy("Save it as .xlsx, .ods or .csv and try again."),
        label=gettext_lazy("File with consents"),
        help_text=gettext_lazy(
            "With the headings email (or phone, customer number), purpose, channel, given at, wording, method; "
            "and if you have them version, evidence, given by, reference, language."
        ),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Only try: say what would become of each row, and store nothing"),
        required=False,
        initial=True,
    )


class CustomersForm(PurposeForm):
    file = UploadField(
        kinds=PLAIN_TEXT,
        refusal=gettext_lazy("Save the list as CSV and try again."),
        label=gettext_lazy("List of customers"),
        help_text=gettext_lazy(
            "CSV with the headings email (or phone, customer number) and customer since; and if you know it product "
            "group, similar, told when collected, refused."
        ),
    )
