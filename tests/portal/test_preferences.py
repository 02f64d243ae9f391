"""What people see and change themselves: by the link of a mailing as far as it goes, by a personal one all of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mail
from accounts.models import Organisation
from accounts.workers import Worker
from consent import links, standing
from consent.actions import leaving, recording
from consent.actions.recording import Said
from consent.kinds import Channel, GivenBy, Happening, IdentifierKind, Method, Purpose
from consent.models import ConsentEvent, EventDetail
from tests.consent.desk import words
from tests.factories.consent import ConsentEventFactory, ConsentPurposeFactory, WordingFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "ans.vindbaar@example.org"


@pytest.fixture
def version():
    return WordingVersionFactory(content={"texts": {"en": {"text": "Yes, mail me news.", "withdrawal": "By a link."}}})


@pytest.fixture
def purpose(version):
    return version.wording.purpose


@pytest.fixture
def person(version):
    at = version.valid_from
    found = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, ADDRESS, at=at, language="en")
    ConsentEventFactory(wording=version, person=found, language="en")
    return found


def mailed(person):
    return links.preferences_url(person.pk, person.organisation).removeprefix("http://testserver")


def asked(client, person, address=ADDRESS):
    return client.post(f"/p/{person.organisation.slug}/preferences/", {"address": address})


def personal(client, person):
    """The address that is mailed to who asks for it."""
    asked(client, person)
    Worker().run_once()
    return re.search(r"http://testserver(\S+/personal/\S+)", outbox.outbox[-1].body)[1]


def state(person, purpose, channel=Channel.EMAIL):
    return standing.current(person, purpose, channel, at=timezone.now()).kind


def choice(purpose, channel="email"):
    return f"{purpose.pk}:{channel}"


def test_asking_for_the_link_tells_nobody_whether_an_address_is_known(client, person):
    asked(client, person, "first@example.org")  # from now on this network is counted
    found = []
    for address in (ADDRESS, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            response = asked(client, person, address)
        found.append((response.status_code, response.content, len(queries)))
    assert found[0] == found[1]
    assert found[0][0] == 200
    assert "vindbaar" not in repr(list(DBTaskResult.objects.values()))
    Worker().run_once()
    assert [letter.to for letter in outbox.outbox] == [[ADDRESS]]


def test_one_link_an_hour_is_mailed_and_what_is_no_address_is_said(client, person):
    for _time in range(3):
        assert asked(client, person).status_code == 200
    Worker().run_once()
    assert len(outbox.outbox) == 1
    for wrong in ("no address", "a@\ufdfa.nl"):  # the second becomes words with spaces
        assert asked(client, person, wrong).status_code == 422
    assert client.get("/p/nowhere/preferences/").status_code == 404


def test_by_the_link_of_a_mailing_one_looks_at_a_masked_address_and_gets_out(client, person, purpose):
    page = client.get(mailed(person)).text
    assert "Our newsletter" in page
    assert "Yes, mail me news." in page
    assert "a•••@e•••.org" in page
    assert ADDRESS not in page
    client.post(mailed(person), {"act": "withdraw", "choice": choice(purpose)})
    event = ConsentEvent.objects.latest("pk")
    assert (event.kind, event.method, event.given_by) == (Happening.WITHDRAWN, Method.PREFERENCES, "subject")


def test_by_the_link_of_a_mailing_nobody_says_yes(client, person, purpose, version):
    leaving.withdraw(person, purpose, Channel.EMAIL, at=timezone.now(), method=Method.DESK)
    assert "Yes, I agree" not in client.get(mailed(person)).text
    client.post(mailed(person), {"act": "give", "choice": choice(purpose), "version": str(version.pk)})
    assert state(person, purpose) == Happening.WITHDRAWN


@pytest.mark.parametrize(("act", "photos_stay"), [("withdraw_all", False), ("object", True)])
def test_all_is_withdrawn_and_marketing_objected_to_at_once(client, person, purpose, act, photos_stay):
    photos = ConsentPurposeFactory(organisation=person.organisation, kind=Purpose.PUBLICATION)
    seen = WordingVersionFactory(wording=WordingFactory(purpose=photos))
    ConsentEventFactory(wording=seen, person=person, channel=Channel.NONE)
    page = words(client.get(mailed(person)))
    assert "E-mail" in page
    assert "No message" not in page  # nothing is sent of a photo
    client.post(mailed(person), {"act": act})
    assert state(person, purpose) in (Happening.WITHDRAWN, Happening.OBJECTED)
    assert (state(person, photos, Channel.NONE) == Happening.GIVEN) == photos_stay
    mail.send_waiting(timezone.now())
    assert "No message" not in outbox.outbox[-1].body


def test_the_personal_link_shows_the_address_and_takes_a_yes_to_the_text_on_the_page(client, person, purpose, version):
    leaving.withdraw(person, purpose, Channel.EMAIL, at=timezone.now(), method=Method.DESK)
    url = personal(client, person)
    assert '<html lang="nl"' in client.get(f"{url}?language=nl").text
    page = client.get(url).text
    assert '<html lang="en"' in page
    assert ADDRESS in page
    assert "Yes, mail me news." in page
    wrong = client.post(url, {"act": "give", "choice": choice(purpose), "version": "another"})
    assert wrong.status_code == 409
    client.post(url, {"act": "give", "choice": choice(purpose), "version": str(version.pk)}, REMOTE_ADDR="192.0.2.77")
    event = ConsentEvent.objects.latest("pk")
    assert (event.kind, event.wording, event.language) == (Happening.GIVEN, version, "en")
    assert EventDetail.objects.filter(event=event).exists()
    Worker().run_once()
    assert "Given: Our newsletter (E-mail)" in outbox.outbox[-1].body


def test_a_whole_sentence_is_confirmed_where_consent_must_be_explicit(client, person, purpose, version):
    type(purpose).objects.filter(pk=purpose.pk).update(is_explicit=True)
    leaving.withdraw(person, purpose, Channel.EMAIL, at=timezone.now(), method=Method.DESK)
    url, yes = personal(client, person), {"act": "give", "choice": choice(purpose), "version": str(version.pk)}
    refused = client.post(url, yes)
    assert refused.status_code == 409
    assert f'"plain-owner">{person.organisation.name}<' in refused.text
    client.post(url, yes | {"confirmed": "on"})
    assert state(person, purpose) == Happening.GIVEN


def test_what_a_parent_gave_both_withdraw_and_here_nobody_gives_for_a_child(client, person, purpose, version):
    at = timezone.now() - timedelta(hours=1)
    said = Said(Happening.GIVEN, purpose, Channel.SMS, Method.PAPER, at, wording=version, given_by=GivenBy.PARENT)
    recording.record(person, said, at=at)
    assert "Withdraw as a parent" in client.get(mailed(person)).text
    withdraw = {"act": "withdraw", "choice": choice(purpose, "sms"), "given_by": "parent"}
    client.post(mailed(person), withdraw)
    assert ConsentEvent.objects.latest("pk").given_by == GivenBy.PARENT
    url = personal(client, person)
    assert "Yes, I agree" not in client.get(url).text


@pytest.mark.parametrize(
    ("age", "years", "country", "may"),
    [("from_13", 0, "NL", False), ("from_13", 4, "NL", True), ("from_13", 0, "BE", True), ("from_12", 0, "BE", False)],
)
def test_who_is_still_too_young_says_no_yes_here(client, person, purpose, version, age, years, country, may):
    Organisation.objects.filter(pk=person.organisation_id).update(country=country)
    at = timezone.now() - timedelta(days=366 * years, hours=1)
    said = Said(Happening.REFUSED, purpose, Channel.SMS, Method.HOSTED, at, wording=version, age=age)
    recording.record(person, said, at=at)
    assert ("Yes, I agree" in client.get(personal(client, person)).text) is may


def test_links_of_the_erased_answer_like_links_of_nobody(client, person):
    by_mail, own = mailed(person), personal(client, person)
    leaving.erase(person, at=timezone.now(), method=Method.DESK)
    answers = [client.get(where) for where in (by_mail, own, mailed(person)[:-5] + "AAAA/")]
    assert {answer.status_code for answer in answers} == {410}
    texts = {re.sub(r'(value|content)="[^"]*"', "", answer.text) for answer in answers}
    assert len(texts) == 1


@pytest.mark.parametrize("limit", ["preferences.ASKS_PER_HOUR", "preferences.PER_HOUR", "personal.FILES_PER_HOUR"])
def test_who_asks_too_often_waits_for_the_next_hour(client, person, monkeypatch, limit):
    do = {
        "preferences.ASKS_PER_HOUR": lambda: asked(client, person, "other@example.org"),
        "preferences.PER_HOUR": lambda: client.post(mailed(person), {"act": "withdraw_all"}),
        "personal.FILES_PER_HOUR": lambda: client.get(f"{own}proof/json/"),
    }[limit]
    own = personal(client, person)
    assert do().status_code < 400
    monkeypatch.setattr(f"portal.views.{limit}", 0)
    refused = do()
    assert refused.status_code == 429
    assert f'"plain-owner">{person.organisation.name}<' in refused.text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_choices(client, person, django_assert_num_queries, rows):
    for _row in range(rows):
        purpose = ConsentPurposeFactory(organisation=person.organisation)
        ConsentEventFactory(wording=WordingVersionFactory(wording=WordingFactory(purpose=purpose)), person=person)
    client.get(mailed(person))
    with django_assert_num_queries(5):  # the person, and four of what they see
        client.get(mailed(person))
