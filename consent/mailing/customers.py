"""What a shop knows of its customers for the exception for existing customers, brought in from a list.

The one rule: a relation says nothing about consent; it is kept by the id of the person, and the last one counts.
"""

from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_lazy

from consent.actions import newcomers
from consent.models import CustomerRelation
from core.spreadsheets import BadFile

from . import columns, lists, lookup, results

AT_A_TIME = 2_000
TAKEN, KEPT_OUT, WRONG = "taken", "kept_out", "wrong"
WORDS = {name: columns.WORDS[name] for name in ("email", "phone", "number", "since", "similar", "told", "refused")} | {
    "group": ("productgroup", "productgroep", "product")
}
RESULTS = {
    TAKEN: gettext_lazy("Taken"),
    KEPT_OUT: gettext_lazy("Kept out: there is a mark against the address"),
    WRONG: gettext_lazy("No address, or no day on which they became a customer"),
}


def run(purpose, source, target, *, by, at, language):
    """Keep a relation for each line, all or none; gives {result: number of lines}."""
    layout = lists.survey(source, WORDS)
    if "since" not in layout.columns:
        raise BadFile(
            gettext_lazy("There is no column that says since when they are customers."),
            where=source.name,
            remedy=gettext_lazy("Give it the heading “customer since”."),
        )
    writer, counts = results.Writer(target, language), dict.fromkeys(RESULTS, 0) | {"lines": 0}
    writer.write([*layout.heading, "dertig_result"])
    everybody = lists.rows(source, layout)
    with transaction.atomic():
        while rows := [row for _number, row in islice(everybody, AT_A_TIME)]:
            for row, result in zip(rows, _take(purpose, layout.columns, rows, source.name, by, at), strict=True):
                counts[result] += 1
                writer.write([*row, *[""] * (layout.width - len(row)), result])
            counts["lines"] += len(rows)
    writer.finish()
    return counts


def _take(purpose, found, rows, name, by, at):
    organisation = purpose.organisation
    pairs = [columns.who(found, row, organisation.country) for row in rows]
    marked = lookup.marked(organisation, {pair for pair in pairs if pair})
    told, taken = [], []
    for row, pair in zip(rows, pairs, strict=True):
        since = columns.day(columns.cell(found, row, "since"))
        result = WRONG if pair is None or since is None else KEPT_OUT if pair in marked else TAKEN
        told.append(result)
        if result == TAKEN:
            taken.append((pair, since, row))
    people = [pair for pair, _since, _row in taken]
    persons = newcomers.find_or_add(organisation, people, at=at)
    newcomers.refuse_marked(organisation, people)
    CustomerRelation.objects.bulk_create(
        (
            CustomerRelation(
                organisation=organisation,
                person=persons[pair],
                purpose=purpose,
                since=since,
                product_group=_nameless(columns.cell(found, row, "group"))[:100],
                similar_offer=columns.truth(columns.cell(found, row, "similar")),
                told_when_collected=columns.truth(columns.cell(found, row, "told")),
                refused=columns.refusal(columns.cell(found, row, "refused")),
                source=_nameless(name)[:100],
                recorded_at=at,
                by=by,
            )
            for pair, since, row in taken
        ),
        batch_size=newcomers.AT_A_TIME,
    )
    return told


def _nameless(text):
    """What is kept as it is, also when the person is erased, holds no address."""
    return "" if "@" in text else text
