"""The path for a small organisation: where it stands, one question at a time, and the drafts that come of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import legal
from register.actions import starting
from register.forms.starters import PathForm, StepForm, offered_names
from register.models import Activity, StartPath
from register.starters import path
from register.starters.reading import of_language
from register.words import language


def _answers(organisation):
    row = StartPath.objects.filter(organisation=organisation).first()
    known = path.steps()
    return {key: given for key, given in (row.answers if row else {}).items() if key in known}


@require_safe
@requires(Permission.REGISTER_EDIT)
def overview(request, organisation):
    answers = _answers(organisation)
    return _overview(request, organisation, answers, PathForm(membership=request.membership))


def _overview(request, organisation, answers, form, status=None):
    leads = path.chosen(answers)
    present = starting.already(organisation, [starter for starter, _given in leads])
    visible = Activity.objects.visible_to(request.membership).in_bulk(set(present.values()))
    held = legal.in_force(organisation, timezone.localdate())
    context = {
        "form": form,
        "steps": [_told(step, answers) for step in path.steps().values()],
        "answered": len(answers),
        "total": len(path.steps()),
        "next": path.next_step(answers),
        "drafts": [
            {
                "name": starter.named(language()),
                "present": starter.key in present,
                "activity": visible.get(present.get(starter.key)),
            }
            for starter, _given in leads
        ],
        "missing": sum(starter.key not in present for starter, _given in leads),
        "has_controller": organisation.controllers.filter(retired_on=None).exists(),
        "threshold": held.get("record-exemption-staff"),
    }
    return page(request, "register/starters/path.html", context, status=status)


def _told(step, answers):
    """A question and what was answered, in words."""
    given = answers.get(step.key)
    chosen = step.chosen(given) if given else []
    words = [of_language(option.label, language()) for option in step.options if option.value in chosen]
    if given and step.owner:
        software = given["questions"].get("software", {}).get("name", "")
        words = [part for part in (given.get("owner", ""), software) if part]
    return {
        "key": step.key,
        "question": of_language(step.question, language()),
        "answered": given is not None,
        "words": "; ".join(words),
    }


@requires(Permission.REGISTER_EDIT)
def step(request, organisation, step):
    """One question. Saving goes on to the next without an answer; `leave` goes back to where the path stands."""
    asked = path.steps().get(step)
    if asked is None:
        raise Http404
    answers = _answers(organisation)
    sent = request.POST if request.method == "POST" else None
    form = StepForm(sent, step=asked, answers=answers)
    if request.method == "POST" and form.is_valid():
        starting.save_answer(organisation, asked, form.given(), by=request.user, at=timezone.now())
        return redirect(_onwards(request, organisation, asked))
    keys = list(path.steps())
    context = {
        "form": form,
        "step": asked,
        "question": of_language(asked.question, language()),
        "help": of_language(asked.help, language()),
        "total": len(keys),
        "before": keys[asked.number - 2] if asked.number > 1 else "",
        "after": keys[asked.number] if asked.number < len(keys) else "",
        "names": offered_names(organisation, [question for question, _values in asked.questions]),
    }
    return page(request, "register/starters/step.html", context, status=422 if form.errors else None)


def _onwards(request, organisation, asked):
    keys = list(path.steps())
    if "leave" in request.POST or asked.number == len(keys):
        return reverse("register:start_path", args=[organisation.slug])
    return reverse("register:start_step", args=[organisation.slug, keys[asked.number]])


@require_POST
@requires(Permission.REGISTER_EDIT)
def make(request, organisation):
    """The drafts of what was answered so far; what is there already is left alone."""
    answers = _answers(organisation)
    form = PathForm(request.POST, membership=request.membership)
    if not form.is_valid():
        return _overview(request, organisation, answers, form, status=422)
    fields = form.of_activity() | {"owner_function": path.owner_of(answers)}
    made = starting.along_path(organisation, path.chosen(answers), by=request.user, at=timezone.now(), **fields)
    if not made:
        messages.info(request, _("Everything your answers lead to is in the register already."))
        return redirect("register:start_path", organisation.slug)
    text = ngettext(
        "%(count)s draft is made. Read it through, fill in what is open, and establish it.",
        "%(count)s drafts are made. Read them through, fill in what is open, and establish them.",
        len(made),
    )
    messages.success(request, text % {"count": len(made)})
    return redirect(f"{reverse('register:activities', args=[organisation.slug])}?status=draft")
