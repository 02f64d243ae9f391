"""Forms of the library: data, people, measures, retention, laws, countries, functions, labels."""

from django import forms
from django.utils.translation import gettext_lazy as _

from register import models
from register.forms.pickers import DATA_GROUPS
from register.forms.shared import SharedForm, form_field

NAMES = (_("What it is called"), ("name_nl", "name_en", "note_nl", "note_en"))
NAME_FIELDS = ("name_nl", "name_en", "note_nl", "note_en")
NAME_HELPS = {
    "name_nl": _("One language is enough; the other is shown when this one is missing."),
    "note_nl": _("What falls under it and what does not. Shown where people choose."),
}


class ItemForm(SharedForm):
    helps = NAME_HELPS


class DataCategoryForm(ItemForm):
    groups = (NAMES, (_("Kind of data"), ("group", "sensitivity", "special_kind")))
    references = {"sensitivity": "Art. 9, 10, 87", "special_kind": "Art. 9(1)"}
    helps = {
        **NAME_HELPS,
        "sensitivity": _("Decides which extra grounds an activity must name."),
        "special_kind": _("Only for special categories."),
    }
    group = forms.ChoiceField(label=_("Group"), required=False)

    class Meta:
        model = models.DataCategory
        fields = (*NAME_FIELDS, "group", "sensitivity", "special_kind")
        formfield_callback = form_field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.instance.group
        choices = [("", _("No group")), *DATA_GROUPS.items()]
        self.fields["group"].choices = choices if own in DATA_GROUPS else [*choices, (own, own)] if own else choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("special_kind") and cleaned.get("sensitivity") != "special":
            self.add_error("special_kind", _("Choose this only when the data are a special category."))
        return cleaned


class SubjectCategoryForm(ItemForm):
    groups = (NAMES, (_("About these people"), ("children", "vulnerable", "employees")))
    helps = {
        **NAME_HELPS,
        "children": _("Among them are people under 18."),
        "vulnerable": _("They depend on you, or cannot easily object, such as patients."),
        "employees": _("They work for you. The works council may have a say."),
    }

    class Meta:
        model = models.SubjectCategory
        fields = (*NAME_FIELDS, "children", "vulnerable", "employees")


class MeasureForm(ItemForm):
    groups = (
        NAMES,
        (_("Where it belongs"), ("heading", "category")),
        (_("How it stands"), ("status", "owner", "planned_for", "last_tested_on", "evidence")),
    )
    references = {"heading": "Art. 32(1), 32(4)", "last_tested_on": "Art. 32(1)(d)"}
    helps = {
        **NAME_HELPS,
        "note_nl": _("A general description that may be read outside. Leave out what helps a burglar."),
        "evidence": _("For insiders: where the proof is. Never printed for the authority unless somebody chooses so."),
    }

    class Meta:
        model = models.Measure
        fields = (*NAME_FIELDS, "heading", "category", "status", "owner", "planned_for", "last_tested_on", "evidence")


class RetentionRuleForm(ItemForm):
    groups = (
        NAMES,
        (_("How long"), ("period_value", "period_unit", "bound", "trigger", "trigger_nl", "trigger_en")),
        (_("When no period can be given"), ("criterion_nl", "criterion_en")),
        (_("On which ground"), ("ground_kind", "source", "country", "justification", "confirmed")),
        (_("And then"), ("end_action", "responsible")),
    )
    references = {"period_value": "Art. 30(1)(f)", "criterion_nl": "Art. 13(2)(a)", "justification": "Art. 5(1)(e)"}
    examples = {"source": "AWR art. 52(4)", "responsible": _("Head of HR")}
    helps = {
        **NAME_HELPS,
        "criterion_nl": _("How you decide when data go, for instance “as long as somebody is a member”."),
        "confirmed": _("Somebody of your organisation looked up the source."),
        "country": _("NL, BE or empty for everywhere."),
    }

    class Meta:
        model = models.RetentionRule
        fields = (
            *NAME_FIELDS,
            "country",
            "period_value",
            "period_unit",
            "trigger",
            "trigger_nl",
            "trigger_en",
            "criterion_nl",
            "criterion_en",
            "bound",
            "ground_kind",
            "source",
            "justification",
            "end_action",
            "responsible",
            "confirmed",
        )


class LawForm(ItemForm):
    groups = (NAMES, (_("Where it is found"), ("short_nl", "short_en", "country", "url")))

    class Meta:
        model = models.Law
        fields = (*NAME_FIELDS, "short_nl", "short_en", "country", "url")
        formfield_callback = form_field


class CountryForm(ItemForm):
    groups = (NAMES, (_("What it is"), ("code", "eea", "is_international_organisation")))
    helps = {
        **NAME_HELPS,
        "code": _("Two letters for a country, such as NL. Adequacy decisions are found by it."),
        "eea": _("Data may go there as inside your own country."),
    }

    class Meta:
        model = models.Country
        fields = (*NAME_FIELDS, "code", "eea", "is_international_organisation")

    def clean_code(self):
        return self.cleaned_data["code"].upper()


class InternalRoleForm(ItemForm):
    groups = (NAMES,)

    class Meta:
        model = models.InternalRole
        fields = NAME_FIELDS


class LabelForm(SharedForm):
    groups = ((_("The label"), ("name", "colour")),)

    class Meta:
        model = models.Label
        fields = ("name", "colour")
