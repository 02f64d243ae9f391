"""What a visit to a page leaves in the record of a browser (HAR): cookies that were set or sent, and other hosts.

The one rule: of a cookie the name and the term, of an address the host. Values, paths and what stands after a question
mark are never taken out of the file, and the file itself is not kept.
"""

from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import msgspec
from django.utils.translation import gettext as _

from core.spreadsheets import BadFile

from . import lifetimes
from .found import LONGEST_HOST, LONGEST_NAME, Found
from .kinds import Kind, Party

MAX_BYTES, MOST_FOUND = 40 * 2**20, 2_000
PIXEL_BYTES = 1_000
RANKS = (Kind.PIXEL, Kind.SDK, Kind.OTHER)
"""What a host of others is listed as, when it is used for several things: the first of these."""


class Header(msgspec.Struct):
    name: str = ""
    value: str = ""


class Sent(msgspec.Struct):
    name: str = ""


class Request(msgspec.Struct):
    url: str
    cookies: list[Sent] = []


class Content(msgspec.Struct):
    size: float = 0
    mimeType: str | None = ""


class Response(msgspec.Struct):
    status: float = 0
    headers: list[Header] = []
    content: Content = msgspec.field(default_factory=Content)


class Entry(msgspec.Struct):
    request: Request
    response: Response
    startedDateTime: str = ""
    resource: str | None = msgspec.field(name="_resourceType", default="")


class Log(msgspec.Struct):
    entries: list[Entry]


class Har(msgspec.Struct):
    log: Log


def read(content, filename, site):
    """([Found], has_cookies). Raises BadFile."""
    if len(content) > MAX_BYTES:
        raise BadFile(
            _("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 2**20},
            where=filename,
            remedy=_("Record the visit to one page only."),
        )
    try:
        har = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=Har)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadFile(
            _("This is not the record of a browser (HAR)."),
            where=filename,
            remedy=_("In the browser's developer tools, on the tab Network, choose to save all as HAR."),
        ) from None
    visit = Visit(site)
    for entry in har.log.entries:
        visit.take(entry)
    found = visit.found()
    if len(found) > MOST_FOUND:
        raise BadFile(
            _("More than %(count)s different cookies and hosts were found.") % {"count": MOST_FOUND},
            where=filename,
            remedy=_("Record the visit to one page only."),
        )
    return found, bool(visit.set or visit.sent)


class Visit:
    """Gathers what the entries of one record say."""

    def __init__(self, site):
        self.site = site
        self.set, self.sent, self.hosts = {}, set(), {}

    def take(self, entry):
        host = _host(entry.request.url)
        if not host:
            return
        for header in entry.response.headers:
            if header.name.casefold() == "set-cookie":
                for line in header.value.split("\n"):
                    self._cookie(line, host, entry.startedDateTime)
        self.sent.update((cookie.name, host) for cookie in entry.request.cookies if _is_name(cookie.name))
        if not self.site.is_own(host):
            kind = _kind(entry)
            before = self.hosts.get(host, kind)
            self.hosts[host] = min(kind, before, key=RANKS.index)

    def _cookie(self, line, host, moment):
        pair, *attributes = line.split(";")
        name = pair.partition("=")[0].strip()
        said = {
            key.strip().casefold(): value.strip() for key, _sign, value in (one.partition("=") for one in attributes)
        }
        lifetime = _lifetime(said, moment)
        if not _is_name(name) or lifetime is None:
            return
        domain = said.get("domain", "").casefold().lstrip(".")
        self.set[name, domain if domain and _is_part(host, domain) else host] = lifetime

    def found(self):
        """Cookies first, then the hosts of others, each in order of name."""
        cookies, domains = dict(self.set), defaultdict(list)
        for name, domain in self.set:
            domains[name].append(domain)
        for name, host in self.sent:
            if not any(_is_part(host, domain) for domain in domains.get(name, ())):
                cookies.setdefault((name, host), "")
        rows = [self._row(name, Kind.COOKIE, host, lifetime) for (name, host), lifetime in sorted(cookies.items())]
        return rows + [self._row(host, kind, host, "") for host, kind in sorted(self.hosts.items())]

    def _row(self, name, kind, domain, lifetime):
        party = Party.FIRST if self.site.is_own(domain) else Party.THIRD
        return Found(name, kind.value, domain, party.value, lifetime)


def _host(url):
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").casefold()
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https", "ws", "wss") and len(host) <= LONGEST_HOST else ""


def _is_name(name):
    return bool(name) and len(name) <= LONGEST_NAME and name.isprintable()


def _is_part(host, domain):
    return host == domain or host.endswith(f".{domain}")


def _kind(entry):
    mime, resource = (entry.response.content.mimeType or "").casefold(), (entry.resource or "").casefold()
    small_image = "image" in (resource, mime.partition("/")[0]) and entry.response.content.size <= PIXEL_BYTES
    if small_image or resource in ("ping", "beacon") or entry.response.status == 204:
        return Kind.PIXEL
    return Kind.SDK if resource == "script" or "javascript" in mime else Kind.OTHER


def _lifetime(said, moment):
    """The term of a cookie in words; None for one that is taken away by being set in the past."""
    if said.get("max-age", "").removeprefix("-").isdecimal():
        seconds = int(said["max-age"][:12])
    elif said.get("expires"):
        try:
            expires = parsedate_to_datetime(said["expires"])
            began = datetime.fromisoformat(moment)
        except (ValueError, TypeError, OverflowError):
            return ""
        seconds = (_aware(expires) - _aware(began)).total_seconds()
    else:
        return "session"
    return lifetimes.of_seconds(seconds) if seconds > 0 else None


def _aware(moment):
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
