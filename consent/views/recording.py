"""Recording for a person what they signed or said, and what they take back."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import standing
from consent.actions import desk, leaving, versions
from consent.forms.people import TakeDownForm, WhoForm, WithdrawForm, card_is_no_consent, now_on_the_wall
from consent.kinds import PARENTS, Channel, GivenBy, Method, Purpose
from consent.models import ConsentForm, FormVersion, Person, Pupil
from core.htmx import page
from core.refusal import Refused

from .people import images_first, person_of, purposes_of
from .wordings import ordered, wording_of


@requires(P.CONSENT_RECORD)
def record(request, organisation, wording):
    """What somebody said when they were asked with this wording; `person` in the query names who is known, `form`
    the version of the paper form that they filled in."""
    found = wording_of(request, wording)
    person, paper_form = _asked_for(request), _form_of(request)
    version = versions.in_use(found, timezone.now()) or found.versions.first()
    if version is None:
        raise Refused(_("This wording was never published, so nobody can have been asked with it."))
    texts = ordered(organisation, version.content.get("texts", {}))
    form = TakeDownForm(
        request.POST or None,
        request.FILES or None,
        languages=[language for language, _text in texts] or [organisation.main_language],
        asks_address=person is None,
        asks_channel=found.purpose.kind != Purpose.PUBLICATION,
        country=organisation.country,
        initial={"happened_at": now_on_the_wall()},
    )
    if request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        try:
            told = replace(form.told(), form=paper_form)
            event = desk.take_down(found, person, told, scan=scan, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is recorded, with the version of the wording that was in use then."))
            return redirect("consent:person", organisation.slug, event.person_id)
    context = {
        "wording": found,
        "person": person,
        "version": version,
        "paper_form": paper_form,
        "texts": texts,
        "form": form,
        "card": card_is_no_consent(),
    }
    return page(request, "consent/record.html", context, status=422 if form.errors else None)


def _form_of(request):
    """The version of a form in the query, when it is one that may be seen here."""
    try:
        key = uuid.UUID(request.GET.get("form", ""))
    except ValueError:
        return None
    seen = ConsentForm.objects.visible_to(request.membership)
    return FormVersion.objects.filter(pk=key, form__in=seen).select_related("form").first()


@requires(P.CONSENT_RECORD)
def withdraw(request, organisation, person, purpose, channel):
    """Somebody withdraws one consent and told us so by letter, telephone or at the desk (Art. 7(3))."""
    found = person_of(request, person)
    asked = get_object_or_404(purposes_of(request), pk=purpose)
    if channel not in Channel.values:
        raise Http404
    now = standing.current(found, asked, channel, at=timezone.now())
    form = WithdrawForm(
        request.POST or None,
        asks_which=now.given_by in PARENTS or asked.kind == Purpose.PUBLICATION,
        initial={
            "happened_at": now_on_the_wall(),
            "given_by": now.given_by if now.given_by in PARENTS else GivenBy.SUBJECT,
        },
    )
    if request.method == "POST" and form.is_valid():
        said, (given_by, parent) = form.cleaned_data, form.who
        event = desk.withdraw(
            found,
            asked,
            channel,
            at=timezone.now(),
            by=request.user,
            given_by=given_by,
            parent=parent,
            happened_at=said["happened_at"],
            facts={"note": said["note"]},
        )
        done = _("The consent is withdrawn.") if event else _("Nothing was given at that moment, so nothing changed.")
        messages.success(request, done)
        return _back(found)
    name = asked.name(get_language())
    context = {
        "title": _("Withdraw consent"),
        "question": _("Withdraw the consent for “%(purpose)s” (%(channel)s)?")
        % {"purpose": name, "channel": Channel(channel).label},
        "kept": [
            _("what was done before stays lawful"),
            _("the proof of the consent, and that and when it was withdrawn"),
        ],
        "action_label": _("Withdraw"),
        "form": form,
    }
    if not now.is_given:
        context["question"] = _("There is no consent for this now. What you record only holds for an earlier moment.")
    return _confirmed(request, found, context)


@requires(P.CONSENT_RECORD)
def object_to_marketing(request, organisation, person):
    """Art. 21(2): always honoured, without weighing."""
    found = person_of(request, person)
    form = WhoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        desk.object_to_marketing(
            found,
            at=timezone.now(),
            by=request.user,
            given_by=said["given_by"],
            facts={"note": said["note"]},
        )
        messages.success(request, _("No direct marketing goes to this person any more."))
        return _back(found)
    context = {
        "title": _("Objects to direct marketing"),
        "question": _("From now on nothing of direct marketing goes to this person, over no channel?"),
        "losses": [_("every consent for direct marketing, also of purposes that come later")],
        "kept": [
            _("consent for other things, such as photos"),
            _("a mark against the address, so that a list that is brought in later cannot bring the person back"),
        ],
        "action_label": _("Record the objection"),
        "form": form,
    }
    return _confirmed(request, found, context)


@requires(P.CONSENT_EDIT)
def erase(request, organisation, person):
    """Art. 17: what leads to the person goes at once; reduced proof stays until the term for claims is over."""
    found = person_of(request, person)
    if found.erased_at is not None:
        raise Refused(_("The data of this person were erased already."))
    if request.method == "POST":
        leaving.erase(found, at=timezone.now(), method=Method.DESK, by=request.user)
        messages.success(
            request,
            _("The person is erased. A last mail tells them what stays, if there was an address."),
        )
        return redirect("consent:find", organisation.slug)
    place = _("the place on the class list; a later file of pupils brings it back, with nothing agreed to")
    context = {
        "title": _("Erase this person"),
        "question": _("Erase what leads to this person and what they filled in? This cannot be undone."),
        "losses": [
            _("addresses and numbers: nobody finds the person by them any more"),
            _("what they filled in, and notes"),
            _("every consent"),
            *([place] if Pupil.objects.filter(person=found).exists() else []),
        ],
        "kept": [
            _("sealed proof that consent was given and withdrawn, until the term for legal claims is over"),
            _("a mark (a keyed hash) against the address, so that a later import does not bring the person back"),
        ],
        "action_label": _("Erase for good"),
        "alternative": images_first(found),
    }
    return _confirmed(request, found, context)


def _asked_for(request):
    """The person whom the query names, or None."""
    key = request.GET.get("person", "")
    if not key:
        return None
    try:
        return person_of(request, uuid.UUID(key))
    except ValueError:
        raise Http404 from None


def _back(person: Person):
    return redirect("consent:person", person.organisation.slug, person.pk)


def _confirmed(request, person, context):
    form = context.get("form")
    address = reverse("consent:person", args=[person.organisation.slug, person.pk])
    status = 422 if form is not None and form.errors else None
    return page(request, "consent/confirm.html", {"person": person, "cancel_url": address, **context}, status=status)
