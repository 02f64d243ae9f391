"""Finding a person, and recording for them what they signed, said, withdrew or objected to."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers
from consent.actions.desk import Told
from consent.kinds import AgeBand, Channel, GivenBy, Happening, IdentifierKind, Method
from core import uploads
from core.forms import HouseForm
from core.moments import MomentField
from core.refusal import Refused
from register.forms.exports import LANGUAGES

BUSINESS_CARD = "business_card"
HOW = (
    (Method.PAPER, gettext_lazy("On paper, with a scan")),
    (Method.ORAL, gettext_lazy("Said, in person or by telephone")),
    (Method.EVENT_CARD, gettext_lazy("On a card of an event")),
    (BUSINESS_CARD, gettext_lazy("They gave a business card")),
)
ANSWERS = ((Happening.GIVEN, gettext_lazy("Yes")), (Happening.REFUSED, gettext_lazy("No")))
BY_WHOM = [choice for choice in GivenBy.choices if choice[0] != GivenBy.ORGANISATION]
APART = {"parent-1": 1, "parent-2": 2}
WHICH = [
    (GivenBy.SUBJECT.value, GivenBy.SUBJECT.label),
    ("parent-1", gettext_lazy("Parent 1")),
    ("parent-2", gettext_lazy("Parent 2")),
    (GivenBy.PARENT.value, gettext_lazy("A parent, not known which")),
    (GivenBy.GUARDIAN.value, GivenBy.GUARDIAN.label),
    (GivenBy.AGENT.value, GivenBy.AGENT.label),
]
KNOWN_BY = [
    (IdentifierKind.EMAIL.value, IdentifierKind.EMAIL.label),
    (IdentifierKind.PHONE.value, IdentifierKind.PHONE.label),
    (IdentifierKind.NUMBER.value, gettext_lazy("Number of a customer, pupil or member")),
]


class AddressForm(HouseForm, forms.Form):
    """An address or number of a person; it comes by POST only."""

    kind = forms.ChoiceField(label=gettext_lazy("What you know"), choices=KNOWN_BY)
    value = forms.CharField(label=gettext_lazy("Address or number"), max_length=254)

    def __init__(self, *args, country, **kwargs):
        self.country = country
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                cleaned["value"] = identifiers.normalised(cleaned["kind"], cleaned["value"], self.country)
            except Refused as refusal:
                self.add_error("value", str(refusal))
        return cleaned


class SaidForm(HouseForm, forms.Form):
    """Who says it for whom, when, and what else is to be kept."""

    given_by = forms.ChoiceField(label=gettext_lazy("Who says so?"), choices=BY_WHOM, initial=GivenBy.SUBJECT)
    happened_at = MomentField(label=gettext_lazy("When?"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Encrypted with the key of this person."),
    )


class WhoForm(HouseForm, forms.Form):
    """Who says something that holds from now on."""

    given_by = SaidForm.base_fields["given_by"]
    note = SaidForm.base_fields["note"]


class WithdrawForm(SaidForm):
    """What a parent gave either parent can take back: with `asks_which` it is asked which of the two."""

    def __init__(self, *args, asks_which, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_which:
            self.fields["given_by"].choices = WHICH

    @property
    def who(self):
        """(GivenBy, which of two parents or None)."""
        said = self.cleaned_data["given_by"]
        parent = APART.get(said)
        return (GivenBy.PARENT if parent else GivenBy(said)), parent


class TakeDownForm(AddressForm, SaidForm):
    """What somebody signed or said with a wording; without `asks_address` the person is known, without `asks_channel`
    nothing is sent to them."""

    answer = forms.TypedChoiceField(
        label=gettext_lazy("What was the answer?"),
        choices=ANSWERS,
        coerce=lambda value: Happening(int(value)),
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=gettext_lazy("For which channel?"), choices=Channel.choices)
    how = forms.ChoiceField(label=gettext_lazy("How?"), choices=HOW, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"))
    age = forms.ChoiceField(label=gettext_lazy("Age"), choices=AgeBand.choices, required=False)
    scan = forms.FileField(
        label=gettext_lazy("Scan or photo of what was signed"),
        required=False,
        validators=[uploads.check_upload],
        help_text=gettext_lazy("Encrypted with the key of this person."),
    )
    field_order = (
        "kind",
        "value",
        "answer",
        "channel",
        "how",
        "scan",
        "note",
        "happened_at",
        "language",
        "given_by",
        "age",
    )

    def __init__(self, *args, languages, asks_address, asks_channel=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_channel:
            del self.fields["channel"]
        if not asks_address:
            del self.fields["kind"], self.fields["value"]
        self.fields["language"].choices = [(one, dict(LANGUAGES).get(one, one)) for one in languages]
        self.fields["scan"].widget.attrs["accept"] = uploads.ACCEPT
        self.fields["note"].help_text = _("For what was said: who asked, and where or by which call. Encrypted.")

    def clean(self):
        cleaned = super().clean()
        how, is_yes = cleaned.get("how"), cleaned.get("answer") == Happening.GIVEN
        if how == BUSINESS_CARD:
            self.add_error("how", card_is_no_consent())
        if not is_yes or self.errors:
            return cleaned
        if how == Method.PAPER and not cleaned.get("scan"):
            self.add_error("scan", _("Add a scan or photo: without the paper this consent cannot be proved."))
        if how == Method.ORAL and not cleaned.get("note"):
            self.add_error("note", _("Write down who asked, and where or by which call: that is the proof."))
        if how == Method.EVENT_CARD and not (cleaned.get("scan") or cleaned.get("note")):
            self.add_error("note", _("Add a photo of the card, or write down at which event and what was ticked."))
        return cleaned

    def told(self):
        values = self.cleaned_data
        return Told(
            answer=values["answer"],
            channel=values.get("channel", Channel.NONE),
            method=Method(values["how"]),
            happened_at=values["happened_at"],
            language=values["language"],
            given_by=values["given_by"],
            age=values["age"],
            note=values["note"],
            kind=values.get("kind", ""),
            value=values.get("value", ""),
        )


def card_is_no_consent():
    return _(
        "A business card is no consent. It tells how to reach somebody, not that they agree to what this wording asks. "
        "Ask them the question, and record the answer as said or on paper."
    )


def now_on_the_wall():
    return timezone.localtime(timezone.now()).replace(second=0, microsecond=0)
