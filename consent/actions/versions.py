"""Versions of what people are shown: of a wording, and of a form.

The one rule: one holds at a time, from the moment it was published until the next one is, or its wording or form ends.
All that is ever written to one that is published is when it stopped, which is never before a consent that was given.
"""

from datetime import timedelta

from accounts.history import current
from consent.kinds import GIVING
from consent.models import WordingVersion
from core import canonical

AT_ONCE = 1_000
"""More consents than can come in between the moment of an end and its being written."""


def in_use(row, moment):
    """The version of a wording or form that people were shown at a moment, or None. One query."""
    started = row.versions.filter(valid_from__lte=moment)
    found = started.order_by("-valid_from", "-number").first()
    return found if found is not None and found.holds_at(moment) else None


def latest_of(purposes, moment):
    """{purpose id: the wording of it that was in use at a moment}, the latest where there are several: what the banner
    shows and what its choices are recorded with. One query.
    """
    started = WordingVersion.objects.filter(wording__purpose__in=list(purposes), valid_from__lte=moment)
    found = started.select_related("wording").order_by("valid_from", "number")
    return {version.wording.purpose_id: version for version in found if version.holds_at(moment)}


def publish(row, content, *, by, at, **more):
    """The next version of a locked row, from this moment on; the act that goes on tells its number and digest."""
    latest = end(row, at)
    version = row.versions.create(
        organisation=row.organisation,
        number=latest.number + 1 if latest else 1,
        content=content,
        digest=canonical.digest(content),
        valid_from=max(at, latest.valid_until) if latest else at,
        published_at=at,
        published_by=by,
        **more,
    )
    current().details |= {"number": version.number, "digest": version.digest}
    return version


def end(row, at):
    """The latest version holds no longer; returns it. Whoever consented since `at` was still shown it, so it ends right
    after the last of them."""
    latest = row.versions.select_for_update(of=("self",), no_key=True).order_by("-number").first()
    if latest is not None and latest.valid_until is None:
        given = latest.events.filter(kind__in=GIVING).order_by("-pk").values_list("happened_at", flat=True)
        latest.valid_until = max([at, *(moment + timedelta(microseconds=1) for moment in given[:AT_ONCE])])
        latest.save(update_fields=["valid_until"])
    return latest
