"""One wording: its draft, its checklist, what was published of it, and how far the record has moved since."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import covering, figures, overview, validity
from consent.actions import purposes, wordings
from consent.forms.wordings import StartForm, checklist_form, initial_texts, texts_form
from consent.models import Wording
from core.htmx import page
from core.refusal import Refused
from register import row_history

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
    asked = wordings.asked_of(found.purpose, purpose.standing)
    context = {
        "wording": found,
        "row": row,
        "purpose": purpose,
        "texts": ordered(organisation, texts),
        "blockers": validity.blockers(found.checklist, texts, asked),
        "versions": found.versions.select_related("published_by"),
        "figures": figures.of_wording(found),
        "people": figures.covered(row.version, at=at) if row.moved.is_stale else None,
        "fewest": figures.FEWEST,
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
    """What will be frozen, and what stops it; then it is done."""
    found = _open(wording_of(request, wording))
    on = timezone.localdate()
    if request.method == "POST":
        revision = int(request.POST["revision"]) if request.POST.get("revision", "").isdecimal() else -1
        version = wordings.publish(found, revision=revision, by=request.user, at=timezone.now(), on=on)
        messages.success(request, _("Version %(number)d is what people are shown now.") % {"number": version.number})
        return redirect("consent:wording", organisation.slug, found.pk)
    standing = purposes.standings([found.purpose], on=on).get(found.purpose_id)
    context = {
        "wording": found,
        "texts": ordered(organisation, wordings.texts_of(found)),
        "blockers": wordings.blockers(found, standing[0] if standing else None),
        "facts": _facts(covering.facts(*standing)) if standing else None,
        "before": wordings.in_use(found, timezone.now()),
    }
    return page(request, "consent/wording_publish.html", context)


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
    }
    return page(request, "consent/wording_version.html", context)


def _draft(request, wording, template, form_of, save):
    """A form of the draft: shown, or saved while the row is locked, so that two people overwrite nothing unseen."""
    if request.method == "POST":
        with transaction.atomic():
            form = form_of(wordings.locked(wording), request.POST)
            if form.is_valid():
                save(form)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("consent:wording", wording.organisation.slug, wording.pk)
        status = 409 if form.clashes else 422
    else:
        form, status = form_of(wording), None
    last = row_history.last_change(wording) if form.clashes else None
    return page(request, template, {"wording": wording, "form": form, "last": last}, status=status)


def languages_of(organisation, texts):
    """Those of the organisation, main language first, and what was written besides."""
    own = [language[:2] for language in organisation.languages.split(",")]
    return list(dict.fromkeys([*own, *texts]))


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
    labels = (
        ("controllers", _("Controllers")),
        ("recipients", _("Recipients who decide for themselves")),
        ("processors", _("Processors")),
        ("data", _("Data")),
    )
    line = content["line"]
    text = line["nl"] or line["en"] if language.startswith("nl") else line["en"] or line["nl"]
    activity = content["activity"]
    return [
        (_("Purpose in the register"), [text]),
        (_("Activity"), [f"{activity['code']} {activity['name']}"]),
        *((label, [covering.name(item, language) for item in content[key]]) for key, label in labels),
    ]
