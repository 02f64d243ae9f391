"""Forms for establishing, asking for approval and answering."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core.forms import HouseForm
from register.actions.approval import approvers


class EstablishForm(HouseForm, forms.Form):
    """Why and from when; to whom, when it is sent for approval."""

    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What changed and why. It stays with the version."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        widget=forms.DateInput,
        help_text=_("Today, or a later day on which the change starts."),
    )
    approvers = forms.ModelMultipleChoiceField(
        None,
        label=_("Who is asked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody you tick must approve. The last one establishes the activity."),
    )
    examples = {"reason": _("New payroll office from 1 January.")}

    def __init__(self, *args, organisation, user, on, earliest=None, asking=False, **kwargs):
        """`earliest` is the first day of the version before; `asking` means that it is sent for approval."""
        super().__init__(*args, initial={"valid_from": on}, **kwargs)
        self.earliest = earliest
        self.needed = max(1, organisation.approvals_required) if asking else 0
        people = [membership.user for membership in approvers(organisation, on=on) if membership.user_id != user.pk]
        field = self.fields["approvers"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name")
        if not people:
            del self.fields["approvers"]

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if self.earliest and day < self.earliest:
            sentence = _("The version before is valid from %(day)s; this one cannot start earlier.")
            raise ValidationError(sentence % {"day": formats.date_format(self.earliest, "SHORT_DATE_FORMAT")})
        return day

    def clean_approvers(self):
        people = self.cleaned_data["approvers"]
        if len(people) < self.needed:
            sentence = ngettext(
                "Choose at least %(number)d approver.", "Choose at least %(number)d approvers.", self.needed
            )
            raise ValidationError(sentence % {"number": self.needed})
        return people


class AnswerForm(HouseForm, forms.Form):
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you send it back: what has to change."),
    )
