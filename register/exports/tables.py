"""The record as tables, one for each kind of thing: activities, their lines, and what they share.

A table is a title, headings, and rows from a generator, so that the whole never stands in memory twice. The one rule:
titles and headings are the names that fields bear on their models, by which our own import knows them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.controllers import FIELDS
from accounts.models import Controller
from core.addresses import full_address
from core.spreadsheets import Link
from register import interchange, models, record, words
from register import sections as layout
from register.models import Activity

from .json_file import advice_on
from .selection import Internal
from .things import KINDS, OF_VALUE, Things, called_by, own_fields

ENTRY_FIELDS = list(
    dict.fromkeys(
        name
        for section in layout.SECTIONS
        for name in section.fields
        if name not in ("name", "owner")  # the name stands in front; the record names a function, not a person
    )
)
INTERNAL_FIELDS = {"remarks"}


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` gives the rows below the headings, each time anew."""

    title: str
    headings: tuple
    rows: Callable


def tables(found):
    """Of everything that was gathered: activities, their lines, and what is shared. In the language in force."""
    about = _About(found)
    yield about.activities()
    for lines in layout.LINE_SETS:
        if lines.model is not models.NoteLine or Internal.REMARKS in found.selection.internal:
            yield about.lines(lines)
    for kind in KINDS:
        yield about.shared(kind)
    yield about.controllers()
    if Internal.ADVICE in found.selection.internal:
        yield about.advice()
    yield about.document()


class _About:
    def __init__(self, found):
        self.found = found
        self.language = words.language()
        self.internal = found.selection.internal
        self.activities_title = _("Processing activities")
        self.things = Things(found.standings, self.language)
        self.first_row = {}
        for row, standing in enumerate(found.standings, 2):
            self.first_row.setdefault(standing.entry.id, row)
        self.has_two_versions = len(self.first_row) < len(found.standings)

    def entry(self, standing):
        return interchange.without_internal(standing.entry, self.internal)

    def activities(self):
        fields = [name for name in ENTRY_FIELDS if name not in INTERNAL_FIELDS or Internal.REMARKS in self.internal]
        values = [getter(Activity, name, self.language) for name in fields]
        headings = (*standing_headings(), *(words.label(Activity, name) for name in fields), "UUID")
        headings += (_("Open when it was established"),) if Internal.FINDINGS in self.internal else ()

        def rows():
            for standing in self.found.standings:
                entry = self.entry(standing)
                row = [*standing_cells(standing, self.address(entry)), *(value(entry) for value in values)]
                row.append(str(entry.id))
                if Internal.FINDINGS in self.internal:
                    row.append(", ".join(standing.open_points))
                yield row

        return Table(self.activities_title, headings, rows)

    def address(self, entry):
        """The fact sheet on the web."""
        return full_address("register:activity", self.found.organisation.slug, entry.id)

    def lines(self, lines):
        values = [_line_getter(lines, name, self.language) for name in lines.fields]
        ids = [name for name in lines.fields if self._needs_id(lines, name)]
        version = [version_heading()] if self.has_two_versions else []
        headings = (
            number(),
            words.label(Activity, "name"),
            *(words.label(lines.model, name) for name in lines.fields),
            *(id_heading(lines.model, name) for name in ids),
            *version,
            "UUID",
        )

        def rows():
            for standing in self.found.standings:
                entry = self.entry(standing)
                for line in getattr(entry, lines.name):
                    yield [
                        Link(entry.code, self.row_of(entry)),
                        entry.name,
                        *(value(entry, line) for value in values),
                        *(_id_of(getattr(line, name)) for name in ids),
                        *([standing.version or None] if version else []),
                        str(line.id),
                    ]

        return Table(capfirst(str(lines.title)), headings, rows)

    def _needs_id(self, lines, name):
        """Whether the name of what a line refers to does not tell which one it is."""
        if lines.model is models.AccessLine and name == "purpose":
            return any(
                len({_purpose_words(standing.entry, line.id, self.language) for line in standing.entry.purposes})
                < len(standing.entry.purposes)
                for standing in self.found.standings
            )
        field = lines.model._meta.get_field(name)
        return field.is_relation and self.things.several_called(field.related_model)

    def row_of(self, entry):
        """Where the activity stands in the first sheet."""
        return f"internal:'{self.activities_title}'!A{self.first_row[entry.id]}"

    def shared(self, kind):
        """Each thing once that an entry names, by name, as the latest of them says it."""
        both, names = own_fields(kind)
        columns = [getter(kind.model, name, self.language) for name in names]

        def rows():
            for value in self.things.of(kind):
                yield [*(getattr(value, name) for name in both), *(column(value) for column in columns), str(value.id)]

        return Table(str(kind.title), thing_headings(kind), rows)

    def controllers(self):
        called = [words.label(Controller, name) for name in FIELDS]
        choices = [labels(Controller, name) for name in FIELDS]

        def rows():
            for card in self.found.controllers:
                texts = [card.content.get(name, card.name if name == "name" else "") for name in FIELDS]
                known = [known.get(text, text) for known, text in zip(choices, texts, strict=True)]
                yield [*known, card.version or None, card.valid_from, card.established_at, str(card.id)]

        headings = (*called, version_heading(), _("Valid from"), _("Established on"), "UUID")
        return Table(_("Controllers"), headings, rows)

    def advice(self):
        def rows():
            given = advice_on(self.found)
            entries = {standing.entry.id: standing.entry for standing in self.found.standings}
            for key, advices in given.items():
                entry = entries.get(key)
                if entry is None and not (key is None and self.found.selection.is_whole):
                    continue
                for row in advices:
                    answered = row.answered_on is not None and row.answered_on <= self.found.on
                    yield [
                        entry.code if entry else "",
                        entry.name if entry else "",
                        row.given_on,
                        row.subject,
                        row.advice,
                        row.get_answer_display() if answered else "",
                        row.answer_reason if answered else "",
                    ]

        names = ("given_on", "subject", "advice", "answer", "answer_reason")
        headings = (number(), words.label(Activity, "name"), *(words.label(models.Advice, name) for name in names))
        return Table(str(Internal.ADVICE.label), headings, rows)

    def document(self):
        """What the file is: whose, of which day, made when, and what was left out."""
        found = self.found

        def rows():
            yield [_("Organisation"), found.organisation.name]
            yield [_("As it stood on"), found.on]
            yield [_("As known at"), found.known_at]
            yield [_("Made on"), found.made_at]
            for label, value in found.selection.words(found.organisation):
                yield [str(label), value]
            for part in found.selection.internal:
                yield [_("For inside"), str(Internal(part).label)]
            yield [_("Last change"), found.chain.number]
            yield ["SHA-256", found.chain.digest]
            yield ["", _("These are the words of the record on that day. Changes made in this file change no record.")]

        return Table(_("About this file"), (_("What"), _("Value")), rows)


