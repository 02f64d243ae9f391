"""The record as one flat table, with a row per activity: what most people ask for, and what our own import reads.

Several in one cell stand under each other. Headings are words that our import knows; a test asks it for each.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from register import interchange, models, words
from register import sections as layout
from register.models import Activity

from .selection import Internal
from .tables import ENTRY_FIELDS, INTERNAL_FIELDS, Table, either, getter, labels, standing_cells, standing_headings


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the flat table; `value` takes the entry."""

    heading: str
    value: Callable


def table(found):
    """One row per activity, with everything that Art. 30 asks in words; several in one cell stand under each other."""
    columns = _flat_columns(words.language(), found.selection.internal)

    def rows():
        for standing in found.standings:
            entry = interchange.without_internal(standing.entry, found.selection.internal)
            yield [*standing_cells(standing, ""), *(column.value(entry) for column in columns), str(entry.id)]

    headings = (*standing_headings(), *(column.heading for column in columns), "UUID")
    return Table(_("Processing activities"), headings, rows)


def _flat_columns(language, internal):
    def own(name):
        return Column(words.label(Activity, name), getter(Activity, name, language))

    def label(model, name):
        return words.label(model, name)

    def each(lines, say):
        return lambda entry: "\n".join(text for line in getattr(entry, lines) if (text := say(line)))

    bases = labels(models.Purpose, "basis")
    specials = labels(models.Purpose, "special_ground")
    mechanisms = labels(models.TransferLine, "mechanism")
    sources = labels(models.DataLine, "source")

    def recipient(line):
        who = line.party.name if line.party else either(line.description_nl, line.description_en, language)
        return f"{who} — {line.ground}" if line.ground else who

    def of_role(*roles, other=False):
        def say(line):
            return recipient(line) if (line.role in roles) is not other else ""

        return say

    def retention(line):
        return words.retention_words(line.retention) if line.retention else " ".join(line.retention_note.split())

    shown = [
        *(own(name) for name in ("reference", "description", "department", "owner_function", "contact", "controller")),
        Column(capfirst(str(layout.JOINT.title)), _listed("joint_controllers", "joint_answer", recipient)),
        Column(capfirst(str(layout.CLIENTS.title)), each("clients", lambda line: line.party.name)),
        Column(
            _("Categories of processing"),
            each("clients", lambda line: either(line.processing_nl, line.processing_en, language)),
        ),
        Column(
            capfirst(str(layout.PURPOSES.title)),
            each("purposes", lambda line: _line(either(line.text_nl, line.text_en, language))),
        ),
        Column(label(models.Purpose, "basis"), each("purposes", lambda line: bases.get(line.basis, ""))),
        Column(_("Article 9 condition"), each("purposes", lambda line: specials.get(line.special_ground))),
        Column(capfirst(str(layout.SUBJECTS.title)), each("subjects", lambda line: line.category.named(language))),
        Column(capfirst(str(layout.DATA.title)), each("data", lambda line: line.category.named(language))),
        Column(_("Retention period"), each("data", retention)),
        Column(_("Source of the data"), each("data", lambda line: sources.get(line.source, ""))),
        Column(
            capfirst(str(layout.RECIPIENTS.title)),
            _listed("recipients", "recipients_answer", of_role("processor", "sub_processor", other=True)),
        ),
        Column(_("Processors"), each("recipients", of_role("processor", "sub_processor"))),
        Column(
            words.label(Activity, "transfers_answer"),
            _listed("transfers", "transfers_answer", lambda line: line.country.named(language) if line.country else ""),
        ),
        Column(_("Transfer safeguards"), each("transfers", lambda line: mechanisms.get(line.mechanism, ""))),
        Column(capfirst(str(layout.MEASURES.title)), each("measures", lambda line: line.measure.named(language))),
        own("measures_text"),
        Column(
            capfirst(str(layout.SYSTEMS.title)), _listed("systems", "systems_answer", lambda line: line.system.name)
        ),
    ]
    taken = {
        *("reference", "description", "department", "owner_function", "contact", "controller", "measures_text"),
        *("joint_answer", "recipients_answer", "transfers_answer", "systems_answer", "name"),
        "language",  # what has one text per language is here in that of the file
    }
    rest = [name for name in ENTRY_FIELDS if name not in taken]
    if Internal.REMARKS not in internal:
        rest = [name for name in rest if name not in INTERNAL_FIELDS]
    return [*shown, *(own(name) for name in rest)]


def _listed(lines, answer, say):
    """Lines one under the other; the word for none where that is the answer."""

    def value(entry):
        if not getattr(entry, lines) and getattr(entry, answer) == "none":
            return _("None")
        return "\n".join(text for line in getattr(entry, lines) if (text := say(line)))

    return value


def _line(text):
    """On one line, since a new line in a cell begins the next."""
    return " ".join(text.split())
