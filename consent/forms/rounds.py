"""Asking people again: those of which version, and until when."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.forms import HouseForm


class RoundForm(HouseForm, forms.Form):
    """`people`: {version id: number of people, None when fewer than ten} of the versions that are offered."""

    before = forms.TypedChoiceField(label=gettext_lazy("Who consented with"), coerce=int, widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=gettext_lazy("They can answer until"),
        help_text=gettext_lazy("Four weeks is usual. Links in the mails work until the end of that day."),
    )

    def __init__(self, *args, versions, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["before"].choices = [(one.number, _label(one, people[one.pk])) for one in versions]


def _label(version, people):
    if people is None:
        return _("Version %(number)d: fewer than 10 people") % {"number": version.number}
    words = ngettext("Version %(number)d: %(people)d person", "Version %(number)d: %(people)d people", people)
    return words % {"number": version.number, "people": people}
