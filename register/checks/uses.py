"""Which activities name which shared rows: read from their lines, or from entries at hand."""

from collections import defaultdict

from register import models

KINDS = ("party", "agreement", "system", "retention", "measure", "document")
LINES = {
    models.RecipientLine: ("party", "agreement"),
    models.ClientLine: ("party", "agreement"),
    models.TransferLine: ("party",),
    models.DataLine: ("source_party", "retention"),
    models.SystemLine: ("system",),
    models.MeasureLine: ("measure",),
}
"""What the rules about shared rows look at; documents are judged with the activity that names them."""


class Uses:
    """`ids(kind)` are the rows that are named, `by(kind, id)` the ids of the activities that name one."""

    def __init__(self):
        self._by = {kind: defaultdict(set) for kind in KINDS}

    def note(self, activity, kind, key):
        if key is not None:
            self._by[kind][key].add(activity)

    def ids(self, kind):
        return list(self._by[kind])

    def by(self, kind, key):
        return tuple(sorted(self._by[kind].get(key, ())))


def of_running(organisation):
    """Those of the running activities, as they are drafted. Six queries."""
    found = Uses()
    for model, names in LINES.items():
        lines = model.objects.order_by().filter(activity__organisation=organisation, activity__ended_on=None)
        for activity, *keys in lines.values_list("activity", *names).distinct():
            for name, key in zip(names, keys, strict=True):
                found.note(activity, name.removeprefix("source_"), key)
    return found


def of_entries(entries):
    found = Uses()
    for entry in entries:
        for kind, named in _named(entry):
            found.note(entry.id, kind, named and named.id)
    return found


def _named(entry):
    for line in (*entry.recipients, *entry.joint_controllers, *entry.clients):
        yield "party", line.party
        yield "agreement", line.agreement
    for line in entry.transfers:
        yield "party", line.party
        yield "document", line.document
    for line in entry.data:
        yield "party", line.source_party
        yield "retention", line.retention
    for line in entry.systems:
        yield "system", line.system
    for line in entry.measures:
        yield "measure", line.measure
    for line in entry.documents:
        yield "document", line.document
