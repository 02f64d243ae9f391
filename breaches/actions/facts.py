"""Writing down what is known of a breach, and beginning to examine it."""

from django.utils.translation import gettext as _

from core.refusal import Refused

from .acting import acting

AWARENESS = ("aware_at", "aware_reason")


def change(breach, values, *, by, at, section):
    """Keep the fields `values` of one section. Whoever says since when we are aware is named beside it."""
    with acting(breach, by=by, at=at, kind="breach.changed", details={"section": section}) as locked:
        ask_open(locked)
        if any(name in values and values[name] != getattr(locked, name) for name in AWARENESS):
            locked.aware_by = by
        for name, value in values.items():
            setattr(locked, name, value)
    return locked


def examine(breach, *, by, at):
    """Somebody begins to examine what was reported. A second time changes nothing."""
    with acting(breach, by=by, at=at, kind="breach.examined") as locked:
        ask_open(locked)
        locked.examined_from = locked.examined_from or at
    return locked


def ask_open(breach):
    if not breach.is_open:
        raise Refused(
            _("This breach is closed and can no longer be changed."), remedy=_("Reopen it first, with a reason.")
        )
