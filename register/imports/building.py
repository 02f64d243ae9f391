"""A proposal to rows that are not stored yet: the activity, its lines, and shared rows as far as they are new.

The one rule: nothing is written here; what a proposal names is looked up, or made in memory, by `matching`. Lines are
{column: value} (`accounts.bulk`): there are too many of them for instances.
"""

from uuid import uuid4

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
    """The activity without a number, and its lines per model. `key` is the id that the activity gets."""
    activity = _activity(organisation, proposal, matcher)
    if key is not None:
        activity.pk = key
    rows = {}
    for lines in layout.LINE_SETS:
        if lines.name in proposal.lines and lines.model is not models.NoteLine:
            rows.setdefault(lines.model, []).extend(_lines(lines, activity, proposal, matcher))
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
    if row is not None and ref.found:
        names = {row.name_nl, row.name_en} if hasattr(row, "name_nl") else {str(row)}
        if ref.text not in names:
            ref.found.take(model._meta.model_name, str(row))
    return row


def _lines(lines, activity, proposal, matcher):
    """Every line of one set; what can be listed only once is joined with the line that is there."""
    present = {}
    once = ONCE.get(lines.name) or ("category" if lines.name == "data" else None)
    for position, given in enumerate(proposal.lines[lines.name]):
        values = _resolved(given, lines, activity, proposal, matcher)
        key = once and values.get(f"{once}_id")
        if key in present and (given.get("implied") or lines.name in ONCE):
            _join(present[key], values, lines.model, proposal)
        elif values:
            row = {"id": uuid4(), "activity_id": activity.pk, "position": position, **values}
            present.setdefault(key, row)
            yield row


def _join(row, values, model, proposal):
    """Add the words of a second line about the same thing to the first; what does not fit there becomes a note."""
    for name, value in values.items():
        before = row.get(name, "")
        if not isinstance(value, str) or not value or before == value:
            continue
        field = model._meta.get_field(name)
        if field.choices:
            continue
        joined = "; ".join(part for part in (before, value) if part)
        if field.max_length is None or len(joined) <= field.max_length:
            row[name] = joined
        else:
            proposal.notes.append((str(field.verbose_name), value, None))


def _resolved(values, lines, activity, proposal, matcher):
    """The values of a line by column, ids in place of words. Empty when the words went to a field of the activity."""
    found = {name: value for name, value in values.items() if name != "implied" and not isinstance(value, Ref)}
    for name, value in values.items():
        if not isinstance(value, Ref):
            continue
        model = CATEGORY_OF[lines.name] if name == "category" else MODEL_OF[name]
        if model is models.RetentionRule:
            found["retention_id"] = _rule(value, matcher, proposal).pk
            continue
        row = _resolve(value, model, matcher, proposal)
        if model is models.Party:
            parties.fill(row, value, matcher, proposal)
        if row is not None:
            found[f"{name}_id"] = row.pk
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
    keys = dict.fromkeys(_resolve(ref, models.Label, matcher, proposal).pk for ref in proposal.labels)
    return [{"id": uuid4(), "activity_id": activity.pk, "label_id": key} for key in keys]


def _notes(activity, proposal):
    origin = proposal.origin[:250]
    return [
        {
            "id": uuid4(),
            "activity_id": activity.pk,
            "position": position,
            "heading": heading[:250],
            "text": text,
            "origin": origin,
        }
        for position, (heading, text, _found) in enumerate(proposal.notes)
    ]
