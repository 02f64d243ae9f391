"""What became of a file, cell by cell: for the JSON report, the page of the wizard, and a few lines on a terminal.

Four outcomes: taken (word for word in a field), changed (in a field, but not as it was written, or only in part), note
(word for word in a note on the activity), refused (nowhere, with the reason).
"""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from register import kinds

SCHEMA = "dertig-import-report/1"
OUTCOMES = {
    "taken": gettext_lazy("taken as it is"),
    "changed": gettext_lazy("taken, with a change"),
    "note": gettext_lazy("kept as a note"),
    "refused": gettext_lazy("refused"),
}


def report(organisation, filename, reading, stored, *, dry_run=False):
    """Everything, ready for JSON."""
    activities = [
        _activity(proposal, activity, stored, dry_run)
        for proposal, activity in zip(reading.proposals, stored.activities, strict=True)
    ]
    counts = Counter(cell["outcome"] for activity in activities for cell in activity["cells"])
    return {
        "schema": SCHEMA,
        "file": filename,
        "organisation": organisation.slug,
        "stored": not dry_run,
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES} | {"left_out": len(reading.outside)},
        "columns": reading.columns,
        "activities": activities,
        "made": {model._meta.model_name: [str(row) for row in rows] for model, rows in stored.made.items()},
        "left_out": reading.outside,
    }


def _activity(proposal, activity, stored, dry_run):
    return {
        "code": "" if dry_run else activity.code,
        "name": activity.name,
        "kind": activity.kind,
        "origin": proposal.origin,
        "remarks": proposal.told,
        "same_name_as": stored.alike.get(activity.name.casefold(), ""),
        "cells": [_cell(found) for found in proposal.founds],
    }


def _cell(found):
    taken = list(dict.fromkeys(found.taken))
    cell = {"place": found.place, "heading": found.heading, "outcome": found.outcome, "original": found.original}
    if taken:
        cell["to"] = list(dict.fromkeys(home for home, _words in taken))
    became = list(dict.fromkeys(words for _home, words in taken))
    if became and became != [found.original]:
        cell["became"] = became
    if found.refused:
        cell["reason"] = _(found.refused)
    if found.remarks:
        cell["remarks"] = found.told
    if found.doubts:
        cell["doubts"] = found.doubted
    if found.formula:
        cell["formula"] = True
    return cell


def summary(result):
    """The report in a few lines for people."""
    activities, counts = result["activities"], result["counts"]
    count = len(activities)
    if result["stored"]:
        text = ngettext(
            "%(count)s activity was brought in as a draft.", "%(count)s activities were brought in as drafts.", count
        )
    else:
        text = ngettext("%(count)s activity would be brought in.", "%(count)s activities would be brought in.", count)
    yield text % {"count": count}
    cells = sum(counts[outcome] for outcome in OUTCOMES)
    parts = ", ".join(f"{counts[outcome]} {label}" for outcome, label in OUTCOMES.items() if counts[outcome])
    if cells:
        yield _("%(cells)s filled cells: %(parts)s.") % {"cells": cells, "parts": parts}
    for activity in activities[:50]:
        said = Counter(cell["outcome"] for cell in activity["cells"])
        parts = ", ".join(f"{said[outcome]} {label}" for outcome, label in OUTCOMES.items() if said[outcome])
        yield f"  {activity['code']} {activity['name']}{': ' if parts else ''}{parts}".replace("   ", "  ")
        if activity["same_name_as"]:
            yield "    " + _("%(code)s bears the same name.") % {"code": activity["same_name_as"]}
    if count > 50:
        yield "  " + _("and %(count)s more") % {"count": count - 50}
    formulas = sum("formula" in cell for activity in activities for cell in activity["cells"])
    if formulas:
        yield _("Cells with a formula, of which the result was taken: %(count)s.") % {"count": formulas}
    for heading in result["columns"]:
        if not heading["meaning"]:
            yield _("Column “%(heading)s” was not recognised: kept as notes.") % heading
    titles = {kind.model._meta.model_name: kind.title for kind in kinds.KINDS} | {"department": _("Departments")}
    for made, names in result["made"].items():
        yield _("New in your organisation (%(kind)s): %(count)s") % {"kind": titles[made], "count": len(names)}
    for left in result["left_out"][:20]:
        yield _("Left out: %(place)s. %(reason)s") % left
