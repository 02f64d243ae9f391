"""Lists to choose from: what the organisation has in use and what this activity uses already, each read once.

The options of a long list are drawn once and shared by all lines, because a form may hold hundreds of lines.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Membership, User
from register import law, models
from register.words import language, rule_words

DATA_GROUPS = {
    "identity": _("Identity"),
    "contact": _("Contact"),
    "family": _("Family and household"),
    "employment": _("Work"),
    "education": _("Education"),
    "financial": _("Money"),
    "identifiers": _("Numbers and identifiers"),
    "online": _("Online"),
    "social-media": _("Social media"),
    "communication": _("Communication"),
    "behaviour": _("Behaviour"),
    "preferences": _("Preferences"),
    "location": _("Location"),
    "image-sound": _("Image and sound"),
    "security": _("Security"),
    "health": _("Health"),
    "biometric": _("Biometric and genetic"),
    "beliefs": _("Beliefs and origin"),
    "legal": _("Legal and criminal"),
}
CREATABLE = {
    models.Party,
    models.System,
    models.DataCategory,
    models.SubjectCategory,
    models.RetentionRule,
    models.Law,
    models.InternalRole,
    models.Measure,
    models.Document,
}


@dataclass
class Options:
    """What can be chosen: groups of (id, words). `rows` maps ids to rows."""

    groups: list
    rows: dict
    empty: str = ""
    by_name: dict = field(default_factory=dict)

    @cached_property
    def words(self):
        return {key: words for _title, options in self.groups for key, words in options}

    @cached_property
    def html(self):
        parts = [format_html('<option value="">{}</option>', self.empty)]
        for title, options in self.groups:
            drawn = format_html_join("", '<option value="{}">{}</option>', options)
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', title, drawn) if title else drawn)
        return mark_safe("".join(parts))

    def drawn(self, value):
        if value not in self.rows:
            return self.html
        mark = f'value="{value}"'
        return mark_safe(self.html.replace(mark, f"{mark} selected", 1))


class PickSelect(forms.Select):
    def __init__(self, options, attrs=None):
        super().__init__(attrs)
        self.options = options

    def render(self, name, value, attrs=None, renderer=None):
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(given), self.options.drawn(str(value or "")))


class PickField(forms.Field):
    """One row out of `Options`; cleans to its id as text, or None."""

    default_error_messages = {"unknown": _("Choose from the list.")}

    def __init__(self, options, **kwargs):
        self.options = options
        many = len(options.rows) > 8
        super().__init__(required=False, widget=PickSelect(options, {"data-pick": ""} if many else None), **kwargs)

    def clean(self, value):
        value = str(value or "").strip()
        if not value:
            return None
        if value not in self.options.rows:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return value


class Pickers:
    """The lists of one form. `used` are ids (as text) that the activity points to now, so that retired rows stay."""

    def __init__(self, activity, membership, used=()):
        self.activity, self.membership = activity, membership
        self.organisation = activity.organisation
        self.used = set(used)
        self._known = {}

    def of(self, model):
        if model not in self._known:
            self._known[model] = self._options(model)
        return self._known[model]

    def _options(self, model):
        rows = self._rows(model)
        groups = {}
        for row in rows:
            groups.setdefault(group_of(row), []).append((str(row.pk), self._words(row)))
        options = Options(sorted(groups.items()), {str(row.pk): row for row in rows}, gettext("Not filled in"))
        for row in rows:
            for name in names_of(row):
                options.by_name.setdefault(name_key(name), row)
        return options

    def _rows(self, model):
        if model is models.Purpose:
            return list(models.Purpose.objects.filter(activity=self.activity).order_by("position", "id"))
        if model is User:
            return self._members()
        found = model.objects.filter(organisation=self.organisation)
        if model is Department:
            limited = [row.department_id for row in self.membership.department_rows.all()]
            found = found.filter(pk__in=limited) if limited else found
        if model is models.Agreement:
            found = found.select_related("party")
        order = "name_nl" if language() == "nl" and issubclass(model, models.library.LibraryItem) else None
        rows = list(found.order_by(order) if order else found)
        if issubclass(model, models.library.LibraryItem) and not order:
            rows.sort(key=lambda row: row.name.casefold())
        return [row for row in rows if row.retired_on is None or str(row.pk) in self.used]

    def _members(self):
        on = timezone.localdate()
        memberships = Membership.objects.of(self.organisation).on(on).select_related("user").order_by("user__name")
        rows = {membership.user_id: membership.user for membership in memberships}
        owner = self.activity.owner
        if owner and owner.pk not in rows:
            rows[owner.pk] = owner
        return list(rows.values())

    def _words(self, row):
        words = row_words(row)
        if getattr(row, "retired_on", None):
            return gettext("%(name)s (retired)") % {"name": words}
        return words


def row_words(row):
    if isinstance(row, models.RetentionRule):
        return rule_words(row)
    if isinstance(row, models.Agreement):
        return f"{row.party.name} · {row.title or row.get_kind_display()}"
    if isinstance(row, models.Purpose):
        text = row.text_nl or row.text_en if language() == "nl" else row.text_en or row.text_nl
        return text[:80] or gettext("A purpose without words")
    if isinstance(row, models.Law):
        short = row.short_nl or row.short_en if language() == "nl" else row.short_en or row.short_nl
        return f"{short} · {row.name}" if short and short != row.name else row.name
    return str(row)


def name_key(name):
    """Two names are the same when they differ in capitals and spaces only."""
    return " ".join(str(name).split()).casefold()


def names_of(row):
    """The names by which a row is the same as one that somebody types."""
    if isinstance(row, models.library.LibraryItem):
        return [name for name in (row.name_nl, row.name_en) if name]
    return [str(row)]


def group_of(row):
    """The heading under which a row stands in a long list; "" when the list has none."""
    if isinstance(row, models.DataCategory):
        return str(DATA_GROUPS.get(row.group, row.group) or _("Other"))
    if isinstance(row, models.Measure):
        return str(law.MeasureHeading(row.heading).label)
    if isinstance(row, models.Party):
        return str(row.get_kind_display() or _("Other"))
    if isinstance(row, models.System):
        return str(row.get_location_display() or _("Other"))
    if isinstance(row, models.Country):
        if row.is_international_organisation:
            return gettext("International organisations")
        return gettext("European Economic Area") if row.eea else gettext("Outside the European Economic Area")
    if isinstance(row, models.Law | models.RetentionRule):
        return row.country or gettext("Other")
    if isinstance(row, models.Agreement):
        return row.party.name
    return ""


def made(model, organisation, name, language):
    """A new row, not saved yet, known by its name only; the rest is filled in later on its own page."""
    if issubclass(model, models.library.LibraryItem):
        row = model(organisation=organisation, **{"name_nl" if language == "nl" else "name_en": name})
    elif model is models.Document:
        row = model(organisation=organisation, title=name)
    else:
        row = model(organisation=organisation, name=name)
    if model is models.Measure:
        row.heading = law.MeasureHeading.RESILIENCE
    return row
