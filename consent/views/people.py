"""Finding one person by address or number, and their page. An address comes by POST only, and stands in no log."""

import io

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent import person as people
from consent import proof, suppressions
from consent.actions import evidence as scans
from consent.actions import recording
from consent.forms.people import AddressForm
from consent.kinds import Suppressing
from consent.models import Appearance, ConsentPurpose, Evidence, Person, Pupil, Wording
from consent.receipts import files
from core import uploads
from core.htmx import page
from register.forms.exports import LANGUAGES


def person_of(request, key):
    """The person that the address of the page names, with their key. Who was erased is for who may erase. One query."""
    seen = Person.objects.filter(organisation=request.membership.organisation_id)
    found = get_object_or_404(seen.select_related("organisation", "key_row"), pk=key)
    if found.erased_at is not None and not request.membership.can(P.CONSENT_EDIT):
        raise PermissionDenied
    return found


def purposes_of(request):
    return ConsentPurpose.objects.visible_to(request.membership)


@requires(P.CONSENT_RECORD)
def find(request, organisation):
    """By POST, so that the address stands in no log and no history; nobody known is an answer too."""
    form = AddressForm(request.POST or None, country=organisation.country)
    if request.method != "POST" or not form.is_valid():
        return page(request, "consent/find.html", {"form": form}, status=422 if form.errors else None)
    asked = (organisation, form.cleaned_data["kind"], form.cleaned_data["value"])
    found = recording.person_of(*asked, country=organisation.country)
    if found is not None:
        return redirect("consent:person", organisation.slug, found.pk)
    marks = suppressions.of_address(*asked, country=organisation.country)
    return page(request, "consent/find.html", {"form": form, "is_unknown": True, "marks": _in_words(marks)})


@require_safe
@requires(P.CONSENT_RECORD)
def show(request, organisation, person):
    found, at = person_of(request, person), timezone.now()
    known = people.read(found, purposes_of(request), language=get_language(), at=at)
    events.record(Event.Kind.PERSON_SEEN, request=request, subject=found.pk, at=at)
    places = Appearance.objects.visible_to(request.membership).filter(person=found).select_related("publication")
    context = {
        "person": found,
        "known": known,
        "marks": _in_words(known.marks),
        "pupil": Pupil.objects.filter(person=found).select_related("class_list").first(),
        "places": places.order_by("-publication__published_on"),
        "formats": files.FORMATS,
    }
    return page(request, "consent/person.html", context)


@require_safe
@requires(P.CONSENT_RECORD)
def wordings(request, organisation, person):
    """Which wording was the person asked with?"""
    found = person_of(request, person)
    rows = Wording.objects.visible_to(request.membership).filter(versions__isnull=False).distinct()
    context = {"person": found, "wordings": rows.select_related("purpose").order_by("purpose__code", "name")}
    return page(request, "consent/person_wordings.html", context)


@require_safe
@requires(P.CONSENT_RECORD)
def proof_file(request, organisation, person, format):
    """All that proves the consents of one person, in their language unless another is asked for."""
    if format not in files.FORMATS:
        raise Http404
    found, at = person_of(request, person), timezone.now()
    language = request.GET.get("language", "")
    if language not in dict(LANGUAGES):
        language = found.language[:2] if found.language[:2] in dict(LANGUAGES) else organisation.main_language
    document = proof.document(found, purposes_of(request), language=language, at=at)
    content = files.make(found, document, format, language, at=at)
    details = {"format": format, "language": language, "fingerprint": proof.fingerprint(document)}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=found.pk, details=details, at=at)
    name = files.name(found, format, at=at)
    return uploads.attachment(io.BytesIO(content), name, files.FORMATS[format].content_type)


@require_safe
@requires(P.CONSENT_RECORD)
def evidence_file(request, organisation, person, evidence):
    found = person_of(request, person)
    seen = Evidence.objects.filter(event__person=found, event__purpose__in=purposes_of(request))
    return scans.hand_out(request, found, get_object_or_404(seen.select_related("file"), pk=evidence))


def images_first(person):
    """For who is about to be forgotten: images that still stand, of which nobody knows afterwards who is in them."""
    count = Appearance.objects.filter(person=person, down_on=None).count()
    if not count:
        return None
    words = ngettext(
        "This person can be seen in %(count)d image that is not down yet. Afterwards nobody knows who that is, so have "
        "it taken down first.",
        "This person can be seen in %(count)d images that are not down yet. Afterwards nobody knows who that is, so "
        "have them taken down first.",
        count,
    )
    return {
        "text": words % {"count": count},
        "label": _("Where this person can be seen"),
        "url": reverse("consent:person", args=[person.organisation.slug, person.pk]),
    }


def _in_words(marks):
    return [(Suppressing(mark.reason).label, mark.since) for mark in marks]
