"""What people may fill in. A period shows its last day; the database keeps the first day after it."""

from datetime import timedelta

from django import forms
from django.contrib.auth import password_validation
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import FilterForm, HouseForm, RecordForm

from .models import ApiKey, Controller, Department, Event, Invitation, Organisation, Scope, User
from .models.organisations import ControllerDetails
from .permissions import Role


class ProfileForm(RecordForm):
    class Meta:
        model = User
        fields = ["name", "job_title", "language", "theme"]


class OrganisationForm(RecordForm):
    class Meta:
        model = Organisation
        fields = [
            "name",
            "country",
            "languages",
            "dpo_keeps_register",
            "administrator_keeps_register",
            "four_eyes",
            "approvals_required",
            "review_after_months",
            "keep_ended_years",
        ]


class DepartmentForm(RecordForm):
    class Meta:
        model = Department
        fields = ["name", "parent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.instance.organisation.departments.filter(retired_on=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others
        self.fields["parent"].empty_label = _("Not part of another department")


class ControllerForm(RecordForm):
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    examples = {
        "registration_number": "12345678",
        "legal_form": _("foundation"),
        "sector": _("primary education"),
        "dpo_registration": "FG001234",
    }

    class Meta:
        model = Controller
        fields = [field.name for field in ControllerDetails._meta.get_fields()]
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "dpo_address": forms.Textarea(attrs={"rows": 3}),
            "representative_contact": forms.Textarea(attrs={"rows": 3}),
            "representative_answer": forms.RadioSelect,
            "dpo_answer": forms.RadioSelect,
        }

    def clean_country(self):
        country = self.cleaned_data["country"].strip().upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Give the two letters of the country, such as NL or BE."))
        return country


class EstablishControllerForm(HouseForm, forms.Form):
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput, help_text=_("The day from which these details are right.")
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Why is there a new version?"), widget=forms.Textarea(attrs={"rows": 2})
    )
    examples = {"reason": _("New DPO since 1 March")}


class ApiKeyForm(RecordForm):
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"),
        choices=Scope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than needed."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_("The key stops by itself after this day. Empty means until it is revoked."),
    )
    examples = {"name": _("Mailing service")}

    class Meta:
        model = ApiKey
        fields = ["name", "scopes", "last_day", "per_minute"]

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_last_day(self):
        last_day = self.cleaned_data["last_day"]
        if last_day and last_day < self.on:
            raise forms.ValidationError(gettext("The last day cannot lie in the past."))
        return last_day

    def _post_clean(self):
        last_day = self.cleaned_data.get("last_day")
        self.instance.valid_until = last_day + timedelta(days=1) if last_day else None
        super()._post_clean()


class PeriodForm(HouseForm, forms.Form):
    """Role, last day and departments of a membership, or of the offer of one."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Access ends by itself after this day. Empty means until further notice."),
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Only these departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to give access to all departments."),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("departments", ())  # a retired one stays, or saving would widen what is seen
        offered = organisation.departments.filter(Q(retired_on=None) | Q(pk__in=chosen))
        self.fields["departments"].queryset = offered
        if not self.fields["departments"].queryset.exists():
            del self.fields["departments"]

    def period(self):
        """The filled-in values as the actions want them."""
        last_day = self.cleaned_data["last_day"]
        return {
            "role": self.cleaned_data["role"],
            "valid_until": last_day + timedelta(days=1) if last_day else None,
            "departments": self.cleaned_data.get("departments", ()),
        }


class InvitationForm(PeriodForm):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=User._meta.get_field("language").choices, initial="nl"
    )
    field_order = ["email", "name", "role", "last_day", "departments", "language"]


class MembershipForm(PeriodForm):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, help_text=_("Shown in the change log."))


class ReasonForm(HouseForm, forms.Form):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, help_text=_("Shown in the change log."))


class AcceptForm(HouseForm, forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=User._meta.get_field("language").choices)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self):
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        if password:
            person = User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return self.cleaned_data


class EventFilter(FilterForm):
    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *Event.Kind.choices])
    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), empty_label=_("Everybody"))
    since = forms.DateField(label=_("From"), widget=forms.DateInput)
    until = forms.DateField(label=_("Up to and including"), widget=forms.DateInput)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__organisation=organisation).distinct()
        self.fields["person"].queryset = people

    def narrow(self, queryset, *, kind=None, person=None, since=None, until=None):
        if kind:
            queryset = queryset.filter(kind=kind)
        if person:
            queryset = queryset.filter(user=person)
        if since:
            queryset = queryset.filter(day__gte=since)
        if until:
            queryset = queryset.filter(day__lte=until)
        return queryset
