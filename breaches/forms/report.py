"""The few questions of a report, in plain words. Nothing is asked that only a lawyer can answer."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from breaches.kinds import Discovery, Incident, PeopleKind, Reporter
from breaches.law import Known
from breaches.models import Breach
from core import uploads
from core.forms import HouseForm
from core.moments import MomentField

EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=15)
"""The clock of a phone may be ahead of ours."""
MOST = 2_147_483_647
LARGEST = 15 * 2**20
"""Of a file from outside; members may bring larger ones."""


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Each file by itself must pass the checks; gives a list."""

    widget = SeveralFilesInput
    max_bytes = uploads.MAX_BYTES

    def clean(self, data, initial=None):
        given = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        faults = []
        for file in given:
            try:
                super().clean(file, initial)
                uploads.check_upload(file, self.max_bytes)
            except forms.ValidationError as error:
                faults += [f"{uploads.safe_name(file.name)}: {message}" for message in error.messages]
        if faults:
            raise forms.ValidationError(faults)
        return given


def moment(label, **options):
    return MomentField(
        label=label,
        required=False,
        may_come=True,
        validators=[MinValueValidator(EARLIEST, message=_("This lies too far in the past."))],
        **options,
    )


class FilesForm(HouseForm, forms.Form):
    files = SeveralFilesField(
        label=_("Photos and files"),
        required=False,
        help_text=_("For example the letter, the mail, or a picture of the screen. Ten at most, 25 MB each."),
    )

    def __init__(self, *args, is_outside=False, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["files"]
        field.widget.attrs["accept"] = uploads.ACCEPT
        if is_outside:
            field.max_bytes = LARGEST
            field.help_text = _(
                "For example the letter, the mail, or a picture of the screen. Ten at most, 15 MB each."
            )


class ReportForm(HouseForm, forms.Form):
    happened = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words; a few sentences are enough."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a few words what happened.")},
    )
    incident = forms.ChoiceField(
        label=_("What is it most like?"), choices=[("", _("I do not know")), *Incident.choices], required=False
    )
    occurred_at = moment(_("When did it happen?"), help_text=_("Leave it empty if you do not know."))
    noticed_at = moment(_("When did you find out?"), help_text=_("Leave it empty if that was just now."))
    is_ongoing = forms.ChoiceField(
        label=_("Is it still going on?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    groups = forms.MultipleChoiceField(
        label=_("Whose data are they?"),
        choices=[(kind.value, kind.label) for kind in PeopleKind if kind != PeopleKind.UNKNOWN],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what fits, or nothing if you do not know."),
    )
    people = forms.IntegerField(
        label=_("About how many people?"),
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(MOST)],
        help_text=_("A guess will do."),
    )
    data = forms.CharField(
        label=_("Which data?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example names, addresses, marks, health. Do not copy the data themselves."),
    )
    done = forms.CharField(
        label=_("What have you done about it so far?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nothing yet? Then report now and read afterwards what to do."),
    )
    source = forms.ChoiceField(label=_("How do you know of it?"), required=False, widget=forms.RadioSelect)
    company = forms.CharField(label=_("Which company?"), required=False, max_length=200)
    company_knew_at = moment(_("Since when did that company know?"), help_text=_("Leave it empty if you do not know."))
    contact = forms.CharField(
        label=_("How can we reach you today?"),
        required=False,
        max_length=300,
        help_text=_("For example a telephone number."),
    )

    def __init__(self, *args, author, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.author, self.now = author, now
        source = self.fields["source"]
        source.choices, source.initial = _sources(author.is_outside)
        if author.is_outside:
            del self.fields["noticed_at"]
            source.label = _("Who are you?")
            self.fields["company_knew_at"].label = _("Since when does your company know?")
            self.fields["contact"].label = _("Who are you, and how can we reach you?")
            self.fields["contact"].help_text = _("You may leave this empty. With it we can ask you what is missing.")

    def clean_occurred_at(self):
        return self._past("occurred_at")

    def clean_noticed_at(self):
        return self._past("noticed_at")

    def clean_company_knew_at(self):
        return self._past("company_knew_at")

    def _past(self, name):
        given = self.cleaned_data[name]
        if given is not None and given > self.now + CLOCKS_DIFFER:
            raise forms.ValidationError(_("This moment is still to come."))
        return given and min(given, self.now)

    def clean(self):
        given = super().clean()
        noticed = given.get("noticed_at") or self.now
        for name, fault in (
            ("occurred_at", _("You cannot have found out before it happened.")),
            ("company_knew_at", _("The company knew before it told you, or at the same moment.")),
        ):
            if given.get(name) and given[name] > noticed:
                self.add_error(name, fault)
        return given

    def breach(self, title):
        """The breach as far as it can be known from the answers, unsaved."""
        given = self.cleaned_data
        source = given["source"] or self.fields["source"].initial
        told_at = given.get("noticed_at") or self.now
        breach = Breach(
            title=title,
            reporter=source,
            discovery=_discovery(source),
            incident=given["incident"],
            occurred_from=given["occurred_at"],
            first_signal_at=told_at,
            is_ongoing=Known(given["is_ongoing"]),
            groups=given["groups"],
            people_min=given["people"],
            people_max=given["people"],
        )
        if source == Reporter.PROCESSOR:
            breach.processor_aware_at, breach.processor_told_at = given["company_knew_at"], told_at
        return breach

    def texts(self):
        """What may name people, under the words that the desk knows it by."""
        return {f"report.{name}": self.cleaned_data[name] for name in SEALED}


SEALED = ("happened", "data", "done", "company", "contact")
REPORTED = {
    "report.happened": _("What happened"),
    "report.data": _("Which data"),
    "report.done": _("What was done so far"),
    "report.company": _("Company"),
    "report.contact": _("How to reach the reporter"),
}
"""The sealed words of a report, for those who handle breaches."""


def _sources(is_outside):
    """The choices and the first one. The controller's clock starts when a processor tells it, not when that knew."""
    if is_outside:
        return [
            (Reporter.OUTSIDER, _("Somebody it concerns, or who came across it")),
            (Reporter.PROCESSOR, _("Somebody of a company that works for this organisation")),
        ], Reporter.OUTSIDER
    return [
        (Reporter.STAFF, _("I found it, or a colleague did")),
        (Reporter.PROCESSOR, _("A company that works for us told me")),
        (Reporter.OUTSIDER, _("Somebody else outside told me")),
    ], Reporter.STAFF


def _discovery(source):
    return {
        Reporter.STAFF: Discovery.STAFF,
        Reporter.PROCESSOR: Discovery.PROCESSOR,
        Reporter.OUTSIDER: Discovery.OUTSIDER,
    }[source]
