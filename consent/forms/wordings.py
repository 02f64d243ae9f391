"""The draft of a wording: its texts per language, and the checklist of validity."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import validity
from consent.actions.wordings import EMPTY, TEXTS
from consent.models import Wording, WordingText
from core.forms import HouseForm, RecordForm
from register.forms.conflict import Remembering

LONGEST = 5000
EXAMPLES = {
    ("nl", "text"): "Ja, mail mij elke maand de nieuwsbrief van de Kaasplank.",
    ("en", "text"): "Yes, mail me the newsletter of the Cheese Board each month.",
    ("nl", "withdrawal"): "U kunt zich altijd afmelden, met de link onder elke mail.",
    ("en", "withdrawal"): "You can unsubscribe at any time, with the link under each mail.",
}


class StartForm(RecordForm):
    class Meta:
        model = Wording
        fields = ("name",)


class DraftForm(Remembering, HouseForm, forms.Form):
    """A form of some of the draft; `instance` is the wording, locked when it is saved."""

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)


class TextsForm(DraftForm):
    """`texts_form` makes the class for the languages of an organisation."""

    languages = ()
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, help_text=gettext_lazy("For yourselves: “newsletter, at the till”.")
    )

    def texts(self):
        return {
            language: {name: self.cleaned_data[f"{name}_{language}"] for name in TEXTS} for language in self.languages
        }

    def parts(self):
        """[(language, its fields)] for the page."""
        return [(language, [self[f"{name}_{language}"] for name in TEXTS]) for language in self.languages]


def texts_form(languages):
    fields = {f"{name}_{language}": _text_field(name) for language in languages for name in TEXTS}
    examples = {f"{name}_{language}": words for (language, name), words in EXAMPLES.items()}
    return type("TextsForm", (TextsForm,), {**fields, "languages": tuple(languages), "examples": examples})


def initial_texts(wording, texts, languages):
    """What `texts_form` starts from."""
    said = {language: texts.get(language, EMPTY) for language in languages}
    return {"name": wording.name} | {f"{name}_{key}": words[name] for key, words in said.items() for name in TEXTS}


def _text_field(name):
    column = WordingText._meta.get_field(name)
    return forms.CharField(
        label=column.verbose_name,
        help_text=column.help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChecklistForm(DraftForm):
    """`checklist_form` makes the class for the questions that apply."""

    questions = ()

    def answers(self):
        return self.instance.checklist | {name: self.cleaned_data[name] for name in self.tracked}


def checklist_form(asked):
    questions = validity.applying(asked)
    fields = {question.key: _question_field(question) for question in questions}
    fields[validity.REASON] = forms.CharField(
        label=gettext_lazy("If so: why is refusing a real choice all the same?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    names = list(fields)
    names.remove(validity.REASON)
    names.insert(names.index("imbalance") + 1, validity.REASON)
    references = {question.key: _article(question.article) for question in questions}
    told = {"questions": questions, "references": references}
    return type("ChecklistForm", (ChecklistForm,), {**{name: fields[name] for name in names}, **told})


def _question_field(question):
    return forms.ChoiceField(
        label=question.text,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        required=False,
        widget=forms.RadioSelect,
    )


def _article(article):
    return article if article.startswith("rec.") else _("Art. %(article)s") % {"article": article}
