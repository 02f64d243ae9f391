"""The same answer for many activities at once: the field that a rule asks for, and what is set when it is right."""

from django import forms
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Controller
from register.actions import answering
from register.models import Activity

from .bulk import ACTS, BulkForm


class AnswerForm(BulkForm):
    """`names` are fields of the activity; the first must be filled in. `only` narrows its choices."""

    label = _("Set this answer")
    names, only, fixed = (), (), {}
    limit = 500

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.names:
            self.fields[name] = self._field(name)
        self.fields["reason"] = forms.CharField(
            label=_("Why"), required=False, max_length=1000, help_text=_("For the change log.")
        )

    def _field(self, name):
        column = Activity._meta.get_field(name)
        field = column.formfield(required=name == self.names[0])
        if column.choices:
            offered = [choice for choice in column.choices if choice[0] and (not self.only or choice[0] in self.only)]
            field = forms.ChoiceField(label=field.label, choices=offered, widget=forms.RadioSelect, required=True)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return field

    @property
    def first(self):
        return self.names[0] if self.names else next(iter(self.fixed))

    @property
    def given(self):
        return self.fixed | {name: self.cleaned_data[name] for name in self.names}

    def before(self, activity):
        return _words(self.first, getattr(activity, self.first))

    def after(self, activity):
        return _words(self.first, self.given[self.first])

    def apply(self, rows, *, by, at):
        changed, refused = answering.answer(rows, by=by, at=at, reason=self.cleaned_data["reason"], **self.given)
        return ngettext("%(count)d activity was answered.", "%(count)d activities were answered.", len(changed)) % {
            "count": len(changed)
        }, refused


def _words(name, value):
    if not value:
        return ""
    column = Activity._meta.get_field(name)
    if column.choices:
        return str(dict(column.choices).get(value, value))
    return formats.date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "isoformat") else str(value)


class ControllerForm(AnswerForm):
    title, column = _("Set the controller"), _("Controller")
    question = _("Who is responsible for these activities?")
    controller = forms.ModelChoiceField(label=_("Controller"), queryset=Controller.objects.none(), empty_label=None)
    first = "controller"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["controller"].queryset = self.organisation.controllers.filter(retired_on=None)

    @cached_property
    def known(self):
        return self.organisation.controllers.in_bulk()

    @property
    def given(self):
        return {"controller": self.cleaned_data["controller"]}

    def before(self, activity):
        return str(self.known.get(activity.controller_id, ""))

    def after(self, activity):
        return str(self.cleaned_data["controller"])


class NoJointControllers(AnswerForm):
    title, column = _("Nobody decides jointly with us"), _("Joint controllers")
    question = _("Only where nobody else decides why and how data are used. Those that name somebody are left alone.")
    fixed = {"joint_answer": "none"}


class NoRecipients(AnswerForm):
    title, column = _("Nobody receives these data"), _("Recipients")
    question = _("Only for activities whose data stay inside the organisation. Those with recipients are left alone.")
    fixed = {"recipients_answer": "none"}


class NoTransfers(AnswerForm):
    title, column = _("No data leave the European Economic Area"), _("Transfers")
    question = _("Only where that is so: also a supplier elsewhere that can look at the data is a transfer.")
    fixed = {"transfers_answer": "none"}


class InformedForm(AnswerForm):
    title, column = _("Say whether people are told"), _("Informed")
    question = _("Are the people concerned told about these activities, and how?")
    names = ("informed", "informed_how")
    examples = {"informed_how": _("In the privacy notice on our website")}


class NoAssessment(AnswerForm):
    title, column = _("Say whether a DPIA is needed"), _("DPIA")
    question = _("Go through the criteria first: what you answer here stands for every activity of the list.")
    names, only = ("assessment", "assessment_note"), ("not_needed", "needed")


class StartedForm(AnswerForm):
    title, column = _("Set the day of the start"), _("Started on")
    question = _("Since when do these activities run? The first of January of a year is good enough.")
    names = ("started_on",)


class AccuracyForm(AnswerForm):
    title, column = _("Say how the data stay correct"), _("Correctness")
    question = _("How do you see to it that the data in these activities stay correct?")
    names = ("accuracy",)
    examples = {"accuracy": _("People can see and change their own data in the portal")}


class MeasuresForm(AnswerForm):
    title, column = _("Describe the security measures"), _("Measures")
    question = _("What protects the data of all these activities? Choose single measures in the activity itself.")
    names = ("measures_text",)


class VulnerableForm(AnswerForm):
    title, column = _("Say whether vulnerable people are concerned"), _("Vulnerable people")
    question = _("Are these activities about people who cannot easily stand up for themselves?")
    names = ("vulnerable",)


ANSWERS = {
    "controller": ControllerForm,
    "no_joint_controllers": NoJointControllers,
    "no_recipients": NoRecipients,
    "no_transfers": NoTransfers,
    "informed": InformedForm,
    "assessment": NoAssessment,
    "started": StartedForm,
    "accuracy": AccuracyForm,
    "measures": MeasuresForm,
    "vulnerable": VulnerableForm,
}
ALL_ACTS = ACTS | ANSWERS
REPAIRS = {
    "R001": ("controller",),
    "R004": ("no_joint_controllers",),
    "R009": ("no_recipients",),
    "R010": ("no_transfers",),
    "R014": ("measures",),
    "R015": ("started",),
    "R025": ("reviewed", "review"),
    "R026": ("establish",),
    "R027": ("owner",),
    "R028": ("owner",),
    "R029": ("establish",),
    "N001": ("informed",),
    "N004": ("informed",),
    "D001": ("assessment",),
    "D016": ("vulnerable",),
    "L048": ("accuracy",),
}
"""Rules that one answer for many activities can satisfy: the acts that give it."""


def repairs(rule, membership):
    """(act, its title) of what this member can do about all findings of a rule at once."""
    acts = [(name, ALL_ACTS[name]) for name in REPAIRS.get(rule, ())]
    return [(name, form.title) for name, form in acts if membership.can(form.permission)]
