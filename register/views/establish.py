"""Before a version is established: what changed, what stays open, why, and from which day. Or sent for approval."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from core.refusal import Refused
from register import activity_findings, checks, comparison, reading, words
from register.actions import approval
from register.actions import establish as establishing
from register.forms.approval import EstablishForm
from register.models import ActivityVersion
from register.record import Standing, from_plain

from .found import activity_of

ENDED = ("R026", "R029")
"""Rules that ask for nothing but establishing."""


@requires(Permission.REGISTER_ESTABLISH)
def establish(request, organisation, pk):
    return _page(request, organisation, activity_of(request, pk), _establish)


@requires(Permission.REGISTER_EDIT)
def ask(request, organisation, pk):
    """The same page for somebody who sends it for approval."""
    return _page(request, organisation, activity_of(request, pk), _ask)


def _page(request, organisation, activity, act):
    on = timezone.localdate()
    form = EstablishForm(
        request.POST or None,
        organisation=organisation,
        user=request.user,
        on=on,
        earliest=_latest(activity).values_list("valid_from", flat=True).first(),
        asking=act is _ask,
    )
    if request.method == "POST" and form.is_valid():
        if _unseen(request, activity):
            raise Refused(
                _("The activity was changed while you were looking at this page."),
                remedy=_("Go back, look at what changed, and decide again."),
            )
        act(request, activity, form.cleaned_data)
        return redirect("register:activity", organisation.slug, activity.pk)
    context = considered(activity, by=request.user, at=timezone.now()) | {"form": form, "on": on}
    if activity.controller and not activity.controller.versions.exists():
        context["nameless"] = activity.controller
    context["may_establish"] = request.membership.can(Permission.REGISTER_ESTABLISH)
    return page(request, "register/activity/establish.html", context, status=422 if form.errors else None)


def _unseen(request, activity):
    """Whether the working copy is another one than the page showed."""
    return request.POST.get("revision") != str(activity.revision)


def _establish(request, activity, given):
    version = establishing.establish(
        activity, by=request.user, at=timezone.now(), reason=given["reason"], valid_from=given["valid_from"]
    )
    sentence = _("Version %(number)d of %(code)s is established.")
    messages.success(request, sentence % {"number": version.number, "code": activity.code})


def _ask(request, activity, given):
    people = given.get("approvers") or []
    _rounds, refused = approval.ask(
        [activity],
        approvers=people,
        by=request.user,
        at=timezone.now(),
        reason=given["reason"],
        valid_from=given["valid_from"],
    )
    if refused:
        raise Refused(" ".join(refused[0][1]), where=activity.code)
    names = ", ".join(str(person) for person in people)
    messages.success(
        request, _("%(code)s is sent for approval to %(names)s.") % {"code": activity.code, "names": names}
    )


def _latest(activity):
    return ActivityVersion.objects.filter(activity=activity, number=activity.established_number)


def _stays(one):
    """Whether a finding is open still when the version is established: the need to establish it is gone then."""
    return not one.accepted and one.finding.rule not in ENDED


def considered(activity, *, by, at):
    """What somebody must know before they establish: the difference, the gaps that stay, and what stands in the way."""
    entry = reading.draft(activity)
    before = _latest(activity).select_related("established_by").first()
    gaps = checks.gaps(entry, activity.organisation.language_codes)
    beside = activity_findings.of_activity(activity, Standing(entry=entry), on=timezone.localdate(at), at=at)
    gaps, beside = activity_findings.said_once(gaps, beside)
    old = from_plain(before.content, before.schema) if before else None
    return {
        "activity": activity,
        "entry": entry,
        "before": before,
        "changes": comparison.compare(old, entry) if old else [],
        "language": words.language(),
        "gaps": gaps,
        "blocking": [gap for gap in gaps if gap.blocks],
        "open_gaps": [gap for gap in gaps if not gap.blocks],
        "findings": sorted((one for one in beside if _stays(one)), key=lambda one: one.finding.rank),
        "findings_accepted": [one for one in beside if one.accepted],
        "obstacles": establishing.obstacles(activity, entry, by=by, at=at),
        "obstacles_to_ask": establishing.obstacles(activity, entry, by=by, at=at, approved=True),
    }
