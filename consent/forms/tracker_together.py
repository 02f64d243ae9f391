"""The same answers for many trackers."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from register import models as register
from register.forms.conflict import opened, sealed

LEAVE = _("Leave as it is")
FILLED = ("purpose", "activity", "recipient")
MOVED = _("The list has changed meanwhile. Look at what is ticked now and fill it in again.")


class TogetherForm(HouseForm, forms.Form):
    """`trackers`: rows with their site, purpose, activity and recipient, of which those ticked change. What was filled
    in since the page was shown is shown first, and not overwritten unseen.
    """

    purpose = forms.ModelChoiceField(None, label=_("Purpose of consent"), required=False, empty_label=LEAVE)
    activity = forms.ModelChoiceField(None, label=_("Activity"), required=False, empty_label=LEAVE)
    recipient = forms.ModelChoiceField(None, label=_("Recipient"), required=False, empty_label=LEAVE)
    trackers = forms.MultipleChoiceField(
        label=_("Trackers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is ticked changes. Behind each stands what is filled in now."),
        error_messages={
            "required": _("Tick at least one tracker."),
            "invalid_choice": MOVED,
        },
    )

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, trackers, organisation, activities, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].queryset = purposes
        self.fields["activity"].queryset = activities
        self.fields["recipient"].queryset = register.Party.objects.of(organisation).in_use().order_by("name")
        self.fields["trackers"].choices = [(str(row.pk), _words(row)) for row in trackers]
        self.fields["trackers"].initial = [str(row.pk) for row in trackers]
        self.now = {str(row.pk): [str(getattr(row, f"{name}_id") or "") for name in FILLED] for row in trackers}
        for name in FILLED:
            self.fields[name].widget.attrs["data-pick"] = ""

    def clean(self):
        given = super().clean()
        if not self.errors and not self.values:
            raise forms.ValidationError(_("Choose a purpose, an activity or a recipient."))
        seen = opened(given.get("base", ""))
        if any(seen.get(key) != self.now[key] for key in given.get("trackers", ())):
            self.add_error("trackers", MOVED)
        return given

    @property
    def sealed(self):
        """What stands now, for whoever sends this page."""
        return sealed(self.now)

    @property
    def values(self):
        """{field: row}, only what was chosen."""
        given = self.cleaned_data
        return {name: given[name] for name in FILLED if given.get(name)}


def _words(row):
    now = (row.purpose and row.purpose.name(get_language()), row.activity, row.recipient)
    said = " · ".join(str(one) for one in now if one)
    where = str(row.site) if row.domain in ("", row.site.domain) else f"{row.site}, {row.domain}"
    return f"{row.name} ({where})" + (f": {said}" if said else "")
