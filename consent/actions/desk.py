"""Recording for somebody what they signed or said: the wording is the version that was in use at that moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent.kinds import GIVING, NOES, AgeBand, GivenBy, Happening, Method
from consent.models import ConsentEvent, ParentVoice
from consent.receipts import mailing
from core.refusal import Refused

from . import evidence, leaving, versions
from .recording import Said, find_or_add, record, refuse_beaten


@dataclass(frozen=True, slots=True)
class Told:
    """What the form of the desk says. `kind` and `value`: the address or number, when the person is not known yet."""

    answer: Happening
    channel: str
    method: Method
    happened_at: datetime
    language: str
    given_by: GivenBy = GivenBy.SUBJECT
    age: AgeBand = AgeBand.UNKNOWN
    note: str = ""
    kind: str = ""
    value: str = ""
    form: object = None  # the version of a form that was filled in on paper


@transaction.atomic
def take_down(wording, person, told, *, scan, by, at):
    """Record it, with a scan or None; `person` is None for whom `told` gives the address. Returns the event."""
    version = versions.in_use(wording, told.happened_at)
    if version is None:
        raise Refused(_("This wording was not in use at that moment."))
    _check_script(version, told)
    if person is None:
        organisation = wording.organisation
        person = find_or_add(
            organisation, told.kind, told.value, at=at, country=organisation.country, language=told.language
        )
    if told.answer in GIVING:
        noes = ConsentEvent.objects.filter(person=person, purpose=wording.purpose, channel=told.channel, kind__in=NOES)
        refuse_beaten(noes.filter(happened_at=told.happened_at))
    said = Said(
        told.answer,
        wording.purpose,
        told.channel,
        told.method,
        told.happened_at,
        wording=version,
        form=told.form,
        language=told.language,
        given_by=told.given_by,
        age=told.age,
        facts={"note": told.note},
    )
    event = record(person, said, at=at, by=by)
    if scan is not None:
        evidence.attach(event, scan, by=by, at=at)
    mailing.tell(event.person, [event])
    return event


def _check_script(version, told):
    """What was said aloud can only be proved by the script that was read."""
    said = version.content.get("texts", {}).get(told.language)
    if told.method == Method.ORAL and told.answer in GIVING and said is not None and not said.get("script", "").strip():
        raise Refused(
            _("This wording has no words to be said aloud in this language, so nobody can prove what was asked."),
            remedy=_("Write them with the wording, and publish it, before asking by telephone or in person."),
        )


@transaction.atomic
def withdraw(person, purpose, channel, *, parent=None, **said):
    """As `leaving.withdraw`, and the person is told. `parent`: 1 or 2, when it is known which parent does."""
    event = leaving.withdraw(person, purpose, channel, method=Method.DESK, **said)
    if event is not None and parent is not None:
        ParentVoice.objects.create(event=event, parent=parent)
    mailing.tell(person, [event])
    return event


@transaction.atomic
def object_to_marketing(person, **said):
    """As `leaving.object_to_marketing`, and the person is told."""
    mailing.tell(person, leaving.object_to_marketing(person, method=Method.DESK, **said))
