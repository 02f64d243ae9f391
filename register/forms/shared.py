"""What the forms of shared rows have in common: own choices, a reason, and no silent overwriting."""

from django import forms
from django.db import models as db
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from register.forms.conflict import Remembering
from register.models import Label


def form_field(field, **options):
    """Addresses on the web get https:// when people leave the scheme out."""
    if isinstance(field, db.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class SharedForm(Remembering, RecordForm):
    """Form of one shared row of `organisation`. `groups` lays it out: (title, names of fields)."""

    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Optional. Stands in the history beside the change."),
    )
    untracked = ("why",)
    groups = ()
    helps: dict = {}

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        for name, words in self.helps.items():
            self.fields[name].help_text = words
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow(name, field, organisation)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def _narrow(self, name, field, organisation):
        """Offer what the organisation has in use, and what is chosen already."""
        chosen = self.get_initial_for_field(field, name)
        chosen = chosen if isinstance(chosen, list) else [chosen]
        offered = field.queryset.filter(organisation=organisation)
        field.queryset = offered.filter(Q(retired_on=None) | Q(pk__in=[key for key in chosen if key]))
        field.widget.attrs["data-pick"] = ""

    @property
    def fieldsets(self):
        """(title, bound fields with their width) for the page; what stands in no group comes last."""
        placed = {name for _title, names in self.groups for name in names}
        rest = [name for name in self.fields if name not in {*placed, "base", "why"}]
        groups = [*self.groups, ("", rest)] if rest else self.groups
        return [(title, [self[name] for name in names]) for title, names in groups]

    @property
    def labels_chosen(self):
        return self.cleaned_data.get("labels")


class Labelled(forms.Form):
    """Mixin: the organisation's own labels on a party or system."""

    labels = forms.ModelMultipleChoiceField(Label.objects.all(), label=_("Labels"), required=False)

    def __init__(self, *args, instance=None, **kwargs):
        kwargs["initial"] = {"labels": self._present(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, instance=instance, **kwargs)

    @staticmethod
    def _present(instance):
        if instance is None or instance._state.adding:
            return []
        return list(instance.label_rows.values_list("label", flat=True))
