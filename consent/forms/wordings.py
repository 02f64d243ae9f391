"""The draft of a wording: its texts per language, and the checklist of validity."""

import uuid
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import own_form, validity
from consent.actions.wordings import EMPTY, TEXTS
from consent.models import Wording, WordingText
from core import filetypes, uploads
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
        label=capfirst(column.verbose_name),
        help_text=column.help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


PAGES = (".html", ".htm")


def check_snapshot(file):
    """As any upload, and a saved web page too: that is kept as text and never shown by the browser as a page."""
    if PurePosixPath(uploads.safe_name(file.name)).suffix.lower() not in PAGES:
        file.content_type = uploads.check_upload(file)
        return
    if file.size > uploads.MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s MB."), params={"size": uploads.MAX_BYTES // 2**20}, code="size"
        )
    content = file.read()
    file.seek(0)
    if filetypes.kind_of(content) not in (filetypes.HTML, filetypes.TEXT, filetypes.XML):
        raise ValidationError(_("The content is not what the name of the file says, or the file is damaged."))
    uploads.scan(content)
    wrong = list(own_form.faults(content.decode(errors="replace")))
    if wrong:
        raise ValidationError(wrong)
    file.content_type = "text/plain; charset=utf-8"


class PublishForm(HouseForm, forms.Form):
    """With which notice a wording is published, and what shows the form as people see it.

    `offered`: versions of notices (`consent.noticing`); one is needed as soon as one speaks of the activity. `asking`:
    forms that can be published again with it (`consent.republishing`).
    """

    notice = forms.TypedChoiceField(
        label=gettext_lazy("Privacy notice that people can read there"), coerce=uuid.UUID, empty_value=None
    )
    snapshot = forms.FileField(
        label=gettext_lazy("The form or script as people see it"),
        required=False,
        validators=[check_snapshot],
        help_text=gettext_lazy(
            "A picture, PDF or saved page of your web form, lead form or app, kept with this version as proof."
        ),
    )

    with_forms = forms.MultipleChoiceField(
        label=gettext_lazy("Publish these forms with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "They ask with the version that ends now. A form that is not published again does not offer this choice."
        ),
    )

    def __init__(self, *args, offered, is_needed, asking, **kwargs):
        super().__init__(*args, **kwargs)
        self.asking = {str(form.pk): form for form in asking}
        self.fields["with_forms"].choices = [(key, form.name) for key, form in self.asking.items()]
        self.fields["with_forms"].initial = list(self.asking)
        if not asking:
            del self.fields["with_forms"]
        choices = [(str(version.notice_id), str(version.notice)) for version in offered]
        self.fields["notice"].choices = choices if is_needed else [("", _("None")), *choices]
        self.fields["notice"].required = is_needed
        self.fields["snapshot"].widget.attrs["accept"] = ",".join((uploads.ACCEPT, *PAGES))
        if not choices:
            del self.fields["notice"]

    @property
    def forms_too(self):
        return [self.asking[key] for key in self.cleaned_data.get("with_forms", ())]


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
