"""Where an image was published, and who can be seen in it."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from consent.forms.people import AddressForm
from consent.kinds import Purpose
from consent.models import Publication
from core.forms import HouseForm, RecordForm
from register.forms.conflict import Remembering


class PublicationForm(Remembering, RecordForm):
    examples = {
        "title": gettext_lazy("sports day, three photos"),
        "place": gettext_lazy("https://school.example/sports-day"),
    }

    class Meta:
        model = Publication
        fields = ("purpose", "title", "place", "published_on", "owner")

    def __init__(self, *args, purposes, members, language, **kwargs):
        super().__init__(*args, **kwargs)
        asked = purposes.filter(kind=Purpose.PUBLICATION)
        self.fields["purpose"].queryset = asked
        self.fields["purpose"].label_from_instance = lambda purpose: purpose.name(language)
        self.fields["owner"].queryset = User.objects.filter(pk__in=members).order_by("name")
        if not self.instance._state.adding:
            self.fields["purpose"].disabled = True

    def values(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "purpose"}


class SeenForm(HouseForm, forms.Form):
    """Which pupils of a class can be seen; `rows` are `consent.school.pupils.Row`s."""

    pupils = forms.MultipleChoiceField(
        label=gettext_lazy("Who can be seen in it?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(row.pupil.pk): row.pupil.person for row in rows}
        self.fields["pupils"].choices = [
            (str(row.pupil.pk), f"{row.name} · {row.answers[0].label}" if row.answers else row.name) for row in rows
        ]

    def chosen(self):
        return [self.people[key] for key in self.cleaned_data["pupils"]]


class SomebodyForm(AddressForm):
    """Somebody by address or number, known or not."""


class DownForm(HouseForm, forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("How, such as “face made unrecognisable”. Without names of people."),
    )
