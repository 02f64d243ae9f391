"""What the rules found: gathered by cause, one rule at a time, accepted for a reason, and that taken back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from core.refusal import Refused
from register import activity_findings, kinds
from register.actions import findings as actions
from register.checks.engine import RULES
from register.findings import CAUSES, being_recalculated, page_of
from register.forms.bulk_answers import repairs
from register.forms.findings import AcceptForm
from register.listing import trend
from register.listing.asked_findings import FILTERS, STATES, AskedFindings
from register.listing.facets import uuids
from register.listing.findings import Findings, causes_of, held_back, rows_of
from register.models import Finding

PER_PAGE = 50
AT_ONCE = 500


def _found(request):
    today = timezone.localdate()
    asked = AskedFindings.of(request.GET, today)
    if asked.on and not request.membership.can(Permission.HISTORY_VIEW):
        asked = AskedFindings.of({}, today)
    return Findings(request.membership, asked, today=today, at=timezone.now())


@require_safe
@requires(Permission.REGISTER_VIEW)
def findings(request, organisation):
    """Everything at a glance. `?on=` judges the versions that were in force on that day."""
    found = _found(request)
    shown = Paginator(found.bundles, PER_PAGE).get_page(request.GET.get("page"))
    limited = bool(request.membership.department_rows.all())
    context = {
        "found": found,
        "page": shown,
        "bundles": found.told(list(shown.object_list)),
        "states": _tabs(organisation, found),
        "filters": [{"key": name, "label": label, "options": found.options(name)} for name, label in FILTERS.items()],
        "chips": _chips(found),
        "query": found.asked.query(),
        "trend": None if limited or found.asked.on else trend.of(organisation, on=found.today),
        "waiting": not found.asked.on and being_recalculated(organisation, at=found.at),
        "flood": None if found.asked.on else held_back(organisation),
    }
    return page(request, "register/findings/findings.html", context, fragment="register/findings/_results.html")


def _tabs(organisation, found):
    url = reverse("register:findings", args=[organisation.slug])
    counts = found.states
    return [
        {
            "url": f"{url}?{found.asked.query(state=state)}",
            "label": label,
            "active": found.asked.state == state,
            "count": counts[state],
        }
        for state, label in STATES.items()
    ]


def _chips(found):
    """What is asked, in words."""
    chips = []
    for name, values in found.asked.chosen.items():
        words = {option["value"]: option["label"] for option in found.options(name)}
        for value in values:
            label = _("%(filter)s: %(value)s") % {"filter": FILTERS[name], "value": words[value]}
            chips.append({"label": label, "param": name, "value": value})
    return chips


@require_safe
@requires(Permission.REGISTER_VIEW)
def rule(request, organisation, rule):
    """The findings of one rule, one by one, with what can be done about all of them."""
    about = RULES.get(rule)
    if about is None:
        raise Http404
    found = _found(request)
    shown = Paginator(found.rows(rule), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(organisation, finding, found, back=request.get_full_path()) for finding in shown.object_list]
    cause = found.asked.cause
    worst = rows[0]["finding"] if rows else None
    context = {
        "about": about,
        "message": about.message_for(worst.outcome) if worst else about.message,
        "severity": worst.severity if worst else about.severity,
        "outcome": worst.outcome if worst else "",
        "found": found,
        "page": shown,
        "rows": rows,
        "cause": causes_of([_Cause(*cause)], organisation).get(cause) if cause else None,
        "subjects": _subjects(organisation, [row["finding"] for row in rows]),
        "query": found.asked.query(cause=f"{cause[0]}:{cause[1]}" if cause else None),
        "back_query": found.asked.query(),
        "repairs": repairs(about.id, request.membership)
        if found.asked.state != "accepted" and not found.asked.on and not cause
        else (),
    }
    context["cause_url"] = kinds.url_of(context["cause"], organisation) if _has_page(context["cause"]) else ""
    return page(request, "register/findings/rule.html", context)


class _Cause:
    def __init__(self, kind, key):
        self.cause_kind, self.cause_id = kind, key


def _has_page(row):
    return row is not None and type(row) in kinds.BY_MODEL


def _row(organisation, finding, found, *, back):
    """A finding with the way to its field and `back`; of the past only the sheet of that day can be shown."""
    activity = finding.activity if finding.activity_id else None
    url = page_of(finding, found.membership)
    if activity and found.asked.on:
        url = f"{reverse('register:activity', args=[organisation.slug, activity.pk])}?on={found.asked.on}"
    elif activity:
        activity.organisation = organisation
        url = activity_findings.place_url(finding, activity, back=back)
    return {"finding": finding, "activity": activity, "url": url}


def _subjects(organisation, findings):
    """{id: (name, address)} of shared rows that findings without an activity are about. A query per kind, five at
    most.
    """
    wanted = {}
    for finding in findings:
        if finding.activity_id is None and finding.subject_kind in CAUSES:
            wanted.setdefault(finding.subject_kind, set()).add(finding.subject_id)
    return {
        key: (str(row), kinds.url_of(row, organisation))
        for kind, keys in wanted.items()
        for key, row in rows_of(kind, keys, organisation).items()
    }


@requires(Permission.FINDINGS_SETTLE)
def accept(request, organisation):
    """Live with the ticked findings for one reason."""
    rows = _chosen(request)
    back = _back(request, organisation)
    if not rows:
        messages.warning(request, _("Tick at least one finding first."))
        return redirect(back)
    form = AcceptForm(request.POST if "reason" in request.POST else None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = actions.accept(rows, by=request.user, at=timezone.now(), **form.cleaned_data)
        words = ngettext("%(count)d finding is accepted.", "%(count)d findings are accepted.", len(made))
        messages.success(request, words % {"count": len(made)})
        return redirect(back)
    context = {"form": form, "rows": rows, "back_url": back}
    return page(request, "register/findings/accept.html", context, status=422 if form.errors else None)


@require_POST
@requires(Permission.FINDINGS_SETTLE)
def withdraw(request, organisation):
    """Take an acceptance back: the finding counts again."""
    rows = [row for row in _chosen(request) if row.acceptance_id]
    back = _back(request, organisation)
    if not rows:
        raise Refused(_("This acceptance was withdrawn already."))
    actions.withdraw([row.acceptance for row in rows], by=request.user, at=timezone.now())
    messages.success(request, _("The acceptance is withdrawn. The finding counts again."))
    return redirect(back)


def _chosen(request):
    """The findings named in the request, as far as the member sees them."""
    given = request.POST if request.method == "POST" else request.GET
    found = Finding.objects.visible_to(request.membership).present().filter(pk__in=uuids(given.getlist("id")))
    found = found.filter(rule__in=list(RULES)).select_related("activity", "acceptance__organisation", "organisation")
    rows = list(found.order_by("rank", "activity__number", "key")[: AT_ONCE + 1])
    if len(rows) > AT_ONCE:
        raise Refused(_("These are more than %(limit)d findings at once.") % {"limit": AT_ONCE})
    return rows


def _back(request, organisation):
    """Where the person came from, when that is a page of ours; otherwise the findings."""
    given = request.POST if request.method == "POST" else request.GET
    url = given.get("back") or request.headers.get("Referer", "")
    if "/accept/" not in url and url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return url
    return reverse("register:findings", args=[organisation.slug])
