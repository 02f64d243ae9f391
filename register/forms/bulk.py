"""What to do with many activities at once: one small form per act. Each knows what an activity has before and after."""

import datetime

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Department, Membership, User
from accounts.permissions import Permission
from core.forms import HouseForm
from register.actions import activities, approval, establish
from register.models import Label


class BulkForm(HouseForm, forms.Form):
    """An act on many activities. `apply` answers a sentence for the person who asked, and [(activity, why not)]."""

    permission = Permission.REGISTER_EDIT
    title = ""
    question = ""
    label = ""
    column = ""
    ended_too = False
    limit = 500  # activities in one act: no more than some seconds of writing, while others wait

    def __init__(self, *args, membership, on, **kwargs):
        self.membership, self.on = membership, on
        self.organisation = membership.organisation
        super().__init__(*args, **kwargs)

    def before(self, activity):
        return ""

    def after(self, activity):
        return ""

    def apply(self, rows, *, by, at):
        raise NotImplementedError


class OwnerForm(BulkForm):
    title, label, column = _("Set the owner"), _("Set the owner"), _("Owner")
    question = _("Who looks after these activities?")
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody in particular")
    )
    owner_function = forms.CharField(
        label=_("Function of the owner"),
        required=False,
        max_length=150,
        help_text=_("A function stays true when people come and go."),
    )
    examples = {"owner_function": _("Head of finance")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.of(self.organisation).on(self.on).values("user")
        self.fields["owner"].queryset = User.objects.filter(pk__in=members)
        self.fields["owner"].widget.attrs["data-pick"] = ""

    def before(self, activity):
        return _owner_words(activity.owner, activity.owner_function)

    def after(self, activity):
        return _owner_words(self.cleaned_data.get("owner"), self.cleaned_data.get("owner_function"))

    def apply(self, rows, *, by, at):
        activities.set_upkeep(rows, by=by, at=at, **self.cleaned_data)
        return ngettext(
            "The owner of %(count)d activity was set.", "The owner of %(count)d activities was set.", len(rows)
        ) % {"count": len(rows)}, []


def _owner_words(owner, function):
    return ", ".join(str(part) for part in (owner, function) if part)


class DepartmentForm(BulkForm):
    title, label, column = _("Set the department"), _("Set the department"), _("Department")
    question = _("Which department do these activities belong to?")
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), required=False, empty_label=_("No department")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        field.queryset = Department.objects.filter(organisation=self.organisation, retired_on=None)
        limited = [row.department_id for row in self.membership.department_rows.all()]
        if limited:  # otherwise an activity could be put where its editor no longer sees it
            field.queryset = field.queryset.filter(pk__in=limited)
            field.required, field.empty_label = True, None

    def before(self, activity):
        return str(activity.department or "")

    def after(self, activity):
        return str(self.cleaned_data.get("department") or "")

    def apply(self, rows, *, by, at):
        activities.set_upkeep(rows, by=by, at=at, **self.cleaned_data)
        return ngettext(
            "The department of %(count)d activity was set.",
            "The department of %(count)d activities was set.",
            len(rows),
        ) % {"count": len(rows)}, []


class ReviewForm(BulkForm):
    title, label, column = _("Set the review date"), _("Set the review date"), _("Next review")
    question = _("When must these activities be looked at again?")
    review_on = forms.DateField(label=_("Next review"))

    def before(self, activity):
        return _day(activity.review_on)

    def after(self, activity):
        return _day(self.cleaned_data.get("review_on"))

    def apply(self, rows, *, by, at):
        activities.set_upkeep(rows, by=by, at=at, **self.cleaned_data)
        return ngettext(
            "The review date of %(count)d activity was set.",
            "The review date of %(count)d activities was set.",
            len(rows),
        ) % {"count": len(rows)}, []


