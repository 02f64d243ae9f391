"""What became of a file, cell by cell: for the JSON report, the page of the wizard, and a few lines on a terminal.

Four outcomes: taken (word for word in a field), changed (in a field, but not as it was written, or only in part), note
(word for word in a note on the activity), refused (nowhere, with the reason).
"""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from register import kinds

from .records import Reading

SHOWN = 50
"""So many activities are summed up on a terminal."""
SCHEMA = "dertig-import-report/1"
OUTCOMES = {
    "taken": gettext_lazy("taken as it is"),
    "changed": gettext_lazy("taken, with a change"),
    "note": gettext_lazy("kept as a note"),
    "refused": gettext_lazy("refused"),
}


class Gathering:
    """What became of every cell, gathered while the proposals of a file pass by; begun anew when they are asked again.

    When it need not be `whole`, cells are counted, and listed only of the activities that `summary` shows.
    """

    def __init__(self, opened, whole=True):
        self.opened, self.whole = opened, whole

    def keyed(self):
        """(None, proposal) of each, from the start."""
        self.reading, self.activities = Reading(plan=self.opened.plan), []
        self.counts, self.formulas = Counter(), 0
        return ((None, proposal) for proposal in self.opened.each(self.reading))

    def add(self, proposal, activity):
        self.counts.update([found.outcome for found in proposal.founds])
        self.formulas += sum(found.formula for found in proposal.founds)
        shown = self.whole or len(self.activities) < SHOWN
        self.activities.append(
            {
                "code": "",
                "name": activity.name,
                "kind": activity.kind,
                "origin": proposal.origin,
                "remarks": proposal.told,
                "same_name_as": "",
                "cells": [_cell(found) for found in proposal.founds] if shown else [],
            }
        )

    def report(self, organisation, filename, stored, *, dry_run=False):
        """Everything, ready for JSON."""
        for line, activity in zip(self.activities, stored.activities, strict=True):
            line["code"] = "" if dry_run else activity.code
            line["same_name_as"] = stored.alike.get(activity.name.casefold(), "")
        return {
            "schema": SCHEMA,
            "file": filename,
            "organisation": organisation.slug,
            "stored": not dry_run,
            "counts": {outcome: self.counts[outcome] for outcome in OUTCOMES} | {"left_out": len(self.reading.outside)},
            "formulas": self.formulas,
            "columns": self.reading.columns,
            "activities": self.activities,
            "made": {model._meta.model_name: [str(row) for row in rows] for model, rows in stored.made.items()},
            "left_out": self.reading.outside,
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
    for activity in activities[:SHOWN]:
        said = Counter(cell["outcome"] for cell in activity["cells"])
        parts = ", ".join(f"{said[outcome]} {label}" for outcome, label in OUTCOMES.items() if said[outcome])
        yield f"  {activity['code']} {activity['name']}{': ' if parts else ''}{parts}".replace("   ", "  ")
        if activity["same_name_as"]:
            yield "    " + _("%(code)s bears the same name.") % {"code": activity["same_name_as"]}
    if count > SHOWN:
        yield "  " + _("and %(count)s more") % {"count": count - SHOWN}
    if result["formulas"]:
        yield _("Cells with a formula, of which the result was taken: %(count)s.") % {"count": result["formulas"]}
    for heading in result["columns"]:
        if not heading["meaning"]:
            yield _("Column “%(heading)s” was not recognised: kept as notes.") % heading
    titles = {kind.model._meta.model_name: kind.title for kind in kinds.KINDS} | {"department": _("Departments")}
    for made, names in result["made"].items():
        yield _("New in your organisation (%(kind)s): %(count)s") % {"kind": titles[made], "count": len(names)}
    for left in result["left_out"][:20]:
        yield _("Left out: %(place)s. %(reason)s") % left
