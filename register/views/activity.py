"""The fact sheet of one activity, and what is done to it as a whole: made, copied, reviewed, labelled, ended."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from core.refusal import Refused
from register import reading, sheet
from register.actions import activities as actions
from register.actions import establish as establishing
from register.forms.activity import CopyForm, EndForm, NewActivityForm, UpkeepForm
from register.models import Activity, ActivityVersion
from register.record import Standing
from register.starters.gallery import gallery
from register.words import language

from .found import activity_of


@require_safe
@requires(Permission.REGISTER_VIEW)
def activity(request, organisation, pk):
    """The working copy; `?version=3` that version; `?on=2026-03-01` what held that day, `&known=now` as now known."""
    found = activity_of(request, pk)
    asked = _asked(request)
    standing = _standing(request, found)
    now = timezone.now()
    day = asked["asked_on"] or standing.valid_from
    context = sheet.gathered(found, standing, request.membership, on=timezone.localdate(now), at=now, held_on=day)
    return page(request, "register/activity/activity.html", context | asked)


def _standing(request, found):
    if not ({"version", "on"} & set(request.GET)):
        return Standing(entry=reading.draft(found))
    if not request.membership.can(Permission.HISTORY_VIEW):
        raise PermissionDenied
    versions = ActivityVersion.objects.filter(activity=found)
    if "version" in request.GET:
        number = request.GET["version"]
        if not (number.isdecimal() and len(number) < 10):
            raise Http404
        return reading.standing(get_object_or_404(versions, number=int(number)))
    day = _day(request.GET["on"])
    known_at = None if request.GET.get("known") == "now" else reading.end_of(day)
    version = versions.in_force(Activity.objects.filter(pk=found.pk), day, known_at).first()
    return reading.standing(version) if version else Standing(entry=reading.draft(found), version=-1)


def _day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _asked(request):
    """For the banner: on which day and by which reading somebody looks back."""
    if "on" not in request.GET or "version" in request.GET:
        return {"asked_on": None, "known_now": False}
    return {"asked_on": _day(request.GET["on"]), "known_now": request.GET.get("known") == "now"}


@requires(Permission.REGISTER_EDIT)
def new(request, organisation):
    """An empty sheet by its name alone, or one of the templates below it (`?q=` searches them)."""
    form = NewActivityForm(request.POST or None, membership=request.membership, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        made = actions.create(organisation, by=request.user, at=timezone.now(), **form.fields_of_activity())
        messages.success(
            request, _("%(code)s is made. Fill in what you know; you can stop at any time.") % {"code": made.code}
        )
        return redirect("register:activity", organisation.slug, made.pk)
    text = request.GET.get("q", "")[:100]
    groups, count = gallery(organisation, text, language())
    context = {"form": form, "groups": groups, "count": count, "q": text}
    return page(
        request,
        "register/activity/new.html",
        context,
        fragment="register/starters/_gallery.html",
        status=422 if form.errors else None,
    )


@requires(Permission.REGISTER_EDIT)
def duplicate(request, organisation, pk):
    """Copy an activity, here or into another organisation where the same person may edit."""
    found = activity_of(request, pk)
    form = CopyForm(request.POST or None, activity=found, membership=request.membership, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["organisation"]
        copy = actions.duplicate(
            found, name=form.cleaned_data["name"], organisation=target, by=request.user, at=timezone.now()
        )
        messages.success(request, _("%(code)s is a copy of %(of)s.") % {"code": copy.code, "of": found.code})
        return redirect("register:activity", target.slug, copy.pk)
    context = {"activity": found, "form": form}
    return page(request, "register/activity/duplicate.html", context, status=422 if form.errors else None)


@require_POST
@requires(Permission.REGISTER_EDIT)
def reviewed(request, organisation, pk):
    found = activity_of(request, pk)
    actions.mark_reviewed([found], by=request.user, at=timezone.now())
    messages.success(request, _("Noted: reviewed, nothing changed."))
    return redirect("register:activity", organisation.slug, found.pk)


@requires(Permission.REGISTER_EDIT)
def upkeep(request, organisation, pk):
    """What is about the entry and no part of it: its next review and its labels."""
    found = activity_of(request, pk)
    form = UpkeepForm(request.POST or None, activity=found)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("register:activity", organisation.slug, found.pk)
    context = {"activity": found, "form": form}
    return page(request, "register/activity/upkeep.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def end(request, organisation, pk):
    found = activity_of(request, pk)
    if found.ended_on is not None:
        raise Refused(_("This activity has ended already."))
    form = EndForm(request.POST or None, activity=found, membership=request.membership, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        establishing.end(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(code)s has ended. It stays in the register.") % {"code": found.code})
        return redirect("register:activity", organisation.slug, found.pk)
    context = {"activity": found, "form": form, "parts": Activity.objects.filter(parent=found, ended_on=None).count()}
    return page(request, "register/activity/end.html", context, status=422 if form.errors else None)
