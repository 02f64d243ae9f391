"""The form of one section of the facts. Two people in the same section never overwrite one another unseen."""

from django import forms
from django.db import models as db
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breaches import sections, showing
from breaches.models import Breach
from core.forms import RecordForm
from core.moments import MomentField, on_the_wall
from register.forms.conflict import Remembering, plain

EXAMPLES = {
    "title": gettext_lazy("Letter to the wrong address"),
    "place": gettext_lazy("Reception, head office"),
    "aware_reason": gettext_lazy("The supplier confirmed at 14:10 that the files had been downloaded."),
    "remedy": gettext_lazy("The account was blocked, and the letter was fetched back."),
    "effects": gettext_lazy("A neighbour knows of somebody's debt."),
}
REFERENCES = {
    "kinds": "4(12)",
    "people_min": "33(3)(a)",
    "records_min": "33(3)(a)",
    "effects": "33(3)(c)",
    "remedy": "33(3)(d)",
    "late_reason": "33(1)",
    "processor_told_at": "33(2)",
}
FEW = 4  # choices that are shown as buttons, not in a list


def _field(column, **options):
    """The form field of one column of a breach."""
    if column.name in sections.CHOICES:
        choices = sections.CHOICES[column.name].choices
        return _several(column, choices)
    if isinstance(column, db.JSONField):
        return _several(column, ())
    if isinstance(column, db.DateTimeField):
        return column.formfield(form_class=MomentField, **options)
    if column.choices:
        return _one(column)
    if isinstance(column, db.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    return column.formfield(**options)


def _several(column, choices):
    return forms.MultipleChoiceField(
        choices=choices, required=False, label=capfirst(column.verbose_name), widget=forms.CheckboxSelectMultiple
    )


def _one(column):
    """One choice; leaving it open is always possible unless the breach always has an answer."""
    choices = list(column.choices)
    if column.blank and all(value != "" for value, _label in choices):
        choices.insert(0, ("", gettext_lazy("Not filled in")))
    widget = forms.RadioSelect if len(choices) <= FEW else forms.Select
    return forms.ChoiceField(
        choices=choices,
        required=not column.blank,
        label=capfirst(column.verbose_name),
        help_text=column.help_text,
        widget=widget,
    )


class FactsForm(Remembering, RecordForm):
    """Some fields of a breach; `form_for` makes the class of one section."""

    examples = EXAMPLES
    references = REFERENCES

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow(name, field)
            if isinstance(field, forms.MultipleChoiceField):
                self._offer(name, field)

    def _narrow(self, name, field):
        """What the organisation has in use, and what is chosen already."""
        offered = field.queryset.filter(organisation=self.instance.organisation_id)
        if hasattr(field.queryset.model, "retired_on"):
            offered = offered.filter(Q(retired_on=None) | Q(pk=getattr(self.instance, f"{name}_id")))
        field.queryset = offered
        field.empty_label = _("Not filled in")
        field.widget.attrs["data-pick"] = ""

    def _offer(self, name, field):
        """Codes that are no longer known stay until somebody takes them away."""
        choices = list(field.choices)
        if name == "countries":
            choices = list(showing.country_names(self.instance.organisation).items())
        known = {value for value, _label in choices}
        field.choices = choices + [(code, code) for code in getattr(self.instance, name) if code not in known]

    def plainly(self, name, value):
        if isinstance(self.fields[name], MomentField):
            return on_the_wall(value)
        return plain(value).strip() if isinstance(value, str) else plain(value)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for name in self.tracked:
            now = getattr(self.instance, name)
            if self.plainly(name, cleaned.get(name)) == self.now[name]:
                cleaned[name] = now  # with the seconds and spaces that the form does not show
        self._ask_reason(cleaned)
        return cleaned

    def _ask_reason(self, cleaned):
        """Whoever names another moment than the first signal says why (EDPB 9/2022): the clock depends on it."""
        if "aware_at" not in cleaned or cleaned["aware_at"] == self.instance.aware_at:
            return
        if cleaned["aware_at"] != cleaned["first_signal_at"] and not cleaned["aware_reason"].strip():
            self.add_error("aware_reason", _("Say why you are aware from that moment, and not from the first signal."))

    def shown(self, name, value):
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField) and value:
            known = dict(field.choices)
            return ", ".join(str(known.get(code, code)) for code in value)
        if isinstance(field, MomentField) and value:
            return showing.words(name, field.clean(value))
        return super().shown(name, value)

    def values(self):
        """What is to be kept, by the names of the columns."""
        return {name: self.cleaned_data[name] for name in self.tracked}


def form_for(section):
    """The class of the form of one section."""
    meta = type("Meta", (), {"model": Breach, "fields": section.fields, "formfield_callback": staticmethod(_field)})
    return type("SectionForm", (FactsForm,), {"Meta": meta})
