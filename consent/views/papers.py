"""Typing in signed papers: which form or wording they show, and then line by line."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import paper
from consent.actions import papers as acts
from consent.forms.papers import FindForm, PaperSet, PileForm
from consent.kinds import BY_PHONE, Channel, IdentifierKind, Purpose
from consent.models import FormVersion, Wording, WordingVersion
from core.htmx import page

from .form_versions import version_of
from .wordings import ordered

KINDS = (("email", IdentifierKind.EMAIL), ("phone", IdentifierKind.PHONE), ("number", IdentifierKind.NUMBER))


def _versions(request):
    seen = WordingVersion.objects.filter(wording__in=Wording.objects.visible_to(request.membership))
    return seen.select_related("organisation", "wording__purpose__organisation")


@requires(P.CONSENT_RECORD)
def find(request, organisation):
    """By the code under the QR code of a form, or by the list."""
    versions = _versions(request).order_by("wording__name", "-number")
    form = FindForm(request.POST if request.method == "POST" else None, versions=versions)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["version"]:
            return redirect("consent:papers_of", organisation.slug, form.cleaned_data["version"])
        found = _by_code(organisation, form.cleaned_data["code"])
        if found is not None:
            return redirect("consent:form_papers", organisation.slug, found.form_id, found.number)
        form.add_error("code", _("No form has this code. Look under the QR code, or choose the wording below."))
    return page(request, "consent/papers_find.html", {"form": form}, status=422 if form.errors else None)


def _by_code(organisation, code):
    """The version of a form, by its slug and number as they stand on the paper."""
    said = paper.read_code(code)
    if said is None:
        return None
    slug, number = said
    return FormVersion.objects.filter(organisation=organisation, form__slug=slug, number=number).first()


@requires(P.CONSENT_RECORD)
def of_form(request, organisation, consent_form, number):
    """Papers that were printed from a form: all its questions at once."""
    _row, form = version_of(request, consent_form, number)
    choices = form.content["choices"]
    wordings = {str(row.pk): row for row in _versions(request).filter(pk__in=[one["wording"] for one in choices])}
    if len(wordings) < len({one["wording"] for one in choices}):
        raise Http404
    questions = tuple(acts.Question(wordings[one["wording"]], one["channel"]) for one in choices)
    asks = form.content["asks"]
    kind = next((kind for name, kind in KINDS if asks[name]), IdentifierKind.EMAIL)
    pile = PileForm(_sent(request), languages=form.languages, has_channel=False, initial={"kind": kind})
    asked = [
        _("%(name)s (%(channel)s)") % {"name": one["name"], "channel": Channel(one["channel"]).label} for one in choices
    ]
    has_phone = kind != IdentifierKind.PHONE and any(one.channel in BY_PHONE for one in questions)
    lines = _lines(request, asked=asked, has_phone=has_phone)

    def sheet(said):
        return acts.Sheet(questions, said["language"], form)

    title = _("%(name)s, version %(number)d") % {"name": form.title(get_language()), "number": form.number}
    return _typing_in(request, organisation, title, pile, lines, sheet)


@requires(P.CONSENT_RECORD)
def take_in(request, organisation, wording_version):
    """Papers with one question, on whatever form it stood."""
    version = get_object_or_404(_versions(request), pk=wording_version)
    languages = [language for language, _text in ordered(organisation, version.content.get("texts", {}))] or ["nl"]
    pile = PileForm(_sent(request), languages=languages, has_channel=True, initial=_usual(version))

    def sheet(said):
        return acts.Sheet((acts.Question(version, said["channel"]),), said["language"])

    title = _("%(name)s, version %(number)d") % {"name": version.wording.name, "number": version.number}
    return _typing_in(request, organisation, title, pile, _lines(request, asked=[version.wording.name]), sheet)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _lines(request, **asked):
    first = {"on": timezone.localdate(), "who": "subject"}
    kwargs = asked | {"initial": first}
    return PaperSet(_sent(request), request.FILES or None, prefix="papers", initial=None, form_kwargs=kwargs)


def _usual(version):
    is_image = version.wording.purpose.kind == Purpose.PUBLICATION
    return {
        "kind": IdentifierKind.NUMBER if is_image else IdentifierKind.EMAIL,
        "channel": Channel.NONE if is_image else Channel.EMAIL,
    }


def _typing_in(request, organisation, title, pile, lines, sheet):
    """The page, or what was sent taken in. `sheet` makes the `Sheet` of what a valid pile says."""
    status = None
    if request.method == "POST":
        count = _taken(organisation, pile, lines, sheet, by=request.user, at=timezone.now())
        if count:
            words = ngettext("%(count)d paper was recorded.", "%(count)d papers were recorded.", count)
            messages.success(request, words % {"count": count})
            return redirect(request.path)
        status = 422
    return page(request, "consent/papers.html", {"title": title, "pile": pile, "lines": lines}, status=status)


def _taken(organisation, pile, lines, sheet, *, by, at):
    """How many papers were recorded; 0 when something is wrong, which the forms then say."""
    are_good = pile.is_valid() and lines.is_valid()
    if not pile.is_valid():
        return 0
    papers = lines.papers(pile.cleaned_data["kind"], organisation.country)
    if not are_good or any(form.errors for form in lines.forms):
        pile.add_error(None, _("Nothing was recorded: look at the lines with a message."))
        return 0
    if not papers:
        pile.add_error(None, _("Fill in at least one line."))
        return 0
    try:
        acts.take_in(sheet(pile.cleaned_data), papers, by=by, at=at)
    except acts.BadPapers as bad:
        for place, sentence in bad.wrong.items():
            lines.forms[place].add_error(None, sentence)
        pile.add_error(None, _("Nothing was recorded: look at the lines with a message."))
        return 0
    return len(papers)
