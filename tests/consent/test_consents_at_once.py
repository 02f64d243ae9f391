"""Two at the same moment on a form, a link or an address: one consent, one mail, and never an error."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import OutgoingMail
from consent.actions import (
    addresses,
    asking,
    consent_forms,
    forgetting,
    leaving,
    newcomers,
    purposes,
    recording,
    rounds,
    wordings,
)
from consent.forms.asking import AskForm
from consent.kinds import GIVING, Happening, IdentifierKind, Method
from consent.mailing import customers, importing, lists
from consent.models import (
    ConfirmationRequest,
    ConsentEvent,
    ConsentPurpose,
    Identifier,
    Person,
    RenewalAsked,
    Suppression,
    WordingVersion,
)
from core.refusal import Refused
from tests.consent import asked, desk
from tests.consent.asked import ANNA
from tests.factories.accounts import AT, OrganisationFactory
from tests.factories.consent import RenewalRoundFactory
from tests.register.test_two_at_once import at_once, while_open

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="the SQLite of the tests is in memory, where two connections cannot wait"
    ),
]


def take(version, at, **more):
    form = AskForm(
        {"choice_0": "on", "email": ANNA} | more, content=version.content, places=(0,), language="en", country="NL"
    )
    assert form.is_valid(), form.errors
    return asking.take(version, form.filled(), method=Method.HOSTED, network="192.0.2.0", at=at)


def test_who_fills_in_a_form_many_times_at_once_gets_one_mail_and_confirms_once():
    version, at = asked.published(OrganisationFactory(country="NL")), timezone.now()
    at_once(*[lambda: take(version, at)] * 4)
    assert (ConfirmationRequest.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    request = ConfirmationRequest.objects.select_related("version__organisation", "person__organisation").get()
    given = at_once(*[lambda: asking.confirm(request, network="", at=at)] * 3)
    assert sorted(map(len, given)) == [0, 0, 1]
    assert ConsentEvent.objects.filter(kind__in=GIVING).count() == 1


def test_one_number_that_two_confirm_at_once_leads_to_one_of_them():
    version = asked.published(OrganisationFactory(country="NL"), channels=("sms",), asks_phone=True)
    at = timezone.now()
    for name in ("anna", "bert"):
        take(version, at, email=f"{name}@example.org", phone="0612345678")
    requests = ConfirmationRequest.objects.select_related("version__organisation", "person__organisation")
    given = at_once(*[lambda one=one: asking.confirm(one, network="", at=at) for one in requests])
    assert [len(one) for one in given] == [1, 1]
    assert Identifier.objects.filter(kind=IdentifierKind.PHONE).count() == 1


def test_one_new_address_that_two_confirm_at_once_is_of_one_of_them():
    organisation, at = OrganisationFactory(), timezone.now()
    people = [recording.find_or_add(organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=at) for name in "abc"]
    changes = [addresses.ask(person, "new@example.org", at=at) for person in people]
    results = at_once(*[lambda one=one: addresses.confirm(one, at=at) for one in changes])
    assert sum(isinstance(one, Refused) for one in results) == 2


def test_publishing_and_confirming_go_together_with_erasing():
    form = asked.drafted(OrganisationFactory(country="NL"))
    form.refresh_from_db()
    now = timezone.now() - timedelta(minutes=1)
    published = at_once(
        *[lambda: consent_forms.publish(form, revision=form.revision, by=None, at=now)] * 3,
    )
    assert sum(isinstance(one, Refused) for one in published) == 2
    take(form.versions.get(), timezone.now())
    request = ConfirmationRequest.objects.select_related("version__organisation", "person__organisation").get()
    at = timezone.now()
    at_once(
        lambda: asking.confirm(request, network="", at=at),
        lambda: leaving.erase(request.person, at=at, method=Method.DESK),
    )
    assert Person.objects.get().erased_at == at
    assert not Identifier.objects.exists()


@pytest.mark.parametrize("publishes_first", [True, False])
def test_who_consents_while_the_wording_is_published_anew_consents_within_its_validity(publishes_first):
    organisation = OrganisationFactory(country="NL")
    version = desk.published(organisation)
    wording, early = version.wording, timezone.now()
    texts = wordings.texts_of(wording)
    texts["en"] |= {"text": "Yes, mail me the newsletter and tips."}
    wordings.save_texts(wording, name=wording.name, texts=texts, by=None, at=early)
    wording.refresh_from_db()
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=early)

    def give():
        at = timezone.now()
        said = recording.Said(Happening.GIVEN, wording.purpose, "email", Method.WEB_FORM, at, wording=version)
        return recording.record(person, said, at=at)

    acts = [give, lambda: desk.publish(wording, at=early)]
    results = while_open(*acts[:: -1 if publishes_first else 1])
    assert isinstance(results[1], Refused) == publishes_first
    given = ConsentEvent.objects.select_related("wording")
    assert [one.happened_at < one.wording.valid_until for one in given] == [True] * (not publishes_first)


def test_leaving_many_times_at_once_is_leaving_once():
    organisation, early = OrganisationFactory(country="NL"), timezone.now()
    version = desk.published(organisation)
    purpose, at, by = version.wording.purpose, early + timedelta(minutes=1), {"method": Method.PREFERENCES}
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=early)
    for channel, leave in (
        ("email", lambda: leaving.withdraw(person, purpose, "email", at=at, **by)),
        ("sms", lambda: leaving.object_to_marketing(person, at=at, **by)),
    ):
        told = recording.Said(Happening.GIVEN, purpose, channel, Method.WEB_FORM, early, wording=version)
        recording.record(person, told, at=early)
        at_once(*[leave] * 3)
    kinds = list(ConsentEvent.objects.filter(kind__gt=GIVING[-1]).order_by("kind").values_list("kind", "channel"))
    assert kinds == [(Happening.WITHDRAWN, "email"), (Happening.OBJECTED, "email"), (Happening.OBJECTED, "sms")]
    assert Suppression.objects.count() == 1


def test_who_consents_again_at_the_moment_of_being_forgotten_is_not_forgotten():
    organisation, early = OrganisationFactory(country="NL"), timezone.now()
    version = desk.published(organisation)
    purpose, later = version.wording.purpose, early + timedelta(days=366 * 5 + 40)
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=early)
    told = recording.Said(Happening.REFUSED, purpose, "email", Method.WEB_FORM, early, wording=version)
    recording.record(person, told, at=early)
    yes = replace(told, kind=Happening.GIVEN, happened_at=later)
    while_open(lambda: recording.record(person, yes, at=later), lambda: forgetting.reduce_who_left(later))
    assert Person.objects.get().erased_at is None


def test_who_answers_at_the_moment_a_round_ends_was_not_silent():
    day, gone = timedelta(days=1), {"line": {}, "texts": {}}  # of a purpose that is there no longer, so it is stale
    renewal = RenewalRoundFactory(before__content=gone, ends_on=AT.date() + day)
    person = recording.find_or_add(renewal.organisation, IdentifierKind.EMAIL, ANNA, at=AT)
    asked_again = RenewalAsked.objects.create(round=renewal, person=person, channel="email", given_by="subject", at=AT)
    said = {
        "is_yes": True,
        "is_confirmed": False,
        "version": str(renewal.after.pk),
        "language": "nl",
        "address": "",
        "at": AT + 2 * day,
    }
    while_open(lambda: rounds.answer(asked_again, **said), lambda: rounds.end_due(AT + 3 * day))
    assert [event.kind for event in ConsentEvent.objects.all()] == [Happening.RENEWED]


@pytest.mark.parametrize("publishes_first", [True, False])
def test_a_purpose_that_is_no_longer_asked_has_no_wording_that_people_are_shown(publishes_first):
    wording, at = desk.draft(desk.purpose(OrganisationFactory())), timezone.now()
    acts = [
        lambda: desk.publish(wording, at=at),
        lambda: purposes.retire(wording.purpose, by=None, at=at, on=timezone.localdate(at)),
    ]
    assert isinstance(while_open(*acts[:: 1 if publishes_first else -1])[1], Refused)
    shown = WordingVersion.objects.filter(valid_until=None).exists()
    assert (shown, ConsentPurpose.objects.get().retired_on is None) == (publishes_first, publishes_first)


def test_one_reference_many_times_at_once_is_one_event():
    version = asked.published(OrganisationFactory(country="NL"))
    shown, at = WordingVersion.objects.select_related("wording__purpose").get(), timezone.now()
    person = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, ANNA, at=at)
    said = recording.Said(
        Happening.GIVEN, shown.wording.purpose, "email", Method.API, at, wording=shown, reference="till-7"
    )
    assert len({one.pk for one in at_once(*[lambda: recording.record(person, said, at=at)] * 4)}) == 1


@pytest.mark.parametrize("door", [importing, customers])
def test_who_is_erased_while_a_list_comes_in_is_not_made_anew_by_it(door, monkeypatch):
    version = asked.published(OrganisationFactory(country="NL"))
    organisation, purpose = version.organisation, ConsentPurpose.objects.get()
    person = recording.find_or_add(organisation, IdentifierKind.EMAIL, ANNA, at=timezone.now())
    make = newcomers.find_or_add

    def late(*args, **more):
        at_once(lambda: leaving.erase(person, at=timezone.now(), method=Method.DESK))
        return make(*args, **more)

    monkeypatch.setattr(newcomers, "find_or_add", late)
    content = f"email,purpose,channel,customer since\n{ANNA},{purpose.code},email,2025-01-01\n".encode()
    source = lists.Source("list.csv", lambda: io.BytesIO(content))
    of_all = {"by": None, "at": timezone.now(), "language": "en"}
    bring_in = {
        importing: lambda: importing.run(organisation, [purpose], source, io.BytesIO(), **of_all),
        customers: lambda: customers.run(purpose, source, io.BytesIO(), **of_all),
    }[door]
    with pytest.raises(Refused, match="gewist|erased"):
        bring_in()
    assert recording.person_of(organisation, IdentifierKind.EMAIL, ANNA) is None
