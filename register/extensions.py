"""The one door for rooms above the register: what they know of its activities and shared rows, without its knowing
them.

A room subclasses `Extension`, overrides what it has something to say about, and calls `add` in `AppConfig.ready()`.
Every method takes many ids at once and costs a constant number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """One thing of a room that uses a shared row: as what, and where its page is."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A box under the fact sheet of an activity; `template` fills it, and reads `context` as `panel`.

    `key` is its place on the page, such as "breaches", and no section of the sheet is called that.
    """

    key: str
    title: str
    template: str
    context: dict


@dataclass(frozen=True)
class TableRow:
    """`facts` (JSON) are what two texts of a notice are compared by; `cells` are texts in both languages."""

    id: str
    facts: dict
    cells: tuple
    activity: object = None


@dataclass(frozen=True)
class Table:
    """What a room lists in a part of a notice (`block`): headings and cells are `register.notices.text.Words`.

    `lacks`: (key of `sentences.MISSING`, language or nothing, names of rows) of what people must be told of them.
    """

    block: str
    columns: tuple
    rows: tuple
    lacks: tuple = ()


class Extension:
    def findings(self, activities, *, on):
        """(rule id, activity id, Verdict) about these activities on a day; the rules were made known with
        `engine.declare`.
        """
        return ()

    def findings_of(self, organisation, *, on):
        """(rule id, Verdict) about the organisation itself on a day; asked by the worker after every change."""
        return ()

    def blockers(self, activities):
        """(activity id, sentence) for each reason why an activity may not be made public yet."""
        return ()

    def panel(self, activities, membership):
        """(activity id, Panel) for each box under the fact sheet, with what this member may see."""
        return ()

    def of_point(self, point, membership):
        """A Panel for each box on the page of a collection point, with what this member may see."""
        return ()

    def today(self, membership, *, at):
        """Panels for the dashboard of this member: what of the room cannot wait."""
        return ()

    def usages(self, model, ids, membership):
        """(id, Usage) for everything of the room that uses one of these shared rows (a party, a document ...), as far
        as this member may see it. What may be deleted the register finds by itself.
        """
        return ()

    def notice_tables(self, notices, *, on):
        """(notice id, Table) for what stands as a table in a part of these notices."""
        return ()

    def impact(self, activities):
        """(activity id, Usage) for everything of the room that a change of these activities touches."""
        return ()

    def demo(self, organisation, people, *, at):
        """Put the demo of the room into a demo organisation that was just made; `people` is {short name: User}."""

    def repoint(self, kept, other):
        """Let what names `other` name `kept`, as the two are merged; inside the act. Returns how many rows moved."""
        return 0


_known = []


def add(extension):
    _known.append(extension)


def findings(activities, *, on):
    return [found for extension in _known for found in extension.findings(activities, on=on)]


def findings_of(organisation, *, on):
    return [found for extension in _known for found in extension.findings_of(organisation, on=on)]


def blockers(activities):
    """{activity id: [sentence]}"""
    return _by_id(extension.blockers(activities) for extension in _known)


def panels(activities, membership):
    """{activity id: [Panel]}"""
    return _by_id(extension.panel(activities, membership) for extension in _known)


def of_point(point, membership):
    return [panel for extension in _known for panel in extension.of_point(point, membership)]


def today(membership, *, at):
    return [panel for extension in _known for panel in extension.today(membership, at=at)]


def usages(model, ids, membership):
    """{id: [Usage]} of these rows of one model."""
    return _by_id(extension.usages(model, ids, membership) for extension in _known)


def notice_tables(notices, *, on):
    """{notice id: [Table]}"""
    return _by_id(extension.notice_tables(notices, on=on) for extension in _known)


def impact(activities):
    """{activity id: [Usage]}"""
    return _by_id(extension.impact(activities) for extension in _known)


def demo(organisation, people, *, at):
    for extension in _known:
        extension.demo(organisation, people, at=at)


def repoint(kept, other):
    return sum(extension.repoint(kept, other) for extension in _known)


def _by_id(answers):
    found = defaultdict(list)
    for answer in answers:
        for key, value in answer:
            found[key].append(value)
    return dict(found)
