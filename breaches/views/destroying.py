"""Destroying the details of a breach: what goes and what stays, then asked once more, and only then done.

Whoever decides about breaches does it: it ends evidence for good, so it is the organisation's choice and not the DPO's
(Art. 38(6)), and it needs no sight of what is destroyed: the page counts it.
"""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches.actions import destroying
from breaches.forms.deciding import ReasonForm

from .found import breach_of, shown


class SureForm(ReasonForm):
    """The second time: the reason travels along, and the number is typed."""

    code = forms.CharField(label=gettext_lazy("Type the number of the breach"), max_length=20)

    def __init__(self, *args, breach, **kwargs):
        super().__init__(*args, **kwargs)
        self.breach = breach
        self.fields["reason"].widget = forms.HiddenInput()

    def clean_code(self):
        if self.cleaned_data["code"].strip().upper() != self.breach.code:
            raise forms.ValidationError(_("This is not its number. It is %(code)s.") % {"code": self.breach.code})
        return self.cleaned_data["code"]


@requires(P.BREACHES_DECIDE)
def destroy(request, organisation, breach):
    found = breach_of(request, breach)
    destroying.ask_may(found)
    if request.method != "POST":
        return _asked(request, found, ReasonForm())
    asked = ReasonForm(request.POST)
    if not asked.is_valid():
        return _asked(request, found, asked, status=422)
    if request.POST.get("sure") != "yes":
        return _asked(request, found, SureForm(initial=asked.cleaned_data, breach=found), is_last=True)
    sure = SureForm(request.POST, breach=found)
    if not sure.is_valid():
        return _asked(request, found, sure, is_last=True, status=422)
    destroying.destroy(found, reason=sure.cleaned_data["reason"], by=request.user, at=timezone.now())
    messages.success(request, _("The details of %(code)s are destroyed.") % {"code": found.code})
    return redirect("breaches:breach", organisation.slug, found.pk)


def _asked(request, breach, form, *, is_last=False, status=None):
    context = {
        "form": form,
        "is_last": is_last,
        "reason": form["reason"].value(),
        "details": destroying.counted(breach),
        "is_early": breach.details_until is not None and timezone.localdate() < breach.details_until,
    }
    return shown(request, breach, "breaches/destroy.html", context, status=status)
