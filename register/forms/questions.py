"""Questions of templates as fields of a form, and the answers read back. The questions come from data files."""

from django import forms
from django.utils.translation import gettext as _

from register.library_loading import values_of
from register.models import RetentionRule
from register.starter import starter_items
from register.starters.filling import INSIDE, NOBODY
from register.starters.reading import by_nation, of_language
from register.words import rule_words

OWN_WORDS = "-"


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
        words = self._words(question)
        if question.nobody and not words["help_text"]:
            nobody = of_language(question.nobody, self.language)
            words["help_text"] = _("Write the name, or choose “%(nobody)s” beside it.") % {"nobody": nobody}
        self.fields[name] = forms.CharField(max_length=250, widget=widget, initial=answer.get("name"), **words)
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
