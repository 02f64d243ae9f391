"""What people do to sites and their trackers.

The one rule: what a list of others says stays a suggestion until somebody saves it or agrees.
"""

from django.utils.translation import gettext as _

from accounts.history import act, change_many
from consent.models import Site, Tracker
from consent.trackers import lifetimes
from consent.trackers.found import Found
from consent.trackers.kinds import LAYER
from consent.trackers.recognising import Recognition
from core.refusal import Refused

KNOWN = ("provider", "category", "purpose_en", "lifetime")


def save_site(site, *, by, at):
    with act(site.organisation, by=by, at=at, kind="consent.site_saved", details={"name": site.name}):
        site.save()
    return site


def look(site, answers, *, on, by, at):
    """Somebody looked at the layer that asks for consent: {name of `LAYER`: yes, no or nothing}."""
    with act(site.organisation, by=by, at=at, kind="consent.site_looked", details={"name": site.name}):
        row = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
        for name in LAYER:
            setattr(row, name, answers[name])
        row.looked_on, row.looked_by = on, by
        row.save()
    return row


def retire_site(site, *, on, by, at):
    with act(site.organisation, by=by, at=at, kind="consent.site_retired", details={"name": site.name}):
        row = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
        _stop(row, on)
    return row


def bring_site_back(site, *, by, at):
    with act(site.organisation, by=by, at=at, kind="consent.site_returned", details={"name": site.name}):
        _resume(Site.objects.select_for_update(of=("self",)).get(pk=site.pk))


def save(tracker, *, by, at):
    """Keep a tracker as somebody here says it is."""
    with _changing(tracker, "consent.tracker_saved", by=by, at=at):
        tracker.lifetime_days = lifetimes.days(tracker.lifetime)
        tracker.reason = tracker.reason.strip()
        tracker.is_suggested = False
        tracker.save()
    return tracker


def retire(tracker, *, on, by, at):
    with _changing(tracker, "consent.tracker_retired", by=by, at=at):
        _stop(_locked(tracker), on)


def bring_back(tracker, *, by, at):
    with _changing(tracker, "consent.tracker_returned", by=by, at=at):
        row = _locked(tracker)
        row.gone_on = None
        _resume(row)


def agree(site, trackers, *, by, at):
    """Somebody looked at what was suggested about these of a site, and agrees. Returns how many there were."""
    with act(site.organisation, by=by, at=at, kind="consent.trackers_agreed", details={"site": site.name}):
        rows = list(trackers.filter(site=site, is_suggested=True).select_for_update(of=("self",)))
        for row in rows:
            row.is_suggested = False
        change_many(rows, ["is_suggested"])
    return len(rows)


def fill(organisation, trackers, values, *, by, at):
    """Give these trackers the same answer to each field of `values` ({name: row}). Returns how many changed by it.

    What is only suggested about them stays a suggestion.
    """
    with act(organisation, by=by, at=at, kind="consent.trackers_filled") as filling:
        rows = list(trackers.select_for_update(of=("self",)))
        changed = [row for row in rows if any(getattr(row, f"{name}_id") != one.pk for name, one in values.items())]
        for row in changed:
            for name, one in values.items():
                setattr(row, name, one)
        change_many(changed, list(values))
        filling.details["count"] = len(changed)
    return len(changed)


def recognise(site, trackers, *, by, at):
    """Fill what is empty from the list of others, as suggestions. Returns how many were recognised."""
    recognition = Recognition(site.organisation)
    if not recognition:
        raise Refused(
            _("There is no list of known cookies yet."), remedy=_("Bring in one, such as the Open Cookie Database.")
        )
    with act(site.organisation, by=by, at=at, kind="consent.trackers_recognised", details={"site": site.name}):
        rows = list(trackers.filter(site=site, retired_on=None).select_for_update(of=("self",)))
        filled = [row for row in rows if _fill(row, recognition)]
        change_many(filled, [*KNOWN, "lifetime_days", "is_suggested"])
    return len(filled)


def _fill(row, recognition):
    """Whether the list knew anything that was not there."""
    said = {name: getattr(row, name) for name in KNOWN}
    known = recognition.enrich(Found(row.name, kind=row.kind, domain=row.domain, **said))
    news = {name: getattr(known, name) for name in KNOWN if not said[name] and getattr(known, name)}
    for name, value in news.items():
        setattr(row, name, value)
    if news:
        row.lifetime_days, row.is_suggested = lifetimes.days(row.lifetime), True
    return bool(news)


def _stop(row, on):
    if row.retired_on is not None:
        raise Refused(_("This has been retired already."))
    row.retired_on = on
    row.save()


def _resume(row):
    if row.retired_on is None:
        raise Refused(_("This is in use already."))
    row.retired_on = None
    row.save()


def _locked(tracker):
    return Tracker.objects.select_for_update(of=("self",)).get(pk=tracker.pk)


def _changing(tracker, kind, *, by, at):
    details = {"name": tracker.name, "site": tracker.site.name}
    return act(tracker.organisation, by=by, at=at, kind=kind, details=details)
