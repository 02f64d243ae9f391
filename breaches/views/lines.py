"""Pages of what hangs on a breach: measures, notifications to others, organisations involved, and the log."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import named
from breaches.actions import lines
from breaches.forms.lines import LogForm, MeasureForm, OtherNoticeForm, PartyLineForm
from breaches.models import Breach, BreachParty, Measure, OtherNotice
from register import row_history

from .found import breach_of, shown

KINDS = {
    "measures": (Measure, MeasureForm, "breaches/measure.html"),
    "others": (OtherNotice, OtherNoticeForm, "breaches/other_notice.html"),
    "hits": (BreachParty, PartyLineForm, "breaches/party.html"),
}
"""By the place on the page of the breach: the rows that stand there, their form and its page."""


@requires(P.BREACHES_HANDLE)
def new(request, organisation, breach, place):
    found = breach_of(request, breach)
    model, *_rest = _kind(place)
    return _asked(request, found, place, model(organisation=organisation, breach=found))


@requires(P.BREACHES_HANDLE)
def edit(request, organisation, place, line):
    row = _line_of(request, place, line)
    return _asked(request, breach_of(request, row.breach_id), place, row)


@require_POST
@requires(P.BREACHES_HANDLE)
def take_away(request, organisation, place, line):
    row = _line_of(request, place, line)
    lines.take_away(row, by=request.user, at=timezone.now())
    messages.success(request, _("Taken away. The change log keeps it."))
    return redirect(_address(row.breach, place))


@requires(P.BREACHES_HANDLE)
def log(request, organisation, breach):
    found = breach_of(request, breach)
    form = LogForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        given = form.cleaned_data | {"happened_at": form.cleaned_data["happened_at"] or now}
        lines.log(found, by=request.user, at=now, **given)
        messages.success(request, _("Added to the log."))
        return redirect(_address(found, "log"))
    return shown(request, found, "breaches/log.html", {"form": form}, status=422 if form.errors else None)


def _line_of(request, place, key):
    """The line that the address names, of a breach that this member may see. One query."""
    model, *_rest = _kind(place)
    seen = Breach.objects.visible_to(request.membership)
    return get_object_or_404(model.objects.filter(breach__in=seen).select_related("breach__organisation"), pk=key)


def _kind(place):
    if place not in KINDS:
        raise Http404
    return KINDS[place]


def _asked(request, breach, place, row):
    """The form reads the row as it stands now, locked until it was saved."""
    model, form_class, template = KINDS[place]
    is_new = row._state.adding
    with transaction.atomic():
        if request.method == "POST" and not is_new:
            row = get_object_or_404(model.objects.select_for_update(of=("self",)), pk=row.pk)
        form = form_class(request.POST or None, instance=row)
        kept = request.method == "POST" and form.is_valid()
        if kept:
            lines.save(form.instance, by=request.user, at=timezone.now())
    if kept:
        messages.success(request, _("Saved."))
        if warning := named.warning(*form.cleaned_data.values()):
            messages.warning(request, warning)
        return redirect(_address(breach, place))
    last = row_history.last_change(row) if form.clashes else None
    context = {"form": form, "line": None if is_new else row, "place": place, "last": last}
    return shown(request, breach, template, context, status=409 if form.clashes else 422 if form.errors else None)


def _address(breach, place):
    return reverse("breaches:breach", args=[breach.organisation.slug, breach.pk]) + f"#{place}"
