"""A made-up register of any size: the real models and the real derived facts, written in bulk, the same every time.

Every activity has ten versions over three years. One in ten has been edited since, one in twenty has ended, one in ten
is a processor record. Names are drawn from small lists, so that every filter has something to count.
"""

import random
import sys
import uuid
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts import history
from accounts.models import Controller, Counter, Department, Membership, Organisation, User
from core import canonical
from register import checks, derived, models, reading
from register.actions.establish import version_digest
from register.record import SCHEMA, to_plain

SLUG = "bench"
BATCH = 500
START = datetime(2023, 1, 9, 8, 0, tzinfo=UTC)
STEP = timedelta(days=100)

SUBJECTS = "Leerlingen|Pupils Ouders|Parents Medewerkers|Employees Sollicitanten|Applicants Bezoekers|Visitors"
DATA = (
    "Naam|Name Adres|Address Geboortedatum|Birthdate Telefoonnummer|Telephone Salaris|Salary Gezondheid|Health "
    "Burgerservicenummer|Citizen-number Cijfers|Grades Foto|Photograph Bankrekening|Account Verzuim|Absence"
)
TASKS = (
    *("Salarisadministratie", "Leerlingadministratie", "Verzuimregistratie", "Camerabewaking", "Nieuwsbrief"),
    *("Inkoop", "Werving", "Bezoekersregistratie", "Klachtenafhandeling", "Bibliotheek", "Toegangscontrole"),
    *("Ouderportaal", "Financiën", "Archief", "Examens"),
)
COUNTRIES = (("NL", "Nederland", "Netherlands", True), ("US", "Verenigde Staten", "United States", False))
COUNTRIES += (("GB", "Verenigd Koninkrijk", "United Kingdom", False), ("IN", "India", "India", False))


