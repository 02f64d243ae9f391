"""What somebody sees outside any organisation: which organisations, which language, who they are."""

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import people
from accounts.forms import ProfileForm
from accounts.models import Membership, User
from accounts.navigation import front_door
from core.htmx import page


@require_safe
def home(request):
    """Straight in when there is one organisation; the choice otherwise."""
    memberships = list(_memberships(request.user)[:2])
    if len(memberships) == 1:
        return redirect(front_door(memberships[0]))
    return redirect("accounts:organisations")


@require_safe
def organisations(request):
    memberships = [(membership, front_door(membership)) for membership in _memberships(request.user)]
    return page(request, "accounts/organisations.html", {"memberships": memberships})


def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        translation.activate(user.language)
        messages.success(request, _("Your profile has been saved."))
        return _remember(redirect("accounts:profile"), language=user.language, theme=user.theme)
    return page(request, "accounts/profile.html", {"form": form})


@require_POST
def session_end(request, session):
    """Sign out one of one's own browsers."""
    session = get_object_or_404(UserSession, pk=session, user=request.user)
    get_adapter().end_sessions([session])
    messages.success(request, _("That browser has been signed out."))
    return redirect("usersessions_list")


def close(request):
    """Shut one's own account, after a warning."""
    if request.method == "POST":
        people.deactivate(request.user, by=request.user, at=timezone.now(), request=request)
        logout(request)
        return redirect("account_login")
    return page(request, "accounts/profile_close.html")


@login_not_required
@require_POST
def preferences(request):
    """Choose a language or a theme from the top bar. A cookie holds it for visitors, the account for people."""
    chosen = {
        "language": _one_of(request.POST.get("language"), dict(settings.LANGUAGES)),
        "theme": _one_of(request.POST.get("theme"), User.Theme.values),
    }
    chosen = {name: value for name, value in chosen.items() if value}
    if chosen and request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**chosen)
    return _remember(redirect(_back(request)), **chosen)


def _memberships(user):
    today = timezone.localdate()
    return Membership.objects.on(today).filter(user=user).select_related("organisation").order_by("organisation__name")


def _one_of(value, allowed):
    return value if value in allowed else None


def _back(request):
    """Where the form stood; never another site."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return url if safe else "/"


def _remember(response, *, language=None, theme=None):
    """The cookies of a browser, so that the sign-in page speaks the same language and has the same colours."""
    year = 365 * 24 * 3600
    lasting = {"max_age": year, "samesite": "Lax", "secure": settings.HTTPS}
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **lasting)
    if theme:
        response.set_cookie("theme", theme, **lasting)
    return response
