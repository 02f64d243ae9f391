"""Editing one section of the facts: in its place with htmx, on a page of its own without."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import hints, named, overview, sealing, sections, watch
from breaches.actions import facts
from breaches.forms.facts import form_for
from breaches.models import Breach
from core.htmx import asks_for_part
from register import row_history

from .found import breach_of, shown

HINTED = ("data", "people")
"""Sections beside whose form stands what the activities that were hit process."""

SAID = {"facts": "report.happened", "data": "report.data", "remedy": "report.done"}
"""Sections beside whose form stands what whoever reported it wrote: the edit needs the right that opens it."""


@requires(P.BREACHES_HANDLE)
def edit(request, organisation, breach, section):
    found = breach_of(request, breach)
    chosen = sections.BY_KEY.get(section)
    if chosen is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, found, chosen)
    if "close" in request.GET and asks_for_part(request):
        return shown(request, found, "breaches/_section.html", _section_context(request, found, chosen))
    facts.ask_open(found)
    return _asked(request, found, chosen, form_for(chosen)(instance=found))


@require_POST
@requires(P.BREACHES_HANDLE)
def examine(request, organisation, breach):
    found = breach_of(request, breach)
    facts.examine(found, by=request.user, at=timezone.now())
    return redirect("breaches:breach", organisation.slug, found.pk)


def _posted(request, found, section):
    """The form reads the row as it stands now, locked until it was saved."""
    with transaction.atomic():
        rows = Breach.objects.select_for_update(of=("self",)).select_related("organisation")
        form = form_for(section)(request.POST, instance=rows.get(pk=found.pk))
        if form.is_valid():
            facts.change(found, form.values(), by=request.user, at=timezone.now(), section=section.key)
    if form.errors:
        return _asked(request, found, section, form, status=409 if form.clashes else 422)
    return _done(request, found, section, form)


def _asked(request, found, section, form, *, status=None):
    context = {"section": section, "form": form, "last": row_history.last_change(found) if form.clashes else None}
    if section.key in SAID:
        context["said"] = sealing.opened(found, [SAID[section.key]]).get(SAID[section.key])
    if section.key in HINTED:
        lines = found.breachactivity_rows.select_related("activity").order_by("activity__number")
        context["hints"] = hints.of(found, list(lines), request.membership)
    template, fragment = "breaches/section.html", "breaches/_section_form.html"
    return shown(request, found, template, context, fragment=fragment, status=status)


def _done(request, found, section, form):
    if not asks_for_part(request):
        messages.success(request, _("“%(section)s” is saved.") % {"section": section.title})
        if form.others:
            messages.info(request, _others(form))
        if warning := named.warning(*form.values().values()):
            messages.warning(request, warning)
        address = reverse("breaches:breach", args=[found.organisation.slug, found.pk])
        return redirect(f"{address}#{section.key}")
    fresh = breach_of(request, found.pk)
    context = _section_context(request, fresh, section)
    context |= {"just_saved": True, "oob": True, "others": [_others(form)] if form.others else []}
    return shown(request, fresh, "breaches/_saved.html", context)


def _others(form):
    words = ngettext(
        "Somebody else changed this field meanwhile; that was kept: %(fields)s.",
        "Somebody else changed these fields meanwhile; that was kept: %(fields)s.",
        len(form.others),
    )
    return words % {"fields": ", ".join(form.others)}


def _section_context(request, breach, section):
    views = overview.section_views(breach)
    seen = watch.of_one(breach, at=timezone.now())
    return {
        "view": next(view for view in views if view.section == section),
        "sections": views,
        "editable": breach.is_open,
        **overview.standing(breach, seen),
    }
