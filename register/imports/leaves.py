"""The values in a nested record, each accounted for: what nobody takes is kept as a note under its path."""

from collections import defaultdict

from .proposal import Found
from .values import clean

EMPTY = (None, "", [], {})


class Leaves:
    """A record as flat paths, such as ("Doelen", 1, "Doel"); lists count from 1."""

    def __init__(self, record, where):
        self.values, self.by_path = {}, {}
        for path, value in _flat(record, ()):
            if value in EMPTY or (isinstance(value, str) and not clean(value)):
                continue
            self.values[path] = value
            heading = _heading(path)
            self.by_path[path] = Found(f"{where}, {heading}", heading, _text(value), value=value)
        self.founds = list(self.by_path.values())

    def get(self, *path):
        """The value there (not its text), or None when it is empty."""
        return self.values.get(path)

    def found(self, *path):
        """The leaf there, or None when it is empty."""
        return self.by_path.get(path)

    def text(self, *path):
        found = self.by_path.get(path)
        return found.original if found else ""

    def numbers(self, *path):
        """How the items of the list there are numbered, as far as they hold anything."""
        depth = len(path)
        return sorted({key[depth] for key in self.values if key[:depth] == path and len(key) > depth})

    def keep_the_rest(self, proposal):
        """Texts get a note each; figures, dates and yes or no of one object go together in one."""
        small = defaultdict(list)
        for path, found in self.by_path.items():
            if found.outcome:
                continue
            if isinstance(found.value, str) and not _is_code(path):
                proposal.note(found)
            else:
                small[path[:-1]].append((path[-1], found))
        for path, founds in small.items():
            text = "\n".join(f"{clean(str(name))}: {found.original}" for name, found in founds)
            first, *others = [found for _name, found in founds]
            proposal.note(first, text=text, heading=_heading(path) or "Register")
            for found in others:
                found.kept.append("")
                found.noted = True


def _is_code(path):
    return path[-1] in ("Type", "DocumentType", "AanmaakDatum", "LaatsteWijzigDatum", "Aanmaakdatum")


def _flat(value, path):
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _flat(part, (*path, name))
    elif isinstance(value, list) and value:
        for number, part in enumerate(value, 1):
            yield from _flat(part, (*path, number))
    else:
        yield path, value


def _heading(path):
    return " / ".join(clean(str(part)) for part in path)


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(value if isinstance(value, str) else str(value))
