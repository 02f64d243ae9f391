"""Drills: started and ended by who handles breaches, measured from the start, and never part of the register."""

from django.utils.translation import gettext as _

from accounts.history import act
from breaches.models import Drill
from core.refusal import Refused


def start(drill, *, by, at):
    """One at a time per organisation: `drill` is unsaved, with its organisation, title and scenario."""
    with act(drill.organisation, by=by, at=at, kind="breach.drill_started", details={"title": drill.title}):
        if Drill.objects.select_for_update().filter(organisation=drill.organisation, ended_at=None).exists():
            raise Refused(_("A drill is going on already."), remedy=_("End it first."))
        drill.started_at, drill.started_by = at, by
        drill.save()
    return drill


def end(drill, *, by, at):
    """From now on nothing can be reported for it; what was reported can still be worked on."""
    with act(drill.organisation, by=by, at=at, kind="breach.drill_ended", details={"title": drill.title}):
        locked = Drill.objects.select_for_update(of=("self",)).get(pk=drill.pk)
        if locked.ended_at is None:
            locked.ended_at = at
            locked.save()


def learn(drill, lessons, *, by, at):
    with act(drill.organisation, by=by, at=at, kind="breach.drill_learned", details={"title": drill.title}):
        locked = Drill.objects.select_for_update(of=("self",)).get(pk=drill.pk)
        if locked.lessons != lessons:
            locked.lessons = lessons
            locked.save()
