"""A new dated value of a fact of law."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import RecordForm
from register import legal
from register.models import LegalValue


class LegalValueForm(RecordForm):
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    examples = {"source": gettext_lazy("Official Journal, L 2027/123, article 3")}

    class Meta:
        model = LegalValue
        fields = ("value", "valid_from", "source", "note")

    def __init__(self, *args, fact, **kwargs):
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields["note"].widget.attrs["rows"] = 3
        label = self.fields["value"].label
        if fact.choices:
            self.fields["value"] = forms.ChoiceField(choices=[("", ""), *fact.choices.items()], label=label)
        elif fact.unit in legal.UNITS:
            self.fields["value"] = forms.IntegerField(
                min_value=0,
                max_value=999_999,
                label=label,
                help_text=_("Counted in %(unit)s.") % {"unit": UNIT_NAMES[fact.unit]},
            )

    def clean_value(self):
        return str(self.cleaned_data["value"]).strip()

    def clean(self):
        given = super().clean()
        day, value = given.get("valid_from"), given.get("value")
        holds = self.fact.on(day) if day and value else None
        if holds and holds.value == value:
            raise ValidationError(_("This is what holds on that day already."))
        return given


UNIT_NAMES = {
    "hours": gettext_lazy("hours"),
    "years": gettext_lazy("years"),
    "people": gettext_lazy("people"),
    "kinds": gettext_lazy("kinds"),
    "weeks": gettext_lazy("weeks"),
    "months": gettext_lazy("months"),
    "characters": gettext_lazy("characters"),
    "criteria": gettext_lazy("criteria"),
    "breaches": gettext_lazy("breaches"),
}
