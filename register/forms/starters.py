"""Forms that ask what a template needs to know; the questions come from its file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from core.forms import HouseForm, RecordForm
from register.models import OwnStarter, Party
from register.starters.reading import of_language
from register.words import language

from .questions import QuestionsMixin

MANY = 500  # names offered while typing


class ActivityFieldsForm(HouseForm, forms.Form):
    """What every draft needs: its name and whose it is."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=250, help_text=gettext_lazy("What people inside call this work.")
    )
    owner_function = forms.CharField(
        label=gettext_lazy("Function that answers for it"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("A function rather than a person."),
    )
    controller = forms.ModelChoiceField(
        None, label=gettext_lazy("Controller"), required=False, empty_label=gettext_lazy("Not filled in")
    )
    department = forms.ModelChoiceField(
        None, label=gettext_lazy("Department"), required=False, empty_label=gettext_lazy("No department")
    )
    references = {"controller": "30(1)(a)"}

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership, self.organisation = membership, membership.organisation
        self.language = language()
        self._offer("controller", self.organisation.controllers.filter(retired_on=None), at_least=2)
        limited = [row.department_id for row in membership.department_rows.all()]
        departments = Department.objects.filter(organisation=self.organisation, retired_on=None)
        departments = departments.filter(pk__in=limited) if limited else departments
        self._offer("department", departments, at_least=1)
        if limited and "department" in self.fields:
            self.fields["department"].required = True

    def _offer(self, name, rows, *, at_least):
        rows = list(rows)
        if len(rows) < at_least:
            del self.fields[name]
            return
        field = self.fields[name]
        field.queryset = rows[0]._meta.model.objects.filter(pk__in=[row.pk for row in rows])

    def of_activity(self):
        return {name: self.cleaned_data.get(name) for name in ActivityFieldsForm.base_fields if name in self.fields}


class StartForm(QuestionsMixin, ActivityFieldsForm):
    """Starts a draft from a template that comes with Dertig."""

    nation = forms.ChoiceField(
        label=gettext_lazy("Which country's law applies?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, starter, membership, **kwargs):
        self.starter, written = starter, membership.organisation.main_language
        first = {
            "name": starter.named(written),
            "owner_function": of_language(starter.owner, written),
            "nation": membership.organisation.country,
        }
        super().__init__(*args, membership=membership, initial=first, **kwargs)
        if starter.differs:
            self.fields["nation"].choices = self.organisation.Country.choices
        else:
            del self.fields["nation"]
        self.ask(starter.questions)

    @property
    def starter_name(self):
        return self.starter.named(self.language)

    def given(self):
        """What `Filler.plan` takes besides the template, as far as it can be understood."""
        self.is_valid()
        return {"nation": self.cleaned_data.get("nation") or None} | self.of_activity()

    def whole(self):
        """The fields that are no question, in order."""
        return [self[name] for name in (*ActivityFieldsForm.base_fields, "nation") if name in self.fields]


class StepForm(QuestionsMixin, HouseForm, forms.Form):
    """One question of the path, with what follows from the answer."""

    def __init__(self, *args, step, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.step, self.language, given = step, language(), answers.get(step.key, {})
        if step.owner:
            self.fields["owner"] = forms.CharField(
                label=_("Which function keeps the administration?"),
                max_length=150,
                required=False,
                initial=given.get("owner"),
                help_text=_("A function rather than a person, such as secretary, treasurer or owner."),
            )
        else:
            kind = forms.MultipleChoiceField if step.several else forms.ChoiceField
            self.fields["answer"] = kind(
                label=of_language(step.question, self.language),
                choices=[(option.value, of_language(option.label, self.language)) for option in step.options],
                widget=forms.CheckboxSelectMultiple if step.several else forms.RadioSelect,
                initial=given.get("answer"),
                help_text=of_language(step.help, self.language),
                error_messages={"required": _("Choose an answer, or go on without one.")},
            )
        self.ask([question for question, _values in step.questions], given.get("questions"))

    def clean_answer(self):
        """“Neither” and “only at the till” lead nowhere, and cannot be true beside an answer that does."""
        answer = self.cleaned_data["answer"]
        alone = [value for value in answer if not self.step.leads[value]] if self.step.several else []
        if alone and len(answer) > 1:
            labels = dict(self.fields["answer"].choices)
            text = _("“%(answer)s” does not go together with another answer. Take one of them away.")
            raise forms.ValidationError(text % {"answer": labels[alone[0]]})
        return answer

    def _when(self, question):
        values = {asked.key: values for asked, values in self.step.questions}[question.key]
        return f"answer={'|'.join(values)}" if values else ""

    def given(self):
        """The answer as it is kept; what does not belong to it is left out."""
        answer = self.cleaned_data.get("answer", "")
        codes = set(answer if isinstance(answer, list) else [answer])
        asked = {question.key for question, values in self.step.questions if not values or codes & set(values)}
        questions = {key: value for key, value in self.answers().items() if key in asked}
        found = {"answer": answer, "questions": questions}
        return found | ({"owner": self.cleaned_data["owner"]} if self.step.owner else {})


class PathForm(ActivityFieldsForm):
    """Whose all the drafts of the path are, where there is something to choose."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["name"], self.fields["owner_function"]


def offered_names(organisation, questions):
    """Per question about a party the names to choose from while typing. One query."""
    known = list(Party.objects.of(organisation).in_use().values_list("name", flat=True)[:MANY])
    return [
        (question.key, [one["name"] for one in question.suggestions] + known)
        for question in questions
        if question.kind == "party"
    ]


class OwnStarterForm(RecordForm):
    """A template out of an activity."""

    class Meta:
        model = OwnStarter
        fields = ["name", "about"]

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, initial={"name": activity.name[:200]}, **kwargs)
        self.instance.organisation = activity.organisation
        self.instance.content = {}
