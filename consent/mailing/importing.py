"""Consents that were collected elsewhere, brought in from a file with whatever proves them.

The one rule: everything that can be taken comes in within one transaction, or nothing does; an address with a mark
against it is never brought back, and the same row twice is one event.
"""

from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers, suppressions, vault
from consent.actions import newcomers
from consent.actions.recording import event_of, facts_of
from consent.models import ConsentEvent, EventDetail, WordingVersion
from consent.standing import NEVER
from core.refusal import Refused
from core.spreadsheets import BadFile, read_workbook

from . import columns, lists, lookup, results
from .consent_columns import REQUIRED, WORDS, Reader

AT_A_TIME = 2_000
TAKEN, UNPROVABLE, THERE, KEPT_OUT, WRONG = "taken", "not_provable", "already_there", "kept_out", "wrong"
RESULTS = {
    TAKEN: gettext_lazy("Taken with proof"),
    UNPROVABLE: gettext_lazy("Taken, but cannot be proved: the check answers “not allowed”"),
    THERE: gettext_lazy("Was there already"),
    KEPT_OUT: gettext_lazy("Kept out: there is a mark against the address, or the person said no"),
    WRONG: gettext_lazy("Could not be read"),
}


def run(organisation, purposes, source, target, *, by, at, language, dry_run=False):
    """Bring the rows in (or only say what would become of them), and write the file with its results to `target`.

    Gives {result: number of rows}. Raises `BadFile` for a file that cannot be read or lacks a column.
    """
    heading, found, rows = _opened(source)
    versions = WordingVersion.objects.filter(organisation=organisation).select_related("wording")
    read = Reader(found, purposes=purposes, versions=list(versions), country=organisation.country, at=at)
    writer, counts = results.Writer(target, language), dict.fromkeys(RESULTS, 0) | {"lines": 0}
    writer.write([*heading, "dertig_result", "dertig_reason"])
    with transaction.atomic():
        seen = {}
        while group := list(islice(rows, AT_A_TIME)):
            told = [_told(read, row) for row in group]
            said = _take(organisation, told, seen, by=by, at=at, dry_run=dry_run)
            for row, (result, reason) in zip(group, said, strict=True):
                counts[result] += 1
                cells = [*row[: len(heading)], *[""] * (len(heading) - len(row))]
                writer.write([*cells, result, str(reason)])
            counts["lines"] += len(group)
    writer.finish()
    return counts


def _opened(source):
    """(heading, columns, rows) of CSV or of the first sheet of a workbook."""
    if source.name.lower().endswith((".xlsx", ".ods")):
        with source.open() as stream:
            sheet = next(sheet for sheet in read_workbook(stream.read(), source.name) if sheet.rows)
        rows = ([cell.text for cell in row] for row in sheet.rows if row)
        heading = next(rows)
        found = columns.recognised(heading, WORDS)
    else:
        layout = lists.survey(source, WORDS)
        heading, found = list(layout.heading), layout.columns
        rows = (row for _number, row in lists.rows(source, layout))
    missing = [name for name in REQUIRED if name not in found]
    if missing or not columns.IDENTIFYING & found.keys():
        raise BadFile(
            _("These columns are missing: %(names)s.") % {"names": ", ".join(missing or ["email"])},
            where=source.name,
            remedy=_("Give the first line these headings: email, purpose, channel, given at, wording, method."),
        )
    return heading, found, rows


def _told(read, row):
    """What a row says, or the sentence about what is wrong with it."""
    try:
        return read(row)
    except Refused as refusal:
        return str(refusal)


