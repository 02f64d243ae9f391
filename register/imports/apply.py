"""Proposals to drafts: one act for the whole file, all or nothing, in a number of queries that hardly grows with it."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from accounts import events, history
from accounts.models import Controller, Counter, Department, Event
from core.dates import add_months
from register import derived, models
from register import sections as layout
from register.models import Activity, ActivityLabel

from . import parties
from .matching import MADE, Matcher
from .proposal import Ref

AT_A_TIME = 500
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
    "retention": models.RetentionRule,
}
CATEGORY_OF = {"subjects": models.SubjectCategory, "data": models.DataCategory}
ONLY_FOUND = {models.Measure, models.Country, models.Law, Controller}
"""What an import looks up and never makes."""


@dataclass
class Stored:
    """What came of a file: an activity per proposal, and the shared rows that were made for them, per model."""

    activities: list = field(default_factory=list)
    made: dict = field(default_factory=dict)
    alike: dict = field(default_factory=dict)


def store(organisation, proposals, *, by, at, filename, reason=""):
    """Make a draft of every proposal, with the shared rows that they name for the first time."""
    stored = Stored(alike=_alike(organisation, proposals))
    details = {"file": filename[:250], "count": len(proposals)}
    with history.act(organisation, by=by, at=at, kind="register.imported", reason=reason, details=details) as act:
        matcher = Matcher(organisation, organisation.main_language)
        first = Counter.draw(organisation, "activity", len(proposals))
        rows = {lines.model: [] for lines in layout.LINE_SETS}
        labels = []
        for number, proposal in enumerate(proposals, first):
            activity = _activity(organisation, number, proposal, matcher, at)
            stored.activities.append(activity)
            for model, made in _lines(activity, proposal, matcher):
                rows[model].append(made)
            labels += _labels(activity, proposal, matcher)
            rows[models.NoteLine] += _notes(activity, proposal)
        for model in MADE:
            history.create_many(matcher.made[model])
        history.create_many(stored.activities)
        for made in (*rows.values(), labels):
            history.create_many(made)
        for start in range(0, len(stored.activities), AT_A_TIME):
            derived.refresh(stored.activities[start : start + AT_A_TIME], edited_by=by, edited_at=at)
        act.touch(*stored.activities)
        kind = Event.Kind.IMPORTED
        events.record(
            kind, organisation=organisation, user=by, subject=filename, details={"count": len(proposals)}, at=at
        )
    stored.made = {model: rows for model, rows in matcher.made.items() if rows}
    return stored


def _alike(organisation, proposals):
    """Per name the code of an activity that bears it already. One query."""
    named = {proposal.fields["name"].casefold() for proposal in proposals}
    present = Activity.objects.of(organisation).order_by("-number").only("number", "name")
    return {row.name.casefold(): row.code for row in present if row.name.casefold() in named}


def _activity(organisation, number, proposal, matcher, at):
    values = {name: value for name, value in proposal.fields.items() if not isinstance(value, Ref)}
    activity = Activity(
        organisation=organisation, number=number, kind=proposal.kind, language=proposal.language, **values
    )
    if activity.review_on is None:
        activity.review_on = add_months(timezone.localdate(at), organisation.review_after_months)
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
    found = {}
    for name, value in values.items():
        if not isinstance(value, Ref):
            found[name] = value
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
            activity.measures_text = "\n".join(part for part in (activity.measures_text, value.text) if part)
            return {}
        else:
            _elsewhere(found, value, lines, proposal)
    return found


def _elsewhere(found, ref, lines, proposal):
    """Words that name nothing we know, in the field of the line that takes words; or as a note when it is too long."""
    name = ref.details.get("else")
    limit = name and lines.model._meta.get_field(name).max_length
    if name and (limit is None or len(ref.text) <= limit):
        found[name] = ref.text
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
