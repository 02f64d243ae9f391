"""What people fill in on a form of consent: its empty boxes, and who they are.

The one rule: the form is made from a published version, and only from choices that are open. Every box starts empty,
whatever stands in the address or in an earlier answer.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from consent import identifiers
from consent.kinds import BY_PHONE, AgeBand, Channel, IdentifierKind
from core.forms import HouseForm
from core.refusal import Refused

KINDS = {"email": IdentifierKind.EMAIL, "phone": IdentifierKind.PHONE, "number": IdentifierKind.NUMBER}
AGES = [("", _("Choose")), *((band.value, band.label) for band in AgeBand if band.value)]


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in. `ticked`: places in the choices of the version; `parent`: where a parent is asked."""

    ticked: tuple
    language: str
    email: str = ""
    phone: str = ""
    number: str = ""
    name: str = ""
    age: str = AgeBand.UNKNOWN
    parent: str = ""


class AskForm(HouseForm, forms.Form):
    """`content` is that of a version, `places` its choices that are open, `terms` the facts of law of today."""

    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    phone = forms.CharField(label=_("Your telephone number"), max_length=40)
    number = forms.CharField(label=_("Your customer number"), max_length=100)
    name = forms.CharField(label=_("Your name"), max_length=150, required=False, help_text=_("You need not give it."))
    age = forms.ChoiceField(label=_("How old are you?"), choices=AGES)
    parent = forms.EmailField(
        label=_("E-mail address of a parent"),
        max_length=254,
        required=False,
        help_text=_("Only when you are too young to decide alone: your parent then gets a mail and decides."),
    )
    homepage = forms.CharField(label=_("Leave this empty"), required=False)
    """People do not see it; a robot that fills in every field betrays itself."""

    def __init__(self, *args, content, places, language, terms=None, country="NL", **kwargs):
        self.content, self.places, self.language = content, list(places), language
        self.terms, self.country = terms, country
        super().__init__(*args, **kwargs)
        boxes = {self.box(place): self._box(place) for place in self.places}
        asks = content["asks"]
        for name in KINDS:
            if not asks[name]:
                del self.fields[name]
        if not asks["name"]:
            del self.fields["name"]
        if not asks["age"]:
            del self.fields["age"], self.fields["parent"]
        self.fields = boxes | self.fields
        self._say_who()

    @staticmethod
    def box(place):
        return f"choice_{place}"

    def _box(self, place):
        said = self.content["choices"][place]["texts"][self.language]
        return forms.BooleanField(label=said["text"], help_text=said["withdrawal"], required=False)

    def _say_who(self):
        """One of the addresses is enough, unless the mail must reach somebody."""
        asked = [name for name in KINDS if name in self.fields]
        for name in asked:
            needed = name == "email" and self.content["confirms_by_mail"]
            self.fields[name].required = needed or len(asked) == 1
        autofill = {
            "email": "email",
            "phone": "tel",
            "name": "name",
            "number": "off",
            "homepage": "off",
            "parent": "off",
        }
        for name, value in autofill.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["homepage"].widget.attrs["tabindex"] = "-1"

    @property
    def boxes(self):
        return [self[self.box(place)] for place in self.places]

    @property
    def who(self):
        return [self[name] for name in ("email", "phone", "number", "name", "age", "parent") if name in self.fields]

    @property
    def is_robot(self):
        return bool(self.data.get("homepage"))

    def clean(self):
        cleaned = super().clean()
        self.ticked = tuple(place for place in self.places if cleaned.get(self.box(place)))
        if not self.ticked and not self.content["keeps_refused"]:
            self.add_error(
                None, _("No box is ticked. Tick what you agree to, or leave this page: then nothing is kept.")
            )
        for name, kind in (*KINDS.items(), ("parent", IdentifierKind.EMAIL)):
            if cleaned.get(name):
                self._normalise(name, kind)
        given = [name for name in KINDS if cleaned.get(name)]
        if not given and not any(self.has_error(name) for name in KINDS):
            self.add_error(None, _("Fill in who you are: one of these addresses or numbers."))
        self._check_channels(cleaned)
        self._check_age(cleaned)
        return cleaned

    def _normalise(self, name, kind):
        try:
            self.cleaned_data[name] = identifiers.normalised(kind, self.cleaned_data[name], self.country)
        except Refused as refusal:
            self.add_error(name, str(refusal))

    def _check_channels(self, cleaned):
        channels = {self.content["choices"][place]["channel"] for place in self.ticked}
        if channels & set(BY_PHONE) and not cleaned.get("phone") and not self.has_error("phone"):
            self.add_error("phone", _("Fill in your number too: what you ticked goes by telephone."))
        if Channel.EMAIL in channels and not cleaned.get("email") and not self.has_error("email"):
            self.add_error("email", _("Fill in your e-mail address too: what you ticked goes by e-mail."))

    def _check_age(self, cleaned):
        """Art. 8 GDPR, Art. 5 UAVG: who is too young for what they ticked names a parent."""
        self.needs_parent = self.terms is not None and self._is_too_young(cleaned)
        if not self.needs_parent or self.has_error("parent"):
            return
        if not cleaned.get("parent"):
            self.add_error(
                "parent", _("At your age a parent decides with you. Fill in the e-mail address of a parent.")
            )
        elif cleaned["parent"] == cleaned.get("email"):
            self.add_error("parent", _("This is your own address. Fill in the address of a parent."))

    def _is_too_young(self, cleaned):
        age = cleaned.get("age") or AgeBand.UNKNOWN
        asked = (self.content["choices"][place]["purpose"] for place in self.ticked)
        return any(
            self.terms.is_too_young(age, self.country, is_online_service=one["is_online_service"]) for one in asked
        )

    def filled(self):
        values = {name: self.cleaned_data.get(name, "") for name in (*KINDS, "name", "age")}
        parent = self.cleaned_data["parent"] if self.needs_parent else ""
        return Filled(self.ticked, self.language, **values, parent=parent)
