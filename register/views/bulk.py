"""Doing something with many activities at once: choose in the list, see what it means, do it with one act."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from core.refusal import Refused
from register import comparison, reading
from register.actions import establish
from register.checks.engine import RULES
from register.forms.bulk import EstablishForm, ReasonForm
from register.forms.bulk_answers import ALL_ACTS
from register.listing import listing_of
from register.listing.asked_findings import AskedFindings
from register.listing.facets import uuids
from register.listing.findings import Findings
from register.models import Activity, ActivityVersion

SHOWN = 200  # lines in the table that shows what will happen


@dataclass
class Line:
    """One activity and what the act means for it; `why_not` holds sentences when it will be left as it is."""

    activity: Activity
    before: str = ""
    after: str = ""
    why_not: tuple = ()


@requires(Permission.REGISTER_EDIT)
def bulk(request, organisation):
    given = request.POST if request.method == "POST" else request.GET
    if given.get("act") == "attest":  # about owners rather than activities: a page of its own
        return redirect(reverse("register:attestations_ask", args=[organisation.slug]) + f"?{given.urlencode()}")
    form_class = ALL_ACTS.get(given.get("act", ""))
    if form_class is None:
        raise Http404
    if not request.membership.can(form_class.permission):
        raise PermissionDenied
    back_url = _back(organisation, given)
    rows = chosen(request.membership, given, form_class.limit)
    if not rows:
        messages.warning(request, _("Tick at least one activity first."))
        return redirect(back_url)
    refuse_too_many(rows, form_class.limit)
    now = timezone.now()
    form = form_class(_values(request), membership=request.membership, on=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        _do(request, form, rows, at=now)
        return redirect(back_url)
    context = _context(form, rows, given, by=request.user, at=now) | {"back_url": back_url}
    return page(request, "register/activities/bulk.html", context, fragment="register/activities/_bulk_effect.html")


def refuse_too_many(rows, limit):
    if len(rows) > limit:
        raise Refused(
            _("These are more than %(limit)d activities at once.") % {"limit": limit},
            remedy=_("Narrow the list with a filter and do it in parts."),
        )


def chosen(membership, given, limit):
    """The ticked activities, or all that the list finds, if the member may see them; one over `limit` at most."""
    if given.get("scope") == "all":
        found = listing_of(membership, QueryDict(given.get("query", "")), today=timezone.localdate())
        rows = Activity.objects.none() if found.past else found.rows()
    elif given.get("scope") == "finding":
        rows = _with_finding(membership, given)
    else:
        rows = Activity.objects.visible_to(membership).filter(pk__in=uuids(given.getlist("id")))
    rows = rows.select_related("organisation", "owner", "department").prefetch_related("label_rows__label")
    return list(rows.order_by("number")[: limit + 1])


def _with_finding(membership, given):
    """The activities about which one rule found something: those ticked, or all under the filters of the page."""
    now = timezone.now()
    asked = AskedFindings.of(QueryDict(given.get("query", "")), timezone.localdate(now))
    found = Findings(membership, asked, today=timezone.localdate(now), at=now)
    if asked.on:
        return Activity.objects.none()
    rows = found.rows(given.get("rule", ""))
    if "ticked" in given:
        rows = rows.filter(pk__in=uuids(given.getlist("id")))
    rows = rows.order_by().values("activity")
    return Activity.objects.visible_to(membership).filter(pk__in=rows)


def _values(request):
    """What was filled in: on a POST, and when htmx asks what it would mean."""
    if request.method == "POST":
        return request.POST
    return request.GET if request.headers.get("HX-Request") == "true" else None


def _do(request, form, rows, *, at):
    running = rows if form.ended_too else [row for row in rows if row.ended_on is None]
    sentence, refused = form.apply(running, by=request.user, at=at)
    messages.success(request, sentence)
    for activity, why_not in refused[:10]:
        messages.warning(request, f"{activity.code}: {' '.join(str(reason) for reason in why_not)}")
    if len(refused) > 10:
        more = len(refused) - 10
        words = ngettext("%(count)d more was left as it is.", "%(count)d more were left as they are.", more)
        messages.warning(request, words % {"count": more})


def _back(organisation, given):
    if given.get("scope") == "finding" and given.get("rule") in RULES:
        return reverse("register:finding_rule", args=[organisation.slug, given["rule"]])
    url, query = reverse("register:activities", args=[organisation.slug]), given.get("query", "")
    return f"{url}?{query}" if query else url


def _context(form, rows, given, *, by, at):
    if isinstance(form, ReasonForm):
        lines = _established_lines(form, rows, by=by, at=at)
    else:
        lines = [_line(form, row) for row in rows]
    able = [line for line in lines if not line.why_not]
    return {
        "form": form,
        "lines": able[:SHOWN],
        "count": len(able),
        "refused": by_reason((line.activity, str(reason)) for line in lines for reason in line.why_not),
        "left_out": len(lines) - len(able),
        "act": given["act"],
        "scope": given.get("scope", "ticked"),
        "ids": _ids(rows, given),
        "ticked": "ticked" in given,
        "query": given.get("query", ""),
        "rule": given.get("rule", ""),
        "shows_after": form.is_bound and form.is_valid(),
    }


def _ids(rows, given):
    """What the form sends along: the activities, or the findings that were ticked."""
    if given.get("scope") == "finding":
        return uuids(given.getlist("id"))
    return [] if given.get("scope") == "all" else [row.pk for row in rows]


def by_reason(refused):
    """(why not, activities) of (activity, why not), the commonest reason first."""
    found = {}
    for activity, why_not in refused:
        found.setdefault(why_not, []).append(activity)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def _line(form, row):
    if row.ended_on and not form.ended_too:
        return Line(row, why_not=(_("It has ended."),))
    after = form.after(row) if form.is_bound and form.is_valid() else ""
    return Line(row, form.before(row), after)


def _established_lines(form, rows, *, by, at):
    """What each new version would change, by section; or why there will be none. Some fifteen queries in all."""
    drafts = {entry.id: entry for entry in reading.drafts(Activity.objects.filter(pk__in=[row.pk for row in rows]))}
    numbers = {row.pk: row.established_number for row in rows}
    versions = ActivityVersion.objects.filter(activity__in=list(numbers)).order_by("activity", "number")
    latest = {version.activity_id: version for version in versions.defer("columns")}
    waiting = set(Activity.objects.filter(pk__in=list(numbers), rounds__state="open").values_list("pk", flat=True))
    lines = []
    for row in rows:
        asking = not isinstance(form, EstablishForm)
        why_not = establish.obstacles(row, drafts[row.pk], by=by, at=at, approved=asking)
        if asking and row.pk in waiting:
            why_not.append(_("It is waiting for approval already."))
        before = latest.get(row.pk)
        lines.append(Line(row, *_versions(before, drafts[row.pk]), why_not=tuple(why_not)))
    return lines


def _versions(before, draft):
    """The version there is, and the sections in which the next one differs."""
    if before is None:
        return "", _("First version")
    changes = comparison.compare(reading.standing(before).entry, draft)
    return _("Version %(number)d") % {"number": before.number}, ", ".join(
        str(change.section.title) for change in changes
    )
