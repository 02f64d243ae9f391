"""One wording: its draft, its checklist, what was published of it, and how far the record has moved since."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import files
from accounts.access import requires
from accounts.permissions import Permission as P
from consent import covering, figures, noticing, overview, renewals, republishing, validity
from consent.actions import consent_forms, purposes, versions, wordings
from consent.forms.wordings import PublishForm, StartForm, checklist_form, initial_texts, texts_form
from consent.models import ConsentForm, FormChoice, FormVersion, RenewalRound, Wording
from core.htmx import page
from core.refusal import Refused
from register.views.editing import edited

from .purposes import purpose_of


def wording_of(request, key):
    """The wording that the address names. One query."""
    seen = Wording.objects.visible_to(request.membership)
    return get_object_or_404(seen.select_related("organisation", "purpose__organisation", "purpose__activity"), pk=key)


@requires(P.CONSENT_EDIT)
def new(request, organisation, purpose):
    found = purpose_of(request, purpose)
    form = StartForm(request.POST or None, instance=Wording(purpose=found, organisation=organisation))
    if request.method == "POST" and form.is_valid():
        wording = wordings.start(form.instance, by=request.user, at=timezone.now())
        return redirect("consent:wording_texts", organisation.slug, wording.pk)
    context = {"purpose": found, "form": form}
    return page(request, "consent/wording_new.html", context, status=422 if form.errors else None)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, wording):
    found = wording_of(request, wording)
    at = timezone.now()
    [purpose] = overview.of([found.purpose], language=get_language(), at=at)
    row = next(one for one in purpose.wordings if one.wording.pk == found.pk)
    texts = wordings.texts_of(found)
    asked = wordings.asked_of(found.purpose, purpose.standing, purpose.line)
    context = {
        "wording": found,
        "row": row,
        "purpose": purpose,
        "texts": ordered(organisation, texts),
        "blockers": validity.blockers(found.checklist, texts, asked),
        "is_new": row.version is None or not wordings.is_as_published(row.version, found.checklist, texts),
        "is_loose": row.version is not None and not FormChoice.objects.filter(wording=found).exists(),
        "forms_behind": _forms_behind(found, row.version),
        "versions": found.versions.select_related("published_by"),
        "figures": figures.of_wording(found),
        "methods": figures.of_methods(found),
        "rounds": RenewalRound.objects.filter(before__wording=found).select_related("before", "after"),
        "people": renewals.people_on([row.version], at=at)[row.version.pk] or None if row.moved.is_stale else None,
        "fewest": figures.FEWEST,
        "notice": _notice(row.version.content) if row.version else None,
        "newer_notice": noticing.newer(row.version.content, on=timezone.localdate(at)) if row.version else None,
    }
    return page(request, "consent/wording.html", context)


@requires(P.CONSENT_EDIT)
def texts(request, organisation, wording):
    found = _open(wording_of(request, wording))

    def form_of(row, data=None):
        said = wordings.texts_of(row)
        languages = languages_of(organisation, said)
        return texts_form(languages)(data, instance=row, initial=initial_texts(row, said, languages))

    def save(form):
        name, said = form.cleaned_data["name"], form.texts()
        wordings.save_texts(found, name=name, texts=said, by=request.user, at=timezone.now())

    return _draft(request, found, "consent/wording_texts.html", form_of, save)


@requires(P.CONSENT_EDIT)
def checklist(request, organisation, wording):
    found = _open(wording_of(request, wording))
    standing = _standing(found)
    form_class = checklist_form(wordings.asked_of(found.purpose, standing))

    def form_of(row, data=None):
        return form_class(data, instance=row, initial=row.checklist)

    def save(form):
        wordings.save_checklist(found, form.answers(), by=request.user, at=timezone.now())

    return _draft(request, found, "consent/wording_checklist.html", form_of, save)


@requires(P.CONSENT_EDIT)
def publish(request, organisation, wording):
    """What will be frozen, with which notice, and what stops it; then it is done."""
    found = _open(wording_of(request, wording))
    on = timezone.localdate()
    offered = noticing.offered(organisation, found.purpose.activity_id, on=on)
    speaking = [version for version in offered if noticing.speaks_of(version, found.purpose.activity_id)]
    offered, speaks = speaking or offered, bool(speaking)
    asking = _forms_asking(found)
    ready = [version.form for version in republishing.unchanged(asking)]
    form = PublishForm(request.POST or None, request.FILES or None, offered=offered, is_needed=speaks, asking=ready)
    if request.method == "POST" and form.is_valid():
        _publish(request, found, form, on=on)
        return redirect("consent:wording", organisation.slug, found.pk)
    standing = purposes.standings([found.purpose], on=on).get(found.purpose_id)
    context = {
        "wording": found,
        "texts": ordered(organisation, wordings.texts_of(found)),
        "blockers": wordings.blockers(found, *(standing or (None, None))),
        "facts": _facts(covering.facts(*standing)) if standing else None,
        "before": versions.in_use(found, timezone.now()),
        "form": form,
        "speaks": speaks,
        "forms": [version.form for version in asking if version.form not in ready],
    }
    return page(request, "consent/wording_publish.html", context, status=422 if form.errors else None)


def _publish(request, wording, form, *, on):
    """The wording, and the forms that were ticked; each of those that cannot go along is told with the reason."""
    chosen = {"notice": form.cleaned_data.get("notice"), "snapshot": form.cleaned_data["snapshot"]}
    with transaction.atomic():
        version = wordings.publish(
            wording, revision=revision_seen(request), by=request.user, at=timezone.now(), on=on, **chosen
        )
        blocked = consent_forms.publish_again(form.forms_too, by=request.user, at=version.valid_from)
    messages.success(request, _("Version %(number)d is what people are shown now.") % {"number": version.number})
    for one, why in blocked:
        told = {"form": one.name, "why": why}
        messages.warning(request, _("The form “%(form)s” could not be published with it. %(why)s") % told)


def revision_seen(request):
    """Which state of the draft the page showed that was sent; one that never was when it does not say."""
    said = request.POST.get("revision", "")
    return int(said[:9]) if said.isdecimal() else -1


@requires(P.CONSENT_EDIT)
def end(request, organisation, wording):
    found = wording_of(request, wording)
    if request.method == "POST":
        wordings.end(found, by=request.user, at=timezone.now(), on=timezone.localdate())
        messages.success(request, _("Nobody is shown this wording any more. What was given with it stays."))
        return redirect("consent:wording", organisation.slug, found.pk)
    return page(request, "consent/wording_end.html", {"wording": _open(found)})


@require_safe
@requires(P.CONSENT_VIEW)
def version(request, organisation, wording, number):
    """One version as people were shown it, by value."""
    found = wording_of(request, wording)
    row = get_object_or_404(found.versions.select_related("published_by"), number=number)
    content = row.content
    asked = validity.Asked(content.get("purpose", {}).get("is_explicit", False), True)
    answers = content.get("checklist", {})
    context = {
        "wording": found,
        "version": row,
        "texts": ordered(organisation, content.get("texts", {})),
        "facts": _facts(content) if "line" in content else None,
        "answers": [(one, answers[one.key]) for one in validity.applying(asked) if one.key in answers],
        "reason": answers.get(validity.REASON, ""),
        "notice": _notice(content),
        "shown": content.get("shown"),
    }
    return page(request, "consent/wording_version.html", context)


@require_safe
@requires(P.CONSENT_VIEW)
def shown(request, organisation, wording, number):
    """The form or script as people saw it, as a file."""
    row = get_object_or_404(wording_of(request, wording).versions.select_related("shown"), number=number)
    if row.shown is None:
        raise Http404
    return files.hand_out(request, row.shown)


def _notice(content):
    """What a version says of its notice, with its title in the language of the reader; None from before it was kept."""
    kept = content.get("notice")
    return kept and kept | {"title": noticing.title(kept, get_language())}


def _forms_behind(wording, version):
    """Forms in use that ask with another version, so that nobody is offered this choice there. One query."""
    if version is None:
        return []
    shown = _forms_asking(wording)
    return [one.form for one in shown if all(choice["wording"] != str(version.pk) for choice in one.content["choices"])]


def _forms_asking(wording):
    """The versions of forms in use on which this wording is a choice. One query."""
    asking = ConsentForm.objects.filter(choices__wording=wording, retired_on=None)
    return FormVersion.objects.filter(form__in=asking, valid_until=None).select_related("form")


def _draft(request, wording, template, form_of, save):
    """The page of a form of the draft."""
    return edited(
        request,
        wording,
        lock=wordings.locked,
        form_of=form_of,
        save=save,
        template=template,
        context={"wording": wording},
        back=reverse("consent:wording", args=[wording.organisation.slug, wording.pk]),
    )


def languages_of(organisation, texts):
    """Those of the organisation, main language first, and what was written besides."""
    return list(dict.fromkeys([*organisation.language_codes, *texts]))


def ordered(organisation, texts):
    """[(language, text)] of what was written, the main language of the organisation first."""
    return [(language, texts[language]) for language in languages_of(organisation, texts) if language in texts]


def _open(wording):
    if wording.retired_on is not None:
        raise Refused(_("This wording was ended, so it can no longer be changed."))
    return wording


def _standing(wording):
    found = purposes.standings([wording.purpose], on=timezone.localdate()).get(wording.purpose_id)
    return found[0] if found else None


def _facts(content):
    """[(label, names)] of what a version freezes of the record."""
    language = get_language()
    activity = content["activity"]
    return [
        (_("Purpose in the register"), [covering.name(content["line"], language)]),
        (_("Activity"), [f"{activity['code']} {activity['name']}"]),
        *covering.named(content, language),
    ]
