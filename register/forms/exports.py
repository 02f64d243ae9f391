"""The form that asks for the record as a file."""

import re

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from register import listing
from register.codes import number_of
from register.exports import making
from register.exports.selection import Internal, Selection, Status
from register.models import Activity, Export, Label

ANY = ("", _("All"))
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]  # each in itself


class ExportForm(HouseForm, forms.Form):
    on = forms.DateField(
        label=_("As it stood on"),
        widget=forms.DateInput,
        help_text=_("Today, or any day before: what was established and known by then."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Export.Format.choices,
        initial=Export.Format.PDF,
        required=False,
        help_text=_(
            "PDF is what an authority asks for. Excel has a sheet for each kind of thing, CSV one row per activity. "
            "JSON holds everything and can be brought in again."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    part = forms.ChoiceField(label=_("Part of the register"), choices=[ANY, *Activity.Kind.choices], required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Running, and ended in the last years")), *Status.choices],
        required=False,
    )
    department = forms.ModelChoiceField(label=_("Department"), queryset=None, required=False, empty_label=ANY[1])
    controller = forms.ModelChoiceField(label=_("Controller"), queryset=None, required=False, empty_label=ANY[1])
    labels = forms.ModelMultipleChoiceField(label=_("Labels"), queryset=None, required=False)
    activities = forms.CharField(
        label=_("Only these activities"),
        required=False,
        max_length=4000,
        help_text=_("Their numbers, such as VA-0007, VA-0012. Nothing filled in: all of them."),
    )
    known = forms.ChoiceField(
        label=_("Reading"),
        choices=[
            (making.THEN, _("As it was known at the end of that day")),
            (making.NOW, _("As we now know it was, with what was recorded afterwards")),
        ],
        initial=making.THEN,
        widget=forms.RadioSelect,
    )
    drafts = forms.BooleanField(
        label=_("Add working copies"),
        required=False,
        help_text=_("Each of them says that it is not established. Only for today."),
    )
    internal = forms.MultipleChoiceField(
        label=_("Also what is meant for inside"),
        choices=Internal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An authority does not ask for these. In a PDF they come in annexes of their own."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    listed = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    references = {"on": "Art. 30(4)"}

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership
        organisation = membership.organisation
        self.fields["department"].queryset = organisation.departments.order_by("name")
        self.fields["controller"].queryset = organisation.controllers.order_by("position", "name")
        self.fields["labels"].queryset = Label.objects.of(organisation).order_by("name")
        self.fields["labels"].widget.attrs["data-pick"] = ""

    @cached_property
    def of_list(self):
        """The activities of the list that the link came from, by its address; None when there was no list."""
        query = QueryDict(self["listed"].value() or "")
        asked = listing.Asked.of(query)
        if not asked.narrows:
            return None
        return [str(pk) for pk in listing.listing_of(self.membership, query, today=timezone.localdate()).ids()]

    def clean_format(self):
        return self.cleaned_data["format"] or Export.Format.PDF

    def clean_activities(self):
        """The ids of the activities whose numbers are given, in the order of the numbers. One query."""
        codes = [part for part in re.split(r"[\s,;]+", self.cleaned_data["activities"]) if part]
        numbers = {number_of(code): code for code in codes}
        visible = Activity.objects.visible_to(self.membership).filter(number__in=[key for key in numbers if key])
        found = dict(visible.order_by("number").values_list("number", "pk"))
        for number, code in numbers.items():
            if number not in found:
                raise forms.ValidationError(_("There is no activity with number %(code)s."), params={"code": code[:20]})
        return [str(pk) for pk in found.values()]

    def clean(self):
        given = super().clean()
        if given.get("version") and len(given.get("activities") or ()) != 1:
            self.add_error("activities", _("A version belongs to one activity."))
        if self.of_list == [] and not given.get("activities"):
            self.add_error("activities", _("The list you came from shows no activities. Choose some here."))
        return given

    def selection(self):
        """What was asked for, within the departments of whoever asks."""
        given = self.cleaned_data
        chosen = given["activities"] or self.of_list or ()
        return Selection(
            part=given["part"],
            status=given["status"],
            department=str(given["department"].pk) if given["department"] else "",
            controller=str(given["controller"].pk) if given["controller"] else "",
            labels=tuple(sorted(str(row.pk) for row in given["labels"])),
            activities=tuple(chosen),
            version=given["version"] or 0,
            drafts=given["drafts"],
            internal=tuple(given["internal"]),
            within=making.within_of(self.membership),
        )
