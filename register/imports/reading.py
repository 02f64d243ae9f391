"""A file to proposals, in two steps: `propose` says what is in it, `read` takes it so, or as people changed the plan.

A file is a spreadsheet, or the export of the Dutch government's register tool: that needs no plan.
"""

from pathlib import Path

from django.utils.translation import gettext as _

from core.spreadsheets import BadFile, Limits, read_workbook

from . import government, headings, plan, records, shapes

GOVERNMENT = {".json", ".zip"}


def propose(source, filename, *, language, sheet=None, mapping=None, limits=None):
    """The plan for a file, without sheets when there is nothing to choose; or BadFile.

    `mapping` is {heading: meaning}, or an earlier plan as a plain value. `language` is taken when the headings do not
    tell.
    """
    filename = Path(filename).name
    if _is_government(filename):
        government.read(source, filename, limits or Limits.of_settings())
        return plan.Plan(filename, template="government")
    sheets = read_workbook(source, filename, limits or Limits.of_settings())
    return _proposed(sheets, filename, language, sheet, mapping)


def read(source, filename, *, language, sheet=None, mapping=None, limits=None, by=None):
    """Everything that the file holds (records.Reading), or BadFile. `by` is the plan that people agreed to."""
    limits = limits or Limits.of_settings()
    filename = Path(filename).name
    if _is_government(filename):
        _check(mapping)
        return government.read(source, filename, limits)
    sheets = read_workbook(source, filename, limits)
    if by is None:
        by = _proposed(sheets, filename, language, sheet, mapping)
    _check(by.mapping())
    return records.read_sheets(sheets, filename, by)


def _is_government(filename):
    return Path(filename).suffix.lower() in GOVERNMENT


def _proposed(sheets, filename, language, sheet, mapping):
    earlier = plan.of_plain(mapping) if mapping and "schema" in mapping else None
    given = earlier.mapping() if earlier else mapping
    _check(given)
    proposed = shapes.propose(sheets, filename, language=language, sheet=sheet, mapping=given)
    if earlier:
        plan.carry_over(proposed, earlier)
    return proposed


def _check(mapping):
    known = headings.meanings()
    for heading, meaning in (mapping or {}).items():
        if meaning not in known:
            raise BadFile(
                _("“%(meaning)s” is not something that a column can mean.") % {"meaning": meaning},
                where=_("mapping, %(heading)s") % {"heading": heading},
                remedy=_("Choose one of: %(known)s.") % {"known": ", ".join(known)},
            )
