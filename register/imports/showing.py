"""What pages show of a batch: the rows that wait, what is left to decide, and what came of it."""

from register.models import Activity, ImportLookAlike, ImportRow, StaleActivity

from . import staging, undoing, words
from .proposal import NOTE, REFUSED, TAKEN
from .report import OUTCOMES


def row(waiting):
    """A row with what goes to each place of the activity, in the order of the fact sheet, and what stays a note."""
    places, notes, origin = {}, [], waiting.record["origin"]
    for found in staging.cells_of(waiting):
        line = _line(found, origin)
        if found.outcome in (NOTE, REFUSED):
            notes.append(line)
            continue
        homes = {}
        for home, became in found.taken:
            homes.setdefault(home, []).append(became)
        for number, (home, became) in enumerate(homes.items()):
            became = list(dict.fromkeys(became))
            first = line if number == 0 else line | {"doubts": [], "remarks": []}
            places.setdefault(home, []).append(first | {"became": became, "same": became == [found.original]})
    ordered = sorted(places.items(), key=lambda pair: words.rank(pair[0]))
    return {
        "row": waiting,
        "origin": origin,
        "processor": waiting.record["kind"] == "processor",
        "left_out": waiting.decision == ImportRow.Decision.LEAVE,
        "places": [{"label": words.home(home), "lines": lines} for home, lines in ordered],
        "notes": notes,
    }


def _line(found, origin):
    return {
        "found": found,
        "place": found.place.removeprefix(f"{origin}, "),
        "doubts": found.doubted,
        "remarks": found.told,
        "refused": found.refused,
        "outcome": found.outcome,
        "exact": found.outcome == TAKEN,
    }


def before_taking(batch):
    """What is left to look at before a batch is taken in. Four queries."""
    rows = batch.rows.all()
    total = batch.counts.get("activities", 0)
    left = rows.filter(decision=ImportRow.Decision.LEAVE).count()
    return {
        "own": staging.is_own(batch),
        "total": total,
        "left": left,
        "taking": total - left,
        "doubtful": rows.filter(doubts__gt=0, decision=ImportRow.Decision.TAKE).count(),
        "same_name": rows.exclude(alike="").filter(decision=ImportRow.Decision.TAKE).count(),
        "undecided": batch.look_alikes.filter(decision=ImportLookAlike.Decision.OPEN).count(),
        "outcomes": [(label, batch.counts[key]) for key, label in OUTCOMES.items() if batch.counts.get(key)],
    }


def result(batch):
    """What a batch brought in, and what stayed when it was undone. Two queries."""
    made = batch.counts.get("made", {})
    titles = {}
    for model in undoing.own_models():  # those of this app come first: other apps have names of theirs
        titles.setdefault(model._meta.model_name, undoing.title_of(model))
    made_here = undoing.made_by(Activity, batch.taken_id)
    return {
        "made": [(titles.get(kind, kind), count) for kind, count in made.items() if count],
        "drafts": Activity.objects.filter(pk__in=made_here).count(),
        "waiting": StaleActivity.objects.filter(activity__in=made_here).count(),
        "left": [
            one | {"title": titles.get(one["kind"], one["kind"]), "why": undoing.REASONS[one["why"]]}
            for one in batch.left
        ],
    }
