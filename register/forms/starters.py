"""Forms that ask what a template needs to know; the questions come from its file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from core.forms import HouseForm, RecordForm
from register.library_loading import values_of
from register.models import OwnStarter, Party, RetentionRule
from register.starter import starter_items
from register.starters.filling import INSIDE, NOBODY
from register.starters.reading import by_nation, of_language
from register.words import language, rule_words

OWN_WORDS = "-"
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


class QuestionsMixin:
    """Adds the fields of questions to a form and reads the answers back. `blocks` is what the page draws."""

    def ask(self, questions, answers=None):
        answers = answers or {}
        self.questions, self.blocks = questions, []
        for question in questions:
            names = getattr(self, f"_ask_{question.kind}")(question, answers.get(question.key))
            self.blocks.append({"question": question, "names": names, "when": self._when(question)})

    def drawn(self):
        """(fields of a question, condition under which it is shown, whether it offers names)."""
        return [
            {
                "fields": [self[name] for name in block["names"]],
                "when": block["when"],
                "party": block["question"].kind == "party",
            }
            for block in self.blocks
        ]

    def answers(self):
        """{question: answer} as far as it can be understood."""
        found = {}
        for question in self.questions:
            answer = getattr(self, f"_answer_{question.kind}")(question.key)
            if answer not in ("", [], None):
                found[question.key] = answer
        return found

    def _when(self, question):
        """For `data-show-when`; only a single condition can be said there."""
        if len(question.when) != 1:
            return ""
        name, wanted = next(iter(question.when.items()))
        place = "nation" if name == "nation" else f"q-{name}"
        if place not in self.fields:
            return ""
        return f"{place}={'|'.join(wanted) if isinstance(wanted, list) else wanted}"

    def _words(self, question):
        return {
            "label": of_language(question.text, self.language),
            "help_text": of_language(question.help, self.language) if question.help else "",
            "required": False,
        }

    def _ask_party(self, question, answer):
        name, where = f"q-{question.key}", f"q-{question.key}-where"
        answer = answer if isinstance(answer, dict) else {}
        widget = forms.TextInput(attrs={"list": f"names-{question.key}", "autocomplete": "off"})
        self.fields[name] = forms.CharField(
            max_length=250, widget=widget, initial=answer.get("name"), **self._words(question)
        )
        self.fields[where] = forms.ChoiceField(
            label=_("Where do they keep the data?"),
            required=False,
            choices=self._places(question),
            initial=answer.get("where"),
        )
        return [name, where]

    def _places(self, question):
        nobody = of_language(question.nobody, self.language) if question.nobody else ""
        return [
            ("", _("I do not know yet")),
            *([(NOBODY, nobody)] if nobody else []),
            (INSIDE, _("Inside the European Economic Area (EEA)")),
            (_("Outside the EEA, or they can see the data from there"), self._outside()),
        ]

    def _outside(self):
        if not hasattr(self, "_countries"):
            name = f"name_{self.language}"
            outside = [item for item in starter_items("countries") if item["kind"] == "country" and not item["eea"]]
            self._countries = sorted(((item["code"], item[name]) for item in outside), key=lambda pair: pair[1])
        return self._countries

    def _answer_party(self, key):
        name = " ".join(self.cleaned_data.get(f"q-{key}", "").split())
        where = self.cleaned_data.get(f"q-{key}-where", "")
        if where == NOBODY:
            return {"name": "", "where": NOBODY}
        return {"name": name, "where": where} if name or where else None

    def _options(self, question):
        return [(option.value, of_language(option.label, self.language)) for option in question.options]

    def _ask_choice(self, question, answer):
        name = f"q-{question.key}"
        self.fields[name] = forms.ChoiceField(
            choices=self._options(question),
            widget=forms.RadioSelect,
            initial=answer or question.first,
            **self._words(question),
        )
        return [name]

    def _answer_choice(self, key):
        return self.cleaned_data.get(f"q-{key}", "")

    def _ask_several(self, question, answer):
        name = f"q-{question.key}"
        self.fields[name] = forms.MultipleChoiceField(
            choices=self._options(question),
            widget=forms.CheckboxSelectMultiple,
            initial=answer,
            **self._words(question),
        )
        return [name]

    def _answer_several(self, key):
        return self.cleaned_data.get(f"q-{key}", [])

    def _ask_text(self, question, answer):
        name = f"q-{question.key}"
        self.fields[name] = forms.CharField(max_length=150, initial=answer, **self._words(question))
        return [name]

    def _answer_text(self, key):
        return self.cleaned_data.get(f"q-{key}", "")

    def _ask_term(self, question, answer):
        """A rule of the library, or a period in own words. Without rules to choose from, only the words."""
        name, words = f"q-{question.key}", f"q-{question.key}-words"
        rules = self._rules(question)
        own = answer if answer and answer not in dict(rules) else ""
        if rules:
            self.fields[name] = forms.ChoiceField(
                choices=[*rules, (OWN_WORDS, _("Another period, in own words"))],
                initial=OWN_WORDS if own else answer or rules[0][0],
                **self._words(question),
            )
        label = _("The period in own words") if rules else of_language(question.text, self.language)
        help_text = "" if rules or not question.help else of_language(question.help, self.language)
        self.fields[words] = forms.CharField(
            label=label, help_text=help_text, max_length=250, required=False, initial=own
        )
        return [name, words] if rules else [words]

    def _rules(self, question):
        given = question.rules
        nations = ("NL", "BE") if isinstance(given, dict) else ("",)
        keys = [key for nation in nations for key in (by_nation(given, nation) or [])]
        items = {item["key"]: item for item in starter_items("retention_rules")}
        rows = {key: RetentionRule(**values_of(RetentionRule, items[key])) for key in keys}
        return [(key, rule_words(row)) for key, row in rows.items()]

    def _answer_term(self, key):
        chosen = self.cleaned_data.get(f"q-{key}", OWN_WORDS)
        return self.cleaned_data.get(f"q-{key}-words", "") if chosen == OWN_WORDS else chosen


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
