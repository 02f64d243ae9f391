"""How a request of a person is answered."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.kinds import Answered, Asking
from core.forms import HouseForm


class AnswerForm(HouseForm, forms.Form):
    """`asked`: the request. Whoever is erased needs no words; whoever is refused needs the reason."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is the answer?"), choices=Answered.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What the person is told"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It is mailed to them as you write it. Say how they can complain when you refuse."),
    )

    def __init__(self, *args, asked, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        is_erasing = self.asked.kind == Asking.ERASURE and cleaned.get("outcome") == Answered.DONE
        if cleaned.get("outcome") and not is_erasing and not cleaned.get("text"):
            self.add_error("text", _("Write down what the person is told."))
        return cleaned
