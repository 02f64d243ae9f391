"""Forms of privacy notices and of the places where people give their data."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.forms import HouseForm, RecordForm
from register.forms.conflict import Remembering
from register.models import Activity, CollectionPoint, Notice, NoticeBlock, NoticeLine, NoticeSentence
from register.notices.writing import AFTER, BEFORE, GENERATED, first_words, heading

LONGEST = 4000


class NoticeForm(Remembering, RecordForm):
    class Meta:
        model = Notice
        fields = ["audience", "title_nl", "title_en"]

    def clean(self):
        given = super().clean()
        if not given.get("title_nl") and not given.get("title_en"):
            raise ValidationError(_("Give it a title in at least one language."))
        return given


class ActivitiesForm(Remembering, HouseForm, forms.Form):
    """Which activities a notice is about, and when people are told of what comes from others. `offered` are those that
    can be ticked, `apart` those of them that can have an answer of their own.
    """

    activities = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Activities"),
        queryset=Activity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only what is established stands in the text."),
    )
    timing = forms.ChoiceField(
        label=gettext_lazy("When people are told about data that come from somebody else"),
        required=False,
        choices=NoticeLine.Timing,
        help_text=gettext_lazy("Within a month at the latest. Below you can say otherwise for one activity."),
    )
    references = {"timing": "Art. 14(3)"}

    def __init__(self, *args, instance, offered, apart, **kwargs):
        self.instance, self.offered, self.apart = instance, offered, apart
        super().__init__(*args, **kwargs)

    def prepare(self):
        self.fields["activities"].queryset = self.offered
        self.fields["activities"].label_from_instance = str
        for activity in self.apart:
            self.fields[own_timing(activity.pk)] = forms.ChoiceField(
                label=_("When people are told, for %(activity)s") % {"activity": activity},
                required=False,
                choices=[("", _("As above")), *NoticeLine.Timing.choices[1:]],
            )

    def chosen(self):
        """{activity id: when people are told}"""
        values = self.cleaned_data
        return {row.pk: values.get(own_timing(row.pk)) or values["timing"] for row in values["activities"]}


def own_timing(key):
    """The name of the field for one activity."""
    return f"timing_{key}"


class PartsForm(Remembering, HouseForm, forms.Form):
    """A box and two texts for each part of a notice that can be switched on."""

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)

    def prepare(self):
        present = {row.kind: row for row in self.instance.blocks.all()}
        self.languages = self.instance.organisation.language_codes
        for kind, label in NoticeBlock.Kind.choices:
            row, first = present.get(kind), first_words(kind)
            self.fields[f"{kind}_on"] = forms.BooleanField(label=label, required=False, initial=row is not None)
            for language in self.languages:
                written = getattr(row, f"text_{language}", "")
                self.fields[f"{kind}_{language}"] = forms.CharField(
                    label=LANGUAGES[language],
                    required=False,
                    max_length=LONGEST,
                    initial=written or getattr(first, language),
                    widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                )

    def called(self, name):
        kind, _sep, language = name.rpartition("_")
        part = NoticeBlock.Kind(kind).label
        return part if language == "on" else f"{part}: {LANGUAGES[language]}"

    @property
    def parts(self):
        """[(box, [text fields])], as the page draws them."""
        return [
            (self[f"{kind}_on"], [self[f"{kind}_{language}"] for language in self.languages])
            for kind in NoticeBlock.Kind.values
        ]

    def chosen(self):
        """{kind: (Dutch, English)} of what is switched on; words that came with Dertig are not kept as one's own."""
        found = {}
        for kind in NoticeBlock.Kind.values:
            if self.cleaned_data[f"{kind}_on"]:
                first = first_words(kind)
                texts = {
                    language: _own(self.cleaned_data[f"{kind}_{language}"], first, language)
                    for language in self.languages
                }
                found[kind] = (texts.get("nl", ""), texts.get("en", ""))
        return found


def _own(text, first, language):
    text = text.replace("\r\n", "\n").strip()
    return "" if text == getattr(first, language) else text


LANGUAGES = {"nl": gettext_lazy("Text in Dutch"), "en": gettext_lazy("Text in English")}


class SentenceForm(Remembering, RecordForm):
    """An own sentence and its place in the text as it would read now."""

    place = forms.ChoiceField(label=gettext_lazy("Where"))

    class Meta:
        model = NoticeSentence
        fields = ["text_nl", "text_en"]
        widgets = {
            "text_nl": forms.Textarea(attrs={"rows": 3, "lang": "nl"}),
            "text_en": forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        }

    field_order = ["place", "text_nl", "text_en"]

    def __init__(self, *args, text, section="", **kwargs):
        self.text, self.section = text, section
        super().__init__(*args, **kwargs)

    def prepare(self):
        row = self.instance
        if not row._state.adding:
            self.initial["place"] = _place(row.section, row.anchor, row.side)
        elif self.section in GENERATED:
            self.initial["place"] = _place(self.section, "", AFTER)
        self.fields["place"].choices = self._places()
        for name in ("text_nl", "text_en"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))

    def _places(self):
        """Sections with the sentences in them; an own place whose sentence has gone is kept."""
        language = (get_language() or "nl")[:2]
        groups = []
        for key in GENERATED:
            section = self.text.section(key)
            options = [(_place(key, "", BEFORE), _("At the beginning")), (_place(key, "", AFTER), _("At the end"))]
            for sentence in section.sentences if section else ():
                if sentence.key != "own":
                    words = Truncator(sentence.words.of(language)).chars(70)
                    options.append((_place(key, sentence.id, AFTER), _("After: %(sentence)s") % {"sentence": words}))
            groups.append((heading(key).of(language), options))
        known = {value for _group, options in groups for value, _words in options}
        if self.initial.get("place") and self.initial["place"] not in known:
            left = (self.initial["place"], _("Leave it at the end of its section"))
            groups.append((_("Its sentence has gone"), [left]))
        return groups

    def save(self, commit=True):
        row = super().save(commit=False)
        row.section, row.side, row.anchor = self.cleaned_data["place"].split("|", 2)
        return row


def _place(section, anchor, side):
    return f"{section}|{side}|{anchor}"


class PublishForm(HouseForm, forms.Form):
    """`after`: the number of the version that was published when the page was opened, or 0."""

    after = forms.IntegerField(required=False, widget=forms.HiddenInput)
    valid_from = forms.DateField(label=gettext_lazy("Valid from"), widget=forms.DateInput)
    reason = forms.CharField(
        label=gettext_lazy("What changed"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the history; the public does not see it."),
    )


class EndNoticeForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it ends"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class PointForm(Remembering, RecordForm):
    class Meta:
        model = CollectionPoint
        fields = ["name", "kind", "url", "notice", "activity", "note"]

    def __init__(self, *args, activities, **kwargs):
        self.activities = activities
        super().__init__(*args, **kwargs)

    def prepare(self):
        self.fields["notice"].queryset = Notice.objects.of(self.instance.organisation).running()
        self.fields["activity"].queryset = self.activities
        self.fields["activity"].widget.attrs["data-pick"] = ""


class CheckPointForm(HouseForm, forms.Form):
    on = forms.DateField(label=gettext_lazy("Checked on"), widget=forms.DateInput)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return on
