"""Making a purpose of consent from a purpose of an established activity, and changing it."""

import uuid

from django import forms
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.actions import purposes
from consent.models import ConsentPurpose
from core.forms import RecordForm
from register.forms.conflict import Remembering

FIELDS = ("code", "name_nl", "name_en", "kind", "event_kind", "is_explicit", "is_online_service")
EXAMPLES = {
    "code": gettext_lazy("newsletter"),
    "name_nl": gettext_lazy("Onze nieuwsbrief"),
    "name_en": gettext_lazy("Our newsletter"),
    "event_kind": gettext_lazy("open day"),
}


class MakeForm(RecordForm):
    """`candidates`: what can be chosen, as `purposes.candidates` gives it."""

    candidate = forms.ChoiceField(label=gettext_lazy("Purpose in the register"))
    examples = EXAMPLES

    class Meta:
        model = ConsentPurpose
        fields = FIELDS

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {f"{one.standing.entry.id}:{one.line.id}": one for one in candidates}
        field = self.fields["candidate"]
        field.choices = [("", _("Choose")), *((key, _words(one)) for key, one in self.by_key.items())]
        field.widget.attrs["data-pick"] = ""
        self.order_fields(["candidate", *FIELDS])
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Short, for files and the API. Left empty, it is made from the name.")

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name_nl") or cleaned.get("name_en") or ""
        cleaned["code"] = cleaned.get("code") or slugify(name)[:60] or uuid.uuid4().hex[:8]
        chosen = self.by_key.get(cleaned.get("candidate"))
        if chosen is not None:
            self.instance.activity_id = chosen.standing.entry.id
            self.instance.line = chosen.line.id
        return cleaned


class ChangeForm(Remembering, RecordForm):
    """What the purpose is can no longer change once a wording was published."""

    examples = EXAMPLES

    class Meta:
        model = ConsentPurpose
        fields = FIELDS

    def __init__(self, *args, is_settled, **kwargs):
        super().__init__(*args, **kwargs)
        if is_settled:
            for name in purposes.SETTLED:
                self.fields[name].disabled = True

    def values(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


def _words(candidate):
    entry = candidate.standing.entry
    return f"{entry.code} {entry.name}: {Truncator(candidate.text).chars(120)}"
