from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.actions import members
from accounts.forms import MembershipForm, ReasonForm
from accounts.models import Membership
from accounts.navigation import SECOND_FACTORS
from accounts.permissions import ROLE_NOTES, Permission, Role, granted
from core.htmx import page


@require_safe
@requires(Permission.MEMBERS_VIEW)
def overview(request, organisation):
    today, now = timezone.localdate(), timezone.now()
    everybody = _memberships(organisation).order_by("user__name", "-valid_from")
    context = {
        "current": [membership for membership in everybody if membership.is_valid(today)],
        "former": [membership for membership in everybody if not membership.is_valid(today)],
        "invitations": organisation.invitations.filter(accepted_at=None, withdrawn_at=None).select_related(
            "invited_by"
        ),
        "now": now,
    }
    return page(request, "accounts/members.html", context)


@requires(Permission.MEMBERS_VIEW)
def show(request, organisation, membership):
    membership = get_object_or_404(_memberships(organisation), pk=membership)
    today = timezone.localdate()
    may_change = request.membership.can(Permission.MEMBERS_EDIT) and membership.is_valid(today)
    form = _form(request, membership) if may_change else None
    if request.method == "POST" and form and form.is_valid():
        now_holds = members.change(
            membership,
            **form.period(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
            request=request,
        )
        messages.success(request, _("The membership has been changed."))
        return redirect("accounts:member", organisation.slug, now_holds.pk)
    context = {
        "shown": membership,
        "periods": _memberships(organisation).filter(user=membership.user).order_by("-valid_from"),
        "form": form,
        "today": today,
        "is_self": membership.user_id == request.user.pk,
    }
    return page(request, "accounts/member.html", context)


@requires(Permission.MEMBERS_EDIT)
def end(request, organisation, membership):
    membership = get_object_or_404(_memberships(organisation).on(timezone.localdate()), pk=membership)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        members.end(membership, by=request.user, at=timezone.now(), reason=reason, request=request)
        messages.success(request, _("The membership has ended."))
        return redirect("accounts:members", organisation.slug)
    return page(request, "accounts/member_end.html", {"form": form, "shown": membership})


@require_safe
@requires(Permission.MEMBERS_VIEW)
def roles(request, organisation):
    """The table of who may do what, as the gate itself reads it."""
    may = {role: granted(role, **organisation.who_keeps) for role in Role}
    context = {
        "roles": [(role, ROLE_NOTES[role]) for role in Role],
        "rows": [(permission, [(role, permission in may[role]) for role in Role]) for permission in Permission],
    }
    return page(request, "accounts/roles.html", context)


def _memberships(organisation):
    """With person and departments, and whether there is a second step at sign-in: two queries for any number."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    found = Membership.objects.of(organisation).select_related("user", "organisation")
    return found.prefetch_related("department_rows__department").annotate(two_steps=Exists(factors))


def _form(request, membership):
    initial = {
        "role": membership.role,
        "last_day": membership.last_day,
        "departments": [row.department_id for row in membership.department_rows.all()],
    }
    return MembershipForm(request.POST or None, initial=initial, organisation=membership.organisation)
