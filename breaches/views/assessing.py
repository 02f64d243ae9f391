"""The page of an assessment: questions, and beside them the suggestion that follows, each time anew.

Works by a button; with htmx the suggestion follows each answer. Nothing is kept until somebody says so, with reasons.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import assessment, showing, watch
from breaches.actions import assessing
from breaches.actions.facts import ask_open
from breaches.facts import BreachFacts
from breaches.forms.assessing import AssessmentForm
from breaches.models import BreachSettings
from breaches.scales import EXAMPLES, HELP, Identification, Identifier
from breaches.suggestion import suggest

from .found import breach_of, shown


@requires(P.BREACHES_HANDLE)
def assess(request, organisation, breach):
    found = breach_of(request, breach)
    ask_open(found)
    assessing.ask_judge(found)
    seen = watch.of_one(found, at=timezone.now())
    last = found.assessment_rows.first()
    is_kept = "keep" in request.POST
    form = AssessmentForm(request.POST or None, facts=_started(found, last), is_kept=is_kept)
    made = _made(found, form)
    suggestion = suggest(made, seen.terms)
    if is_kept and form.is_valid():
        given = {"facts": made, "suggestion": suggestion, "reasoning": form.cleaned_data["reasoning"]}
        assessing.assess(found, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("The assessment is kept."))
        return redirect(reverse("breaches:breach", args=[organisation.slug, found.pk]) + "#assessment")
    context = {
        "form": form,
        "told": assessment.told(suggestion),
        "facts": made,
        "last": last,
        "people": showing.number(found.people_min, found.people_max),
        "data_help": HELP["data"],
        "examples": _examples(),
        "levels": Identification.choices,
    }
    status = 422 if form.errors else None
    template, fragment = "breaches/assess.html", "breaches/_outcome.html"
    return shown(request, found, template, context, seen=seen, fragment=fragment, status=status)


def _started(breach, last):
    """The answers of the last version, or what the facts suggest."""
    return (last and assessment.answered(last)) or BreachFacts(severity=assessment.first_guess(breach))


def _made(breach, form):
    """The facts by the answers as they now are; those that make no sense count as not given."""
    kept = BreachSettings.objects.filter(organisation=breach.organisation).first()
    is_financial = bool(kept and kept.is_financial)
    if form.is_bound:
        form.is_valid()
        answers, asked = form.answers(), form.asked()
    else:
        facts = form.started
        answers, asked = facts.severity, {name: getattr(facts, name) for name in assessment.ASKED_HERE}
    return assessment.facts_of(breach, answers, is_financial=is_financial, **asked)


def _examples():
    """For each identifier, what it is like at each ease of identification."""
    return [(one.label, [EXAMPLES[one].get(level, "") for level in Identification]) for one in Identifier]
