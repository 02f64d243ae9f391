"""The forms of taking over a register: the file, and what its columns mean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from breaches.imports.meanings import MEANINGS
from core.forms import HouseForm, UploadField
from register.forms.imports import DAYS


class UploadForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt"),
        label=_("File"),
        help_text=_("XLSX, XLS, ODS or CSV, with a row for each breach. Nothing need be changed first."),
    )


class ColumnsForm(HouseForm, forms.Form):
    """A choice for each column, and the order of day and month when there is something to choose."""

    def __init__(self, *args, table, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table
        for column in table.columns:
            name = f"column-{column.number}"
            self.fields[name] = forms.ChoiceField(
                label=column.heading or column.place,
                choices=list(MEANINGS.items()),
                initial=column.meaning,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.fields["order"] = forms.ChoiceField(
            label=_("Is 3/4 the third of April, or the fourth of March?"),
            choices=DAYS,
            initial=table.order,
            required=False,
            widget=forms.RadioSelect,
        )

    @property
    def columns(self):
        return [(column, self[f"column-{column.number}"]) for column in self.table.columns]

    def plan(self):
        given = self.cleaned_data
        columns = {str(column.number): given[f"column-{column.number}"] for column in self.table.columns}
        return {"columns": columns, "order": given["order"]}
