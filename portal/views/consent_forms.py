"""Forms of consent for everybody: read, fill in, send; and the same as a part to put into another page.

The one rule: nobody agrees to what they did not read. A form on another site cannot carry our token, so whoever sends
it from there reads on our own page what they agree to, and presses the button here; what was read before the form
changed is asked anew, with empty boxes.
"""

from dataclasses import dataclass

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import events, links
from consent import noticing, offering, terms
from consent.actions import asking, versions
from consent.forms.asking import AskForm
from consent.kinds import Method
from consent.models import ConsentForm, FormVersion
from core.addresses import full_address
from core.refusal import Refused
from portal.closed import whose
from portal.pages import language_of, rendered
from portal.throttle import bounded

PER_HOUR = 60  # sent forms of a network: a school or shop behind one address is one visitor here


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as somebody sees it now: `places` are the choices that are open."""

    row: ConsentForm
    version: FormVersion
    places: tuple
    language: str

    def blank(self, **values):
        """A form of it, empty or with what was sent."""
        return AskForm(
            content=self.version.content,
            places=self.places,
            language=self.language,
            country=self.row.organisation.country,
            **values,
        )

    def context(self):
        return {
            "organisation_shown": self.row.organisation,
            "row": self.row,
            "version": self.version,
            "text": self.version.content["texts"][self.language],
            "notice": self.version.content["notice"],
            "notice_title": noticing.title(self.version.content["notice"], self.language),
            "base": "",
            "spoken": self.language,
        }


def _found(request, slug, name, *, at):
    """What is shown of a form, or None when it was taken away or nothing of it can be chosen. Three queries."""
    rows = ConsentForm.objects.select_related("organisation")
    row = get_object_or_404(rows, organisation__slug=slug, slug=name)
    version = row.versions.filter(valid_from__lte=at).select_related("organisation").first()
    if version is None:
        raise Http404
    places = tuple(offering.open_choices(version, at=at))
    if not places or not version.holds_at(at):
        return None
    language = language_of(request)
    return Shown(row, version, places, language if language in version.languages else version.languages[0])


def _answer(request, template, context, language, status=200):
    """Never kept: the page holds a token, or what somebody filled in."""
    response = rendered(request, template, context, language, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def _gone(request):
    return _answer(
        request, "portal/consent_gone.html", {"organisation_shown": whose(request)}, language_of(request), 410
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@bounded
def hosted(request, slug, consent_form):
    at = timezone.now()
    shown = _found(request, slug, consent_form, at=at)
    if shown is None:
        return _gone(request)
    with translation.override(shown.language):
        if request.method == "POST":
            return _sent(request, shown, at)
        context = shown.context() | {"form": shown.blank(), "older_paper": _older_paper(request, shown.version)}
        return _answer(request, "portal/consent_form.html", context, shown.language)


def _older_paper(request, version):
    """Whether somebody came here by the code on a paper of another version."""
    asked = request.GET.get("v", "")
    return asked.isdecimal() and asked != str(version.number)


def _sent(request, shown, at):
    organisation = shown.row.organisation
    network = events.network_of(request)
    if links.too_many(f"consent-form:{events.trace(network)}", limit=PER_HOUR, at=at):
        return _answer(
            request, "accounts/link_later.html", {"organisation_shown": organisation}, shown.language, status=429
        )
    form = shown.blank(data=request.POST, terms=terms.of(organisation, timezone.localdate(at)))
    if form.is_robot:
        return _thanked(shown, by_mail=True)
    is_ours = _has_our_token(request)
    context = shown.context() | {"form": form, "is_embedded": not is_ours or "embedded" in request.POST}
    if request.POST.get("version", str(shown.version.pk)) != str(shown.version.pk):
        who = {bound.name: bound.data for bound in form.who}
        context |= {"form": shown.blank(initial=who), "changed": asking.changed()}
        return _answer(request, "portal/consent_form.html", context, shown.language, status=409)
    if not form.is_valid():
        return _answer(request, "portal/consent_form.html", context, shown.language, status=422)
    if not is_ours:
        context["ticked"] = [shown.version.content["choices"][place] for place in form.ticked]
        return _answer(request, "portal/consent_check.html", context, shown.language)
    method = Method.EMBEDDED if "embedded" in request.POST else Method.HOSTED
    try:
        by_mail = asking.take(shown.version, form.filled(), method=method, network=network, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _answer(request, "portal/consent_form.html", context, shown.language, status=409)
    return _thanked(shown, by_mail=by_mail)


def _thanked(shown, *, by_mail):
    address = reverse("portal:consent_thanks", args=[shown.row.organisation.slug, shown.row.slug])
    return redirect(f"{address}?language={shown.language}{'&by=mail' if by_mail else ''}")


class _Check(CsrfViewMiddleware):
    """Says whether a token came along, where the middleware would refuse."""

    def _reject(self, request, reason):
        return reason


def _has_our_token(request):
    check = _Check(lambda request: None)
    check.process_request(request)
    return check.process_view(request, None, (), {}) is None


@login_not_required
@require_safe
@bounded
def thanks(request, slug, consent_form):
    rows = ConsentForm.objects.select_related("organisation")
    row = get_object_or_404(rows, organisation__slug=slug, slug=consent_form)
    version = versions.in_use(row, timezone.now())
    if version is None:
        return _gone(request)
    context = {"organisation_shown": row.organisation, "row": row, "by_mail": request.GET.get("by") == "mail"}
    return _answer(request, "portal/consent_thanks.html", context, language_of(request))


@login_not_required
@require_safe
@bounded
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})
def fragment(request, slug, consent_form):
    """The form alone, for a frame or to be fetched into another page. It holds no token, nothing of the visitor, and
    sends to the page above."""
    shown = _found(request, slug, consent_form, at=timezone.now())
    if shown is None:
        return _gone(request)
    with translation.override(shown.language):
        address = full_address("portal:consent_form", slug, consent_form)
        target = f"{address}?language={shown.language}"
        context = shown.context() | {"form": shown.blank(), "target": target, "base": settings.BASE_URL}
        response = _answer(request, "portal/consent_fragment.html", context, shown.language)
    response["Access-Control-Allow-Origin"] = "*"
    return response
