"""The record as JSON that can be taken in again; what is in it is told by `register.interchange`."""

from collections import defaultdict

from register import interchange
from register.interchange import ActivityValue, AdviceValue, ControllerValue, OrganisationValue, Register
from register.models import Advice

from .selection import Internal


def parts(found):
    """The file piece by piece. One query more when advice was asked for."""
    return interchange.dump(_document(found), _activities(found))


def _document(found):
    organisation = found.organisation
    return Register(
        schema=interchange.SCHEMA,
        organisation=OrganisationValue(
            organisation.pk, organisation.slug, organisation.name, organisation.country, organisation.languages
        ),
        on=found.on,
        known_at=found.known_at,
        made_at=found.made_at,
        controllers=tuple(_controller(card) for card in found.controllers),
        internal=tuple(found.selection.internal),
        changes=found.chain.number,
        changes_digest=found.chain.digest,
    )


def _controller(card):
    details = {name: value for name, value in card.content.items() if isinstance(value, str) and value}
    return ControllerValue(card.id, card.name, card.version, card.valid_from, card.established_at, card.digest, details)


def _activities(found):
    internal = found.selection.internal
    advice = advice_on(found) if Internal.ADVICE in internal else {}
    for standing in found.standings:
        yield ActivityValue(
            entry=interchange.without_internal(standing.entry, internal),
            version=standing.version,
            valid_from=standing.valid_from,
            established_at=standing.established_at,
            reason=standing.reason,
            digest=standing.digest,
            late=standing.late,
            ends=standing.ends,
            open_points=standing.open_points if Internal.FINDINGS in internal else (),
            advice=tuple(_advice(row, found.on) for row in advice.get(standing.entry.id, ())),
        )


def advice_on(found):
    """{activity id: advice given on or before the day, in order}. One query."""
    rows = Advice.objects.of(found.organisation).filter(given_on__lte=found.on).order_by("given_on", "pk")
    given = defaultdict(list)
    for row in rows:
        given[row.activity_id].append(row)
    return given


def _advice(row, on):
    answered = row.answered_on is not None and row.answered_on <= on
    return AdviceValue(
        given_on=row.given_on,
        subject=row.subject,
        advice=row.advice,
        question=row.question,
        answer=row.answer if answered else "",
        answer_reason=row.answer_reason if answered else "",
        answered_on=row.answered_on if answered else None,
    )
