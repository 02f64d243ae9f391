"""What a file is taken for: per sheet where its headings stand and what each column means, with the reason.

A plan is made by the program and may be changed by people before anything is read by it. Plain values only: it goes to
JSON and back unchanged, and is what a mapping file holds. Rows and columns count from 0 here and from 1 and A in words.
"""

from dataclasses import asdict, dataclass, field, fields

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import BadFile

from .values import plain

SCHEMA = "dertig-import-plan/1"
TABLE, FORM, DETAILS, SHARED, NOTHING = "table", "form", "details", "shared", "nothing"
LAYOUTS = {
    TABLE: gettext_lazy("a row for each activity"),
    FORM: gettext_lazy("labels with their answers beside them"),
    DETAILS: gettext_lazy("more about the activities of another sheet"),
    SHARED: gettext_lazy("what activities share, named by an id"),
    NOTHING: gettext_lazy("not an activity in it"),
}
MAPPED, USUAL, OWN, CONTENT_DATES, CONTENT_LIST, CONTENT_PERIODS, TICKED, KEPT_BEFORE, JOINED, UNKNOWN = (
    *("mapping", "usual", "own", "dates", "list", "periods", "ticks", "before", "joined", "unknown"),
)
REASONS = {
    MAPPED: gettext_lazy("as the mapping says"),
    USUAL: gettext_lazy("a usual heading"),
    OWN: gettext_lazy("a name of this program"),
    CONTENT_DATES: gettext_lazy("what stands in it looks like dates"),
    CONTENT_LIST: gettext_lazy("what stands in it are values of a known list"),
    CONTENT_PERIODS: gettext_lazy("what stands in it looks like periods"),
    TICKED: gettext_lazy("its cells are ticked or empty, so the heading is the value"),
    KEPT_BEFORE: gettext_lazy("chosen for this heading before"),
    JOINED: gettext_lazy("what stands in it are ids of another sheet"),
    UNKNOWN: gettext_lazy("not recognised"),
}
OURS, GOVERNMENT = "own", "government"
"""Templates: what our own exports and the Dutch government's tool give. As JSON these have no sheets to choose from."""
DATE_ORDER = "date_order"
QUESTIONS = {DATE_ORDER: gettext_lazy("Is 3/4 the third of April, or the fourth of March?")}
GROUP, EXAMPLE, EXPLANATION, REPEATED, TOTAL = "group", "example", "explanation", "repeated", "total"
SKIPPED = {
    GROUP: gettext_lazy("This row is the heading of a group of activities."),
    EXAMPLE: gettext_lazy("This row is marked as an example."),
    EXPLANATION: gettext_lazy("This row explains the headings."),
    REPEATED: gettext_lazy("This row repeats the headings."),
    TOTAL: gettext_lazy("This row is a total."),
}


@dataclass
class Column:
    """`number` is that of the column; in a form, that of the row, and `across` that of the column when labels stand
    above the answers too. Without a meaning it is kept word for word.

    `ticks`: the heading is the value wherever a cell is ticked. `dates`: dmy or mdy, empty when nobody can tell.
    `asks`: keys of QUESTIONS that only a person can answer.
    """

    number: int
    place: str
    heading: str
    meaning: str = ""
    reason: str = UNKNOWN
    samples: list = field(default_factory=list)
    ticks: bool = False
    dates: str = ""
    asks: list = field(default_factory=list)
    across: int | None = None

    @property
    def why(self):
        return str(REASONS[self.reason])


@dataclass
class SheetPlan:
    """`headings`: the rows that hold them, one or two; in a form the column of the labels.

    `key`: the column by which rows belong together, or to the activities of another sheet. `continued`: a row without
    a name says more about the row above it. `skip`: rows that are no activities, with a key of SKIPPED. `named_by`: the
    sheet and the column that name the rows of this one by `key`.
    """

    name: str
    layout: str = NOTHING
    language: str = ""
    headings: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    key: int | None = None
    continued: bool = False
    skip: dict = field(default_factory=dict)
    hidden: bool = False
    named_by: list = field(default_factory=list)

    def column(self, number, across=None):
        return next((one for one in self.columns if (one.number, one.across) == (number, across)), None)


@dataclass
class Plan:
    """`template` is the key of the known form that the file follows, when it follows one."""

    file: str
    sheets: list = field(default_factory=list)
    template: str = ""

    def sheet(self, name):
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def questions(self):
        """(sheet, column, key of QUESTIONS) for all that only a person can answer."""
        return [(sheet, column, ask) for sheet in self.sheets for column in sheet.columns for ask in column.asks]

    def to_plain(self):
        return {"schema": SCHEMA, **asdict(self)}

    def mapping(self):
        """{heading: meaning}, as short as a mapping can be."""
        return {
            column.heading: column.meaning or "note"
            for sheet in self.sheets
            if sheet.layout != NOTHING
            for column in sheet.columns
        }


def of_plain(value):
    """The plan in a plain value; BadFile when it is none."""
    try:
        if value["schema"] != SCHEMA:
            raise ValueError(value["schema"])
        return Plan(value["file"], [_sheet(sheet) for sheet in value["sheets"]], value.get("template", ""))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadFile(
            _("This is not a description of columns that can be read here."),
            where=_("mapping"),
            remedy=_("Take one that was saved by this version of the program, or leave it out."),
        ) from None


def _sheet(value):
    columns = [_made(Column, column) for column in value.get("columns", ())]
    skip = {int(row): str(reason) for row, reason in value.get("skip", {}).items()}
    sheet = _made(SheetPlan, value | {"columns": columns, "skip": skip})
    if sheet.layout not in LAYOUTS or not set(skip.values()) <= set(SKIPPED):
        raise ValueError(sheet.layout)
    return sheet


def _made(kind, value):
    known = {one.name for one in fields(kind)}
    return kind(**{name: part for name, part in value.items() if name in known})


def carry_over(plan, earlier):
    """Take what was chosen in an earlier plan for the same headings. Gives the headings that are new, and gone.

    The earlier plan may be of another file: sheets are compared by name, and when there is no such sheet by headings.
    """
    before = {
        (where, plain(column.heading)): column
        for sheet in earlier.sheets
        for column in sheet.columns
        for where in (plain(sheet.name), "")
    }
    new = []
    for sheet in plan.sheets:
        old_sheet = earlier.sheet(sheet.name)
        if old_sheet and old_sheet.layout == NOTHING:
            sheet.layout = NOTHING
        for column in sheet.columns:
            heading = plain(column.heading)
            old = before.get((plain(sheet.name), heading)) or before.get(("", heading))
            if old is None:
                new.append(column.heading)
            elif (old.meaning, old.ticks) != (column.meaning, column.ticks) or (old.dates and column.asks):
                column.meaning, column.ticks, column.reason = old.meaning, old.ticks, KEPT_BEFORE
                if old.dates:
                    column.dates, column.asks = old.dates, []
    present = {plain(column.heading) for sheet in plan.sheets for column in sheet.columns}
    gone = [
        column.heading for sheet in earlier.sheets for column in sheet.columns if plain(column.heading) not in present
    ]
    return list(dict.fromkeys(new)), list(dict.fromkeys(gone))
