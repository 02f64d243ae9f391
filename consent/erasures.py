"""The log of erasures, in a file of its own: a backup from before an erasure would bring the person back.

One line per erased person: organisation, random id and moment; nothing that names anybody. The one rule: a line is on
disk before the erasure commits, and after each restore all lines are done again.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .kinds import Method
from .models import Person


def log(person, *, at):
    path = Path(settings.ERASURE_LOG)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"organisation": str(person.organisation_id), "person": str(person.pk), "at": at.isoformat()})
    with path.open("ab+") as file:
        file.write((b"\n" if _is_cut_off(file) else b"") + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _is_cut_off(file):
    """Whether a kill cut off the last line: what follows it would be lost on the same one."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def logged():
    """[(id of the person, moment)], oldest first. A last line that a kill cut off is left out: it never committed."""
    path = Path(settings.ERASURE_LOG)
    if not path.exists():
        return []
    found = []
    for line in path.read_text().splitlines():
        try:
            said = json.loads(line)
            found.append((said["person"], datetime.fromisoformat(said["at"])))
        except (ValueError, KeyError):
            continue
    return found


def replay():
    """Erase again whom a restored backup brought back; returns how many."""
    from .actions import leaving

    moments = dict(logged())
    back = Person.objects.filter(pk__in=list(moments), erased_at=None).select_related("organisation", "key_row")
    for person in back:
        leaving.erase(person, at=moments[str(person.pk)], method=Method.DESK, is_logged=True)
    return len(back)
