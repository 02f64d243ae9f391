"""Forms of what hangs on a breach: organisations involved, measures, notifications to others, the log."""

from django import forms
from django.db import models as db
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from breaches.models import BreachParty, Measure, OtherNotice
from core.forms import HouseForm, RecordForm
from core.moments import MomentField, on_the_wall
from register.forms.conflict import Remembering, plain

COMING = ("due_at",)


def _field(column, **options):
    if isinstance(column, db.DateTimeField):
        return column.formfield(form_class=MomentField, may_come=column.name in COMING, **options)
    if isinstance(column, db.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    return column.formfield(**options)


class LineForm(Remembering, RecordForm):
    """The form of one line, new or present."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.widget.attrs["data-pick"] = ""

    def plainly(self, name, value):
        if isinstance(self.fields[name], MomentField):
            return on_the_wall(value)
        return plain(value).strip() if isinstance(value, str) else plain(value)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.instance._state.adding:
            for name in self.tracked:
                if self.plainly(name, cleaned.get(name)) == self.now[name]:
                    cleaned[name] = getattr(self.instance, name)
        return cleaned


class PartyLineForm(LineForm):
    class Meta:
        model = BreachParty
        fields = ("party", "involvement", "told_at", "note")
        formfield_callback = _field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        offered = party.queryset.filter(organisation=self.instance.organisation_id)
        party.queryset = offered.filter(Q(retired_on=None) | Q(pk=self.instance.party_id))
        self.fields["told_at"].help_text = _("Only for a controller for whom you process (Art. 33(2)).")

    def clean(self):
        cleaned = super().clean()
        same = BreachParty.objects.filter(
            breach=self.instance.breach_id, party=cleaned.get("party"), involvement=cleaned.get("involvement", "")
        )
        if not self.errors and same.exclude(pk=self.instance.pk).exists():
            self.add_error("party", _("This organisation has this role in the breach already."))
        return cleaned


class MeasureForm(LineForm):
    class Meta:
        model = Measure
        fields = ("text", "kind", "owner", "due_on", "done_on")
        formfield_callback = _field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.on(timezone.localdate()).filter(organisation=self.instance.organisation_id)
        owner = self.fields["owner"]
        owner.queryset = owner.queryset.filter(Q(pk__in=members.values("user")) | Q(pk=self.instance.owner_id))
        self.fields["done_on"].help_text = _("Leave it empty as long as it is not done.")


class OtherNoticeForm(LineForm):
    examples = {"ground": gettext_lazy("Early warning within 24 hours, NIS2")}

    class Meta:
        model = OtherNotice
        fields = ("recipient", "name", "ground", "due_at", "sent_at", "reference", "note")
        formfield_callback = _field


class LogForm(HouseForm, forms.Form):
    """`happened_at` is now when it is left empty."""

    text = forms.CharField(
        label=gettext_lazy("What was said or done"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Encrypted, and never changed afterwards. A mistake is put right by a new entry."),
    )
    happened_at = MomentField(label=gettext_lazy("When"), required=False, help_text=gettext_lazy("Empty means now."))
    is_hidden = forms.BooleanField(
        label=gettext_lazy("Hide it from auditors"),
        required=False,
        help_text=gettext_lazy("For notes between those who handle breaches. Reasons of decisions never belong here."),
    )
