"""Two people in the form of one row: nothing is overwritten that the second has not seen.

The form carries a signed snapshot of what it started from. On saving, what only the other changed is kept, and where
both changed the same field the person chooses: `form.clashes` for `components/conflict.html`.
"""

from dataclasses import dataclass

from django import forms
from django.core import signing
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from register import editing

SALT = "register.forms.base"


@dataclass(frozen=True)
class Choice:
    """One place to choose in, in words: `name` is the name of the radio buttons."""

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    chosen: str = ""


def sealed(values):
    """A snapshot for a hidden input; nobody can change it on the way."""
    return signing.dumps(values, salt=SALT, compress=True)


def opened(text):
    """What `sealed` was given; nothing when the text is no work of ours."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}


def plain(value):
    """A value of a form for comparing: references by id, sets in order, line ends of one kind."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if hasattr(value, "__iter__") and not isinstance(value, dict):
        return sorted(editing.plain(one) for one in value)
    return editing.plain(value)


class Remembering(forms.Form):
    """Mixin for a form of one existing row. `untracked` names fields that belong to the act, not to the row."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    untracked = ("base",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare()
        self.clashes, self.others = [], []
        self.tracked = [name for name in self.fields if name not in {*Remembering.untracked, *self.untracked}]
        self.now = {name: self._initial(name) for name in self.tracked}
        self.initial["base"] = sealed(self.now)

    def prepare(self):
        """Fields and choices that depend on the row are made here, before what stands now is remembered."""

    @property
    def seen(self):
        """What stands now, for the choices made on this page."""
        return sealed(self.now)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = value.replace("\r\n", "\n")
        if not self.errors and not self.instance._state.adding:
            self._merge(cleaned)
        return cleaned

    def _merge(self, cleaned):
        mine = {name: self.plainly(name, cleaned.get(name)) for name in self.tracked}
        base = opened(self.data.get(self.add_prefix("base"), ""))
        sides = [{"fields": fields, "lines": {}} for fields in (base, mine, self.now)]
        sets = [name for name in self.tracked if isinstance(self.fields[name], forms.ModelMultipleChoiceField)]
        merged = editing.merge(*sides, choices=self._choices(), sets=sets)
        self.clashes = [self._in_words(clash) for clash in merged.clashes]
        self.others = [self.called(clash.field) for clash in merged.theirs]
        if self.clashes:
            self.add_error(
                None,
                ngettext(
                    "Somebody else changed the same field after you opened this page. Choose which text stays.",
                    "Somebody else changed the same fields after you opened this page. Choose which texts stay.",
                    len(self.clashes),
                ),
            )
            return
        for name, value in merged.snapshot["fields"].items():
            if value != mine[name]:
                cleaned[name] = self.fields[name].clean(value)

    def _choices(self):
        """A choice counts for the text that stood there when it was made; a third change is asked about again."""
        seen = opened(self.data.get("seen", ""))
        return {
            f"::{name}": self.data.get(f"choice-{name}", "")
            for name in self.tracked
            if name in seen and seen[name] == self.now[name]
        }

    def _initial(self, name):
        """What the form starts from, cleaned as it will be when it comes back."""
        return self.plainly(name, self.get_initial_for_field(self.fields[name], name))

    def plainly(self, name, value):
        """A value of one field for comparing; a form may compare its own kinds of fields in its own way."""
        return plain(value)

    def called(self, name):
        """What a field is called where the form around it is not in sight."""
        return capfirst(str(self.fields[name].label or name))

    def _in_words(self, clash):
        return Choice(
            name=f"choice-{clash.field}",
            label=self.called(clash.field),
            base=self.shown(clash.field, clash.base),
            mine=self.shown(clash.field, clash.mine),
            theirs=self.shown(clash.field, clash.theirs),
            chosen=self.data.get(f"choice-{clash.field}", ""),
        )

    def shown(self, name, value):
        """A plain value of a field as people know it. A query when it refers to rows."""
        field = self.fields[name]
        if value in (None, "", []):
            return gettext("Not filled in")
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(str(row) for row in field.queryset.filter(pk__in=value))
        if isinstance(field, forms.ModelChoiceField):
            return str(field.queryset.filter(pk=value).first() or value)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        if isinstance(field, forms.BooleanField):
            return gettext("Yes") if value else gettext("No")
        if isinstance(field, forms.DateField):
            return formats.date_format(field.to_python(value), "SHORT_DATE_FORMAT")
        return str(value)
