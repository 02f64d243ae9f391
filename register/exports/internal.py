"""What is printed only when somebody chooses it: advice, open points, remarks, evidence. Each has its own annex.

The one rule: none of it enters a sheet, so that a sheet is the same whatever was chosen.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from register import checks
from register.models import Advice, Measure

from .blocks import Grid, Limb
from .selection import Internal
from .wording import choice, day, item, lines, stacked


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    note: str
    limbs: tuple
    nothing: str = ""


def annexes(found):
    """The annexes chosen, in a fixed order. Two queries at most."""
    makers = {
        Internal.ADVICE: _advice,
        Internal.FINDINGS: _findings,
        Internal.REMARKS: _remarks,
        Internal.EVIDENCE: _evidence,
    }
    return [make(found) for key, make in makers.items() if key in found.selection.internal]


def _per_activity(standings, blocks_of):
    """A piece for each activity that has something to say."""
    pieces = ((standing, blocks_of(standing)) for standing in standings)
    return tuple(Limb(f"{one.entry.code} {one.entry.name}", blocks) for one, blocks in pieces if blocks)


def _advice(found):
    rows = Advice.objects.of(found.organisation).filter(given_on__lte=found.on).select_related("activity")
    given = {}
    for row in rows.order_by("given_on", "pk"):
        given.setdefault(row.activity_id, []).append(row)
    limbs = _per_activity(_once(found.standings), lambda one: _advices(given.get(one.entry.id), found.on))
    general = _advices(given.get(None), found.on) if found.selection.is_whole else ()
    return Annex(
        title=Internal.ADVICE.label,
        note=_("Advice given on or before the day of this document, with what was done with it."),
        limbs=(*((Limb(_("In general"), general),) if general else ()), *limbs),
        nothing=_("There is no advice on these activities."),
    )


def _once(standings):
    """Each activity once, though its version and its working copy may both be printed."""
    return {one.entry.id: one for one in standings}.values()


def _advices(rows, on):
    if not rows:
        return ()
    cells = tuple((day(row.given_on), stacked([row.subject, lines(row.advice)]), _answered(row, on)) for row in rows)
    return (Grid("advice", (_("Given on"), _("Advice"), _("What was done")), cells),)


def _answered(row, on):
    if not row.answer or row.answered_on > on:
        return Advice.Answer.OPEN.label
    return stacked([choice(Advice.Answer, row.answer), lines(row.answer_reason), day(row.answered_on)])


def _findings(found):
    def points(standing):
        rows = tuple((str(checks.MESSAGES[key]),) for key in standing.open_points if key in checks.MESSAGES)
        return (Grid("points", (_("Open when this version was established"),), rows),) if rows else ()

    return Annex(
        title=Internal.FINDINGS.label,
        note=_("An activity may be established while something is still open; what was open stays with the version."),
        limbs=_per_activity(found.established, points),
        nothing=_("Nothing was open."),
    )


def _remarks(found):
    def notes(standing):
        entry = standing.entry
        rows = [(_("Remarks"), lines(entry.remarks))] if entry.remarks else []
        rows += [(note.heading, lines(note.text)) for note in entry.notes]
        return (Grid("remarks", (_("Heading"), _("Text")), tuple(rows)),) if rows else ()

    return Annex(
        title=Internal.REMARKS.label,
        note=_("Words that were written for people inside, and words of an imported register that fit no field."),
        limbs=_per_activity(found.standings, notes),
        nothing=_("There are no remarks."),
    )


def _evidence(found):
    """First what is known of each measure, then what was said of it for one activity, with its documents."""
    used = {use.measure.id: use.measure for one in found.standings for use in one.entry.measures}
    rows = Measure.objects.of(found.organisation).filter(pk__in=used)
    rows = sorted(rows, key=lambda row: (row.heading, row.name_nl, row.name_en, row.pk))
    known = tuple((item(used[row.pk]), lines(row.evidence), _state(row)) for row in rows)
    headings = (_("Measure"), _("Evidence"), _("Status"))
    measures = (Limb(_("Security measures"), (Grid("evidence", headings, known),)),) if known else ()

    def papers(standing):
        entry = standing.entry
        said = [(item(use.measure), use.note) for use in entry.measures if use.note]
        said += [(use.document.name, use.note) for use in entry.documents]
        return (Grid("papers", (_("Measure or document"), _("Explanation")), tuple(said)),) if said else ()

    return Annex(
        title=Internal.EVIDENCE.label,
        note=_("Evidence, owners and tests are as they were recorded when this document was made."),
        limbs=(*measures, *_per_activity(_once(found.standings), papers)),
        nothing=_("There is no evidence on these activities."),
    )


def _state(measure):
    tested = day(measure.last_tested_on)
    return stacked(
        [
            choice(Measure.Status, measure.status),
            measure.owner,
            _("Last tested on %(day)s") % {"day": tested} if tested else "",
        ]
    )
