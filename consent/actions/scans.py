"""Bringing in what a file says about the trackers of a site: first to look at, then to take over.

The one rule: only names, hosts and terms are kept. The file itself is read at once and never stored, since a browser's
record holds the values of cookies.
"""

from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.history import act, change_many, create_many
from consent.models import KnownTracker, Tracker, TrackerScan
from consent.trackers import found, har, lifetimes, lists
from consent.trackers.found import Found
from consent.trackers.recognising import Recognition
from core import uploads
from core.refusal import Refused
from register.law import YesNo

ENDINGS = (".har", ".json")


def bring(site, file, *, by, at):
    """Read an uploaded file; raises BadFile. What was brought in before and not taken over is forgotten."""
    name = uploads.safe_name(file.name)
    content = file.read(har.MAX_BYTES + 1)
    uploads.scan(content)
    scan = TrackerScan(organisation_id=site.organisation_id, site=site, name=name, at=at, by=by)
    if name.lower().endswith(ENDINGS):
        rows, has_cookies = har.read(content, name, site)
        scan.format, scan.notes = "har", [] if has_cookies else ["no_cookies"]
    else:
        read = lists.read(content, name)
        rows, scan.format, scan.refused = read.found, "list", read.refused
        scan.notes = ["left_out"] if read.left_out > len(read.refused) else []
    recognition = Recognition(site.organisation)
    placed = [_placed(site, recognition.enrich(row)) for row in rows]
    scan.found = [asdict(row) for row in {row.key: row for row in placed}.values()]
    with transaction.atomic():
        TrackerScan.objects.filter(site=site, taken_at=None).delete()
        scan.save()
    return scan


def _placed(site, row):
    domain, party = found.placed(site, row.domain)
    return replace(row, domain=domain, party=row.party or party)


def rows_of(scan):
    return [Found(**row) for row in scan.found]


def compared(scan):
    """What the file says beside what is known now. One query."""
    trackers = list(Tracker.objects.filter(site_id=scan.site_id).order_by("name", "domain", "pk"))
    return found.compare(rows_of(scan), trackers, is_whole=scan.is_whole)


def take(scan, *, mark_gone=False, before_consent=False, by, at):
    """Take over what the file says: new ones as suggestions, the others as seen again. `before_consent`: it records a
    visit on which nobody had consented.
    """
    on = timezone.localdate(at)
    details = {"site": scan.site.name, "file": scan.name}
    with act(scan.site.organisation, by=by, at=at, kind="consent.trackers_taken", details=details) as going_on:
        scan = TrackerScan.objects.select_for_update(of=("self",)).select_related("site__organisation").get(pk=scan.pk)
        if scan.taken_at is not None:
            raise Refused(_("This file has been taken over already."))
        result = compared(scan)
        early = {"before_consent": YesNo.YES} if before_consent and scan.format == "har" else {}
        create_many([_new(scan.site, row, on, early) for row in result.new])
        for row, said in result.again:
            row.seen_on, row.gone_on, row.retired_on = on, None, None
            row.before_consent = early.get("before_consent", row.before_consent)
            if not row.lifetime:
                row.lifetime, row.lifetime_days = said.lifetime, lifetimes.days(said.lifetime)
        change_many([row for row, _said in result.again], [*SEEN, "lifetime", "lifetime_days", "before_consent"])
        gone = [row for row in result.gone if mark_gone and row.gone_on is None]
        for row in gone:
            row.gone_on = on
        change_many(gone, ["gone_on"])
        scan.taken_at, scan.found = at, []
        scan.save()
        going_on.details.update(new=len(result.new), again=len(result.again), gone=len(gone))
    return result


SEEN = ("seen_on", "gone_on", "retired_on")


def _new(site, row, on, more):
    said = asdict(row) | more
    return Tracker(
        organisation_id=site.organisation_id,
        site=site,
        seen_on=on,
        is_suggested=True,
        lifetime_days=lifetimes.days(row.lifetime),
        **said,
    )


def load_known(source, filename, *, organisation=None):
    """Put a list of known cookies in the place of the one before; returns what became of its lines. Raises BadFile.

    `organisation`: for itself alone; without one, for everybody.
    """
    read = lists.read(source, filename, lists.MOST_KNOWN)
    rows = [
        KnownTracker(
            organisation=organisation,
            name=row.name.removesuffix("*"),
            is_prefix=row.name in read.wild or row.name.endswith("*"),
            domain=row.domain,
            provider=row.provider,
            category=row.category,
            description=row.purpose_en or row.purpose_nl,
            lifetime=row.lifetime,
        )
        for row in read.found
    ]
    with transaction.atomic():
        KnownTracker.objects.filter(organisation=organisation).delete()
        KnownTracker.objects.bulk_create(rows, batch_size=500)
    said = [ngettext("%(count)s line was loaded.", "%(count)s lines were loaded.", len(rows)) % {"count": len(rows)}]
    if read.left_out:
        words = ngettext("%(count)s line could not be read.", "%(count)s lines could not be read.", read.left_out)
        said.append(words % {"count": read.left_out})
    return " ".join(said)
