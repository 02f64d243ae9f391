"""The report page, for members and for whoever holds the secret link; it keeps what is typed as it is typed.

Each POST keeps the answers and the files that came along; `act` says what else is wanted. Without JavaScript the
buttons do it, with it htmx does, and asks for nothing but the line that says what was kept.
"""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from breaches import first_aid
from breaches.actions import drafts
from breaches.authors import Author
from breaches.forms.report import FilesForm, ReportForm
from breaches.kinds import Incident
from breaches.models import Breach, Drill, ReportDraft
from core.htmx import asks_for_part, page
from core.refusal import Refused


@requires(Permission.OWN_REPORTS)
def report(request, organisation):
    """Report a breach; what somebody was still writing is there again."""
    return answer(request, Author(organisation, user=request.user), _places(organisation, "report", "report_sent"))


@requires(Permission.OWN_REPORTS)
def drill(request, organisation):
    """The same page while a drill is on; what is sent counts as practice only."""
    running = Drill.objects.of(organisation).filter(ended_at=None).first()
    author = Author(organisation, user=request.user, drill=running)
    places = _places(organisation, "report_drill", "report_sent")
    if running is None:
        return _no_drill(request, author, places)
    return answer(request, author, places)


def _no_drill(request, author, places):
    """Somebody had the page open when the drill ended: what they sent in time is still theirs to see."""
    was_sent = drafts.sent(author, _draft_id(request.POST.get("draft")))
    if was_sent is not None:
        return places["go"](request, was_sent)
    return page(request, "breaches/report/no_drill.html", status=200 if request.method == "GET" else 409)


@requires(Permission.OWN_REPORTS)
def report_sent(request, organisation, breach):
    """For whoever reported it: the reference, what to do now, and how far it is."""
    found = Breach.objects.of(organisation).filter(pk=breach, reported_by=request.user).first()
    if found is None:
        raise Http404
    return page(request, "breaches/report/sent.html", sent_context(found))


@requires(Permission.OWN_REPORTS)
def reports(request, organisation):
    """The own reports, with their state only."""
    mine = Breach.objects.of(organisation).filter(reported_by=request.user).order_by("-reported_at")
    unsent = ReportDraft.objects.filter(organisation=organisation, by=request.user).select_related("drill")
    context = {"breaches": mine[:200], "drafts": unsent.order_by("-saved_at")}
    return page(request, "breaches/report/list.html", context)


def sent_context(breach):
    return {"breach": breach, "aid": first_aid.of(breach.incident)}


def _places(organisation, here, sent):
    """Where this page is, and how to get from it to what was sent."""

    return {
        "here": reverse(f"breaches:{here}", args=[organisation.slug]),
        "go": lambda request, breach: go(request, reverse(f"breaches:{sent}", args=[organisation.slug, breach.pk])),
        "base": "base.html",
        "note": "",
    }


def answer(request, author, places):
    """The page of one author. `places`: the address `here`, `go(request, breach)` to what was sent, `base`, `note`."""
    if request.method != "POST":
        return _show(request, author, places)
    draft_id, act = _draft_id(request.POST.get("draft")), request.POST.get("act", "")
    at = timezone.now()
    draft = drafts.keep(author, draft_id, _answers(request.POST), at=at)
    if draft is None:
        return places["go"](request, drafts.sent(author, draft_id))
    if act == "anew":
        drafts.throw_away(draft)
        return go(request, places["here"])
    uploads = FilesForm(None, request.FILES, is_outside=author.is_outside) if request.FILES else None
    fault = _add_files(draft, uploads, at=at)
    if act.startswith("remove:"):
        drafts.remove_file(draft, _draft_id(act.partition(":")[2]))
    if act == "send":
        return _send(request, author, places, draft, uploads, fault, at=at)
    if asks_for_part(request):
        changed = bool(request.FILES) or act.startswith("remove:")
        return _kept(request, places, draft, fault, with_files=changed)
    if fault:
        return _show(request, author, places, draft=draft, uploads=uploads, fault=fault, status=422)
    return redirect(f"{places['here']}?draft={draft.pk}")


def _send(request, author, places, draft, uploads, fault, *, at):
    form = ReportForm(request.POST, author=author, now=at)
    if not form.is_valid() or fault:
        return _show(request, author, places, draft=draft, form=form, uploads=uploads, fault=fault, status=422)
    with translation.override(author.organisation.languages[:2]):
        known = form.cleaned_data["incident"] or Incident.OTHER
        title = _("Report without a name yet") if known == Incident.OTHER else str(Incident(known).label)
    breach = drafts.send(draft, form.breach(title), form.texts(), by=author.user, at=at)
    return places["go"](request, breach)


def _add_files(draft, uploads, *, at):
    """Keep each file that is good; returns what is wrong with the others, or nothing."""
    if uploads is None:
        return ""
    if not uploads.is_valid():
        return " ".join(uploads.errors["files"])
    try:
        for upload in uploads.cleaned_data["files"]:
            drafts.add_file(draft, upload, at=at)
    except Refused as refusal:
        return str(refusal)
    return ""


def _show(request, author, places, *, draft=None, form=None, uploads=None, fault="", status=None):
    draft = draft or _draft_asked_for(request, author)
    now = timezone.now()
    if form is None:
        form = ReportForm(initial=_initial(draft), author=author, now=now)
    context = {
        "form": form,
        "files": drafts.files_of(draft),
        "files_form": uploads or FilesForm(is_outside=author.is_outside),
        "files_fault": fault,
        "draft": draft,
        "draft_id": draft.pk if draft else uuid.uuid4(),
        "author": author,
        "base": places["base"],
        "here": places["here"],
        "note": places["note"],
        "drill_running": _drill_running(author),
    }
    return page(request, "breaches/report/page.html", context, fragment="breaches/report/_form.html", status=status)


def _draft_asked_for(request, author):
    asked = request.GET.get("draft", "")
    if not asked:
        return drafts.latest(author, author.drill)
    return drafts.find(author, _draft_id(asked))


def _drill_running(author):
    """A drill to point at, on the page of real reports."""
    if author.is_outside or author.drill:
        return None
    return Drill.objects.of(author.organisation).filter(ended_at=None).first()


def _initial(draft):
    answers = drafts.answers_of(draft)
    several = {"groups"}
    return {name: values if name in several else values[-1] for name, values in answers.items() if values}


def _answers(given):
    fields = ReportForm.base_fields
    return {name: given.getlist(name) for name in given if name in fields}


def _draft_id(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return uuid.uuid4()


def _kept(request, places, draft, fault, *, with_files):
    files = drafts.files_of(draft) if with_files else []
    context = {"draft": draft, "files": files, "files_fault": fault, "here": places["here"], "with_files": with_files}
    return TemplateResponse(request, "breaches/report/_kept.html", context)


def go(request, url):
    """By a redirect, or by telling htmx to leave the page."""
    if asks_for_part(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
