"""A proposal as plain values, for a staged row: to JSON and back, with nothing lost.

Cells are lists without the names of their parts, and are named by their place in the list of cells, so that what points
to a cell still points to it afterwards. What is no plain value is a dict with one name that begins with @.
"""

from dataclasses import fields
from datetime import date

from .periods import Period
from .proposal import Found, Proposal, Ref

PLAIN = {str, int, bool, type(None)}
NAMES = [one.name for one in fields(Proposal) if one.name not in ("founds", "scope")]


def pack(proposal, whole=True):
    """Lists, dicts, texts, numbers and yes or no; what became of the cells only when it is to be `whole`."""
    numbers = {id(found): number for number, found in enumerate(proposal.founds)}

    def plain(value):
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is dict:
            return {name: part if type(part) is str else plain(part) for name, part in value.items()}
        if kind is list or kind is tuple:
            return [part if type(part) is str else plain(part) for part in value]
        if kind is Ref:
            return {"@ref": [value.text, plain(value.found), plain(value.details)]}
        if kind is Found:
            return {"@cell": numbers[id(value)]}
        if kind is Period:
            return {"@period": vars(value)}
        return {"@day": value.isoformat()} if isinstance(value, date) else value

    packed = {name: plain(getattr(proposal, name)) for name in NAMES}
    return packed | {"founds": [said(found) + (became(found) if whole else []) for found in proposal.founds]}


def unpack(value):
    """The proposal in what `pack` gave. Pairs come back as lists where the proposal does not care."""
    founds = [found_of(parts) for parts in value["founds"]]

    def back(part):
        kind = type(part)
        if kind in PLAIN:
            return part
        if kind is list:
            return [one if type(one) is str else back(one) for one in part]
        if len(part) == 1:
            ((name, inside),) = part.items()
            if name in special:
                return special[name](inside)
        return {name: one if type(one) is str else back(one) for name, one in part.items()}

    special = {
        "@ref": lambda inside: Ref(inside[0], back(inside[1]), back(inside[2])),
        "@cell": founds.__getitem__,
        "@period": lambda inside: Period(**inside),
        "@day": date.fromisoformat,
    }
    return Proposal(**{name: back(value[name]) for name in NAMES}, founds=founds)


def said(found):
    """What is known of a cell before it is looked up."""
    return [found.place, found.heading, found.original, found.meaning, found.formula, found.noted]


def became(found):
    """What became of a cell, as far as something did."""
    parts = [found.taken, found.kept, found.refused, found.remarks, found.doubts]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def found_of(parts):
    """The cell of which `said` and `became` gave these parts."""
    found = Found(*parts)
    found.taken = [tuple(pair) for pair in found.taken]
    return found
