"""The register in short, for rules that look at all of it at once."""

from register import models

from .facts import Outline


def of(organisation):
    """The running activities in short, by number. One query, over their list columns."""
    running = models.Activity.objects.of(organisation).running()
    rows = running.order_by("number").values_list("pk", "number", "columns")
    return tuple(_outline(*row) for row in rows)


def of_entries(entries):
    """The same of entries at hand, such as those in force on a past day."""
    from register.derived import columns  # derived judges what it refreshes

    return tuple(_outline(entry.id, entry.number, columns(entry)) for entry in entries)


def _outline(key, number, columns):
    def names(what):
        return tuple(item["nl"] or item["en"] for item in columns.get(what, ()))

    return Outline(
        id=key,
        number=number,
        name=columns.get("name", ""),
        kind=columns.get("kind", ""),
        department=columns.get("department", ""),
        controller=columns.get("controller", ""),
        purposes=names("purposes"),
        bases=tuple(columns.get("bases", ())),
        subjects=names("subjects"),
        data=names("data"),
        facets=frozenset(columns.get("facets", ())),
    )
