"""The text for one controller for whom we process: made from the facts, changed, copied or mailed, recorded as sent.

Dertig does not send it: what happened goes by the mail or portal that both organisations agreed on.
"""

from urllib.parse import quote

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import controller_letters, letters
from breaches.actions import controllers, facts, telling
from breaches.authority_forms import gathering
from breaches.authority_forms.reading import LANGUAGES
from breaches.forms.telling import TextForm
from breaches.law import Involvement
from core.moments import MomentField, on_the_wall
from core.refusal import Refused

from .found import breach_of, shown

LONGEST_MAIL = 1_800
"""Signs of an address that every mail program opens; a longer text is copied."""


class ControllerTextForm(TextForm):
    told_at = MomentField(label=gettext_lazy("Told at"), required=False)


@requires(P.BREACHES_HANDLE)
def text(request, organisation, breach, party):
    """Keep the text, begin anew, or record that it was sent (`record`)."""
    found = breach_of(request, breach)
    facts.ask_open(found)
    rows = found.breachparty_rows.filter(involvement=Involvement.CLIENT).select_related("party", "breach__organisation")
    row = get_object_or_404(rows, party=party)
    language = request.GET.get("language", "")
    language = language if language in LANGUAGES else (get_language() or "nl")[:2]
    name = f"controller.{row.party_id}.{language}"
    kept = telling.draft_of(found, name)
    form = ControllerTextForm(request.POST or None, initial=_start(request, found, row, language, kept, rows))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            said = _acted(request, found, row, name, form.cleaned_data)
        except telling.Overtaken as overtaken:
            theirs = overtaken.theirs
            form.data = form.data.copy()
            form.data["was"] = telling.mark(theirs)
            form.add_error(None, str(overtaken))
        except Refused as refused:
            if telling.draft_of(found, name) == form.cleaned_data["text"]:  # kept, though not recorded as sent
                form.data = form.data.copy()
                form.data["was"] = telling.mark(form.cleaned_data["text"])
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            if "record" in request.POST:
                return redirect("breaches:controllers", organisation.slug, found.pk)
            return redirect(f"{request.path}?language={language}")
    written = form["text"].value() or ""
    context = {
        "form": form,
        "row": row,
        "language": language,
        "kept": kept,
        "theirs": theirs,
        "written": written,
        "blanks": letters.blanks(written),
        "subject": controller_letters.subject(found, language),
        "mail_url": _mail(row.party.email, controller_letters.subject(found, language), written),
        "tabs": [
            {"url": f"?language={code}", "label": label, "active": code == language, "count": None}
            for code, label in (("nl", _("In Dutch")), ("en", _("In English")))
        ],
    }
    return shown(request, found, "breaches/controller_text.html", context, status=422 if form.errors else None)


def _start(request, breach, row, language, kept, rows):
    written = kept
    if not kept:
        known = gathering.facts_of(breach, membership=request.membership, at=timezone.now())
        named = [activity.name for activity in controllers.found(breach).get(row.party, ())]
        is_only = len(rows) == 1
        written = controller_letters.letter(known, row.party.name, named, language, is_only=is_only)
    return {"text": written, "was": telling.mark(kept), "told_at": on_the_wall(timezone.now())}


def _acted(request, breach, row, name, given):
    by, at = request.user, timezone.now()
    text = "" if "anew" in request.POST else given["text"]
    telling.keep_draft(breach, name, text, was=given["was"], by=by, at=at)
    if "record" not in request.POST:
        return _("The text is kept.")
    if not text.strip():
        raise Refused(_("Keep the words in which they were told."))
    controllers.tell(row, text, told_at=given["told_at"] or at, by=by, at=at)
    return _("It is recorded that %(name)s was told.") % {"name": row.party.name}


def _mail(address, subject, text):
    """A link that opens the mail program of whoever clicks; without the text when that is too long for it."""
    url = f"mailto:{quote(address)}?subject={quote(subject)}"
    body = quote(text.replace("\n", "\r\n"))
    return f"{url}&body={body}" if len(url) + len(body) < LONGEST_MAIL else url