def _take(organisation, told, seen, *, by, at, dry_run):
    """[(result, reason)] for each row; `seen` gathers the references of the file."""
    good = [one for one in told if not isinstance(one, str)]
    before = _there(organisation, good)
    marks, standings, persons = _known(organisation, good, at)
    said, taking = [], []
    for one in told:
        if isinstance(one, str):
            said.append((WRONG, one))
            continue
        if _is_of_another(one, before, seen, persons):
            said.append((WRONG, _("Another event was recorded under this reference.")))
            continue
        result, reason = _judged(one, before, seen, marks, standings)
        said.append((result, reason))
        seen.setdefault(one.said.reference, _content(one))
        if result in (TAKEN, UNPROVABLE):
            taking.append(one)
    if not dry_run and taking:
        _store(organisation, taking, by=by, at=at)
        newcomers.refuse_marked(organisation, [one.pair for one in taking if not marks[one.pair]])
    return said


def _there(organisation, read):
    """{reference: (person, purpose, channel)} of those that the ledger knows already; who was erased is nobody. One
    query."""
    newest = {reference: one.said.reference for one in read for reference in one.references}
    rows = ConsentEvent.objects.with_reference(organisation).filter(reference__in=lookup.listed(newest))
    told = rows.values_list("reference", "person", "person__erased_at", "purpose", "channel")
    return {newest[reference]: (None if erased else person, *of) for reference, person, erased, *of in told}


def _content(one):
    return one.pair, one.said.purpose.pk, one.said.channel


def _is_of_another(one, before, seen, persons):
    """Whether this reference was used for somebody or something else: a row that is not there is never called so."""
    said = one.said
    if said.reference in seen:
        return seen[said.reference] != _content(one)
    person, purpose, channel = before.get(said.reference, (None, said.purpose.pk, said.channel))
    return (purpose, channel) != (said.purpose.pk, said.channel) or person not in (None, persons[one.pair])


def _known(organisation, read, at):
    """({pair: marks}, {(pair, purpose, channel): standing}, {pair: person id or None}) of these rows."""
    digests = {one.pair: list(identifiers.digests(organisation, *one.pair).values()) for one in read}
    every = [digest for each in digests.values() for digest in each]
    persons = lookup.people(organisation, every)
    by_digest, by_person = lookup.marks(organisation, every, set(persons.values()))
    marks, standings, whose = {}, {}, {}
    for pair, each in digests.items():
        person = whose[pair] = next((persons[digest] for digest in each if digest in persons), None)
        marks[pair] = [mark for digest in each for mark in by_digest.get(digest, ())]
        marks[pair] += by_person.get(person, ())
    for purpose, channel in {(one.said.purpose, one.said.channel) for one in read}:
        states = lookup.standings(set(persons.values()), purpose, channel, at=at)
        for pair, person in whose.items():
            standings[pair, purpose.pk, channel] = states.get(person, NEVER)
    return marks, standings, whose


def _judged(one, before, seen, marks, standings):
    """(result, reason) of a row that could be read."""
    said = one.said
    if said.reference in before or said.reference in seen:
        return THERE, ""
    if suppressions.against(marks[one.pair], said.purpose, said.channel, NEVER):
        return KEPT_OUT, _("There is a mark against this address.")
    state = standings[one.pair, said.purpose.pk, said.channel]
    if state.kind is not None and not said.is_provable:
        return KEPT_OUT, _("This person decided already, and this row proves nothing.")
    if one.missing:
        return UNPROVABLE, _("The proof lacks %(what)s.") % {"what": ", ".join(one.missing)}
    return TAKEN, ""


def _store(organisation, taking, *, by, at):
    persons = newcomers.find_or_add(organisation, [one.pair for one in taking], at=at)
    events = [event_of(persons[one.pair], one.said, by=by, at=at) for one in taking]
    ConsentEvent.objects.bulk_create(events, batch_size=newcomers.AT_A_TIME)
    details = [
        EventDetail(event=event, sealed=vault.seal_facts(persons[one.pair], facts))
        for event, one in zip(events, taking, strict=True)
        if (facts := facts_of(one.said))
    ]
    EventDetail.objects.bulk_create(details, batch_size=newcomers.AT_A_TIME)
