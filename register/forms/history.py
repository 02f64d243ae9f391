"""What one may ask of the past: which acts, which two versions, which two days."""

import datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import FilterForm, HouseForm
from register import change_log
from register.reading import end_of, start_of

SENSIBLE = (MinValueValidator(datetime.date(1900, 1, 1)), MaxValueValidator(datetime.date(2199, 12, 31)))


class LogFilter(FilterForm):
    q = forms.CharField(label=_("Search in the reasons"), max_length=200)
    family = forms.ChoiceField(
        label=_("What"),
        choices=[("", _("Everything")), *((key, title) for key, (title, _kinds) in change_log.FAMILIES.items())],
    )
    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), empty_label=_("Everybody"))
    since = forms.DateField(label=_("From"), widget=forms.DateInput, validators=SENSIBLE)
    until = forms.DateField(label=_("Up to and including"), widget=forms.DateInput, validators=SENSIBLE)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(memberships__organisation=organisation).distinct()

    def narrow(self, queryset, *, q="", family="", person=None, since=None, until=None):
        if q:
            queryset = queryset.filter(reason__icontains=q)
        if family:
            queryset = queryset.filter(change_log.of_family(family))
        if person:
            queryset = queryset.filter(by=person)
        if since:
            queryset = queryset.filter(at__gte=start_of(since))
        if until:
            queryset = queryset.filter(at__lte=end_of(until))
        return queryset


class CompareForm(HouseForm, forms.Form):
    """Two of the versions of an activity, or one and the working copy ("draft")."""

    a = forms.ChoiceField(label=_("Then"), required=False)
    b = forms.ChoiceField(label=_("Now"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = choices


class BetweenForm(HouseForm, forms.Form):
    """Two days, and whether each is read as it was known then or as we now know that it was."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput, validators=SENSIBLE)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput, validators=SENSIBLE)
    known = forms.ChoiceField(
        label=_("Read each day"),
        required=False,
        choices=[("", _("as it was known that day")), ("now", _("as we now know that it was"))],
    )

    def add_prefix(self, field_name):
        """The address says `from`, which Python keeps for itself."""
        return {"since": "from"}.get(field_name, field_name)

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The second day must not lie before the first."))
        return self.cleaned_data