def organisation_with(size, versions=10):
    """The organisation with `size` activities, made as far as it is missing, in whole batches."""
    found = Organisation.objects.filter(slug=SLUG).first()
    if found is None:
        found = _foundation()
    done = models.Activity.objects.of(found).count()
    while done < size:
        count = min(BATCH, size - done)
        with transaction.atomic():
            _batch(found, done + 1, count, versions)
        done += count
        print(f"\r  {done} of {size} activities", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _foundation():
    user = User.objects.create_user("bench@example.org", "bench-bench-bench", name="Bench Keeper", language="nl")
    people = [User.objects.create_user(f"person{n}@example.org", None, name=f"Persoon {n}") for n in range(12)]
    organisation = Organisation(slug=SLUG, name="Meetorganisatie")
    with (
        transaction.atomic(),
        history.act(organisation, by=user, at=START, kind="organisation.created", details={"name": "Meetorganisatie"}),
    ):
        organisation.save()
        for person in (user, *people):
            role = "privacy_officer" if person is user else "editor"
            Membership(organisation=organisation, user=person, role=role, valid_from=date(2020, 1, 1)).save()
        history.create_many([Controller(organisation=organisation, name=f"Bestuur {n}") for n in range(3)])
        history.create_many([Department(organisation=organisation, name=f"Afdeling {n:02d}") for n in range(20)])
        _library(organisation)
    return organisation


def _library(organisation):
    own = {"organisation": organisation}
    create = history.create_many
    create([models.SubjectCategory(**own, name_nl=nl, name_en=en) for nl, en in _words(SUBJECTS)])
    kinds = {"Gezondheid": "special", "Burgerservicenummer": "national_id"}
    create(
        [
            models.DataCategory(**own, name_nl=nl, name_en=en, sensitivity=kinds.get(nl, "ordinary"))
            for nl, en in _words(DATA)
        ]
    )
    create([models.Country(**own, code=c, name_nl=nl, name_en=en, eea=eea) for c, nl, en, eea in COUNTRIES])
    create([models.Party(**own, name=f"Leverancier {n:03d} BV", kind="company") for n in range(200)])
    create([models.System(**own, name=f"Systeem {n:02d}") for n in range(80)])
    create([models.Measure(**own, name_nl=f"Maatregel {n}", heading="32.1.b") for n in range(20)])
    create(
        [
            models.RetentionRule(**own, name_nl=f"{n} jaar", period_value=n, period_unit="year", trigger="event_date")
            for n in range(1, 11)
        ]
    )
    create([models.Label(**own, name=f"Label {n}", colour="teal") for n in range(6)])


def _words(text):
    return [pair.split("|") for pair in text.split()]


def _batch(organisation, first, count, versions):
    user = User.objects.get(email="bench@example.org")
    with history.act(organisation, by=user, at=START, kind="activity.created", details={"count": count}):
        rows = _activities(organisation, first, count)
    entries = {
        entry.id: entry for entry in reading.drafts(models.Activity.objects.filter(pk__in=[row.pk for row in rows]))
    }
    with history.act(organisation, by=user, at=START, kind="activity.established", reason="Meting") as going_on:
        made = []
        for row in rows:
            made += _versions(row, entries[row.pk], versions, user, going_on.change_id)
            row.last = made[-1]
        models.ActivityVersion.objects.bulk_create(made, batch_size=500)
        for version in made:
            going_on.wrote(version)
    for row in rows:
        row.established_number, row.established_at = row.last.number, row.last.established_at
        row.established_digest = row.last.draft_digest
    models.Activity.objects.bulk_update(
        rows, ["established_number", "established_at", "established_digest"], batch_size=200
    )
    derived.refresh(rows)
    Counter.objects.update_or_create(organisation=organisation, kind="activity", defaults={"last": first + count - 1})


def _activities(organisation, first, count):
    own = {
        model: list(model.objects.filter(organisation=organisation))
        for model in (
            *(Controller, Department, models.SubjectCategory, models.DataCategory, models.Country, models.Party),
            *(models.System, models.Measure, models.RetentionRule, models.Label),
        )
    }
    people = list(User.objects.filter(memberships__organisation=organisation))
    rows = [_activity(organisation, number, own, people) for number in range(first, first + count)]
    history.create_many(rows)
    lines = {}
    for row in rows:
        for line in _lines(row, own):
            lines.setdefault(type(line), []).append(line)
    for found in lines.values():
        history.create_many(found)
    return rows


def _activity(organisation, number, own, people):
    draw = random.Random(number)
    ended = date(2025, 6, 1) if number % 20 == 0 else None
    return models.Activity(
        id=uuid.UUID(int=draw.getrandbits(128), version=4),
        organisation=organisation,
        number=number,
        kind="processor" if number % 10 == 3 else "controller",
        name=f"{draw.choice(TASKS)} {draw.choice(TASKS).lower()} {number}",
        description="Vastgelegd om te meten. " * 4,
        controller=draw.choice(own[Controller]),
        department=draw.choice(own[Department]),
        owner=draw.choice(people),
        review_on=date(2026, 1, 1) + timedelta(days=draw.randrange(700)),
        ended_on=ended,
        end_reason="Gestopt" if ended else "",
        joint_answer="none",
        recipients_answer="some",
        transfers_answer=draw.choice(["none", "some", ""]),
        measures_text="Beschreven in het beleid.",
    )


def _lines(row, own):
    draw = random.Random(row.number * 7)
    for position in range(2):
        yield models.Purpose(
            activity=row,
            position=position,
            text_nl=f"Om {draw.choice(TASKS).lower()} te kunnen doen en daarover verantwoording af te leggen.",
            text_en="To do our work and to account for it.",
            basis=draw.choice("abcdef"),
        )
    for position, category in enumerate(draw.sample(own[models.SubjectCategory], 2)):
        yield models.SubjectLine(activity=row, position=position, category=category)
    for position, category in enumerate(draw.sample(own[models.DataCategory], 4)):
        yield models.DataLine(
            activity=row, position=position, category=category, retention=draw.choice(own[models.RetentionRule])
        )
    for position, party in enumerate(draw.sample(own[models.Party], 3)):
        yield models.RecipientLine(activity=row, position=position, party=party, role="processor")
    if row.transfers_answer == "some":
        yield models.TransferLine(activity=row, country=draw.choice(own[models.Country]), mechanism="adequacy")
    if row.kind == "processor":
        yield models.ClientLine(activity=row, party=draw.choice(own[models.Party]), processing_nl="Hosting")
    for position, system in enumerate(draw.sample(own[models.System], 2)):
        yield models.SystemLine(activity=row, position=position, system=system)
    for position, measure in enumerate(draw.sample(own[models.Measure], 3)):
        yield models.MeasureLine(activity=row, position=position, measure=measure)
    if row.number % 3 == 0:
        yield models.ActivityLabel(activity=row, label=draw.choice(own[models.Label]))


def _versions(row, entry, count, user, change_id):
    """Ten versions that differ in one field each; the last is the working copy, except for one in ten."""
    plain, columns, previous = to_plain(entry), derived.columns(entry), ""
    open_points = [gap.key for gap in checks.gaps(entry)]
    for number in range(1, count + 1):
        last = number == count and row.number % 10 != 7
        content = plain if last else plain | {"remarks": f"Stand {number}"}
        if number < count:
            content = {name: value for name, value in content.items() if name not in ("ended_on", "end_reason")}
        at = START + STEP * number + timedelta(days=row.number % 100)
        version = models.ActivityVersion(
            organisation_id=row.organisation_id,
            activity_id=row.pk,
            number=number,
            schema=SCHEMA,
            content=content,
            columns=columns if number == count else columns | {"ended_on": ""},
            draft_digest=canonical.digest(content),
            valid_from=at.date(),
            established_at=at,
            established_by=user,
            reason="Jaarlijkse controle",
            open_points=open_points,
            ends="ended_on" in content,
            previous=previous,
            change_id=change_id,
            department_id=row.department_id,
            controller_id=row.controller_id,
        )
        version.digest = previous = version_digest(version)
        yield version


def some(organisation, **conditions):
    """The first activity that has neither ended nor changed."""
    return models.Activity.objects.of(organisation).filter(Q(ended_on=None), **conditions).order_by("number").first()
