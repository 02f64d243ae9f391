"""One line of an activity as a form, and a set of such lines in their order. Nothing here writes."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from register import editing
from register.help import HELP

from . import layout
from .fields import TypedText, form_field, kept
from .pickers import CREATABLE, PickField, made, name_key
from .rearranging import count

OPEN_AT_MOST = 10  # with more lines each is one row of words, opened when somebody wants to change it


class LineForm(forms.Form):
    """One line. It knows the other fields of the line from `base` and keeps them as they are."""

    id = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, lines, names, fields, *, pickers, base, language, **kwargs):
        super().__init__(**kwargs)
        self.lines, self.pickers, self.base, self.language = lines, pickers, base, language
        self.names, self.made = names, []
        for name in names:
            self.fields[name] = fields[name]  # shared by all lines: nothing on it is of one line
            if self.can_make(name):
                self.fields[f"{name}_new"] = TypedText(required=False, max_length=250, label=_("New name"))
        self.examples = {name: HELP.get(f"{lines.name}.{name}", ("", "", ""))[1] for name in names}
        self.references = {name: HELP.get(f"{lines.name}.{name}", ("", "", ""))[2] for name in names}

    def can_make(self, name):
        column = self.lines.model._meta.get_field(name)
        return column.is_relation and column.related_model in CREATABLE

    @property
    def key(self):
        return str(self["id"].value())

    @property
    def groups(self):
        """The groups of the layout with their bound fields; a fold is open when something in it is filled in."""
        for group in layout.LINE_SETS[self.lines.name]:
            bound = [
                (self[name], self[f"{name}_new"] if f"{name}_new" in self.fields else None)
                for name in group.fields
                if name in self.fields
            ]
            if bound:
                when = f"{self.prefix}-{group.when}" if group.when else ""
                filled = any(field.value() or field.errors for field, new in bound)
                yield {"group": group, "fields": bound, "when": when, "open": filled}

    @property
    def summary(self):
        """The line in a few words, for when it is closed."""
        said = [self._words(name) for group in layout.LINE_SETS[self.lines.name][:2] for name in group.fields]
        return " · ".join(word for word in said if word) or _("Nothing filled in yet")

    def _words(self, name):
        if name not in self.fields:
            return ""
        value = str(self[name].value() or "")
        typed = str(self[f"{name}_new"].value() or "") if f"{name}_new" in self.fields else ""
        if isinstance(self.fields[name], PickField):
            return typed or self.fields[name].options.words.get(value, "")
        if isinstance(self.fields[name], forms.ChoiceField):
            return str(dict(self.fields[name].choices).get(value, "")) if value else ""
        return value if len(value) <= 80 else f"{value[:79]}…"

    @property
    def hidden(self):
        """(name, value) of everything a closed line carries along."""
        carried = [(self[name].html_name, self[name].value()) for name in self.fields]
        return [(name, value) for name, value in carried if value not in (None, "")]

    def is_blank(self):
        """Whether nobody filled in anything on a line that is not there yet."""
        values = [self[name].value() for name in self.fields if name != "id"]
        return not self.base and not any(str(value or "").strip() for value in values)

    def errors_shown(self):
        return bool(self.is_bound and self._errors)

    def clean_id(self):
        try:
            return str(uuid.UUID(self.cleaned_data["id"]))
        except ValueError:
            raise ValidationError(_("This line is not known.")) from None

    def clean(self):
        for name in [name for name in self.names if f"{name}_new" in self.fields]:
            self._take_new(name)
        needed = layout.REQUIRED.get(self.lines.name)
        if needed and not self.cleaned_data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Fill this in, or take the line away."))
        self._ask_constraints()

    def _take_new(self, name):
        typed = self.cleaned_data.get(f"{name}_new")
        if not typed or name in self.errors:
            return
        if self.cleaned_data.get(name):
            self.add_error(f"{name}_new", _("Choose from the list or type a new name, not both."))
            return
        options = self.fields[name].options
        row = options.by_name.get(name_key(typed))
        if row is None:
            row = made(
                self.lines.model._meta.get_field(name).related_model, self.pickers.organisation, typed, self.language
            )
            options.by_name[name_key(typed)] = row
            self.made.append(row)
        self.cleaned_data[name] = str(row.pk)

    def _ask_constraints(self):
        """What the database would refuse is said at the field. Unique lines are looked at by their set."""
        if self.errors:
            return
        row = self.lines.model(id=self.cleaned_data["id"])
        values = {name: value for name, value in self.values().items() if name != "position"}
        for name, value in values.items():
            column = row._meta.get_field(name)
            setattr(row, column.attname, (column.target_field if column.is_relation else column).to_python(value))
        try:
            row.clean_fields(exclude=["id", "activity", *(f.name for f in row._meta.fields if f.is_relation)])
            row.validate_constraints(exclude=["activity"])
        except ValidationError as error:
            for name, errors in (error.error_dict if hasattr(error, "error_dict") else {None: error}).items():
                self.add_error(name if name in self.fields else None, errors)

    def values(self):
        """The line as it stands in a snapshot, but for its position."""
        values = {name: self.base.get(name, _empty(self.lines.model, name)) for name in self.lines.fields}
        values |= self.lines.only or {}
        for name in self.names:
            values[name] = kept(values[name], editing.plain(self.cleaned_data.get(name)))
        return values


def _empty(model, name):
    column = model._meta.get_field(name)
    return None if column.null else ""


class LineSet:
    """The lines of one kind in the order of the page, bound to what was sent or showing what stands now.

    Where nothing stands yet an empty line is ready, unless the answer is `none`.
    """

    def __init__(self, lines, names, *, pickers, base, language, data=None, none=False):
        self.lines, self.names, self.pickers = lines, names, pickers
        self.base, self.language, self.data, self.none = base, language, data, none
        self.fields = {name: form_field(lines.model, name, pickers, f"{lines.name}.{name}") for name in names}
        if lines.name == "recipients":
            role = self.fields.get("role")
            role.choices = [choice for choice in role.choices if choice[0] != "joint_controller"]
        self.problems = []
        self.opened = ""
        self.forms = self._forms()

    @property
    def prefix(self):
        return self.lines.name

    def is_closed(self, form):
        """Whether a line is one row of words: in a long list, unless it was opened, is new or has a mistake."""
        if len(self.forms) <= OPEN_AT_MOST or form.errors_shown() or form.is_blank():
            return False
        opened = self.data.get(f"{form.prefix}-open") if self.data is not None else form.key == self.opened
        return not opened

    @property
    def rows(self):
        """(form, whether it is closed) of every line."""
        return [(form, self.is_closed(form)) for form in self.forms]

    @property
    def word(self):
        """What one line is called."""
        return layout.LINE_WORDS[self.lines.name]

    @property
    def add_label(self):
        return layout.ADD_WORDS[self.lines.name]

    def _forms(self):
        if self.data is not None:
            return [self._form(index, data=self.data) for index in range(count(self.data, self.prefix))]
        rows = sorted(self.base.items(), key=lambda pair: pair[1].get("position") or 0)
        forms_ = [self._form(index, initial={**values, "id": key}) for index, (key, values) in enumerate(rows)]
        return forms_ if forms_ or self.none else [self._form(0, initial={"id": str(uuid.uuid4())})]

    def _form(self, index, *, data=None, initial=None):
        prefix = f"{self.prefix}-{index}"
        key = (data.get(f"{prefix}-id") if data is not None else initial["id"]) or ""
        return LineForm(
            self.lines,
            self.names,
            self.fields,
            pickers=self.pickers,
            base=self.base.get(key, {}),
            language=self.language,
            data=data,
            initial=initial,
            prefix=prefix,
        )

    @property
    def filled(self):
        return [form for form in self.forms if not form.is_blank()]

    def is_valid(self):
        valid = [form.is_valid() for form in self.filled]
        valid = all(valid)
        once = layout.ONCE.get(self.lines.name)
        seen = set()
        for form in self.filled if once else ():
            value = form.is_valid() and form.cleaned_data.get(once)
            if value and value in seen:
                form.add_error(once, _("This is listed already on a line above."))
                valid = False
            seen.add(value)
        return valid

    def values(self):
        """{id: values} for a snapshot. Positions change only when somebody changed the order."""
        keys = [form.cleaned_data["id"] for form in self.filled]
        known = [key for key in keys if key in self.base]
        place = {key: self.base[key].get("position") or 0 for key in known}
        if keys[: len(known)] == known and known == sorted(known, key=lambda key: (place[key], key)):
            place |= {key: max(place.values(), default=-1) + 1 + n for n, key in enumerate(keys[len(known) :])}
        else:
            place = {key: index for index, key in enumerate(keys)}
        return {
            form.cleaned_data["id"]: form.values() | {"position": place[key]}
            for key, form in zip(keys, self.filled, strict=True)
        }

    @property
    def made(self):
        return [row for form in self.filled for row in form.made]

    @property
    def many(self):
        """The groups of a list to tick several from; nothing for lines that are written one by one."""
        name = layout.MANY.get(self.lines.name)
        if not name or len(self.fields[name].options.rows) < 4:
            return []
        taken = {str(form[name].value()) for form in self.forms}
        return [
            (title, [option for option in options if option[0] not in taken])
            for title, options in self.fields[name].options.groups
        ]

    @property
    def many_label(self):
        return layout.MANY_WORDS.get(self.lines.name, "")
