"""A proposal to rows that are not stored yet: the activity, its lines, and shared rows as far as they are new.

The one rule: nothing is written here; what a proposal names is looked up, or made in memory, by `matching`.
"""

from django.utils.translation import gettext_noop as _

from accounts.models import Controller, Department
from register import models
from register import sections as layout
from register.models import Activity, ActivityLabel

from . import parties
from .proposal import Ref

ONCE = {"subjects": "category", "systems": "system", "measures": "measure", "documents": "document", "clients": "party"}
"""Sets of lines in which something is listed once per activity."""
MODEL_OF = {
    "party": models.Party,
    "source_party": models.Party,
    "subject": models.SubjectCategory,
    "system": models.System,
    "measure": models.Measure,
    "document": models.Document,
    "country": models.Country,
    "basis_law": models.Law,
    "special_law": models.Law,
    "national_id_law": models.Law,
    "retention": models.RetentionRule,
}
CATEGORY_OF = {"subjects": models.SubjectCategory, "data": models.DataCategory}
ONLY_FOUND = {models.Measure, models.Country, models.Law, Controller}
"""What an import looks up and never makes."""


def build(organisation, proposal, matcher, key=None):
    """The activity without a number, and its rows per model. `key` is the id that the activity gets."""
    activity = _activity(organisation, proposal, matcher)
    if key is not None:
        activity.pk = key
    rows = {}
    for model, row in _lines(activity, proposal, matcher):
        rows.setdefault(model, []).append(row)
    rows[ActivityLabel] = _labels(activity, proposal, matcher)
    rows[models.NoteLine] = _notes(activity, proposal)
    return activity, rows


def _activity(organisation, proposal, matcher):
    values = {name: value for name, value in proposal.fields.items() if not isinstance(value, Ref)}
    activity = Activity(organisation=organisation, kind=proposal.kind, language=proposal.language, **values)
    department = proposal.fields.get("department")
    if department:
        activity.department = _resolve(department, Department, matcher, proposal)
    activity.controller = _controller(proposal, matcher)
    return activity


def _controller(proposal, matcher):
    """The one that the file names; otherwise the only one of the organisation."""
    ref = proposal.fields.get("controller")
    named = matcher.find(Controller, ref.text) if ref else None
    if ref and named is None:
        ref.found.give_back("controller")
        proposal.note(ref.found, _("No controller of your organisation bears this name."))
    only = None if named else matcher.only_controller()
    if only:
        proposal.remark(_("The only controller of your organisation was filled in."))
    return named or only


def _resolve(ref, model, matcher, proposal):
    """The row that a reference means; None when there is none and an import may not make it."""
    row = matcher.with_key(model, ref.details.get("key")) or matcher.find(model, ref.text)
    if row is None and model not in ONLY_FOUND:
        return matcher.make(model, ref.text, proposal.language, **ref.details.get("fields", {}))
    if row is not None and ref.found and str(row) != ref.text:
        names = {getattr(row, name, "") for name in ("name_nl", "name_en", "name")}
        if ref.text not in names:
            ref.found.take(model._meta.model_name, str(row))
    return row


def _lines(activity, proposal, matcher):
    """(model, row) for every line; what can be listed only once is joined with the line that is there."""
    for lines in layout.LINE_SETS:
        present = {}
        if lines.model is models.NoteLine:
            continue
        for position, values in enumerate(proposal.lines.get(lines.name, ())):
            values = dict(values)
            implied = values.pop("implied", False)
            values = _resolved(values, lines, activity, proposal, matcher)
            once = ONCE.get(lines.name) or ("category" if lines.name == "data" else None)
            key = values.get(once) and values[once].pk
            if key in present and (implied or lines.name in ONCE):
                _join(present[key], values, proposal)
            elif values:
                row = lines.model(activity=activity, position=position, **values)
                present.setdefault(key, row)
                yield lines.model, row


def _join(row, values, proposal):
    """Add the words of a second line about the same thing to the first; what does not fit there becomes a note."""
    for name, value in values.items():
        field, before = row._meta.get_field(name), getattr(row, name)
        if not isinstance(value, str) or not value or before == value or field.choices:
            continue
        joined = "; ".join(part for part in (before, value) if part)
        if field.max_length is None or len(joined) <= field.max_length:
            setattr(row, name, joined)
        else:
            proposal.notes.append((str(field.verbose_name), value, None))


def _resolved(values, lines, activity, proposal, matcher):
    """The values of a line with rows in place of words. Empty when the words went to a field of the activity."""
    found = {name: value for name, value in values.items() if not isinstance(value, Ref)}
    for name, value in values.items():
        if not isinstance(value, Ref):
            continue
        model = CATEGORY_OF[lines.name] if name == "category" else MODEL_OF[name]
        if model is models.RetentionRule:
            found[name] = _rule(value, matcher, proposal)
            continue
        row = _resolve(value, model, matcher, proposal)
        if model is models.Party:
            parties.fill(row, value, matcher, proposal)
        if row is not None:
            found[name] = row
        elif value.details.get("else") == "measures_text":
            words = ": ".join(part for part in (value.text, found.get("note")) if part)
            activity.measures_text = "\n".join(part for part in (activity.measures_text, words) if part)
            return {}
        else:
            _elsewhere(found, value, lines, proposal)
    return found


def _elsewhere(found, ref, lines, proposal):
    """Words that name nothing we know, in the field of the line that takes words; or as a note when it is too long."""
    name = ref.details.get("else")
    limit = name and lines.model._meta.get_field(name).max_length
    words = "; ".join(part for part in (ref.text, found.get(name)) if part)
    if name and (limit is None or len(words) <= limit):
        found[name] = words
    else:
        proposal.note(ref.found, _("Nothing of this name is known here."))


def _rule(ref, matcher, proposal):
    """The rule that says just this, or a new one of the organisation."""
    period = ref.details["period"]
    words = {f"trigger_{proposal.language}": period.trigger_words} if period.trigger == "other" else {}
    return matcher.find_or_make(
        models.RetentionRule,
        ref.text,
        proposal.language,
        period_value=period.value,
        period_unit=period.unit,
        trigger=period.trigger,
        source=period.source,
        **words,
    )


def _labels(activity, proposal, matcher):
    rows = {row.pk: row for row in (_resolve(ref, models.Label, matcher, proposal) for ref in proposal.labels)}
    return [ActivityLabel(activity=activity, label=row) for row in rows.values()]


def _notes(activity, proposal):
    return [
        models.NoteLine(
            activity=activity, position=position, heading=heading[:250], text=text, origin=proposal.origin[:250]
        )
        for position, (heading, text, _found) in enumerate(proposal.notes)
    ]
