"""Sheets to proposals: find the row with headings, read what each means, and every row below as one activity."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.spreadsheets import BadFile, place

from . import cells, data_cells, headings, party_cells
from .plan import NOTHING, Plan
from .proposal import Found, Proposal, shortened
from .values import clean

READERS = {
    "name": cells.name,
    "kind": cells.kind,
    "department": cells.department,
    "controller": cells.controller,
    "purposes": cells.purposes,
    "basis": cells.basis,
    "basis_law": cells.basis_law,
    "special_ground": cells.special_ground,
    "interest": cells.with_purposes("interest"),
    "interest_assessment": cells.with_purposes("interest_assessment"),
    "consent_note": cells.with_purposes("consent_note"),
    "subjects": data_cells.subjects,
    "people": data_cells.people,
    "data": data_cells.data,
    "special_data": data_cells.special_data,
    "criminal_data": data_cells.criminal_data,
    "bsn": data_cells.bsn,
    "retention": data_cells.retention,
    "source": data_cells.source,
    "joint_controllers": party_cells.joint_controllers,
    "processors": party_cells.processors,
    "recipients": party_cells.recipients,
    "recipient_categories": party_cells.recipient_categories,
    "internal_recipients": party_cells.internal_recipients,
    **{
        f"processor_{detail}": party_cells.processor_details(detail)
        for detail in ("email", "phone", "address", "postcode", "town", "country")
    },
    "systems": party_cells.systems,
    "transfers": party_cells.transfers,
    "safeguards": party_cells.safeguards,
    "measures": cells.measures,
    "dpia_needed": cells.dpia_needed,
    "dpia_done": cells.dpia_done,
    "dpia": cells.dpia,
    "labels": cells.labels,
    "clients": party_cells.clients,
    "client_processing": party_cells.client_processing,
    "status": cells.status,
}
"""In this order: what is read later may lean on what is read before."""
ONCE = {
    *("kind", "basis", "basis_law", "special_ground", "interest", "interest_assessment", "consent_note"),
    *("retention", "source", "safeguards", "client_processing", "people", "dpia_needed", "dpia_done"),
}
"""Of these a second column is kept as a note: it would write over the first."""


@dataclass
class Reading:
    """What was read from a file: the proposals, per sheet what its columns mean, and what belongs to no activity."""

    proposals: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    outside: list = field(default_factory=list)
    plan: Plan = None


def read_sheets(sheets, filename, plan):
    """The activities in the sheets, as the plan takes them."""
    reading = Reading(plan=plan)
    for sheet in sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet is None or of_sheet.layout == NOTHING:
            hidden = of_sheet is not None and of_sheet.hidden
            reason = _("This sheet is hidden.") if hidden else _("This sheet has no row with headings.")
            reading.outside += [
                _outside(sheet, filename, row, reason) for row in range(len(sheet.rows)) if sheet.rows[row]
            ]
        else:
            _read_sheet(sheet, filename, of_sheet, reading)
    if not reading.proposals:
        raise BadFile(_("There is nothing below the headings."), where=filename)
    return reading


def _read_sheet(sheet, filename, plan, reading):
    number = plan.headings[-1]
    known = {column.number: column for column in plan.columns}
    reading.columns += [
        {"place": column.place, "heading": column.heading, "meaning": column.meaning, "reason": column.why}
        for column in plan.columns
    ]
    above = _("This stands above the headings and belongs to no activity.")
    reading.outside += [_outside(sheet, filename, row, above) for row in range(number) if sheet.rows[row]]
    for row in range(number + 1, len(sheet.rows)):
        founds = [
            _found(sheet, row, column, cell, known.get(column))
            for column, cell in enumerate(sheet.rows[row])
            if clean(cell.text)
        ]
        if founds:
            origin = _("%(file)s, %(sheet)s, row %(row)s") % {"file": filename, "sheet": sheet.name, "row": row + 1}
            reading.proposals.append(proposal_of(founds, origin, plan.language))


def _found(sheet, row, column, cell, heading):
    text = clean(cell.text)
    unnamed = _("Column %(letter)s") % {"letter": place(0, column)[:-1]}
    found = Found(sheet.place(row, column), heading.heading if heading else unnamed, text, formula=cell.formula)
    found.value = cell.value
    if cell.value is None:
        found.remark(gettext_noop("This cell holds an error of the spreadsheet program instead of a value."))
    else:
        found.meaning = heading.meaning if heading else ""
        if cell.formula:
            typed = isinstance(cell.value, str) and cell.value.startswith("=")
            found.remark(
                gettext_noop("This looks like a formula, and was taken as text.")
                if typed
                else gettext_noop("This was worked out by a formula; its result was taken.")
            )
    if text != cell.text.replace("\r\n", "\n").strip():
        found.remark(gettext_noop("Characters that cannot be stored were replaced."))
    return found


def _outside(sheet, filename, row, reason):
    cells_there = [cell for cell in sheet.rows[row] if clean(cell.text)]
    return {
        "place": f"{filename}, {sheet.place(row, 0)}",
        "text": " | ".join(clean(cell.text) for cell in cells_there),
        "reason": reason,
    }


def proposal_of(founds, origin, language):
    """One activity from the filled cells of a row."""
    by_meaning = defaultdict(list)
    for found in founds:
        by_meaning[found.meaning].append(found)
    proposal = Proposal(origin[:250], language, founds=founds)
    kinds = [cells.kind_of(found.original) for found in by_meaning["kind"]]
    if by_meaning["clients"] or "processor" in kinds:
        proposal.kind = "processor"
    own = headings.own_fields()
    for meaning in (*READERS, *(name for name in by_meaning if name in own and name not in READERS)):
        reader = READERS.get(meaning) or cells.plain_field(meaning)
        for index, found in enumerate(by_meaning[meaning]):
            if index and meaning in ONCE:
                proposal.note(found, gettext_noop("Another column filled in this field already."))
            else:
                reader(proposal, found)
    proposal.close()
    if not proposal.fields.get("name"):
        proposal.fields["name"] = name_for(proposal)
        founds[0].remark(gettext_noop("The row has no name, so it was given one."))
    return proposal


def name_for(proposal):
    """A name for an activity without one: the start of its purpose or description."""
    texts = [line.get(f"text_{proposal.language}", "") for line in proposal.lines.get("purposes", ())]
    text = next((text for text in (*texts, proposal.fields.get("description", "")) if text), "")
    text = text.split("\n")[0].strip()
    return (
        shortened(text, 100)
        if len(text) > 100
        else text or _("Without a name: %(place)s") % {"place": proposal.origin[:200]}
    )
