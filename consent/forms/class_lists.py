"""Class lists: which pupils are shown, adding them by hand or from a file, and recording what a parent says."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers
from consent.actions.class_lists import Heard
from consent.kinds import GivenBy, IdentifierKind, Method
from consent.models import ClassSettings, Wording
from consent.school import pupil_files
from consent.school.parents import WORDS
from core import uploads
from core.forms import FilterForm, HouseForm, RecordForm, UploadField
from core.moments import MomentField
from core.refusal import Refused
from register.forms.conflict import Remembering

WHO = {
    "parent-1": (GivenBy.PARENT, 1, gettext_lazy("Parent 1")),
    "parent-2": (GivenBy.PARENT, 2, gettext_lazy("Parent 2")),
    "guardian": (GivenBy.GUARDIAN, None, GivenBy.GUARDIAN.label),
    "subject": (GivenBy.SUBJECT, None, gettext_lazy("The pupil")),
}
SAYING = [(key, label) for key, (_given_by, _parent, label) in WHO.items()]
HOW = ((Method.PAPER, gettext_lazy("On paper")), (Method.ORAL, gettext_lazy("Said, in person or by telephone")))
NO = "no"


class ShownForm(FilterForm):
    """Which rows of a class list are shown; `narrow_rows` takes `consent.school.pupils.Row`s."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"))
    state = forms.ChoiceField(label=gettext_lazy("Where it stands"))

    def __init__(self, *args, purposes, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = [str(purpose.pk) for purpose in purposes]
        named = [(str(purpose.pk), purpose.name(language)) for purpose in purposes]
        self.fields["purpose"].choices = [("", _("Any purpose")), *named]
        self.fields["state"].choices = [("", _("Anything")), *((str(key), label) for key, (label, _t) in WORDS.items())]

    def narrow_rows(self, rows):
        given = self.given()
        state, purpose = given.get("state"), given.get("purpose")
        if not state:
            return rows
        at = self.order.index(purpose) if purpose else None
        return [
            row
            for row in rows
            if any(one.state == state for one in (row.answers if at is None else row.answers[at : at + 1]))
        ]


class PupilForm(HouseForm, forms.Form):
    """One pupil by hand."""

    number = forms.CharField(label=gettext_lazy("Pupil number"), max_length=100)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=pupil_files.LONGEST_NAME)
    class_name = forms.CharField(label=gettext_lazy("Class"), max_length=pupil_files.LONGEST_CLASS)
    birth = forms.DateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        help_text=gettext_lazy("For who decides: a parent, or the pupil. Encrypted, as is the name."),
    )

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_number(self):
        try:
            return identifiers.normalised(IdentifierKind.NUMBER, self.cleaned_data["number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_birth(self):
        birth = self.cleaned_data["birth"]
        if birth and (birth > self.on or birth.year < self.on.year - pupil_files.YEARS):
            raise forms.ValidationError(_("Give a day in the past."))
        return birth

    def line(self):
        values = self.cleaned_data
        name, class_name = (" ".join(values[key].split()) for key in ("name", "class_name"))
        return pupil_files.Line(values["number"], name, class_name, values["birth"])


class PupilFileForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".csv", ".xlsx", ".ods", ".xls"),
        validators=[uploads.scan_upload],
        label=gettext_lazy("File with pupils"),
        help_text=gettext_lazy(
            "A spreadsheet or CSV file whose first line names the columns: Number, Name, Class and, if you have it, "
            "Date of birth."
        ),
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("Take off who sits in one of these classes and is not in the file"),
        required=False,
        help_text=gettext_lazy(
            "For whole classes, such as at the start of a school year. Their name and date of birth go; what parents "
            "and pupils said stays in the ledger."
        ),
    )


class SaidForm(HouseForm, forms.Form):
    """What a parent or pupil says about each purpose; `wordings`: {purpose id: [Wording]} that can have been shown."""

    who = forms.ChoiceField(label=gettext_lazy("Who says so?"), choices=SAYING, widget=forms.RadioSelect)
    happened_at = MomentField(label=gettext_lazy("When?"))
    how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=HOW, widget=forms.RadioSelect, initial=Method.PAPER.value
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan or photo of what was signed"),
        required=False,
        validators=[uploads.check_upload],
        help_text=gettext_lazy("Encrypted with the key of this person."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where the paper is kept, or who asked and when. Encrypted."),
    )

    def __init__(self, *args, purposes, wordings, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.purposes, self.wordings = purposes, wordings
        self.fields["scan"].widget.attrs["accept"] = uploads.ACCEPT
        for purpose in purposes:
            self.fields[f"answer_{purpose.pk}"] = forms.ChoiceField(
                label=purpose.name(language), choices=_choices(wordings.get(purpose.pk, ())), required=False
            )

    @property
    def answers(self):
        return [self[f"answer_{purpose.pk}"] for purpose in self.purposes]

    @property
    def rest(self):
        return [self[name] for name in ("who", "happened_at", "how", "scan", "note")]

    def clean(self):
        cleaned = super().clean()
        self.said = [found for purpose in self.purposes if (found := self._said(purpose, cleaned))]
        if not self.said and not self.errors:
            raise forms.ValidationError(_("Choose an answer for at least one purpose."))
        is_yes = any(yes for _purpose, _wording, yes in self.said)
        if is_yes and not (cleaned.get("scan") or cleaned.get("note")):
            self.add_error("note", _("Add a scan, or write down what proves it. A yes without proof does not count."))
        return cleaned

    def _said(self, purpose, cleaned):
        value = cleaned.get(f"answer_{purpose.pk}")
        if not value:
            return None
        known = {str(wording.pk): wording for wording in self.wordings.get(purpose.pk, ())}
        return purpose, known.get(value), value != NO

    def heard(self):
        values = self.cleaned_data
        given_by, parent, _label = WHO[values["who"]]
        return Heard(
            self.said,
            values["happened_at"],
            given_by,
            parent,
            method=Method(values["how"]),
            note=values["note"],
            scan=values["scan"],
        )


def wordings_of(purposes):
    """{purpose id: wordings that were ever shown and not ended}. One query."""
    found = {}
    rows = Wording.objects.filter(purpose__in=purposes, versions__isnull=False, retired_on=None).distinct()
    for wording in rows.order_by("name"):
        found.setdefault(wording.purpose_id, []).append(wording)
    return found


def _choices(wordings):
    if len(wordings) == 1:
        yes = [(str(wordings[0].pk), _("Yes"))]
    else:
        yes = [(str(one.pk), _("Yes, to “%(wording)s”") % {"wording": one.name}) for one in wordings]
    return [("", _("No answer")), *yes, (NO, _("No"))]


class SettingsForm(Remembering, RecordForm):
    class Meta:
        model = ClassSettings
        fields = ("letter_nl", "letter_en", "take_down_days")

    def values(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
