"""The questions of an assessment: ENISA's, each with its score and explanation, and what else weighs."""

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breaches.assessment import ASKED_HERE, TRUTH
from breaches.law import Known
from breaches.reasons import ASKED
from breaches.scales import (
    AVAILABILITY,
    CONFIDENTIALITY,
    CONTEXTS,
    EASE,
    HELP,
    INTEGRITY,
    MALICE,
    QUESTIONS,
    Availability,
    Category,
    Confidentiality,
    Context,
    Identification,
    Integrity,
    Malice,
)
from breaches.severity import Answers, context_score, plain
from core.forms import HouseForm

SCALES = {
    "identification": (Identification, EASE),
    "confidentiality": (Confidentiality, CONFIDENTIALITY),
    "integrity": (Integrity, INTEGRITY),
    "availability": (Availability, AVAILABILITY),
    "malice": (Malice, MALICE),
}
NOT_KNOWN = ("", gettext_lazy("Not known yet"))


def _radio(label, choices, **options):
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **options)


def _scored(label, number):
    """A choice with its score."""
    return _("%(words)s (%(score)s)") % {"words": label, "score": formats.number_format(number)}


class AssessmentForm(HouseForm, forms.Form):
    """`reasoning` is only asked for when the assessment is kept (`is_kept`)."""

    reasoning = forms.CharField(
        label=gettext_lazy("Your reasoning"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Why a risk is likely or not, in your own words. A score alone is no reason. Name nobody."
        ),
    )

    def __init__(self, *args, facts, is_kept=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.started, self.is_kept = facts, is_kept
        self._add_questions()
        self.initial |= _initial(facts)

    def _add_questions(self):
        for category in Category:
            contexts = [one for one in Context if CONTEXTS[one][0] == category]
            choices = [("", _("Not among the data"))]
            choices += [(one.value, _scored(one.label, context_score(one))) for one in contexts]
            self.fields[f"data_{category}"] = _radio(category.label, choices)
        for name, (scale, scores) in SCALES.items():
            choices = [NOT_KNOWN, *((one.value, _scored(one.label, plain(scores[one]))) for one in scale)]
            self.fields[name] = _radio(QUESTIONS[name], choices, help_text=HELP[name])
        for name in ASKED_HERE:
            self.fields[name] = _radio(
                ASKED[name], [(one.value, one.label) for one in (Known.YES, Known.NO, Known.UNKNOWN)]
            )

    @property
    def data_fields(self):
        return [self[f"data_{category}"] for category in Category]

    @property
    def scale_fields(self):
        return [self[name] for name in SCALES]

    @property
    def other_fields(self):
        return [self[name] for name in ASKED_HERE]

    def clean_reasoning(self):
        given = self.cleaned_data["reasoning"]
        if self.is_kept and not given:
            raise forms.ValidationError(_("Write down your reasoning: a score is not the law."))
        return given

    def answers(self):
        """`severity.Answers`."""
        given = self.cleaned_data
        data = [given.get(f"data_{category}") for category in Category]
        scaled = {name: scale(given[name]) for name, (scale, _scores) in SCALES.items() if given.get(name)}
        return Answers(data=frozenset(Context(one) for one in data if one), **scaled)

    def asked(self):
        """{name: True, False or None} of what is asked beside the severity."""
        return {name: TRUTH.get(self.cleaned_data.get(name)) for name in ASKED_HERE}


def _initial(facts):
    words = {True: Known.YES, False: Known.NO, None: Known.UNKNOWN}
    return (
        {f"data_{CONTEXTS[one][0]}": one.value for one in facts.severity.data}
        | {name: getattr(facts.severity, name) or "" for name in SCALES}
        | {name: words[getattr(facts, name)] for name in ASKED_HERE}
    )
