"""What a file says about the trackers of a site, and how that compares with the inventory. Pure.

The one rule: what something is called, where it comes from and how long it stays; never a value that it held.
"""

import re
from dataclasses import dataclass, field

from .kinds import Kind, Party

LONGEST_NAME, LONGEST_HOST, LONGEST_TEXT = 200, 253, 2_000
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


@dataclass(frozen=True, slots=True)
class Found:
    """`provider`, `category` and the purposes may come from a list of others."""

    name: str
    kind: str = Kind.COOKIE.value
    domain: str = ""
    party: str = ""
    lifetime: str = ""
    provider: str = ""
    category: str = ""
    purpose_nl: str = ""
    purpose_en: str = ""
    data: str = ""

    @property
    def key(self):
        return self.kind, self.name, self.domain


@dataclass
class Compared:
    """`again`: [(tracker, found)]; `gone`: trackers that a whole list no longer names."""

    new: list = field(default_factory=list)
    again: list = field(default_factory=list)
    gone: list = field(default_factory=list)


def host(text):
    """The host in words such as ".example.org" or "example.org (3rd party)"; empty when there is none."""
    said = text.strip().casefold().removeprefix("https://").removeprefix("http://").lstrip(".")
    found = HOST.search(said)
    return found[0] if found and len(found[0]) <= LONGEST_HOST else ""


def placed(site, domain):
    """(domain, whose) of a host as it stands in the inventory: the site itself has one domain, with and without www."""
    if not domain:
        return "", Party.UNKNOWN.value
    own = site.domain.removeprefix("www.")
    if domain in (own, f"www.{own}"):
        return site.domain, Party.FIRST.value
    return domain, (Party.FIRST if site.is_own(domain) else Party.THIRD).value


def compare(found, trackers, *, is_whole):
    """What is new, what is there already, and what a whole list no longer names."""
    exact = {}
    for tracker in trackers:
        exact.setdefault((tracker.kind, tracker.name.removesuffix("*")), []).append(tracker)
    wild = [tracker for tracker in trackers if tracker.name.endswith("*")]
    result, seen = Compared(), set()
    for one in found:
        near = exact.get((one.kind, one.name.removesuffix("*")), ())
        tracker = next((row for row in (*near, *wild) if _is(row, one)), None)
        if tracker is None:
            result.new.append(one)
        elif tracker.pk not in seen:
            seen.add(tracker.pk)
            result.again.append((tracker, one))
    if is_whole:
        result.gone = [row for row in trackers if row.pk not in seen and row.retired_on is None]
    return result


def _is(tracker, found):
    if tracker.kind != found.kind or (tracker.domain and found.domain and tracker.domain != found.domain):
        return False
    if tracker.name.endswith("*"):
        return found.name.startswith(tracker.name[:-1])
    return tracker.name == found.name
