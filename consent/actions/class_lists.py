"""Who sits in which class, and what parents and pupils say about publishing.

The one rule: names never go into an act. A class is a tracked row; a pupil is not, and what somebody says is an event
of the ledger, with which parent said it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events
from accounts.history import act, create_many
from accounts.models import Event
from consent.kinds import DECIDING, NOES, Channel, GivenBy, Happening, IdentifierKind, Method
from consent.models import ClassList, ClassSettings, ConsentEvent, ParentVoice, Pupil
from consent.school import parents, pupils
from core.refusal import Refused

from . import evidence, newcomers, recording, versions
from .recording import Said, record

BATCH = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """What a parent or pupil said at one moment. `answers`: [(purpose, wording, whether yes)].

    `parent` is 1, 2 or None; `reference` names the paper, for one answer only.
    """

    answers: list
    happened_at: datetime
    given_by: str
    parent: int | None = None
    method: str = Method.PAPER
    note: str = ""
    reference: str = ""
    scan: object = field(default=None, repr=False)


def classes_named(organisation, names, *, by, at):
    """{name: ClassList}, made when there was none."""
    known = {row.name: row for row in ClassList.objects.of(organisation).filter(name__in=names)}
    new = [name for name in dict.fromkeys(names) if name not in known]
    if new:
        details = {"names": ", ".join(new[:20]), "count": len(new)}
        with act(organisation, by=by, at=at, kind="consent.classes_made", details=details):
            made = create_many([ClassList(organisation=organisation, name=name) for name in new])
        known |= {row.name: row for row in made}
    return known


@transaction.atomic
def bring_in(organisation, lines, *, by, at):
    """Put these pupils (`school.pupil_files.Line`) on their lists; returns (how many are new, how many changed).

    Who is on a list and not among the lines stays. Some ten queries per five hundred lines.
    """
    classes = classes_named(organisation, [line.class_name for line in lines], by=by, at=at)
    pairs = [(IdentifierKind.NUMBER, line.number) for line in lines]
    people = {number: person for (_kind, number), person in newcomers.find_or_add(organisation, pairs, at=at).items()}
    there = {row.person_id: row for row in Pupil.objects.filter(person__in=people.values())}
    new, changed = [], []
    for line in lines:
        person = people[line.number]
        row = there.get(person.pk)
        if row is None:
            row = Pupil(organisation=organisation, person=person, added_at=at)
            new.append(row)
        elif _says(row, person) == (line.name, line.birth, classes[line.class_name].pk):
            continue
        else:
            changed.append(row)
        row.class_list = classes[line.class_name]
        row.sealed = pupils.sealed_of(person, line.name, line.birth)
    Pupil.objects.bulk_create(new, batch_size=BATCH)
    Pupil.objects.bulk_update(changed, ["class_list", "sealed"], batch_size=BATCH)
    return len(new), len(changed)


def _says(row, person):
    row.person = person
    return (*pupils.known_of(row), row.class_list_id)


@transaction.atomic
def take_off_absent(organisation, lines, *, by, at, request=None):
    """Who sits in a class of these lines and is not among them left: off the list. Returns how many.

    Other classes stay as they are, since the file may be of one school of several.
    """
    numbers = [(IdentifierKind.NUMBER, line.number) for line in lines]
    present = newcomers.find_or_add(organisation, numbers, at=at).values()
    absent = Pupil.objects.filter(organisation=organisation, class_list__name__in={line.class_name for line in lines})
    left = list(absent.exclude(person__in=[person.pk for person in present]).select_related("organisation"))
    for pupil in left:
        take_off(pupil, by=by, at=at, request=request)
    return len(left)


@transaction.atomic
def take_off(pupil, *, by, at, request=None):
    """Somebody left: name and day of birth go; what was said stays in the ledger. Twice is once."""
    gone, _each = Pupil.objects.filter(pk=pupil.pk).delete()
    if gone:
        events.record(
            Event.Kind.PUPIL_TAKEN_OFF,
            request=request,
            organisation=pupil.organisation,
            user=by,
            subject=pupil.person_id,
            at=at,
        )


@transaction.atomic
def hear(pupil, heard, *, by, at):
    """Record what was said about a pupil; returns the events. All answers or none."""
    _name, birth = pupils.known_of(pupil)
    on = timezone.localdate(heard.happened_at)
    ages = pupils.rules(pupil.organisation, timezone.localdate(at)).of(birth)
    said = pupils.voices(ConsentEvent.objects.filter(person=pupil.person_id))
    events = []
    for purpose, wording, is_yes in heard.answers:
        before = [one for one in said[pupil.person_id, purpose.pk] if one.happened_at <= heard.happened_at]
        kind = Happening.GIVEN if is_yes else _leaving(before, ages, heard)
        _check(kind, ages, heard, on)
        if is_yes and not heard.reference:
            recording.refuse_beaten(_own_noes_of_that_moment(before, heard))
        events.append(_write(pupil, purpose, wording, kind, heard, pupils.band(birth, on), by=by, at=at))
    if heard.scan is not None and events:
        evidence.attach(events[0], heard.scan, by=by, at=at)
    return events


def _leaving(before, ages, heard):
    """A no takes back what is given; otherwise it refuses."""
    who = (heard.given_by, heard.parent)
    own = [one for one in before if one.who == who and one.kind >= DECIDING]
    gave = bool(own) and max(own, key=lambda one: (one.happened_at, one.kind)).is_yes
    stands = parents.answer(before, ages, at=heard.happened_at).may
    return Happening.WITHDRAWN if gave or stands else Happening.REFUSED


def _own_noes_of_that_moment(before, heard):
    own = [one for one in before if one.who == (heard.given_by, heard.parent)]
    return [one for one in own if one.kind in NOES and one.happened_at == heard.happened_at]


def _check(kind, ages, heard, on):
    """Whether this person could say this on that day."""
    decides = ages.decides_from is not None and ages.decides_from <= on
    if heard.given_by != GivenBy.SUBJECT and decides:
        raise Refused(_("At this age the pupil decides. Record what the pupil says."))
    if heard.given_by != GivenBy.SUBJECT or kind == Happening.GIVEN or decides:
        return
    if ages.leaves_from is None or on < ages.leaves_from:
        raise Refused(_("At this age a parent withdraws for the pupil. Ask a parent."))


def _write(pupil, purpose, wording, kind, heard, age, *, by, at):
    version = versions.in_use(wording, heard.happened_at) if wording else None
    if version is None and kind == Happening.GIVEN:
        raise Refused(_("This wording was not in use at that moment."))
    said = Said(
        kind,
        purpose,
        Channel.NONE,
        heard.method,
        heard.happened_at,
        wording=version,
        language=pupil.organisation.main_language,
        given_by=heard.given_by,
        age=age,
        reference=heard.reference,
        facts={"note": heard.note},
    )
    event = record(pupil.person, said, at=at, by=by)
    if heard.parent is not None:
        ParentVoice.objects.get_or_create(event=event, defaults={"parent": heard.parent})
    return event


def change_settings(organisation, values, *, by, at):
    """Keep what an organisation chose; returns the row."""
    with act(organisation, by=by, at=at, kind="consent.class_settings_changed"):
        row = settings_of(organisation, is_locked=True)
        if row._state.adding or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    return row


def settings_of(organisation, *, is_locked=False):
    """What it chose, or what comes with Dertig. One query."""
    rows = ClassSettings.objects.of(organisation)
    rows = rows.select_for_update(of=("self",)) if is_locked else rows
    return rows.first() or ClassSettings(organisation=organisation)
