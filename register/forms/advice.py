"""Forms for the advice of the DPO: given in half a minute, answered with a reason."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import HouseForm
from register.models import Activity, Advice

from .sections import NumberedActivity

SUGGESTED = 500  # more would make the page heavy; the number of any other activity can still be typed


class SuggestedActivity(forms.TextInput):
    """A number to type, with the names of running activities to choose from as one types. One query."""

    def __init__(self, activities):
        super().__init__()
        self.activities = activities

    def render(self, name, value, attrs=None, renderer=None):
        listed = f"{name}-suggestions"
        running = self.activities.running().only("number", "name")[:SUGGESTED]
        options = format_html_join("", '<option value="{}">{}</option>', ((row.code, row.name) for row in running))
        typed = super().render(name, value, (attrs or {}) | {"list": listed}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', typed, listed, options)


class AdviceForm(HouseForm, forms.Form):
    advice = forms.CharField(label=gettext_lazy("Advice"), widget=forms.Textarea(attrs={"rows": 4}))
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Left open: the first words of the advice."),
    )
    question = forms.CharField(
        label=gettext_lazy("The question"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    given_on = forms.DateField(label=gettext_lazy("Given on"), widget=forms.DateInput)
    examples = {"subject": gettext_lazy("Retention of applications"), "activity": "VA-0012"}
    references = {"advice": "39(1)(a)"}

    def __init__(self, *args, membership, on, activity=None, **kwargs):
        initial = {"given_on": on, "activity": activity.pk if activity else None}
        super().__init__(*args, initial=initial, **kwargs)
        self.on = on
        activities = Activity.objects.visible_to(membership)
        self.fields["activity"] = NumberedActivity(
            activities,
            widget=SuggestedActivity(activities),
            label=_("About activity"),
            help_text=_("Its number; left open for advice in general."),
        )
        self.order_fields(["activity", "advice", "subject", "question", "given_on"])

    def clean_activity(self):
        key = self.cleaned_data["activity"]
        return self.fields["activity"].activities.get(pk=key) if key else None

    def clean_given_on(self):
        if self.cleaned_data["given_on"] > self.on:
            raise ValidationError(_("Advice cannot be given in the future."))
        return self.cleaned_data["given_on"]

    def clean(self):
        words = self.cleaned_data.get("advice", "").split()
        if not self.cleaned_data.get("subject") and words:
            short = " ".join(words)[:80]
            self.cleaned_data["subject"] = short if len(" ".join(words)) <= 80 else f"{short.rsplit(' ', 1)[0]}…"


class AnswerAdviceForm(HouseForm, forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("What is done with the advice"),
        choices=[choice for choice in Advice.Answer.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    answer_reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when the advice is not, or not wholly, followed."),
    )
    references = {"answer": "38(1)"}

    def clean(self):
        given = self.cleaned_data
        if given.get("answer") in ("partly", "not_followed") and not given.get("answer_reason"):
            self.add_error("answer_reason", _("Say why the advice is not, or not wholly, followed."))