class ReviewedForm(BulkForm):
    title, label, column = _("Reviewed, nothing changed"), _("Record the review"), _("Next review")
    question = _("You have looked at these activities and they are still right. The next review moves on.")
    reason = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    examples = {"reason": _("Gone through with the head of personnel")}

    def before(self, activity):
        return _day(activity.review_on)

    def after(self, activity):
        return _day(activities.add_months(self.on, self.organisation.review_after_months))

    def apply(self, rows, *, by, at):
        activities.mark_reviewed(rows, by=by, at=at, reason=self.cleaned_data["reason"])
        return ngettext(
            "%(count)d activity was marked as reviewed.", "%(count)d activities were marked as reviewed.", len(rows)
        ) % {"count": len(rows)}, []


class LabelForm(BulkForm):
    title, label, column = _("Put on or take off labels"), _("Save the labels"), _("Labels")
    question = _("Labels that you leave alone stay as they are.")
    ended_too = True
    add = forms.ModelMultipleChoiceField(
        label=_("Put on"), queryset=Label.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    remove = forms.ModelMultipleChoiceField(
        label=_("Take off"), queryset=Label.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["add"].queryset = Label.objects.of(self.organisation).in_use()
        self.fields["remove"].queryset = Label.objects.of(self.organisation)

    def clean(self):
        given = super().clean()
        if not given.get("add") and not given.get("remove"):
            raise forms.ValidationError(_("Choose at least one label."))
        if set(given.get("add", ())) & set(given.get("remove", ())):
            raise forms.ValidationError(_("A label cannot be put on and taken off at once."))
        return given

    def before(self, activity):
        return ", ".join(sorted(row.label.name for row in activity.label_rows.all()))

    def after(self, activity):
        kept = {row.label for row in activity.label_rows.all()} - set(self.cleaned_data.get("remove", ()))
        return ", ".join(sorted(label.name for label in kept | set(self.cleaned_data.get("add", ()))))

    def apply(self, rows, *, by, at):
        activities.set_labels(rows, add=self.cleaned_data["add"], remove=self.cleaned_data["remove"], by=by, at=at)
        return ngettext(
            "The labels of %(count)d activity were set.", "The labels of %(count)d activities were set.", len(rows)
        ) % {"count": len(rows)}, []


class ReasonForm(BulkForm):
    """What establishing and asking for approval share: a reason that stays with each version, and a first day."""

    limit = 200  # whole entries are read and written here
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It stays with each version.")
    )
    valid_from = forms.DateField(label=_("Valid from"))
    examples = {"reason": _("Yearly check with all departments")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = self.on


class EstablishForm(ReasonForm):
    permission = Permission.REGISTER_ESTABLISH
    title, label = _("Establish with one reason"), _("Establish")
    question = _("Each activity gets a new version, which can no longer be changed.")

    def apply(self, rows, *, by, at):
        made, refused = establish.establish_many(rows, by=by, at=at, **self.cleaned_data)
        return ngettext("%(count)d activity was established.", "%(count)d activities were established.", len(made)) % {
            "count": len(made)
        }, refused


class ApprovalForm(ReasonForm):
    title, label = _("Send for approval"), _("Send for approval")
    question = _("Each approver sees every activity on their own desk, and approves it or sends it back.")
    approvers = forms.ModelMultipleChoiceField(
        label=_("Approvers"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        able = [member.user_id for member in approval.approvers(self.organisation, on=self.on)]
        self.fields["approvers"].queryset = User.objects.filter(pk__in=able).exclude(pk=self.membership.user_id)

    def apply(self, rows, *, by, at):
        rounds, refused = approval.ask(rows, by=by, at=at, **self.cleaned_data)
        return ngettext(
            "%(count)d activity was sent for approval.", "%(count)d activities were sent for approval.", len(rounds)
        ) % {"count": len(rounds)}, refused


def _day(value):
    return formats.date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, datetime.date) else ""


ACTS = {
    "owner": OwnerForm,
    "department": DepartmentForm,
    "review": ReviewForm,
    "reviewed": ReviewedForm,
    "label": LabelForm,
    "approval": ApprovalForm,
    "establish": EstablishForm,
}
