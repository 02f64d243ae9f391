"""What the worker does with each kind of list."""

from datetime import date, datetime

from consent.models import ConsentPurpose, ListWork

from . import checking, customers, importing, list_check, reconciling, unsubscribe_links, withdrawals
from .work import does

KINDS = ListWork.Kind


def asked_of(work, at):
    """The question of a piece of work, as its form was filled in."""
    options = work.options
    on = date.fromisoformat(options["on"])
    said = {name: options[name] for name in ("country", "sender", "event_kind")}
    return checking.ask(work.purpose, work.channel, on=on, at=at, **said)


@does(KINDS.CHECK)
def check(work, source, target, progress, at):
    return list_check.run(asked_of(work, at), source, target, language=work.language, progress=progress)


@does(KINDS.RECONCILE)
def reconcile(work, source, target, progress, at):
    return reconciling.run(asked_of(work, at), source, target, language=work.language, progress=progress)


@does(KINDS.LINKS)
def links(work, source, target, progress, at):
    return unsubscribe_links.run(asked_of(work, at), target, language=work.language, progress=progress)


@does(KINDS.WITHDRAWALS)
def withdrawn(work, source, target, progress, at):
    since = datetime.fromisoformat(work.options["since"])
    return withdrawals.run(
        work.purpose, target, since=since, at=work.asked_at, language=work.language, progress=progress
    )


@does(KINDS.CONSENTS)
def consents(work, source, target, progress, at):
    purposes = ConsentPurpose.objects.filter(pk__in=work.options["purposes"]).select_related("organisation")
    return importing.run(
        work.organisation,
        purposes,
        source,
        target,
        by=work.asked_by,
        at=at,
        language=work.language,
        dry_run=work.options["dry_run"],
    )


@does(KINDS.CUSTOMERS)
def customer_relations(work, source, target, progress, at):
    return customers.run(work.purpose, source, target, by=work.asked_by, at=at, language=work.language)
