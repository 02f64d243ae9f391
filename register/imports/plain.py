"""A proposal as plain values, for a staged row: to JSON and back, with nothing lost.

Cells are named by their place in the list of cells, so that what points to a cell still points to it afterwards.
"""

from dataclasses import asdict, fields
from datetime import date

from .periods import Period
from .proposal import Found, Proposal, Ref

PASSING = {"value", "said", "row", "dates", "scope"}  # what only the readers need


def pack(proposal):
    """Lists, dicts, texts, numbers and yes or no."""
    numbers = {id(found): number for number, found in enumerate(proposal.founds)}

    def plain(value):
        if isinstance(value, Ref):
            return {"ref": value.text, "found": plain(value.found), "details": plain(value.details)}
        if isinstance(value, Found):
            return {"cell": numbers[id(value)]}
        if isinstance(value, Period):
            return {"period": asdict(value)}
        if isinstance(value, date):
            return {"day": value.isoformat()}
        if isinstance(value, dict):
            return {"of": {name: plain(part) for name, part in value.items()}}
        return [plain(part) for part in value] if isinstance(value, list | tuple) else value

    return {
        one.name: [_cell(found) for found in proposal.founds]
        if one.name == "founds"
        else plain(getattr(proposal, one.name))
        for one in fields(Proposal)
        if one.name not in PASSING
    }


def unpack(value):
    """The proposal in what `pack` gave. Pairs come back as lists where the proposal does not care."""
    founds = [Found(**cell | {"taken": [tuple(pair) for pair in cell["taken"]]}) for cell in value["founds"]]

    def back(part):
        if isinstance(part, list):
            return [back(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "ref" in part:
            return Ref(part["ref"], back(part["found"]), back(part["details"]))
        if "cell" in part:
            return founds[part["cell"]]
        if "period" in part:
            return Period(**part["period"])
        return date.fromisoformat(part["day"]) if "day" in part else {k: back(one) for k, one in part["of"].items()}

    return Proposal(**{name: back(part) for name, part in value.items() if name != "founds"}, founds=founds)


def _cell(found):
    return {one.name: getattr(found, one.name) for one in fields(Found) if one.name not in PASSING}
