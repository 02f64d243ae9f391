"""Looking back: the story of an activity, the change log, two versions side by side, the register between two days."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import wording
from accounts.access import requires
from accounts.permissions import Permission
from core.dates import add_months
from core.htmx import page
from register import between, change_log, comparison, differences, reading, timeline, words
from register.forms.history import BetweenForm, CompareForm, LogFilter
from register.models import Activity, ActivityVersion
from register.record import Standing
from register.written import written

from .found import activity_of

DRAFT = "draft"


@require_safe
@requires(Permission.HISTORY_VIEW)
def story(request, organisation, pk):
    """What was done to one activity, newest first."""
    activity = activity_of(request, pk)
    shown = Paginator(timeline.changes_of(activity), 20).get_page(request.GET.get("page"))
    context = {"activity": activity, "page": shown, "steps": timeline.steps(activity, shown)}
    return page(request, "register/history/timeline.html", context, fragment="register/history/_steps.html")


@require_safe
@requires(Permission.HISTORY_VIEW)
def log(request, organisation):
    """Every act in the organisation that the member may read about."""
    form = LogFilter(request.GET, organisation=organisation)
    found = form.apply(change_log.seen_by(request.membership))
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(change, wording.of(change)) for change in shown]
    context = {"form": form, "page": shown, "rows": rows, "filtered": bool(form.given())}
    return page(request, "register/history/log.html", context, fragment="register/history/_log.html")


@require_safe
@requires(Permission.HISTORY_VIEW)
def change(request, organisation, number):
    """One act with everything that it wrote."""
    found = change_log.seen_by(request.membership).select_related("schema")
    change = get_object_or_404(found, number=number)
    shown = Paginator(change_log.activities_of(change, request.membership), 10).get_page(request.GET.get("page"))
    parts = timeline.in_words(written([change], list(shown)))
    rows, more = change_log.rows_of(change, request.membership)
    context = {
        "change": change,
        "sentence": wording.of(change),
        "page": shown,
        "activities": [(activity, parts.get((change.pk, activity.pk), [])) for activity in shown],
        "rows": rows,
        "more": more,
    }
    return page(request, "register/history/change.html", context)


@require_safe
@requires(Permission.HISTORY_VIEW)
def version(request, organisation, pk, number):
    """A version has one page: the fact sheet that shows it."""
    activity = activity_of(request, pk)
    get_object_or_404(ActivityVersion.objects.only("pk"), activity=activity, number=number)
    return redirect(reverse("register:activity", args=[organisation.slug, pk]) + f"?version={number}")


@require_safe
@requires(Permission.HISTORY_VIEW)
def compare(request, organisation, pk):
    """Any two versions, or one and the working copy: `?a=3&b=draft`. Without words what was changed last."""
    activity = activity_of(request, pk)
    versions = {str(version.number): version for version in activity.versions.defer("columns")}
    latest, before = [*versions, DRAFT, DRAFT][:2]
    first = (before, latest) if len(versions) > 1 and not activity.has_changes() else (latest, DRAFT)
    asked = {"a": request.GET.get("a", first[0]), "b": request.GET.get("b", first[1])}
    if not set(asked.values()) <= {DRAFT, *versions}:
        raise Http404
    old, new = (_standing(activity, versions.get(key)) for key in asked.values())
    context = {
        "activity": activity,
        "form": CompareForm(initial=asked, choices=list(_choices(versions.values()))),
        "old": old,
        "new": new,
        "changes": comparison.compare(old.entry, new.entry),
        "language": words.language(),
        "swap": f"?a={asked['b']}&b={asked['a']}",
        "established": bool(versions),
    }
    return page(request, "register/history/compare.html", context)


def _standing(activity, version):
    return reading.standing(version) if version else Standing(entry=reading.draft(activity))


def _choices(versions):
    yield DRAFT, _("The working copy")
    for version in versions:
        day = date_format(version.valid_from, "SHORT_DATE_FORMAT")
        yield str(version.number), _("Version %(number)s, valid from %(day)s") % {"number": version.number, "day": day}


@require_safe
@requires(Permission.HISTORY_VIEW)
def changes(request, organisation):
    """What changed in the established register between two days: `?from=&until=&known=now`."""
    on = timezone.localdate()
    asked = {"from": add_months(on, -3).isoformat(), "until": on.isoformat()} | request.GET.dict()
    form = BetweenForm(asked)
    context = {"form": form}
    if form.is_valid():
        context |= _between(request, organisation, **form.cleaned_data)
    return page(request, "register/history/changes.html", context)


def _between(request, organisation, *, since, until, known):
    visible = Activity.objects.visible_to(request.membership)
    known_now = known == "now"
    found = between.activities(organisation, since, until, known_now=known_now, visible=visible)
    counts, kind = Counter(line.kind for line in found), request.GET.get("show", "")
    listed = [line for line in found if line.kind == kind] if kind in between.KINDS else found
    shown = Paginator(listed, 20).get_page(request.GET.get("page"))
    return {
        "since": since,
        "until": until,
        "known_now": known_now,
        "found": bool(found),
        "tabs": _tabs(request, counts, kind),
        "page": shown,
        "people": differences.names_of({key for line in shown for key in differences.owners(line.changes)}),
        "controllers": list(between.details(organisation, since, until, known_now=known_now)),
    }


def _tabs(request, counts, kind):
    query = request.GET.copy()
    query.pop("page", None)
    for key, label in {"": _("All"), **between.KINDS}.items():
        query["show"] = key
        count = counts[key] if key else sum(counts.values())
        yield {"url": f"?{query.urlencode()}", "label": label, "active": kind == key, "count": count}
