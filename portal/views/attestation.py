"""The page of an owner who was asked by mail: is what the register says of your activities still true?"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.links import LinkClosed, requires_link
from core.htmx import page
from portal import public
from portal.forms import CorrectForm, StoppedForm
from register import reading
from register.actions import attesting
from register.models import Activity, AttestationLine
from register.record import Entry

FORMS = {"corrected": CorrectForm, "ended": StoppedForm}


@dataclass
class Card:
    """One activity on the page: what the register says, the answer so far, and the forms to answer with."""

    line: AttestationLine
    entry: Entry
    corrected: CorrectForm
    ended: StoppedForm
    open: str = ""  # the form to show unfolded, since it was sent with a mistake


@requires_link(attesting.PURPOSE)
def attestation(request, link):
    """Opening shows the list; each button answers about one activity."""
    now = timezone.now()
    question = attesting.answerable(link, at=now)
    if question is None:
        raise LinkClosed
    _speak(request, question.owner)
    lines = list(_lines(question))
    asked = None
    if request.method == "POST":
        asked = next((line for line in lines if str(line.pk) == request.POST.get("line")), None)
        form = _form(request, asked)
        if asked and (form is None or form.is_valid()) and _answer(request, asked, form, at=now):
            return redirect(f"{request.path}#{asked.activity.code}")
    cards = _cards(lines, request, asked)
    context = {
        "question": question,
        "cards": cards,
        "answered": sum(bool(card.line.answer) for card in cards),
        "gone": question.lines.count() - len(cards),
    }
    wrong = any(form.errors for card in cards for form in (card.corrected, card.ended))
    return page(request, "portal/attestation.html", context, status=422 if wrong else None)


def _speak(request, owner):
    """The owner's language, until the reader of the mail chooses another."""
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(owner.language)
        request.LANGUAGE_CODE = translation.get_language()


def _lines(question):
    """What is still this owner's to answer, or was answered by them."""
    lines = question.lines.filter(activity__owner=question.owner).exclude(answer="", activity__ended_on__isnull=False)
    return lines.select_related("activity", "attestation__organisation", "attestation__owner").order_by(
        "activity__number"
    )


def _form(request, line):
    form_class = FORMS.get(request.POST.get("answer", ""))
    return form_class(request.POST, line=line) if form_class and line else None


def _answer(request, line, form, *, at):
    answer = request.POST.get("answer", "")
    if answer not in AttestationLine.Answer.values or not answer:
        return False
    given = form.cleaned_data if form else {}
    attesting.answer(
        line, answer=answer, state=request.POST.get("state", ""), shown=request.POST.get("shown", ""), at=at, **given
    )
    messages.success(request, _("Your answer is kept. Thank you."))
    return True


def _cards(lines, request, asked):
    ids = [line.activity_id for line in lines]
    entries = {entry.id: entry for entry in reading.drafts(Activity.objects.filter(pk__in=ids))} if ids else {}
    return [_card(line, entries[line.activity_id], request, line is asked) for line in lines]


def _card(line, entry, request, was_sent):
    sent = request.POST.get("answer", "") if was_sent else ""
    forms = {name: form_class(request.POST if sent == name else None, line=line) for name, form_class in FORMS.items()}
    shown = replace(public.filtered(entry, public.KEYS), systems=entry.systems)
    return Card(line, shown, **forms, open=sent)
