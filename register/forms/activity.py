"""Forms about an activity as a whole: a new one, a copy, its upkeep, its end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department, Membership, Organisation
from accounts.permissions import Permission
from core.forms import HouseForm
from register.actions import activities as actions
from register.models import Activity, Label

from .sections import NumberedActivity


class NewActivityForm(HouseForm, forms.Form):
    """One question; everything else is asked on the sheet."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=250, help_text=gettext_lazy("What people inside call this work.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Part of the register"),
        choices=Activity.Kind,
        widget=forms.RadioSelect,
        initial="controller",
    )
    department = forms.ModelChoiceField(
        None, label=gettext_lazy("Department"), required=False, empty_label=gettext_lazy("No department")
    )
    parent = forms.UUIDField(widget=forms.HiddenInput, required=False)
    examples = {"name": gettext_lazy("Payroll")}
    references = {"kind": "30(1), 30(2)"}

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership, self.organisation = membership, membership.organisation
        departments = Department.objects.filter(organisation=self.organisation, retired_on=None)
        limited = [row.department_id for row in membership.department_rows.all()]
        if limited:
            departments = departments.filter(pk__in=limited)
        self.fields["department"].queryset = departments
        self.fields["department"].required = bool(limited)
        if not departments:
            del self.fields["department"]

    def clean_parent(self):
        key = self.cleaned_data["parent"]
        parent = key and Activity.objects.visible_to(self.membership).filter(pk=key).first()
        if key and parent is None:
            raise ValidationError(_("No activity that you can see has this number."))
        return parent or None

    def fields_of_activity(self):
        """What is known from the start: with one controller there is nothing to choose."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        controllers = list(self.organisation.controllers.filter(retired_on=None)[:2])
        if len(controllers) == 1:
            given["controller"] = controllers[0]
        return given | {"language": self.organisation.main_language}


class CopyForm(HouseForm, forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the copy"), max_length=250)
    organisation = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Into organisation"),
        help_text=gettext_lazy(
            "In another organisation the parties, systems and library items are found by name, or made."
        ),
        empty_label=None,
    )

    def __init__(self, *args, activity, membership, on, **kwargs):
        here = activity.organisation
        first = {"name": _("Copy of %(name)s") % {"name": activity.name}, "organisation": here.pk}
        first["name"] = first["name"][:250]
        super().__init__(*args, initial=first, **kwargs)
        self.fields["organisation"].queryset = editable_organisations(membership, on=on)


def editable_organisations(membership, *, on):
    """This organisation, and the others where the same person may edit and is not limited to departments."""
    others = Membership.objects.on(on).filter(user=membership.user).exclude(pk=membership.pk)
    others = others.filter(department_rows=None).select_related("organisation")
    ids = [other.organisation_id for other in others if other.can(Permission.REGISTER_EDIT)]
    return Organisation.objects.filter(pk__in=[membership.organisation_id, *ids]).order_by("name")


class UpkeepForm(HouseForm, forms.Form):
    review_on = forms.DateField(label=gettext_lazy("Next review"), required=False, widget=forms.DateInput)
    labels = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Labels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    references = {"review_on": "24(1)"}

    def __init__(self, *args, activity, **kwargs):
        self.activity = activity
        self.present = list(Label.objects.filter(pk__in=activity.label_rows.values("label")))
        super().__init__(*args, initial={"review_on": activity.review_on, "labels": self.present}, **kwargs)
        offered = Label.objects.of(activity.organisation)
        self.fields["labels"].queryset = offered.in_use() | offered.filter(pk__in=[label.pk for label in self.present])

    def save(self, *, by, at):
        wanted = set(self.cleaned_data["labels"])
        add, remove = wanted - set(self.present), set(self.present) - wanted
        if self.cleaned_data["review_on"] != self.activity.review_on:
            actions.set_upkeep([self.activity], review_on=self.cleaned_data["review_on"], by=by, at=at)
        if add or remove:
            actions.set_labels([self.activity], add=add, remove=remove, by=by, at=at)


class EndForm(HouseForm, forms.Form):
    on = forms.DateField(label=gettext_lazy("Ends on"), widget=forms.DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it ends"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The reason stays with the ending version."),
    )

    def __init__(self, *args, activity, membership, on, **kwargs):
        super().__init__(*args, initial={"on": on}, **kwargs)
        self.activity = activity
        others = Activity.objects.visible_to(membership).exclude(pk=activity.pk)
        self.fields["successor"] = NumberedActivity(
            others,
            label=_("Replaced by activity"),
            help_text=_("The number of the activity that takes over, if there is one."),
        )

    examples = {"successor": "VA-0012"}

    def clean_on(self):
        on = self.cleaned_data["on"]
        if self.activity.started_on and on < self.activity.started_on:
            raise ValidationError(_("The end must lie after the start."))
        return on

    def clean_successor(self):
        key = self.cleaned_data["successor"]
        return Activity.objects.filter(organisation=self.activity.organisation, pk=key).first() if key else None
