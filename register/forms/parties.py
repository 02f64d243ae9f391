"""Forms of parties, agreements, systems and documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import uploads
from register import law, models
from register.forms.shared import Labelled, SharedForm, form_field


class PartyForm(Labelled, SharedForm):
    groups = (
        (_("Who"), ("name", "kind", "registration_number", "country")),
        (_("How to reach them"), ("address", "contact", "email", "phone", "website")),
        (_("For the record"), ("representative", "dpo", "labels", "notes")),
    )
    references = {"representative": "Art. 27", "dpo": "Art. 37", "country": "Art. 30(1)(e)"}
    examples = {"contact": _("Privacy desk, privacy@example.org")}
    helps = {
        "country": _("Where they are. Outside the EEA a transfer needs its own ground."),
        "representative": _("Only for parties outside the European Union."),
        "notes": _("For insiders; never printed."),
    }

    class Meta:
        model = models.Party
        fields = (
            "name",
            "kind",
            "registration_number",
            "address",
            "country",
            "email",
            "phone",
            "website",
            "contact",
            "representative",
            "dpo",
            "notes",
        )
        formfield_callback = form_field


class SystemForm(Labelled, SharedForm):
    groups = (
        (_("What it is"), ("name", "kind", "description", "supplier", "owner")),
        (_("Where the data are"), ("location", "hosting_country")),
        (_("What it can do for people"), ("supports_erasure", "supports_export", "supports_correction")),
        (_("For the record"), ("labels", "notes")),
    )
    references = {
        "supports_erasure": "Art. 17",
        "supports_export": "Art. 15, 20",
        "supports_correction": "Art. 16",
        "hosting_country": "Art. 30(1)(e)",
    }
    examples = {"kind": _("HR system"), "owner": _("Head of IT")}
    helps = {"notes": _("For insiders; never printed.")}

    class Meta:
        model = models.System
        fields = (
            "name",
            "kind",
            "description",
            "supplier",
            "owner",
            "location",
            "hosting_country",
            "supports_erasure",
            "supports_export",
            "supports_correction",
            "notes",
        )
        widgets = dict.fromkeys(("supports_erasure", "supports_export", "supports_correction"), forms.RadioSelect)


class AgreementForm(SharedForm):
    """An agreement with its clauses: each point of Art. 28(3) is yes, no or not filled in."""

    groups = (
        (_("With whom and what"), ("party", "kind", "title", "reference", "document")),
        (_("Since when, until when"), ("status", "signed_on", "valid_from", "valid_until")),
        (
            _("What it says (Art. 28(3))"),
            tuple(f"clause_{clause.value}" for clause in law.AgreementClause),
        ),
        (_("Further"), ("sub_processors", "breach_notice_hours", "end_of_contract", "essence_published", "notes")),
    )
    references = {"kind": "Art. 28(3), 26(1)", "sub_processors": "Art. 28(2), 28(4)", "essence_published": "Art. 26(2)"}
    helps = {
        "valid_until": _("The first day on which it no longer holds. Empty: until further notice."),
        "breach_notice_hours": _("A processor tells you about a breach without undue delay, Art. 33(2)."),
        "notes": _("For insiders; never printed."),
    }

    class Meta:
        model = models.Agreement
        fields = (
            "party",
            "kind",
            "title",
            "reference",
            "status",
            "signed_on",
            "valid_from",
            "valid_until",
            "sub_processors",
            "breach_notice_hours",
            "end_of_contract",
            "essence_published",
            "document",
            "notes",
        )

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        said = instance.clauses if instance else {}
        clauses = {f"clause_{clause.value}": said.get(clause.value, "") for clause in law.AgreementClause}
        super().__init__(*args, instance=instance, initial={**clauses, **(initial or {})}, **kwargs)

    def _post_clean(self):
        given = {clause.value: self.cleaned_data.get(f"clause_{clause.value}") for clause in law.AgreementClause}
        others = {key: value for key, value in self.instance.clauses.items() if key not in given}
        self.instance.clauses = others | {key: value for key, value in given.items() if value}
        super()._post_clean()


for _clause in law.AgreementClause:
    AgreementForm.base_fields[f"clause_{_clause.value}"] = forms.ChoiceField(
        label=_clause.label, choices=law.YesNo.choices, required=False, widget=forms.RadioSelect
    )


class DocumentForm(SharedForm):
    """A kept file or an address. `upload` is checked by content; the view keeps it."""

    groups = (
        (_("What it is"), ("title", "kind", "dated_on", "valid_until")),
        (_("Where it is"), ("upload", "url")),
    )
    examples = {"kind": _("Processing agreement, DPIA, minutes")}
    untracked = ("why", "upload")
    upload = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        help_text=_("PDF, Word, spreadsheet, picture, text or mail. A new file takes the place of the old one."),
    )

    class Meta:
        model = models.Document
        fields = ("title", "kind", "url", "dated_on", "valid_until")
        formfield_callback = form_field

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            self.content_type = uploads.check_upload(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("upload") or cleaned.get("url") or self.instance.file_id):
            self.add_error("upload", _("Add a file, or say where the document can be found."))
        return cleaned
