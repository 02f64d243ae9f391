"""Rules about recipients outside the European Economic Area for whom no transfer is recorded: Art. 28 and 44."""

from django.utils.translation import gettext_lazy as _

from .conditions import not_ended, party_of, recipient_name
from .engine import Severity, fails, rule, unknown
from .transfers import country_of


def _without_transfer(entry, lines):
    """The recipients outside the Area for which no transfer is recorded."""
    countries = {country_of(line).id for line in entry.transfers if country_of(line)}
    parties = {line.party.id for line in entry.transfers if line.party}
    abroad = [line for line in lines if line.where and not line.where.eea]
    return [line for line in abroad if line.where.id not in countries and not (line.party and line.party.id in parties)]


@rule(
    "X001",
    article="44",
    severity=Severity.CRITICAL,
    message=_("Data go to %(recipient)s outside the European Economic Area, and no transfer is recorded."),
    question=_("It is not recorded in which country %(recipient)s is."),
    remedy=_("Record the transfer and what makes it lawful, or correct the country."),
)
@not_ended
def recipient_abroad_without_transfer(entry, context):
    lines = (*entry.recipients, *entry.joint_controllers)
    asked = [line for line in lines if line.role not in ("internal", "sub_processor")]
    nowhere = [line for line in asked if line.party and line.where is None]
    yield from _said(fails, "transfers", _without_transfer(entry, asked))
    yield from _said(unknown, "recipients", nowhere)


@rule(
    "P008",
    article="28, 44",
    severity=Severity.CRITICAL,
    message=_("%(recipient)s, a sub-processor, works outside the European Economic Area without a lawful transfer."),
    question=_("It is not recorded in which country %(recipient)s, a sub-processor, works."),
    remedy=_("Record the transfer and what makes it lawful, or have the sub-processor replaced."),
)
@not_ended
def sub_processor_abroad(entry, context):
    lines = [line for line in entry.recipients if line.role == "sub_processor"]
    nowhere = [line for line in lines if line.where is None]
    yield from _said(fails, "transfers", _without_transfer(entry, lines))
    yield from _said(unknown, "recipients", nowhere)


def _said(outcome, place, lines):
    for line in {line.party or line.id: line for line in lines}.values():
        yield outcome(place, line=line.id, cause=party_of(line), recipient=recipient_name(line))
