"""Privacy notices for everybody: the version of the day, older ones, a part to put into another page, and on paper.

The one rule: only what was published. A notice that was never published and one that does not exist answer alike.
"""

import hashlib

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from portal import notice_pdf
from portal.closed import asking
from portal.pages import language_of, rendered, revalidated
from portal.throttle import bounded
from register.models import Notice
from register.notices import reading
from register.notices.writing import short

KEPT = 24 * 3600


class _Gone(Exception):
    pass


def _found(request, slug, notice):
    """(notice, version to show, all versions that came into force, language asked for). Two or three queries."""
    row = get_object_or_404(Notice.objects.select_related("organisation"), organisation__slug=slug, slug=notice)
    today = timezone.localdate()
    versions = list(row.versions.filter(valid_from__lte=today).defer("content").order_by("-number"))
    if not versions:
        raise Http404
    if row.ended_at is not None:
        raise _Gone
    asked = request.GET.get("version", str(versions[0].number))
    version = next((version for version in versions if str(version.number) == asked), None)
    if version is None:
        raise Http404
    return row, version, versions


def _answered(request, slug, notice, make, *extra):
    """The answer of `make`, not sent again to who has it; 410 for a notice that has ended."""
    language = language_of(request)
    try:
        row, version, versions = _found(request, slug, notice)
    except _Gone:
        return revalidated(rendered(request, "portal/notice_gone.html", {}, language, status=410), found=False)
    parts = (settings.VERSION, version.digest, str(versions[0].number), language, row.organisation.name, *extra)
    etag = f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = make(row, version, versions, language)
    response["ETag"] = etag
    return revalidated(response, found=version.number == versions[0].number)


def _context(row, version, versions, language):
    spoken = language if language in version.languages else version.languages[0]
    return {
        "organisation_shown": row.organisation,
        "notice": row,
        "version": version,
        "versions": versions,
        "is_latest": version.number == versions[0].number,
        "text": reading.text_of(version),
        "spoken": spoken,
    }


@login_not_required
@require_safe
@bounded
def notice(request, slug, notice):
    asks = asking().filter(slug=slug).exists()

    def make(row, version, versions, language):
        context = _context(row, version, versions, language)
        told = {"withdrawal", "objection"} & set(version.summary["sections"])
        context["has_preferences"] = asks and bool(told)
        return rendered(request, "portal/notice.html", context, language)

    return _answered(request, slug, notice, make, "asks" if asks else "")


@login_not_required
@require_safe
@bounded
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})
def fragment(request, slug, notice):
    """The text alone, for a frame or to be fetched into another page; with `?point=` the short text of that place."""
    asked = request.GET.get("point", "")

    def make(row, version, versions, language):
        context = _context(row, version, versions, language)
        if asked:
            point = next((one for one in row.points.filter(retired_on=None) if str(one.pk) == asked), None)
            if point is None:
                raise Http404
            context["short"] = short(context["text"], point.activity_id)
            context["address"] = request.build_absolute_uri(request.path.removesuffix("fragment/"))
        return rendered(request, "portal/notice_fragment.html", context, language)

    response = _answered(request, slug, notice, make, asked)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
@bounded
def paper(request, slug, notice):
    """The PDF, kept for a day: making one takes a second, and it is the same for everybody."""

    def make(row, version, versions, language):
        context = _context(row, version, versions, language)
        key = f"notice-pdf:{settings.VERSION}:{version.digest}:{context['spoken']}"
        content = caches["worker"].get(key)
        if content is None:
            content = bytes(notice_pdf.make(row, version, context["text"], context["spoken"]))
            caches["worker"].set(key, content, KEPT)
        response = HttpResponse(content, content_type="application/pdf")
        name = f"{row.slug}-{version.number}-{context['spoken']}.pdf"
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response

    return _answered(request, slug, notice, make, "pdf")
