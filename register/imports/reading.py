"""A file to proposals, in two steps: `propose` says what is in it, `read` takes it so, or as people changed the plan.

A file is a spreadsheet, or the export of the Dutch government's register tool: that needs no plan.
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits, read_workbook

from . import government, headings, plan, records, shapes

GOVERNMENT = {".json", ".zip"}


def propose(source, filename, *, language, sheet=None, mapping=None, limits=None, choosing=False):
    """The plan for a file, without sheets when there is nothing to choose; or BadFile.

    `mapping` is {heading: meaning}, or an earlier plan as a plain value. `language` is taken when the headings do not
    tell. `choosing`: headings that nobody knows are no reason to refuse, since somebody chooses what they mean.
    """
    filename = Path(filename).name
    if _is_government(filename):
        government.read(source, filename, limits or Limits.of_settings())
        return plan.Plan(filename, template=plan.GOVERNMENT)
    sheets = read_workbook(source, filename, limits or Limits.of_settings())
    return _proposed(sheets, filename, language, sheet, mapping, choosing=choosing)


def read(source, filename, *, language, **more):
    """Everything that the file holds (records.Reading), or BadFile. See `Opened` for what more may be given."""
    opened = Opened(source, filename, language=language, **more)
    found = records.Reading(plan=opened.plan)
    found.proposals = list(opened.each(found))
    return found


class Opened:
    """A file that was opened and checked, or BadFile. Its proposals can be asked for again: what takes them in changes
    them. `rows` is how many there are at most, 0 when that is not known.
    """

    def __init__(self, source, filename, *, language, sheet=None, mapping=None, limits=None, by=None):
        """`by` is the plan that people agreed to."""
        self.source, self.filename, self.limits = source, Path(filename).name, limits or Limits.of_settings()
        self.plan, self.sheets, self.rows = by, None, 0
        if _is_government(self.filename):
            _understood(mapping)
            return
        self.sheets = read_workbook(source, self.filename, self.limits)
        if by is None:
            self.plan = _proposed(self.sheets, self.filename, language, sheet, mapping)
        _check(self.plan.mapping())
        layouts = {sheet.name: sheet.layout for sheet in self.plan.sheets}
        self.rows = sum(len(sheet.rows) for sheet in self.sheets if layouts.get(sheet.name) == plan.TABLE)

    def each(self, found):
        """The proposals one by one; what belongs to no activity goes to `found` (records.Reading). BadFile for none."""
        if self.sheets is not None:
            yield from records.each(self.sheets, self.filename, self.plan, found)
            return
        if hasattr(self.source, "seek"):
            self.source.seek(0)
        read_now = government.read(self.source, self.filename, self.limits)
        found.outside += read_now.outside
        yield from read_now.proposals


def _is_government(filename):
    return Path(filename).suffix.lower() in GOVERNMENT


def _proposed(sheets, filename, language, sheet, mapping, *, choosing=False):
    earlier, given = _understood(mapping)
    proposed = shapes.propose(sheets, filename, language=language, sheet=sheet, mapping=given, choosing=choosing)
    _check_columns(proposed, filename)
    if earlier:
        plan.carry_over(proposed, earlier)
    return proposed


def _check_columns(proposed, filename):
    """Somebody looks at each column, so that there are not to be very many of them in all sheets together."""
    count, most = sum(len(one.columns) for one in proposed.sheets), settings.IMPORT_MAX_COLUMNS_IN_ALL
    if count > most:
        raise BadFile(
            _("The sheets have %(count)s columns together, and at most %(most)s can be taken in at once.")
            % {"count": count, "most": most},
            where=filename,
            remedy=_("Split the file, or leave out columns and sheets that are not needed."),
        )


def _understood(mapping):
    """(the earlier plan that it is, if so; {heading: meaning}) of a mapping, or BadFile."""
    earlier = plan.of_plain(mapping) if mapping and "schema" in mapping else None
    given = earlier.mapping() if earlier else mapping
    _check(given)
    return earlier, given


def _check(mapping):
    known = headings.meanings()
    for heading, meaning in (mapping or {}).items():
        if meaning not in known:
            raise BadFile(
                _("“%(meaning)s” is not something that a column can mean.") % {"meaning": meaning},
                where=_("mapping, %(heading)s") % {"heading": heading},
                remedy=_("Choose one of: %(known)s.") % {"known": ", ".join(known)},
            )
