"""Typing in a pile of signed papers that ask the same: all of them, or none with what is wrong on each line.

The one rule: a paper has a number of its own, and its answer for one purpose over one channel is taken once.
"""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consent.kinds import BY_PHONE, Channel, Happening, IdentifierKind, Method, Purpose
from consent.models import ConsentEvent, FormVersion, ParentVoice, Pupil, WordingVersion
from core.refusal import Refused
from register import reading

from . import class_lists, evidence, versions
from .recording import Said, find_or_add, record
from .ticking import led_to

NOON = datetime.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Question:
    version: WordingVersion
    channel: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on each paper of a pile, and in which language. `form`: the version that was printed, if it was."""

    questions: tuple[Question, ...]
    language: str
    form: FormVersion | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """`answers`: yes, no or None for a box that was left empty, in the order of the questions."""

    kind: str
    value: str
    on: datetime.date
    answers: tuple[bool | None, ...]
    given_by: str
    parent: int | None
    number: str
    scan: object = field(default=None, repr=False)
    phone: str = ""


class BadPapers(Exception):
    """`wrong`: {place of the line: sentence}."""

    def __init__(self, wrong):
        super().__init__()
        self.wrong = wrong


@transaction.atomic
def take_in(sheet, papers, *, by, at):
    """Record these papers ({place of the line: Paper}); raises `BadPapers` and keeps nothing when any is wrong."""
    wrong, events = {}, []
    for place, paper in papers.items():
        try:
            with transaction.atomic():
                events += _take(sheet, paper, by=by, at=at)
        except Refused as refusal:
            wrong[place] = str(refusal)
    if wrong:
        raise BadPapers(wrong)
    return events


def _take(sheet, paper, *, by, at):
    answered = [
        (asked, is_yes) for asked, is_yes in zip(sheet.questions, paper.answers, strict=True) if is_yes is not None
    ]
    if not answered:
        raise Refused(_("Nothing was answered on this paper, so there is nothing to record: empty the line."))
    is_by_phone = any(asked.channel in BY_PHONE and is_yes for asked, is_yes in answered)
    if sheet.form is not None and is_by_phone and paper.kind != IdentifierKind.PHONE and not paper.phone:
        raise Refused(_("Somebody said yes to what goes by telephone: fill in the number that stands on the paper."))
    organisation = answered[0][0].version.organisation
    person = find_or_add(
        organisation, paper.kind, paper.value, at=at, country=organisation.country, language=sheet.language
    )
    by_phone = led_to(person, IdentifierKind.PHONE, paper.phone, at) if paper.phone else person
    return [
        _answer(by_phone if asked.channel in BY_PHONE else person, asked, is_yes, sheet, paper, by=by, at=at)
        for asked, is_yes in answered
    ]


def _answer(person, asked, is_yes, sheet, paper, *, by, at):
    version, purpose = asked.version, asked.version.wording.purpose
    reference = f"paper:{paper.number}:{purpose.pk.hex[:12]}:{asked.channel}"
    if ConsentEvent.objects.with_reference(version.organisation).filter(reference=reference).exists():
        raise Refused(_("Paper %(number)s was typed in already for this purpose.") % {"number": paper.number})
    moment = _moment(version, paper.on, at)
    if versions.in_use(version.wording, moment) != version:
        raise Refused(_("This version of the wording was not in use on that day."))
    pupil = Pupil.objects.filter(person=person).select_related("organisation", "person__key_row").first()
    note = _("Paper %(number)s") % {"number": paper.number}
    if pupil is not None and purpose.kind == Purpose.PUBLICATION:
        answers = [(purpose, version.wording, is_yes)]
        said = class_lists.Heard(
            answers, moment, paper.given_by, paper.parent, note=note, reference=reference, scan=paper.scan
        )
        return class_lists.hear(pupil, said, by=by, at=at)[0]
    said = Said(
        Happening.GIVEN if is_yes else Happening.REFUSED,
        purpose,
        Channel.NONE if purpose.kind == Purpose.PUBLICATION else asked.channel,
        Method.PAPER,
        moment,
        wording=version,
        form=sheet.form,
        language=sheet.language,
        given_by=paper.given_by,
        reference=reference,
        facts={"note": note},
    )
    event = record(person, said, at=at, by=by)
    if paper.parent is not None:
        ParentVoice.objects.create(event=event, parent=paper.parent)
    if paper.scan is not None:
        evidence.attach(event, paper.scan, by=by, at=at)
    return event


def _moment(version, on, at):
    """Noon of the day on the paper, or later that day when the version came into use later; never after now."""
    noon = reading.start_of(on) + NOON
    if timezone.localdate(version.valid_from) == on:
        noon = max(noon, version.valid_from)
    return min(noon, at) if timezone.localdate(at) == on else noon
