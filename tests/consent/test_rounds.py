"""Asking people again: mailed once each, answered on a page that acts by POST, ended without taking silence for yes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import jobs, mail
from accounts.models import AccessLink, Job, OutgoingMail
from consent import renewals, standing, suppressions
from consent.actions import leaving, recording, rounds, wordings
from consent.actions.recording import Said
from consent.kinds import Channel, GivenBy, Happening, IdentifierKind, Method, Suppressing
from consent.models import ConsentEvent, Person, RenewalAsked, RenewalRound
from core.refusal import Refused
from tests.consent import desk
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import UserFactory
from tests.factories.consent import ConsentEventFactory, PersonFactory, RenewalRoundFactory

pytestmark = pytest.mark.django_db
SOON = timedelta(weeks=4)


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def versions(organisation):
    first = desk.published(organisation)
    activity = first.wording.purpose.activity
    desk.recipient(activity, "controller")
    desk.establish_again(activity)
    wording = first.wording
    texts = wordings.texts_of(wording)
    texts["en"] |= {"text": "Yes, mail me the newsletter and tips."}
    wordings.save_texts(wording, name=wording.name, texts=texts, by=None, at=timezone.now() - timedelta(hours=2))
    second = desk.publish(wording, at=timezone.now() - timedelta(hours=1))
    first.refresh_from_db()
    return first, second


def consenting(version, name, channel=Channel.EMAIL, **said):
    purpose = version.wording.purpose
    person = recording.find_or_add(
        version.organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=MORNING, language="en"
    )
    given = Said(Happening.GIVEN, purpose, channel, Method.PAPER, MORNING, wording=version, language="en", **said)
    recording.record(person, given, at=MORNING)
    return Person.objects.get(pk=person.pk)


def begun(versions):
    first, _second = versions
    now = timezone.now()
    found = rounds.start(first, ends_on=timezone.localdate(now) + SOON, by=None, at=now)
    jobs.run.func(str(Job.objects.latest("asked_at").pk))
    return RenewalRound.objects.get(pk=found.pk)


def path_in(mail):
    return re.search(r"https?://[^/]+(/p/\S+)", mail.body)[1]


def state(person, version, *, at=None):
    return standing.current(person, version.wording.purpose, Channel.EMAIL, at=at or timezone.now())


def test_everybody_who_still_consents_with_the_old_version_is_asked_once(versions):
    first, second = versions
    ann, bob = consenting(first, "ann"), consenting(first, "bob")
    consenting(first, "post", channel=Channel.POST)
    leaving.withdraw(bob, first.wording.purpose, Channel.EMAIL, at=timezone.now(), method=Method.DESK)
    marked = consenting(first, "marked")
    suppressions.mark(marked, reason=Suppressing.OBJECTED, since=timezone.now())  # by somebody else of that address
    found = begun(versions)
    rounds.ask_all(Job.objects.latest("asked_at"), lambda done, total=None: None)  # as after a kill
    assert found.asked_at is not None
    assert found.asked.count() == 2
    assert ConsentEvent.objects.filter(kind=Happening.ASKED, wording=second).count() == 2
    assert OutgoingMail.objects.get().is_private
    assert OutgoingMail.objects.get().stage.startswith(mail.TO_MANY)
    assert state(ann, first).kind == Happening.GIVEN  # being asked changes nothing
    with pytest.raises(Refused):
        rounds.start(first, ends_on=found.ends_on, by=None, at=timezone.now())


def test_who_was_asked_before_a_kill_costs_the_next_run_nothing(versions, monkeypatch):
    first, _second = versions
    found = rounds.start(first, ends_on=timezone.localdate() + SOON, by=None, at=timezone.now())
    for name in ("ann", "bob", "cas"):
        consenting(first, name)
    rounds._ask(found, renewals.resting(first, at=timezone.now()).order_by("pk").first().pk, at=timezone.now())
    asking, ask = [], rounds._ask
    monkeypatch.setattr(rounds, "_ask", lambda *args, **now: asking.append(ask(*args, **now)))
    jobs.run.func(str(Job.objects.latest("asked_at").pk))
    assert (len(asking), found.asked.count()) == (2, 3)


def test_the_link_shows_the_new_text_and_only_a_post_answers(client, versions):
    first, second = versions
    ann = consenting(first, "ann", given_by=GivenBy.PARENT)
    begun(versions)
    client.logout()
    path = path_in(OutgoingMail.objects.get())
    said = words(client.get(path))
    assert "Yes, mail me the newsletter and tips." in said
    assert "What you were asked before Yes, mail me the newsletter." in said
    assert "Post Office" in said
    assert "You answer as: A parent" in said
    assert state(ann, first).kind == Happening.GIVEN
    assert client.post(path, {"answer": "yes", "version": str(first.pk)}).status_code == 409
    for answer, kind in (("yes", Happening.RENEWED), ("no", Happening.REFUSED)):
        assert client.post(path, {"answer": answer, "version": str(second.pk)}).status_code == 302
        assert state(ann, first).kind == kind
    renewed = ConsentEvent.objects.get(kind=Happening.RENEWED)
    assert (renewed.wording, renewed.given_by, renewed.language) == (second, GivenBy.PARENT, "en")
    client.post(path, {"answer": "no", "version": str(second.pk)})
    assert ConsentEvent.objects.filter(kind=Happening.REFUSED).count() == 1
    client.post(f"{path}?language=nl", {"answer": "yes", "version": str(second.pk)})
    assert ConsentEvent.objects.filter(kind=Happening.RENEWED).latest("pk").language == "nl"  # what the page showed


def test_a_yes_that_must_be_explicit_is_said_again_with_a_tick(client, versions):
    first, second = versions
    purposes = type(first.wording.purpose).objects.filter(pk=first.wording.purpose_id)
    purposes.update(is_explicit=True)
    ann = consenting(first, "ann")
    begun(versions)
    path, yes = path_in(OutgoingMail.objects.get()), {"answer": "yes", "version": str(second.pk)}
    refused = client.post(path, yes)
    assert refused.status_code == 422
    assert "Tick that you agree with the whole sentence" in words(refused)
    assert state(ann, first).kind == Happening.GIVEN
    client.post(path, yes | {"confirmed": "on"})
    assert state(ann, first).kind == Happening.RENEWED


def test_silence_expires_only_a_consent_that_no_longer_covers_what_is_done(versions):
    first, second = versions
    ann, bob = consenting(first, "ann"), consenting(first, "bob")
    found = begun(versions)
    row = RenewalAsked.objects.select_related("round", "person").get(person=bob)
    rounds.answer(
        row, is_yes=True, is_confirmed=False, version=str(second.pk), language="en", address="", at=timezone.now()
    )
    assert rounds.end_due(timezone.now() + SOON) == 0
    after = timezone.now() + SOON + timedelta(days=2)
    assert rounds.end_due(after) == 1
    silent = state(ann, first, at=after)
    assert (silent.kind, silent.given_by) == (Happening.EXPIRED, GivenBy.ORGANISATION)
    assert state(bob, first, at=after).kind == Happening.RENEWED
    assert rounds.end_due(after) == 0
    found.refresh_from_db()
    assert found.ended_at == after


def test_a_consent_that_was_merely_old_outlives_a_round_without_an_answer(organisation):
    first = desk.published(organisation)
    second = desk.publish(first.wording, at=timezone.now() - timedelta(hours=1))
    first.refresh_from_db()
    ann = consenting(first, "ann")
    begun((first, second))
    after = timezone.now() + SOON + timedelta(days=2)
    assert rounds.end_due(after) == 1
    assert state(ann, first, at=after).kind == Happening.GIVEN


def test_the_pages_start_a_round_show_it_and_hand_out_links_for_letters(client, organisation, versions):
    first, _second = versions
    consenting(first, "post", channel=Channel.POST)
    gone = consenting(first, "gone", channel=Channel.POST)
    assert "Ask people again" in words(client.get(url(organisation, "wording", first.wording.pk)))
    start = url(organisation, "round_new", first.wording.pk)
    assert "fewer than 10 people" in words(client.get(start))
    assert client.post(start, {"before": 1, "ends_on": "2020-01-01"}).status_code == 422
    day = (timezone.localdate() + SOON).isoformat()
    response = client.post(start, {"before": 1, "ends_on": day})
    assert response.status_code == 302
    jobs.run.func(str(Job.objects.latest("asked_at").pk))
    said = words(client.get(response.url))
    assert "their consent expires" in said
    assert "not shown" in said
    leaving.erase(gone, at=timezone.now(), method=Method.DESK)
    letters = client.post(url(organisation, "round_letters", RenewalRound.objects.get().pk))
    rows = b"".join(letters.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "post@example.org" in rows[1]
    client.post(url(organisation, "round_letters", RenewalRound.objects.get().pk))
    assert AccessLink.objects.filter(purpose=rounds.PURPOSE, revoked_at=None).count() == 1


def test_who_is_left_when_the_asking_failed_is_asked_by_a_button(client, organisation, versions):
    first, _second = versions
    consenting(first, "ann"), consenting(first, "bob")
    now = timezone.now()
    found = rounds.start(first, ends_on=timezone.localdate(now) + SOON, by=None, at=now)
    assert not rounds.has_stopped(found)
    job = Job.objects.latest("asked_at")
    rounds._ask(found, renewals.resting(first, at=now).first().pk, at=now)
    jobs.give_up(str(job.pk))
    page = url(organisation, "round", found.pk)
    assert "Stopped half-way" in words(client.get(page))
    rest = url(organisation, "round_rest", found.pk)
    assert client.post(rest).status_code == 302
    assert client.post(rest).status_code == 409  # it waits for the worker already
    jobs.run.func(str(Job.objects.latest("asked_at").pk))
    assert OutgoingMail.objects.count() == found.asked.count() == 2
    assert "Waiting for answers" in words(client.get(page))
    assert client.post(rest).status_code == 409


def test_a_round_whose_asking_was_given_up_ends_on_its_day(versions):
    first, _second = versions
    ann = consenting(first, "ann")
    now = timezone.now()
    found = rounds.start(first, ends_on=timezone.localdate(now) + SOON, by=None, at=now)
    jobs.give_up(str(Job.objects.latest("asked_at").pk))
    after = now + SOON + timedelta(days=2)
    assert rounds.end_due(after) == 1
    rounds.ask_all(Job.objects.latest("asked_at"), lambda done, total=None: None)
    found.refresh_from_db()
    assert (found.ended_at, found.asked_at, OutgoingMail.objects.count()) == (after, None, 0)
    assert state(ann, first, at=after).kind == Happening.GIVEN


def test_figures_of_a_round_never_tell_fewer_than_ten(versions):
    found = answered(*versions, people=24)
    assert renewals.progress(found) == renewals.Progress(asked=24, gave=12, refused=None, silent=None)


def answered(before, after, *, people):
    """A round of many, of whom twelve say yes, two say no, and the others nothing."""
    found = RenewalRoundFactory(before=before, after=after)
    moment = max(after.valid_from, found.started_at)
    for number in range(people):
        person = PersonFactory(organisation=before.organisation)
        RenewalAsked.objects.create(
            round=found, person=person, channel=Channel.EMAIL, given_by=GivenBy.SUBJECT, at=found.started_at
        )
        kind = Happening.RENEWED if number < 12 else Happening.REFUSED if number < 14 else None
        if kind:
            ConsentEventFactory(wording=after, person=person, kind=kind, happened_at=moment)
    return found
