"""A round in which people are asked again: started, asked by the worker, answered, and ended on its day.

The one rule: silence is no answer. At the end a consent of who stayed silent expires only when it no longer covers what
is done; one that was merely old stands as it stood.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import jobs, links, mail
from accounts.history import act
from accounts.models import Job
from consent import covering, renewals, standing, suppressions, vault
from consent.kinds import Channel, GivenBy, Happening, Method
from consent.models import ConsentEvent, Person, RenewalAsked, RenewalRound
from consent.receipts import mailing
from core.addresses import full_address
from core.refusal import Refused

from . import purposes, versions, wordings
from .recording import Said, record

KIND = "consent.round"
PURPOSE = "consent_renewal"
LONGEST = 365  # days
AT_A_TIME = 1000


def start(before, *, ends_on, by, at):
    """Ask everybody whose consent rests on the version `before` with the one in use now. The worker does the asking."""
    wording, on = before.wording, timezone.localdate(at)
    details = {"name": wording.name, "number": before.number}
    with act(wording.organisation, by=by, at=at, kind="consent.round_started", details=details) as going_on:
        row = wordings.locked(wording)
        after = versions.in_use(row, at)
        if after is None or after.pk == before.pk:
            raise Refused(_("People are still shown this version."), remedy=_("Publish the wording anew first."))
        if not on < ends_on <= on + timedelta(days=LONGEST):
            raise Refused(_("Choose a day within a year from now."))
        if RenewalRound.objects.filter(before=before, ended_at=None).exists():
            raise Refused(_("These people are being asked already."))
        found = RenewalRound(
            organisation=row.organisation, before=before, after=after, started_at=at, started_by=by, ends_on=ends_on
        )
        found.save()
        going_on.touch(row.purpose.activity_id)
        jobs.ask(row.organisation, KIND, by=by, at=at, parameters={"round": str(found.pk)})
    return found


def has_stopped(found):
    """Whether people are left to be asked and nobody asks them: the worker gave up. One query."""
    if found.asked_at or found.ended_at:
        return False
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    mine = Job.objects.filter(organisation=found.organisation_id, kind=KIND, parameters__round=str(found.pk))
    return not mine.filter(state__in=open_states).exists()


@transaction.atomic
def go_on(found, *, by, at):
    """Ask the rest after the worker gave up; who was asked already is left in peace."""
    row = RenewalRound.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=found.pk)
    if not has_stopped(row):
        raise Refused(_("Nobody is left to be asked, or they are being asked already."))
    jobs.ask(row.organisation, KIND, by=by, at=at, parameters={"round": str(row.pk)})


@jobs.does(KIND)
def ask_all(job, progress):
    """Asks each person once, and after a kill only the rest. Stops when the round ended meanwhile."""
    found = _read(job.parameters["round"])
    asked = set(found.asked.values_list("person", "channel"))
    resting = renewals.resting(found.before, at=timezone.now()).order_by("pk")
    events = [event for event, *of in resting.values_list("pk", "person", "channel") if tuple(of) not in asked]
    for done, event in enumerate(events):
        if done % 50 == 0:
            progress(done, len(events))
            found.refresh_from_db(fields=["ended_at"])
            if found.ended_at:
                return
        _ask(found, event, at=timezone.now())
    progress(len(events), len(events))
    if found.asked_at is None:
        details = {"name": found.before.wording.name, "number": found.before.number}
        with act(found.organisation, by=job.asked_by, at=timezone.now(), kind="consent.round_asked", details=details):
            found.asked_at = timezone.now()
            found.save()


def _read(key):
    rows = RenewalRound.objects.select_related("organisation", "before__wording__purpose__organisation", "after")
    return rows.get(pk=key)


@transaction.atomic
def _ask(found, key, *, at):
    event = ConsentEvent.objects.get(pk=key)
    rows = Person.objects.select_related("organisation", "key_row").select_for_update(of=("self",))
    person = rows.get(pk=event.person_id)  # locked: who is erased at this moment does not stop the round
    purpose = found.before.wording.purpose
    now = standing.current(person, purpose, event.channel, at=at)
    if person.erased_at or now.event != event.pk:  # they answered meanwhile
        return
    if suppressions.against(suppressions.of_person(person), purpose, event.channel, now):
        return
    row, is_new = RenewalAsked.objects.get_or_create(
        round=found,
        person=person,
        channel=event.channel,
        defaults={"given_by": event.given_by, "age": event.age, "at": at},
    )
    if not is_new:
        return
    said = Said(
        Happening.ASKED,
        purpose,
        event.channel,
        Method.HOSTED,
        at,
        wording=found.after,
        language=mailing.language_of(person),
        given_by=GivenBy.ORGANISATION,
        reference=_reference("asked", row),
    )
    record(person, said, at=at)
    address = mailing.address_of(person) if event.channel == Channel.EMAIL else ""
    if address:
        _mail(row, person, address, at=at)


def _mail(row, person, address, *, at):
    context = {
        "url": new_link(row, at=at),
        "until": row.round.ends_on,
        "purpose": row.round.before.wording.purpose.name(mailing.language_of(person)),
    }
    stage = f"{mail.TO_MANY}{row.pk.hex}"
    mailing.write("consent_renewal", person, stage=stage, at=at, context=context, recipient=address)
    row.is_mailed = True
    row.save(update_fields=["is_mailed"])


def new_link(row, *, at):
    """The address of the page on which this person answers, until the end of the round. Earlier ones stop working."""
    organisation = row.round.organisation
    links.revoke(row, purpose=PURPOSE, at=at)
    until = _end_of(row.round.ends_on)
    _link, token = links.make(organisation, purpose=PURPOSE, subject=row, expires_at=until, by=None, at=at)
    return full_address("portal:renewal", organisation.slug, token)


def letters(found, *, at):
    """[language, channel, addresses and numbers, link] of each who is silent and was not mailed; makes new links."""
    waiting = renewals.silent(found.asked.filter(is_mailed=False, person__erased_at=None))
    rows = waiting.select_related("round__organisation", "person__organisation", "person__key_row").order_by("pk")
    for row in rows:
        known = [vault.opened(row.person, one.sealed) for one in row.person.identifiers.order_by("added_at")]
        yield [mailing.language_of(row.person), row.get_channel_display(), " ".join(known), new_link(row, at=at)]


def asked_by(link, slug):
    """Who is asked by an open link at this address, or None when that is over. One query."""
    rows = RenewalAsked.objects.select_related(
        "round__organisation",
        "round__before__wording__purpose__organisation",
        "person__organisation",
        "person__key_row",
    )
    row = rows.filter(pk=link.subject_id, round__organisation__slug=slug, person__erased_at=None).first()
    return row if row is not None and row.round.ended_at is None else None


class Unticked(Refused):
    """A yes that must be explicit came without the tick at the whole sentence."""


@transaction.atomic
def answer(row, *, is_yes, is_confirmed, version, language, address, at):
    """What somebody answers on the page of their link; `version` is the id of what they read, in `language`. The last
    one counts."""
    wording, person = row.round.before.wording, row.person
    shown = versions.in_use(wording, at)
    if is_yes and (shown is None or str(shown.pk) != version):
        raise Refused(_("This text is no longer the one in use."), remedy=_("Read it again, and choose anew."))
    if is_yes and wording.purpose.is_explicit and not is_confirmed:
        raise Unticked(_("Tick that you agree with the whole sentence."))
    now = standing.current(person, wording.purpose, row.channel, at=at)
    kind = Happening.RENEWED if is_yes else Happening.REFUSED
    if now.kind == kind and now.happened_at >= row.at:
        return None
    said = Said(
        kind,
        wording.purpose,
        row.channel,
        Method.HOSTED,
        at,
        wording=shown,
        language=language_for(shown, language),
        given_by=GivenBy(row.given_by),
        age=row.age,
        address=address,
    )
    event = record(person, said, at=at)
    mailing.tell(person, [event])
    return event


def language_for(version, language):
    """The language in which a version is shown to who reads this one, or any; "" without a version."""
    texts = version.content.get("texts", {}) if version else {}
    return language if language in texts else next(iter(texts), "")


def end_due(at):
    """A sweep: end the rounds whose day has passed; so many people a turn. Returns how many rounds ended.

    Also one whose asking never came to its end: who was not asked keeps the consent they gave.
    """
    over = RenewalRound.objects.filter(ended_at=None, ends_on__lt=timezone.localdate(at))
    return sum(_end(_read(key), at=at) for key in list(over.values_list("pk", flat=True)))


def _end(found, *, at):
    """Whether it ended: with more people than fit in a turn it goes on in the next."""
    if is_stale(found.before, at=at):
        silent = renewals.silent(found.asked.filter(person__erased_at=None))
        rows = list(silent.select_related("person").order_by("pk")[:AT_A_TIME])
        for row in rows:
            _expire(found, row, at=at)
        if len(rows) == AT_A_TIME:
            return False
    details = {"name": found.before.wording.name, "number": found.before.number}
    with act(found.organisation, by=None, at=at, kind="consent.round_ended", details=details):
        found.ended_at = at
        found.save()
    return True


@transaction.atomic
def _expire(found, row, *, at):
    Person.objects.select_for_update().get(pk=row.person_id)  # before looking: they may answer at this very moment
    if not renewals.silent(found.asked.filter(pk=row.pk, person__erased_at=None)).exists():
        return
    said = Said(
        Happening.EXPIRED,
        found.before.wording.purpose,
        row.channel,
        Method.DESK,
        at,
        wording=found.before,
        given_by=GivenBy.ORGANISATION,
        reference=_reference("expired", row),
    )
    record(row.person, said, at=at)


def is_stale(version, *, at):
    """Whether what people consented to in a version no longer covers what is done."""
    purpose = version.wording.purpose
    found = purposes.standings([purpose], on=timezone.localdate(at)).get(purpose.pk)
    return covering.compare(version.content, covering.facts(*found) if found else None, "en").is_stale


def _reference(what, row):
    return f"round:{what}:{row.pk.hex}"


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
