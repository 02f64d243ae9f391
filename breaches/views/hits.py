"""Which activities, systems and organisations a breach hit, with what the register says of them as hints."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import hints, overview
from breaches.actions import lines
from breaches.law import Involvement
from breaches.models import BreachActivity, BreachParty, BreachSystem
from core.refusal import Refused
from register.models import Activity, Party, System

from .found import breach_of, shown

FEW = 20  # found rows that are offered at once


@require_safe
@requires(P.BREACHES_VIEW)
def show(request, organisation, breach, kind):
    """What was chosen, with hints, and what a search finds."""
    found = breach_of(request, breach)
    if kind not in PAGES:
        raise Http404
    rows = overview.lines_of(found)
    told = hints.of(found, rows["activities"], request.membership)
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    context = {
        "kind": kind,
        "rows": rows[kind],
        "hints": told,
        "query": query,
        "offered": _offered(request, found, kind, query),
        "few": FEW,
        "named": hints.parties(told, rows["parties"]) if kind == "parties" else [],
        "editable": found.is_open and request.membership.can(P.BREACHES_HANDLE),
    }
    return shown(request, found, PAGES[kind], context)


PAGES = {
    "activities": "breaches/activities.html",
    "systems": "breaches/systems.html",
    "parties": "breaches/parties.html",
}


def _offered(request, breach, kind, query):
    """Rows that fit the search and were not chosen yet. One query."""
    if kind == "parties" or not request.membership.can(P.BREACHES_HANDLE):
        return []
    if kind == "systems":
        rows = System.objects.of(breach.organisation).in_use().exclude(breach_rows__breach=breach)
        return list(rows.filter(name__icontains=query).order_by("name")[:FEW])
    rows = Activity.objects.visible_to(request.membership).exclude(breach_rows__breach=breach)
    number = query.upper().removeprefix("VA").strip(" -")
    fits = Q(name__icontains=query)
    if number.isdecimal() and len(number) < 9:
        fits |= Q(number=int(number))
    return list(rows.filter(fits).order_by("number")[:FEW])


@require_POST
@requires(P.BREACHES_HANDLE)
def change(request, organisation, breach, kind):
    """Add one (`add`), or take one away (`remove`)."""
    breach = breach_of(request, breach)
    if kind not in PAGES:
        raise Http404
    given, by, at = request.POST, request.user, timezone.now()
    if not {"add", "remove"} & given.keys():
        raise Refused(_("Choose something first."))
    if "remove" in given:
        model = {"activities": BreachActivity, "systems": BreachSystem, "parties": BreachParty}[kind]
        lines.take_away(_row(model.objects.filter(breach=breach), given["remove"]), by=by, at=at)
        messages.success(request, _("Taken away. The change log keeps it."))
    elif kind == "activities":
        row = _row(Activity.objects.visible_to(request.membership), given.get("add"))
        lines.hit(breach, BreachActivity, activity=row, by=by, at=at)
    elif kind == "systems":
        row = _row(System.objects.of(breach.organisation), given.get("add"))
        lines.hit(breach, BreachSystem, system=row, by=by, at=at)
    else:
        key, _sep, involvement = given.get("add", "").partition(":")
        if involvement not in Involvement.values:
            raise Http404
        row = _row(Party.objects.of(breach.organisation), key)
        lines.hit(breach, BreachParty, party=row, involvement=involvement, by=by, at=at)
    return redirect("breaches:hits", breach.organisation.slug, breach.pk, kind)


def _row(rows, key):
    """The row with this id among those that may be chosen; an address or a form may say anything."""
    try:
        key = rows.model._meta.pk.to_python(key)
    except Exception:  # each kind of key has its own way to refuse
        raise Http404 from None
    return get_object_or_404(rows, pk=key)
