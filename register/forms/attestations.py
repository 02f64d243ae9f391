"""Forms of asking owners, and of what is done with their answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import HouseForm
from register.models import AttestationLine


class AskForm(HouseForm, forms.Form):
    note = forms.CharField(
        label=gettext_lazy("A word to the owners"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the mail, above the link."),
    )


class SettleForm(HouseForm, forms.Form):
    """What a keeper does with an answer. A stop asks for its day and reason, which start as the owner gave them."""

    outcome = forms.ChoiceField(label=gettext_lazy("What you do with it"), widget=forms.RadioSelect)
    on = forms.DateField(label=gettext_lazy("Ends on"), required=False, widget=forms.DateInput)
    end_reason = forms.CharField(
        label=gettext_lazy("Why it ends"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is not taken over"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, line, may_end, **kwargs):
        super().__init__(*args, initial={"on": line.ended_on, "end_reason": line.text}, **kwargs)
        self.line = line
        self.ends = line.answer == AttestationLine.Answer.ENDED
        taken = _("End the activity") if self.ends else _("Take the words into the working copy, to put them in place")
        offered = [("taken_over", taken)] if may_end or not self.ends else []
        self.fields["outcome"].choices = [*offered, ("declined", _("Leave the register as it is"))]
        if not self.ends or not may_end:
            del self.fields["on"], self.fields["end_reason"]

    def clean(self):
        given = self.cleaned_data
        if given.get("outcome") == "declined" and not given.get("reason"):
            self.add_error("reason", _("Say why it is not taken over."))
        if given.get("outcome") == "taken_over" and self.ends:
            if not given.get("on") and "on" not in self.errors:
                self.add_error("on", _("Say on which day it ends."))
            if not given.get("end_reason"):
                self.add_error("end_reason", _("Say why the activity ended."))

    def clean_on(self):
        on, started = self.cleaned_data["on"], self.line.activity.started_on
        if on and started and on < started:
            raise ValidationError(_("The end must lie after the start."))
        return on
