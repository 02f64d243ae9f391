from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.actions import invitations
from accounts.forms import AcceptForm, InvitationForm
from accounts.models import User
from accounts.permissions import ROLE_NOTES, Permission, Role
from core.htmx import page


@requires(Permission.MEMBERS_EDIT)
def invite(request, organisation):
    initial = {"role": Role.EDITOR, "language": organisation.main_language}
    form = InvitationForm(request.POST or None, initial=initial, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("email", "name", "language")}
        now = timezone.now()
        invitations.invite(organisation, by=request.user, at=now, request=request, **words, **form.period())
        messages.success(request, _("The invitation is on its way."))
        return redirect("accounts:members", organisation.slug)
    notes = [(role, ROLE_NOTES[role]) for role in Role]
    return page(request, "accounts/invite.html", {"form": form, "notes": notes})


@require_POST
@requires(Permission.MEMBERS_EDIT)
def send_again(request, organisation, invitation):
    invitation = get_object_or_404(organisation.invitations, pk=invitation)
    invitations.send_again(invitation, by=request.user, at=timezone.now(), request=request)
    messages.success(request, _("A new link is on its way. The old one no longer works."))
    return redirect("accounts:members", organisation.slug)


@require_POST
@requires(Permission.MEMBERS_EDIT)
def withdraw(request, organisation, invitation):
    invitation = get_object_or_404(organisation.invitations, pk=invitation)
    invitations.withdraw(invitation, by=request.user, at=timezone.now(), request=request)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("accounts:members", organisation.slug)


@sensitive_post_parameters("password", "again")
@login_not_required
def accept(request, token):
    """Opening the link shows what is offered; only the button accepts, since mail scanners open links too."""
    now = timezone.now()
    invitation = invitations.find(token, at=now)
    if invitation is None:
        return page(request, "accounts/invitation_closed.html", status=410)
    if request.user.is_authenticated:
        return _join(request, invitation, now)
    if User.objects.filter(email__iexact=invitation.email).exists():
        return page(request, "accounts/invitation_sign_in.html", {"invitation": invitation})
    return _make_account(request, invitation, now)


def _join(request, invitation, now):
    if request.method == "POST":
        invitations.accept(invitation, user=request.user, at=now, request=request)
        return redirect("accounts:home")
    fits = request.user.email.lower() == invitation.email.lower()
    return page(request, "accounts/invitation_join.html", {"invitation": invitation, "fits": fits})


def _make_account(request, invitation, now):
    initial = {"name": invitation.name, "language": get_language()}
    form = AcceptForm(request.POST or None, initial=initial, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("name", "password", "language")}
        user = invitations.accept_with_new_account(invitation, at=now, request=request, **words)
        return perform_login(request, user, redirect_url="/")
    return page(request, "accounts/invitation_account.html", {"invitation": invitation, "form": form})
