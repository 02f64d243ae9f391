"""What somebody says of a notification that went to an authority, with room to correct each answer of its form."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from breaches.actions.notifying import Sent
from breaches.authority_forms.given import NOTIFYING
from breaches.authority_forms.sources import SOURCES
from breaches.law import NotificationKind
from core.forms import HouseForm

LONGEST = 20_000
ALL, MORE = "all", "more"


class NotificationForm(HouseForm, forms.Form):
    """`filled` are the answers as they are known; each gets a field of its own, named after its place in the form."""

    kind = forms.ChoiceField(choices=NotificationKind.choices, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    sent_at = forms.DateTimeField(label=_("Handed in"))
    reference = forms.CharField(
        label=_("Reference of the authority"),
        required=False,
        max_length=100,
        help_text=_("It stands in the confirmation. You may add it later with a follow-up."),
    )
    completeness = forms.ChoiceField(
        label=_("Is it complete?"),
        choices=[(ALL, _("Yes, nothing has to follow")), (MORE, _("No, something will follow"))],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    follow_up_on = forms.DateField(label=_("The rest follows before"), required=False)
    follows = forms.CharField(
        label=_("What will follow?"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    examples = {"reference": "DL-2026-0001"}
    references = {"completeness": "Art. 33(4)"}

    def __init__(self, *args, filled, **kwargs):
        super().__init__(*args, **kwargs)
        self.filled = filled
        if self._kind() == NotificationKind.WITHDRAWAL:
            for name in ("completeness", "follow_up_on", "follows"):
                del self.fields[name]
        elif filled.missing:
            self.fields["completeness"].initial = MORE  # nobody calls it complete by leaving a box as it is
        for answer in filled.answers:
            self.fields[answer.anchor] = forms.CharField(
                label=f"{answer.number} {answer.question}",
                required=False,
                max_length=LONGEST,
                widget=_widget(answer),
                initial=answer.text if _is_asked(answer) else "",
                help_text=answer.note,
            )

    @property
    def asked(self):
        """The fields of what nobody could know before, and of what is missing."""
        return [self[answer.anchor] for answer in self.filled.answers if _is_asked(answer)]

    @property
    def others(self):
        """(what the form says now, its field) of all other answers."""
        return [(answer, self[answer.anchor]) for answer in self.filled.answers if not _is_asked(answer)]

    def clean_sent_at(self):
        return self.cleaned_data["sent_at"].replace(second=0, microsecond=0)

    def clean(self):
        given = super().clean()
        if given.get("completeness") == MORE and "follow_up_on" not in self.errors and not given.get("follow_up_on"):
            self.add_error("follow_up_on", _("Say before which day the rest follows."))
        return given

    def sent(self, asked):
        """`asked`: what the account tells of whoever notifies."""
        given = self.cleaned_data
        is_complete = given.get("completeness", ALL) == ALL
        return Sent(
            kind=given["kind"],
            sent_at=given["sent_at"],
            reference=given["reference"].strip(),
            is_complete=is_complete,
            follow_up_on=given.get("follow_up_on"),
            follows=given.get("follows", "").strip(),
            asked=asked | {"complete": "yes" if is_complete else "no"},
            texts={
                answer.number: given[answer.anchor]
                for answer in self.filled.answers
                if given[answer.anchor].strip() not in ("", answer.text)
            },
            seen=given["seen"],
        )

    def _kind(self):
        return self.data.get("kind") if self.is_bound else self.initial.get("kind")


def starting(kind, seen, at):
    """What the form starts with."""
    return {"kind": kind, "seen": seen, "sent_at": timezone.localtime(at).replace(second=0, microsecond=0)}


def _is_asked(answer):
    """Whether it is complete, and what kind it is, are asked by fields of their own."""
    if answer.source in ("notification", "complete"):
        return False
    return answer.is_missing or SOURCES[answer.source].place == NOTIFYING


def _widget(answer):
    if answer.source.startswith("notifier"):
        return forms.TextInput()
    return forms.Textarea({"rows": 1 if SOURCES[answer.source].codes else 3})
