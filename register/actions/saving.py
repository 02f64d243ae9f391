"""Saving a section together with the parties, systems and items that were named in it for the first time."""

from accounts.history import act

from . import activities


def save_section(activity, key, mine, base, *, made, by, at, choices=None):
    """`activities.save_section` after saving `made`, rows known only by their name. One act; a Conflict leaves none."""
    with act(activity.organisation, by=by, at=at, kind="activity.section_saved") as going_on:
        for row in made:
            row.full_clean(exclude=["organisation"])
            row.save()
        if made:
            going_on.details["made"] = [str(row) for row in made]
        return activities.save_section(activity, key, mine, base, by=by, at=at, choices=choices)
