"""The yearly letter to parents: what stands for each pupil of a class, and that the letters went out."""

import io

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent.actions import class_lists as acts
from consent.actions import reminding
from consent.models import Pupil
from consent.school import parent_letters, pupils
from core import uploads
from core.htmx import page

from .class_lists import class_of


@require_safe
@requires(P.CONSENT_RECORD)
def letter(request, organisation, class_list):
    """The words, for a letter or a mail; the letters themselves are a PDF."""
    found, settings = class_of(request, class_list), acts.settings_of(organisation)
    languages = organisation.language_codes
    texts = [(language, parent_letters.words_of(settings, language)) for language in languages]
    return page(request, "consent/class_letter.html", {"class_list": found, "texts": texts})


@require_safe
@requires(P.CONSENT_RECORD)
def letters(request, organisation, class_list, language):
    """A page for each pupil."""
    found, at = class_of(request, class_list), timezone.now()
    if language not in organisation.language_codes:
        language = organisation.main_language
    purposes = list(pupils.purposes_of(request.membership))
    rows = pupils.rows(Pupil.objects.filter(class_list=found), purposes, organisation, at=at)
    content = parent_letters.make(found, rows, purposes, acts.settings_of(organisation), language=language, at=at)
    details = {"format": "pdf", "people": len(rows)}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=found.pk, details=details, at=at)
    name = f"{organisation.slug}-letters-{timezone.localdate(at).isoformat()}.pdf"
    return uploads.attachment(io.BytesIO(content), name, "application/pdf")


@require_POST
@requires(P.CONSENT_RECORD)
def reminded(request, organisation, purpose):
    found = get_object_or_404(pupils.purposes_of(request.membership), pk=purpose)
    at = timezone.now()
    reminding.reminded(found, by=request.user, at=at, on=timezone.localdate(at))
    messages.success(request, _("It is recorded that parents were reminded this school year."))
    return redirect("consent:class_lists", organisation.slug)
