"""The register, or one breach of it, on paper: a sheet for each breach, all sections always printed."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from breaches.sections import SECTIONS
from core import pdf
from register.exports.blocks import Facts, Grid, Limb, facts, missing, none
from register.exports.wording import day, lines, moment

from . import tables, words

ASKED = ("facts", "effects", "remedy", "aware_at", "aware_reason")
"""What Art. 33(5) asks for in so many words, or what a clock runs from: said to be missing when it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    anchor: str
    code: str
    title: str
    state: str
    is_drill: bool
    aware: str
    deadline: str
    notified: str
    outcome: str
    limbs: tuple


def register(found, language):
    with translation.override(language):
        title = _("Register of data breaches of %(organisation)s") % {"organisation": found.organisation.name}
        return _rendered("breaches/pdf/register.html", title, found, language)


def single(found, language):
    """The document of the one breach that was read."""
    with translation.override(language):
        breach = found.entries[0].breach
        return _rendered("breaches/pdf/single.html", f"{breach.code} {breach.title}", found, language)


def _rendered(template, title, found, language):
    page = html(template, title, found, language)
    return pdf.render(page, title=title, language=language, created_at=found.at)


def html(template, title, found, language):
    """The document before it is laid out; no query."""
    context = {
        "language": language,
        "title": title,
        "organisation": found.organisation,
        "made_on": moment(found.at),
        "sheets": [_sheet(entry, found.countries) for entry in found.entries],
        "running": pdf.running(_("Data breaches, as recorded on %(day)s") % {"day": day(found.at)}, _("DRILL")),
    }
    return render_to_string(template, context)


def _sheet(entry, countries):
    breach = entry.breach
    return Sheet(
        anchor=f"breach-{breach.pk}",
        code=breach.code,
        title=breach.title,
        state=breach.get_state_display(),
        is_drill=breach.is_drill,
        aware=moment(breach.aware_at),
        deadline=moment(entry.deadline),
        notified=moment(entry.recorded.first_notified_at),
        outcome=lines(breach.outcome_reason),
        limbs=(*(_section(breach, section, countries) for section in SECTIONS), *_recorded(entry), *_around(entry)),
    )


def _section(breach, section, countries):
    rows = []
    for name in section.fields:
        said = lines(words.text(words.value(breach, name, countries)))
        if name != "title" and (said or name in ASKED):
            rows.append((words.label(name), said or _("Not recorded")))
    blocks = (Facts(tuple(rows)),) if rows else (missing(),)
    return Limb(str(section.title), blocks, article=_("Art. %(article)s") % {"article": section.article})


def _recorded(entry):
    yield Limb(_("Assessment of the risk"), tuple(_assessments(entry)) or (missing(),), article="Art. 33(1), 34(1)")
    advice = facts(*((_signed(row), lines(row.text)) for row in entry.advice))
    yield Limb(_("Advice of the DPO"), advice or (none(_("None was recorded.")),), article="Art. 39(1)")
    decisions = tuple(_decision(row) for row in entry.recorded.decisions)
    yield Limb(_("Decisions, with their reasons"), decisions or (missing(),), article="Art. 33(1), 33(5), 34")
    yield _grid(
        _("Notifications to the authority"),
        "Art. 33(1), 33(4)",
        (_("Kind"), _("Authority"), _("Sent"), _("Reference"), _("Complete"), _("Follow-up before")),
        (tables.notified(row) for row in entry.recorded.notifications),
    )
    yield _grid(
        _("Telling the people"),
        "Art. 34",
        (_("Sent"), _("How"), _("People"), _("Public notice")),
        (tables.told(row) for row in entry.recorded.communications),
    )


def _assessments(entry):
    for row in entry.recorded.assessments:
        yield from facts(
            (_("Assessed by"), _signed(row)),
            (_("Suggestion"), row.get_suggestion_display()),
            (_("Severity score (ENISA)"), words.score(row)),
            (_("Reasoning"), lines(row.reasoning)),
        )


def _decision(row):
    return facts(
        (row.get_about_display(), words.decided(row)),
        (_("Ground"), row.get_exemption_display()),
        (_("Reason"), lines(row.reason)),
        (_("Decided by"), _signed(row)),
    )[0]


def _around(entry):
    yield _grid(
        _("Measures"),
        "Art. 33(5)",
        (_("Kind"), _("Measure"), _("Who does it"), _("Before"), _("Done")),
        (tables.measure(row) for row in entry.measures),
    )
    yield _grid(
        _("Other notifications"),
        "",
        (_("To whom"), _("Name"), _("Sent"), _("Reference")),
        (tables.notice(row) for row in entry.other_notices),
    )
    yield _grid(_("Activities"), "", (_("Number"), _("Name")), ((row.code, row.name) for row in entry.activities))
    yield _grid(_("Systems"), "", (_("Name"),), ((row.name,) for row in entry.systems))
    yield _grid(
        _("Organisations involved"),
        "",
        (_("Name"), _("Role"), _("Note")),
        ((row.party.name, row.get_involvement_display(), row.note) for row in entry.parties),
    )


def _grid(title, article, headings, rows):
    said = tuple(tuple(lines(words.text("" if cell is None else cell)) for cell in row) for row in rows)
    blocks = (Grid("", headings, said),) if said else (none(_("None was recorded.")),)
    return Limb(title, blocks, article=article)


def _signed(row):
    return words.between(", ", words.person(row.by), moment(row.at))
