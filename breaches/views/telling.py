"""Telling the people (Art. 34): the texts, the preview, and what was sent."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import letters
from breaches.actions import telling
from breaches.authority_forms import gathering
from breaches.forms.telling import TextForm, ToldForm
from core.refusal import Refused

from .found import breach_of, shown


@dataclass(frozen=True)
class Kind:
    """One of the texts that can be made. `name` stands in its address and under it the draft is kept."""

    name: str
    language: str
    title: str
    is_public: bool = False


TEXTS = {
    kind.name: kind
    for kind in (
        Kind("letter-nl", "nl", gettext_lazy("Letter or mail in Dutch")),
        Kind("letter-en", "en", gettext_lazy("Letter or mail in English")),
        Kind("notice-nl", "nl", gettext_lazy("Public notice in Dutch"), True),
        Kind("notice-en", "en", gettext_lazy("Public notice in English"), True),
    )
}


@require_safe
@requires(P.BREACHES_HANDLE)
def overview(request, organisation, breach):
    found = breach_of(request, breach)
    facts, begun = _facts(request, found), telling.begun(found, TEXTS)
    context = {
        "parts": letters.parts(facts),
        "texts": [(kind, kind.name in begun) for kind in TEXTS.values()],
        "communications": found.communication_rows.select_related("by"),
        "decision": facts.people_decision,
    }
    return shown(request, found, "breaches/tell.html", context)


@requires(P.BREACHES_HANDLE)
def text(request, organisation, breach, text):
    """Write the text. What is on the page and not kept yet comes from the facts; an empty text begins anew."""
    found = breach_of(request, breach)
    kind = _kind(text)
    kept = telling.draft_of(found, kind.name)
    form = TextForm(request.POST or None, initial=_start(request, found, kind, kept))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, found, kind, form)
        except telling.Overtaken as overtaken:
            theirs = overtaken.theirs
            form.data = form.data.copy()
            form.data["was"] = telling.mark(theirs)
            form.add_error(None, str(overtaken))
        else:
            messages.success(request, _("The text is kept."))
            goal = "breaches:told" if "record" in request.POST else "breaches:text"
            return redirect(goal, organisation.slug, found.pk, kind.name)
    written = form["text"].value() or ""
    context = {
        "form": form,
        "kind": kind,
        "kept": kept,
        "theirs": theirs,
        "written": written,
        "blanks": letters.blanks(written),
    }
    return shown(request, found, "breaches/text.html", context, status=422 if form.errors else None)


@requires(P.BREACHES_HANDLE)
def told(request, organisation, breach, text):
    found = breach_of(request, breach)
    kind = _kind(text)
    at = timezone.now()
    initial = {
        "sent_on": timezone.localdate(at),
        "text": telling.draft_of(found, kind.name),
        "is_public": kind.is_public,
    }
    form = ToldForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = telling.tell(found, form.told(kind.language), form.cleaned_data["text"], by=request.user, at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is kept how the people were told."))
            return redirect("breaches:communication", organisation.slug, found.pk, row.pk)
    context = {"form": form, "kind": kind}
    return shown(request, found, "breaches/told.html", context, status=422 if form.errors else None)


@require_safe
@requires(P.BREACHES_HANDLE)
def communication(request, organisation, breach, communication):
    found = breach_of(request, breach)
    row = get_object_or_404(found.communication_rows.select_related("by"), pk=communication)
    words, is_intact = telling.words_of(row)
    return shown(request, found, "breaches/communication.html", {"row": row, "words": words, "is_intact": is_intact})


def _kind(name):
    if name not in TEXTS:
        raise Http404
    return TEXTS[name]


def _facts(request, breach):
    return gathering.facts_of(breach, membership=request.membership, at=timezone.now())


def _start(request, breach, kind, kept):
    """What was kept, or else a letter from the facts. `was` is of what is kept, so an unkept text is of nobody."""
    text = kept or letters.letter(_facts(request, breach), kind.language, is_public=kind.is_public)
    return {"text": text, "was": telling.mark(kept)}


def _keep(request, breach, kind, form):
    given = form.cleaned_data
    text = "" if "anew" in request.POST else given["text"]
    telling.keep_draft(breach, kind.name, text, was=given["was"], by=request.user, at=timezone.now())
