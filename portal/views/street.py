"""Pages for everybody: one public activity at its permanent address, and the list of those of an organisation."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from accounts import controllers
from portal import reading
from portal.pages import language_of, rendered, revalidated
from portal.throttle import bounded
from register.exports import jsonld

TYPES = {"text/html": "html", "application/ld+json": "jsonld", "application/json": "jsonld"}
PER_PAGE = 100


@login_not_required
@require_safe
@bounded
def activity(request, key):
    """HTML for people, JSON-LD for machines: by `?format=`, else by what the visitor's program accepts."""
    form = _format(request)
    language = language_of(request)
    try:
        shown = reading.shown(key, on=timezone.localdate())
    except reading.Gone:
        return revalidated(rendered(request, "portal/gone.html", {}, language, status=410), found=False)
    if shown is None:
        raise Http404
    etag = f'"{shown.mark(form, language)}"'
    changed = int(shown.changed_at().timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = _linked_data(shown) if form == "jsonld" else _page(request, shown, language)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return revalidated(response, found=shown.register.may_be_found)


@login_not_required
@require_safe
@bounded
def listing(request, slug):
    """The public activities of an organisation that run; 404 where there is no such list."""
    register = reading.open_register(slug)
    if register is None:
        raise Http404
    language = language_of(request)
    versions = reading.listed(register, on=timezone.localdate())
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    told = "purposes" in register.fields
    rows = [
        (version.activity, version.columns["name"], version.columns["purposes"] if told else ()) for version in page
    ]
    context = {"organisation_shown": register.organisation, "page": page, "rows": rows}
    return revalidated(rendered(request, "portal/listing.html", context, language), found=register.may_be_found)


def _format(request):
    asked = request.GET.get("format")
    if asked is None:
        return TYPES.get(request.get_preferred_type(list(TYPES)), "html")
    if asked not in TYPES.values():
        raise Http404
    return asked


def _page(request, shown, language):
    contact = shown.contact and controllers.upgraded(shown.contact)
    context = {"shown": shown, "entry": shown.entry, "contact": contact, "organisation_shown": shown.organisation}
    return rendered(request, "portal/activity.html", context, language)


def _linked_data(shown):
    response = JsonResponse(
        jsonld.activity(shown.for_machines, settings.BASE_URL), json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Type"] = "application/ld+json; charset=utf-8"
    response["Access-Control-Allow-Origin"] = "*"
    return response
