"""A pile of signed papers, line by line, for who types with the keyboard only."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers
from consent.actions.papers import Paper
from consent.kinds import Channel, GivenBy, IdentifierKind
from core import uploads
from core.forms import HouseForm
from core.refusal import Refused
from register.forms.exports import LANGUAGES

from .class_lists import SAYING, WHO
from .people import KNOWN_BY

LINES, MOST = 8, 200
SIGNING = [("subject", GivenBy.SUBJECT.label), *(choice for choice in SAYING if choice[0] != "subject")]
ANSWERS = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
LEFT_EMPTY = ("", gettext_lazy("Left empty"))
IS_YES = {"yes": True, "no": False, "": None}


class FindForm(HouseForm, forms.Form):
    """Which wording the papers show, by the code under their QR code or from the list."""

    code = forms.CharField(
        label=gettext_lazy("Code under the QR code"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Such as newsletter/2."),
    )
    version = forms.ChoiceField(label=gettext_lazy("Or choose the wording"), required=False)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
        named = [
            (str(one.pk), _("%(name)s, version %(number)d") % {"name": one.wording.name, "number": one.number})
            for one in versions
        ]
        self.fields["version"].choices = [("", _("Choose")), *named]
        self.has_versions = bool(named)


class PileForm(HouseForm, forms.Form):
    """What holds for the whole pile; a printed form has a channel for each of its questions, a wording has none."""

    kind = forms.ChoiceField(label=gettext_lazy("What stands on the papers"), choices=KNOWN_BY)
    channel = forms.ChoiceField(label=gettext_lazy("For which channel?"), choices=Channel.choices)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"))

    def __init__(self, *args, languages, has_channel, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one, dict(LANGUAGES).get(one, one)) for one in languages]
        if not has_channel:
            del self.fields["channel"]


class PaperForm(HouseForm, forms.Form):
    """`asked`: the name of each question. One question is answered; of several, some boxes may have been left empty."""

    value = forms.CharField(label=gettext_lazy("Address or number"), max_length=254)
    phone = forms.CharField(label=gettext_lazy("Telephone number too"), max_length=40, required=False)
    on = forms.DateField(label=gettext_lazy("Date on the paper"))
    who = forms.ChoiceField(label=gettext_lazy("By whom"), choices=SIGNING)
    number = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        max_length=40,
        help_text=gettext_lazy("Write it on the paper, so that it is found again."),
    )
    scan = forms.FileField(label=gettext_lazy("Scan"), required=False, validators=[uploads.check_upload])

    def __init__(self, *args, asked, has_phone=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_phone:
            del self.fields["phone"]
        self.answers = [f"answer_{place}" for place in range(len(asked))]
        is_one = len(asked) == 1
        for name, label in zip(self.answers, asked, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=_("Answer") if is_one else label,
                choices=ANSWERS if is_one else (LEFT_EMPTY, *ANSWERS),
                required=is_one,
                initial="yes" if is_one else "",
            )
        self.order_fields(["value", "phone", "on", *self.answers])

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def has_changed(self):
        """A line without address, number and scan is empty, whatever else stands on it."""
        return not {"value", "phone", "number", "scan"}.isdisjoint(self.changed_data)

    def paper(self, kind, country):
        """The paper of this line; raises `Refused` for what is no address."""
        values = self.cleaned_data
        given_by, parent, _label = WHO[values["who"]]
        value, phone = identifiers.normalised(kind, values["value"], country), self._phone(country)
        number = values["number"]
        for one, normal in ((kind, value), (IdentifierKind.PHONE, phone)):
            if normal and identifiers.names_somebody(number, one, normal):
                self.add_error("number", _("Give the paper a number without an address: it stays for good."))
        return Paper(
            kind,
            value,
            values["on"],
            tuple(IS_YES[values[name]] for name in self.answers),
            given_by,
            parent,
            number,
            values["scan"],
            phone,
        )

    def _phone(self, country):
        said = self.cleaned_data.get("phone")
        try:
            return identifiers.normalised(IdentifierKind.PHONE, said, country) if said else ""
        except Refused as refusal:
            self.add_error("phone", str(refusal))
            return ""


class Papers(forms.BaseFormSet):
    def papers(self, kind, country):
        """{place: Paper} of the lines that were filled in; a line that is wrong says so and is left out."""
        found = {}
        for place, form in enumerate(self.forms):
            if form.has_changed() and not form.errors:
                try:
                    found[place] = form.paper(kind, country)
                except Refused as refusal:
                    form.add_error("value", str(refusal))
        return found


PaperSet = forms.formset_factory(PaperForm, formset=Papers, extra=LINES, max_num=MOST, absolute_max=MOST)
