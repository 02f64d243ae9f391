"""Forms of advice, decisions and endings: each asks for the words that the law wants to read."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from breaches.law import DUTCH_ONLY, AuthorityDecision, Exemption, PeopleDecision
from core.forms import HouseForm

REASONS = forms.Textarea(attrs={"rows": 5})


class AdviceForm(HouseForm, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your advice"),
        max_length=20_000,
        widget=REASONS,
        help_text=gettext_lazy("It stands beside the decision and cannot be changed. A later word is a new advice."),
    )


class ReasonForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=20_000,
        widget=REASONS,
        help_text=gettext_lazy("Stands in the register of breaches. Name nobody."),
    )


class _DecisionForm(HouseForm, forms.Form):
    """`seen`: the decision that stood there when the page was opened."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class AuthorityForm(_DecisionForm):
    choice = forms.ChoiceField(
        label=gettext_lazy("Your decision"), choices=AuthorityDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=20_000,
        widget=REASONS,
        help_text=gettext_lazy(
            "Not notifying is only right when a risk is unlikely, and you must be able to show that (Art. 5(2), 33(1))."
        ),
    )

    def decision(self):
        given = self.cleaned_data
        return {"tell": given["choice"] == AuthorityDecision.NOTIFY, "reason": given["reason"]}


class PeopleForm(_DecisionForm):
    choice = forms.ChoiceField(
        label=gettext_lazy("Your decision"), choices=PeopleDecision.choices, widget=forms.RadioSelect
    )
    exemption = forms.ChoiceField(
        label=gettext_lazy("Ground for not telling them"),
        required=False,
        help_text=gettext_lazy("Only when you do not tell them."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=20_000, widget=REASONS)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        abroad = organisation.country != Organisation.Country.NETHERLANDS
        left_out = {Exemption.EFFORT} | (DUTCH_ONLY if abroad else set())
        offered = [(value, label) for value, label in Exemption.choices if value not in left_out]
        self.fields["exemption"].choices = [("", _("Choose a ground")), *offered]

    def clean(self):
        given = super().clean()
        if given.get("choice") == PeopleDecision.NOT_TELL and not given.get("exemption") and "exemption" in given:
            self.add_error("exemption", _("Say on what ground the people are not told (Art. 34)."))
        return given

    def decision(self):
        given = self.cleaned_data
        grounds = {PeopleDecision.TELL: "", PeopleDecision.PUBLIC_NOTICE: Exemption.EFFORT}
        return {
            "tell": given["choice"] == PeopleDecision.TELL,
            "exemption": grounds.get(given["choice"], given["exemption"]),
            "reason": given["reason"],
        }
