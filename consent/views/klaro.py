"""The configuration of the banner Klaro for a site, as a script or as JSON."""

import io
import json

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent.actions import versions
from consent.models import Tracker
from consent.trackers import klaro
from core import uploads
from core.addresses import full_address

from .sites import site_of

FORMATS = {"js": "text/javascript; charset=utf-8", "json": "application/json"}


@require_safe
@requires(P.CONSENT_EDIT)
def configuration(request, organisation, site, format):
    """Of what somebody agreed with; a suggestion is not asked to visitors."""
    if format not in FORMATS:
        raise Http404
    site = site_of(request, site)
    rows = Tracker.objects.in_use().filter(site=site, is_suggested=False, gone_on=None)
    rows = rows.select_related("site", "purpose").order_by("name", "domain", "pk")
    wordings = versions.latest_of({row.purpose_id for row in rows if row.purpose_id}, timezone.now())
    texts = {purpose: version.content.get("texts", {}) for purpose, version in wordings.items()}
    made = klaro.configuration(rows, texts=texts, notice_urls=_notice_urls(site))
    text = klaro.as_script(made) if format == "js" else json.dumps(made, ensure_ascii=False, indent=2)
    return uploads.attachment(io.BytesIO(text.encode()), f"klaro-config.{format}", FORMATS[format])


def _notice_urls(site):
    """{language: where people read the notice}; nothing without a notice."""
    if site.notice is None:
        return {}
    url = full_address("portal:notice", site.organisation.slug, site.notice.slug)
    return {language: f"{url}?language={language}" for language in site.organisation.language_codes}
