"""The cells of one record to one activity: which reader deals with each meaning, and in which order."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from . import cells, data_cells, headings, line_fields, party_cells, personal, values
from .proposal import Proposal, shortened

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
    "activity": cells.activity,
    headings.IDS: cells.shared,
    "language": cells.language,
    "identifier": cells.identifier,
}
"""In this order: what is read later may lean on what is read before."""
ONCE = {
    *("kind", "basis", "basis_law", "special_ground", "interest", "interest_assessment", "consent_note"),
    *("retention", "source", "safeguards", "client_processing", "people", "dpia_needed", "dpia_done"),
}
"""Of these a second cell is kept as a note: it would write over the first."""
NEVER_NONE = {
    *("basis", "basis_law", "special_ground", "interest", "interest_assessment", "consent_note", "source"),
    *("safeguards", "retention", "department", "controller", "client_processing", "assessment_note"),
    *("owner_function", "contact"),
}
"""Of these "none" is no answer that could be filled in, so the words are kept."""
OF_PEOPLE = {"contact", "owner_function", "controller", "clients", "processor_email", "processor_phone"}
"""Where a person may be named."""


def proposal_of(founds, origin, language):
    """One activity from the filled cells of a record."""
    by_meaning = defaultdict(list)
    for found in founds:
        by_meaning[found.meaning].append(found)
    proposal = Proposal(origin[:250], language, founds=founds)
    kinds = [cells.kind_of(found.words) for found in by_meaning["kind"]]
    if by_meaning["clients"] or "processor" in kinds:
        proposal.kind = "processor"
    proposal.language = next(filter(None, map(cells.language_of, by_meaning["language"])), language)
    for meaning, reader in _readers(by_meaning):
        _read(proposal, meaning, by_meaning[meaning], reader)
    proposal.scope = None
    line_fields.complete(proposal)
    proposal.close()
    _flag_personal(founds)
    if not proposal.fields.get("name"):
        proposal.fields["name"] = name_for(proposal)
        founds[0].remark(gettext_noop("The row has no name, so it was given one."))
    return proposal


def _readers(by_meaning):
    """(meaning, reader) in the order of reading: what makes lines before what says more about them."""
    parts = [meaning for meaning in by_meaning if "." in meaning]
    first = [meaning for meaning in parts if meaning.partition(".")[2] in line_fields.FIRST]
    own = [meaning for meaning in by_meaning if meaning in headings.own_fields() and meaning not in READERS]
    for meaning in (*first, *(meaning for meaning in READERS if meaning in by_meaning)):
        yield meaning, READERS.get(meaning) or line_fields.reader(meaning)
    for meaning in (*own, *(meaning for meaning in parts if meaning not in first)):
        yield meaning, cells.plain_field(meaning) if meaning in own else line_fields.reader(meaning)


def _read(proposal, meaning, founds, reader):
    read = set()
    for found in founds:
        if values.says_nothing(found.words):
            if values.plain(found.words):
                found.remark(gettext_noop("It says that this is not known yet."))
            proposal.note(found)
        elif meaning in NEVER_NONE and values.is_none(found.words):
            proposal.note(found)
        elif meaning in ONCE and found.row in read:
            proposal.note(found, gettext_noop("Another cell filled in this field already."))
        else:
            read.add(found.row)
            proposal.scope = found.row
            reader(proposal, found)


def _flag_personal(founds):
    for found in founds:
        for words in personal.found_in(found.original) if found.meaning not in OF_PEOPLE else ():
            found.doubt(gettext_noop("“%(words)s” looks like data of one person."), words=words)


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
