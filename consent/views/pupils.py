"""One pupil: what each parent and the pupil said, recording more, and taking them off the list."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent.actions import class_lists as acts
from consent.forms.class_lists import SaidForm, wordings_of
from consent.forms.people import now_on_the_wall
from consent.models import Pupil
from consent.school import pupils
from core.htmx import page
from core.refusal import Refused

from .people import images_first


def pupil_of(request, key):
    seen = Pupil.objects.filter(organisation=request.membership.organisation_id)
    return get_object_or_404(seen.select_related("organisation", "person__key_row", "class_list"), pk=key)


@requires(P.CONSENT_RECORD)
def show(request, organisation, pupil):
    found, at = pupil_of(request, pupil), timezone.now()
    purposes = list(pupils.purposes_of(request.membership))
    form = SaidForm(
        request.POST or None,
        request.FILES or None,
        purposes=purposes,
        wordings=wordings_of(purposes),
        language=get_language(),
        initial={"happened_at": now_on_the_wall()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.hear(found, form.heard(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is recorded."))
            return redirect("consent:pupil", organisation.slug, found.pk)
    [row] = pupils.rows(Pupil.objects.filter(pk=found.pk), purposes, organisation, at=at)
    if request.method != "POST":
        events.record(Event.Kind.PERSON_SEEN, request=request, subject=found.person_id, at=at)
    number = pupils.numbers_of([found]).get(found.person_id, "")
    context = {"pupil": found, "row": row, "number": number, "form": form}
    return page(request, "consent/pupil.html", context, status=422 if form.errors else None)


@requires(P.CONSENT_RECORD)
def take_off(request, organisation, pupil):
    found = pupil_of(request, pupil)
    back = reverse("consent:class_list", args=[organisation.slug, found.class_list_id])
    if request.method == "POST":
        acts.take_off(found, by=request.user, at=timezone.now(), request=request)
        messages.success(request, _("The pupil is no longer on the list."))
        return redirect(back)
    context = {
        "title": _("Take off the class list"),
        "question": _("Take this pupil off the class list?"),
        "losses": [_("the name and date of birth on the list")],
        "kept": [_("what parents and pupil said, in the ledger, under the pupil number")],
        "action_label": _("Take off"),
        "alternative": images_first(found.person),
        "cancel_url": reverse("consent:pupil", args=[organisation.slug, found.pk]),
    }
    return page(request, "consent/class_confirm.html", context)
