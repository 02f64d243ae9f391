"""The controllers that a processor tells of a breach: found through the record, ticked by a person (Art. 33(2))."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from breaches.actions import controllers as acts
from breaches.law import Involvement, Role
from core.forms import HouseForm
from core.moments import MomentField

from .found import breach_of, shown


class ControllersForm(HouseForm, forms.Form):
    """Per party whether it is concerned, and when it was told. `seen`: what stood there when the page was opened."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, parties, chosen, now, **kwargs):
        super().__init__(*args, initial={"seen": acts.mark(chosen.values())}, **kwargs)
        self.parties, self.now, self.chosen = parties, now, chosen
        for party in parties:
            row = chosen.get(party.pk)
            self.fields[f"concerned-{party.pk}"] = forms.BooleanField(
                label=party.name, required=False, initial=row is not None
            )
            told = MomentField(label=_("Told at"), required=False, may_come=True, initial=row and row.told_at)
            self.fields[f"told-{party.pk}"] = told

    def clean(self):
        given = super().clean()
        for party in self.parties:
            told_at = given.get(f"told-{party.pk}")
            if told_at is None:
                continue
            if told_at > self.now:
                self.add_error(f"told-{party.pk}", _("This moment is still to come."))
            if told_at.year < 2000:
                self.add_error(f"told-{party.pk}", _("This lies too far in the past."))
            if not given.get(f"concerned-{party.pk}"):
                self.add_error(f"told-{party.pk}", _("Tick the controller too, or leave the moment empty."))
        return given

    def told(self):
        """{party: moment or None} of those concerned."""
        given = self.cleaned_data
        return {party: given[f"told-{party.pk}"] for party in self.parties if given[f"concerned-{party.pk}"]}

    def rows(self, clients):
        """(party, its activities, the two fields, whether it was saved as concerned)."""
        return [
            (party, activities, self[f"concerned-{party.pk}"], self[f"told-{party.pk}"], party.pk in self.chosen)
            for party, activities in clients.items()
        ]


@requires(Permission.BREACHES_HANDLE)
def controllers(request, organisation, breach):
    """When somebody else was first, the page shows what stands there now, and nothing of this person is kept."""
    found = breach_of(request, breach)
    now, overtaken = timezone.now(), False
    form, clients = _form(found, request.POST or None, now)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change(found, form.told(), seen=form.cleaned_data["seen"], by=request.user, at=now)
        except acts.Overtaken:
            overtaken = True
            form, clients = _form(found, None, now)
        else:
            messages.success(request, _("The controllers concerned are saved."))
            return redirect("breaches:breach", organisation.slug, found.pk)
    context = {
        "form": form,
        "rows": form.rows(clients),
        "is_processor": found.role == Role.PROCESSOR,
        "overtaken": overtaken,
    }
    status = 409 if overtaken else 422 if form.errors else None
    return shown(request, found, "breaches/controllers.html", context, status=status)


def _form(breach, given, now):
    """(the form, {party: its activities}) by the rows as they stand."""
    rows = breach.breachparty_rows.filter(involvement=Involvement.CLIENT).select_related("party")
    chosen = {row.party_id: row for row in rows}
    clients = acts.found(breach)
    for row in chosen.values():
        clients.setdefault(row.party, [])
    return ControllersForm(given, parties=list(clients), chosen=chosen, now=now), clients
