"""The forms of an import: the file, and what its sheets and columns are taken for."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, UploadField
from register.imports import words
from register.imports.headings import KEPT as NOTE
from register.imports.plan import (
    CONTENT_DATES,
    CONTENT_LIST,
    CONTENT_PERIODS,
    LAYOUTS,
    MAPPED,
    NOTHING,
    QUESTIONS,
    REASONS,
    UNKNOWN,
)

NOT_BY_HEADING = {UNKNOWN, CONTENT_DATES, CONTENT_LIST, CONTENT_PERIODS}

AT_ONCE = 60  # columns on a page

DAYS = [("dmy", _("3/4 is 3 April")), ("mdy", _("3/4 is 4 March"))]


class UploadForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt", ".json", ".zip"),
        label=_("File"),
        help_text=_(
            "XLSX, XLS, ODS, CSV or JSON, or the ZIP of the Dutch government's register tool."
            " Nothing need be changed first."
        ),
    )


class SheetsForm(HouseForm, forms.Form):
    """Which sheets hold activities. A plan remembers what a sheet was taken for when it is left out."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for number, sheet in enumerate(plan["sheets"]):
            if proposed(sheet) != NOTHING:
                self.fields[f"sheet-{number}"] = forms.BooleanField(
                    label=sheet["name"], required=False, initial=sheet["layout"] != NOTHING
                )

    def clean(self):
        given = super().clean()
        if not any(given.values()):
            raise forms.ValidationError(_("Choose one sheet at least."))
        return given

    @property
    def lines(self):
        """Each sheet with its box, when it can be read at all."""
        return [
            {
                "sheet": sheet,
                "layout": LAYOUTS[proposed(sheet)],
                "box": self[f"sheet-{number}"] if f"sheet-{number}" in self.fields else None,
            }
            for number, sheet in enumerate(self.plan["sheets"])
        ]

    def changed_plan(self):
        sheets = [
            sheet | {"layout": proposed(sheet) if self.cleaned_data.get(f"sheet-{number}") else NOTHING}
            for number, sheet in enumerate(self.plan["sheets"])
        ]
        return self.plan | {"sheets": sheets}


def proposed(sheet):
    """What a sheet was taken for at first."""
    return sheet.get("proposed", sheet["layout"])


class MeaningSelect(forms.Select):
    """A select of which the options are spelled out once for all columns: a file may have thousands of columns."""

    def __init__(self, options):
        super().__init__()
        self.options = options

    def render(self, name, value, attrs=None, renderer=None):
        option = _option(value or "", "")
        begin = option.removesuffix("></option>")
        options = SafeString(self.options.replace(f"{begin}>", f"{begin} selected>", 1))
        given = {"class": "form-select form-select-sm", **(attrs or {}), "name": name}
        return format_html("<select{}>{}</select>", flatatt(given), options)


def _option(value, label):
    return format_html('<option value="{}">{}</option>', value, label)


def _spelled_out(choices):
    """The options of a select as HTML; a choice of which the label is a list is a group."""
    parts = [
        format_html('<optgroup label="{}">{}</optgroup>', value, _spelled_out(label))
        if isinstance(label, list)
        else _option(value, label)
        for value, label in choices
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


class ColumnsForm(HouseForm, forms.Form):
    """What each column of the chosen sheets means: those of one page, since each has a long list to choose from."""

    def __init__(self, *args, plan, number=1, going=False, **kwargs):
        """`going`: only to another page, so nothing need be complete yet."""
        super().__init__(*args, **kwargs)
        self.plan, self.going = plan, going
        self.page = Paginator(list(self._columns()), AT_ONCE).get_page(number)
        choices = words.choices()
        options = _spelled_out(choices)
        for key, _sheet, column in self.page:
            meaning = "" if column["meaning"] == NOTE else column["meaning"]
            self.fields[f"m-{key}"] = forms.ChoiceField(
                label=column["heading"] or column["place"],
                choices=choices,
                required=False,
                initial=meaning,
                widget=MeaningSelect(options),
            )
            if column["asks"] or column["dates"]:
                self.fields[f"d-{key}"] = forms.ChoiceField(
                    label=QUESTIONS["date_order"],
                    choices=DAYS,
                    initial=column["dates"] or None,
                    widget=forms.RadioSelect,
                    required=bool(column["asks"]) and not going,
                )

    def _columns(self):
        for number, sheet in enumerate(self.plan["sheets"]):
            if sheet["layout"] != NOTHING:
                for index, column in enumerate(sheet["columns"]):
                    yield f"{number}-{index}", sheet, column

    @property
    def sheets(self):
        """Per sheet its columns, each with its controls and the reason for what is proposed."""
        found = {}
        for key, sheet, column in self.page:
            line = {
                "column": column,
                "meaning": self[f"m-{key}"],
                "days": self[f"d-{key}"] if f"d-{key}" in self.fields else None,
                "why": REASONS.get(column["reason"], REASONS[MAPPED]),
                "unknown": column["reason"] == UNKNOWN,
            }
            found.setdefault(sheet["name"], {"sheet": sheet, "lines": []})["lines"].append(line)
        return list(found.values())

    def page_that_asks(self, plan):
        """The number of the first page with a question that this plan leaves open; None when there is none."""
        self.plan = plan
        asking = (at for at, (_key, _sheet, column) in enumerate(self._columns()) if column["asks"])
        first = next(asking, None)
        return None if first is None else first // AT_ONCE + 1

    @property
    def unknown(self):
        return sum(column["reason"] == UNKNOWN for _key, _sheet, column in self._columns())

    @property
    def nothing_named(self):
        """Whether no heading was known, and what was recognised is what stands below."""
        return all(column["reason"] in NOT_BY_HEADING for _key, _sheet, column in self._columns())

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        here = {key for key, _sheet, _column in self.page}
        elsewhere = (column["meaning"] not in ("", NOTE) for key, _sheet, column in self._columns() if key not in here)
        if not self.going and not any(cleaned.get(f"m-{key}") for key in here) and not any(elsewhere):
            raise ValidationError(_("Say of one column at least what it means, such as the name or the purpose."))
        return cleaned

    def changed_plan(self):
        """The plan as it was sent; a column that was changed says that a person chose."""
        sheets = [sheet | {"columns": [dict(column) for column in sheet["columns"]]} for sheet in self.plan["sheets"]]
        for key, _sheet, _column in self.page:
            number, index = (int(part) for part in key.split("-"))
            column = sheets[number]["columns"][index]
            meaning = self.cleaned_data.get(f"m-{key}") or ""
            if meaning != column["meaning"] and not (meaning == "" and column["meaning"] == NOTE):
                column |= {"meaning": meaning or NOTE, "reason": MAPPED}
            days = self.cleaned_data.get(f"d-{key}")
            if days:
                column |= {"dates": days, "asks": []}
        return self.plan | {"sheets": sheets}