def number():
    return pgettext("of an activity", "Number")


def version_heading():
    return _("Version")


def id_heading(model, name):
    """Above the ids of what a field refers to, where two bear one name."""
    return f"{words.label(model, name)} UUID"


def thing_headings(kind):
    both, names = own_fields(kind)
    return (
        *(words.label(kind.model, f"name_{name}") for name in both),
        *(words.label(kind.model, name) for name in names),
        "UUID",
    )


def standing_headings():
    return (
        number(),
        words.label(Activity, "name"),
        words.label(Activity, "kind"),
        _("Status"),
        version_heading(),
        _("Valid from"),
        _("Established on"),
    )


def standing_cells(standing, address):
    entry = standing.entry
    return (
        Link(entry.code, address) if address else entry.code,
        entry.name,
        _("Processor") if entry.is_processor_record else _("Controller"),
        _status(standing),
        standing.version or None,
        standing.valid_from,
        standing.established_at,
    )


def _status(standing):
    if standing.entry.ended_on is not None:
        return _("Ended")
    return _("Working copy, not established") if standing.is_draft else _("Established")


def _id_of(value):
    return str(getattr(value, "id", value)) if value else ""


def labels(model, name):
    column = model._meta.get_field(name)
    return {code: str(label) for code, label in column.flatchoices if code not in (None, "")}


def getter(model, name, language):
    """The cell for a field of a value: its own type where a sheet has one, otherwise words."""
    known = labels(model, name)
    if known:
        return lambda value: known.get(getattr(value, name), getattr(value, name))
    return lambda value: _cell(getattr(value, name), language)


def _line_getter(lines, name, language):
    if lines.model is models.AccessLine and name == "purpose":
        return lambda entry, line: _purpose_words(entry, line.purpose, language)
    of_line = getter(lines.model, name, language)
    return lambda entry, line: of_line(line)


def _purpose_words(entry, key, language):
    line = next((line for line in entry.purposes if line.id == key), None)
    return either(line.text_nl, line.text_en, language) if line else ""


def _cell(value, language):
    if type(value) in OF_VALUE:
        return called_by(value, language)
    if isinstance(value, record.Named):
        return f"{value.code} {value.name}".strip()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value


def either(dutch, english, language):
    return (dutch or english) if language == "nl" else (english or dutch)
