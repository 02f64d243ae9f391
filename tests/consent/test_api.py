"""The API of consents: recording is done once, what it answers is what the desk decides, and errors have one shape."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.models import ApiKey, OutgoingMail, Scope
from consent.actions import recording
from consent.api import recording as api
from consent.kinds import Happening
from consent.models import ConsentEvent, Identifier, Person, Suppression
from tests.core.collisions import of_database
from tests.factories.accounts import AT, OrganisationFactory, headers
from tests.factories.consent import ConsentPurposeFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wording():
    return WordingVersionFactory(wording__purpose__code="newsletter")


@pytest.fixture
def send(client, wording):
    """`send(path, body)`: by a key of the wording's organisation; GET without a body."""
    own = headers(wording.organisation)

    def sent(path, body=None, **more):
        with_key = {"headers": more.pop("headers", own)}
        if body is None:
            return client.get(f"/api/v1/{path}", more, **with_key)
        return client.post(f"/api/v1/{path}", body, content_type="application/json", **with_key)

    return sent


def event(shown, **fields):
    return {
        "reference": "shop-1",
        "address": {"value": "Anna@example.org"},
        "purpose": "newsletter",
        "channel": "email",
        "kind": "given",
        "happened_at": AT.isoformat(),
        "wording": str(shown.pk),
        "language": "en",
        **fields,
    }


@pytest.mark.parametrize("path", ["event", "events/", "people", ""])
def test_an_address_that_is_none_says_so_in_the_one_shape_however_it_is_asked(wording, path):
    other_system = Client(enforce_csrf_checks=True, headers=headers(wording.organisation))
    for method in ("get", "post", "delete"):
        answer = getattr(other_system, method)(f"/api/v1/{path}", content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_database_that_is_busy_asks_to_come_back(send, wording, tmp_path, monkeypatch):
    monkeypatch.setattr("consent.api.recording._record", Mock(side_effect=of_database(tmp_path)["busy"]))
    answer = send("events", event(wording))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.json()["error"]["code"] == "busy"


def test_a_database_that_fails_otherwise_is_a_fault_and_asks_nobody_to_come_back(send, wording, monkeypatch):
    monkeypatch.setattr("consent.api.recording._record", Mock(side_effect=OperationalError("no space left")))
    answer = send("events", event(wording))
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "failed")
    assert "Retry-After" not in answer


def test_the_same_event_sent_twice_is_recorded_once(send, wording):
    first = send("events", event(wording, network="192.0.2.77", note="At the till"))
    again = send("events", event(wording, network="198.51.100.1", note="At the till"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    recorded = ConsentEvent.objects.get()
    assert recorded.kind == Happening.GIVEN
    assert recorded.person == recording.person_of(wording.organisation, "email", "anna@example.org")
    assert "192.0.2" not in recorded.detail.sealed


@pytest.mark.parametrize(
    ("other", "status"),
    [({}, 200), ({"note": "Something else"}, 409), ({"given_by": "parent"}, 409), ({"language": "nl"}, 409)],
)
@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=1)])
def test_one_reference_at_the_same_moment_is_one_event_and_another_content_is_never_called_recorded(
    send, wording, other, status, ahead, monkeypatch
):
    sent = event(wording, happened_at=(timezone.now() + ahead).isoformat(), receipt=True)
    first = send("events", sent)
    look, looked = api._known, []  # the first look finds nothing yet
    monkeypatch.setattr(api, "_known", lambda *args: look(*args) if looked else looked.append(1))
    again = send("events", sent | other)
    assert (first.status_code, again.status_code) == (201, status)
    assert again.json().get("id", first.json()["id"]) == first.json()["id"]
    assert status == 200 or again.json()["error"]["code"] == "reference_used"
    assert (ConsentEvent.objects.count(), OutgoingMail.objects.count()) == (1, 1)


@pytest.mark.parametrize("method", ["web_form", "lead_ad", "app"])
def test_another_system_says_how_it_asked(send, wording, method):
    assert send("events", event(wording, method=method)).status_code == 201
    assert ConsentEvent.objects.get().method == method


def test_an_event_costs_the_same_few_queries_however_much_is_known_of_the_person(
    send, wording, django_assert_num_queries
):
    send("events", event(wording))  # the first use of a key on a day is written down
    for number in (1, 3):
        for earlier in range(number):
            send("events", event(wording, reference=f"till-{number}-{earlier}"))
        with django_assert_num_queries(14):
            assert send("events", event(wording, reference=f"till-{number}")).status_code == 201
    with django_assert_num_queries(20):
        send("events", event(wording, reference="till-4", address={"value": "new@example.org"}))


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "withdrawn", "wording": None},
        {"address": {"value": "bram@example.org"}},
        {"language": "nl"},
        {"note": "Something else"},
        {"happened_at": "2026-01-05T09:00:01Z"},
    ],
)
def test_one_reference_with_another_content_is_refused_and_both_are_shown(send, wording, other):
    send("events", event(wording))
    answer = send("events", event(wording, **other))
    assert answer.status_code == 409
    body = answer.json()
    assert body["error"] == {
        "code": "reference_used",
        "message": "Another event was recorded under this reference.",
        "where": "reference",
    }
    assert body["known"]["kind"] == "given"
    assert body["sent"]["kind"] == other.get("kind", "given")
    assert ConsentEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "where"),
    [
        ({"purpose": "other"}, 404, "purpose"),
        ({"wording": "6f9e3a52-3f0b-4c55-9c3d-000000000000"}, 404, "wording"),
        ({"wording": None}, 409, ""),
        ({"happened_at": "2999-01-01T00:00:00Z"}, 422, "happened_at"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, 422, "happened_at"),
        ({"happened_at": "2026-01-05"}, 422, "happened_at"),
        ({"address": {"value": "nobody"}}, 422, "address.value"),
        ({"reference": "anna@example.org-1"}, 422, "reference"),
        ({"reference": "tel 06-12345678", "address": {"kind": "phone", "value": "+31612345678"}}, 422, "reference"),
        ({"note": "a\0b"}, 422, "note"),
        ({"note": "\ud800"}, 422, "note"),
        ({"colour": "red"}, 422, "colour"),
        ({"kind": "erased"}, 422, "kind"),
    ],
)
def test_what_is_wrong_gets_one_sentence_and_changes_nothing(send, wording, fields, status, where):
    answer = send("events", event(wording, **fields))
    assert answer.status_code == status, answer.content
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "where"}
    assert error["where"] == where
    assert error["message"].endswith(".")
    assert not Person.objects.exists()


def test_a_clock_that_runs_a_little_ahead_is_taken_for_now(send, wording):
    soon = (timezone.now() + timedelta(seconds=50)).isoformat()
    sent = event(wording, happened_at=soon)
    assert send("events", sent).status_code == 201
    assert send("events", sent).status_code == 200
    recorded = ConsentEvent.objects.get()
    assert recorded.happened_at == recorded.recorded_at
    assert send("events", sent | {"happened_at": AT.isoformat()}).status_code == 409


def test_an_objection_ends_all_direct_marketing_as_of_its_own_moment(send, wording):
    other = WordingVersionFactory(wording__purpose=ConsentPurposeFactory(organisation=wording.organisation, code="b"))
    send("events", event(wording))
    send("events", event(other, reference="shop-2", purpose="b"))
    later = (AT + timedelta(days=1)).isoformat()
    assert send("events", event(wording, reference="shop-3", kind="objected", happened_at=later)).status_code == 201
    state = send("state", {"address": {"value": "anna@example.org"}}).json()
    assert [(one["purpose"], one["state"], one["holds"]) for one in state["states"]] == [
        ("b", "objected", False),
        ("newsletter", "objected", False),
    ]
    assert [mark["reason"] for mark in state["suppressions"]] == ["objected"]
    assert Suppression.objects.get().since == AT + timedelta(days=1)


def test_a_receipt_is_mailed_once_and_only_when_asked_for(send, wording):
    send("events", event(wording))
    assert not OutgoingMail.objects.exists()
    for _time in range(2):
        send("events", event(wording, reference="shop-2", kind="objected", receipt=True))
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.is_private) == ("anna@example.org", True)


def test_many_addresses_are_checked_at_once_in_their_order(send, wording, django_assert_num_queries):
    send("events", event(wording))
    send("events", event(wording, reference="shop-2", address={"value": "bram@example.org"}, kind="refused"))
    asked = {"purpose": "newsletter", "channel": "email", "addresses": ["bram@example.org"]}
    with django_assert_num_queries(9):
        send("check", asked)
    asked["addresses"] = ["bram@example.org", "ANNA@example.org", "nobody", "carla@example.org"] * 3
    with django_assert_num_queries(9):
        answers = send("check", asked).json()["answers"]
    assert [(one["line"], one["outcome"], one["rule"]) for one in answers[:4]] == [
        (1, "not_allowed", "withdrawn"),
        (2, "allowed", "consent"),
        (3, "unknown", "not-an-address"),
        (4, "not_allowed", "no-consent"),
    ]
    assert answers[1]["reason"] == "This person gave consent."


def test_somebody_is_erased_and_comes_back_in_no_stream(send, wording):
    send("events", event(wording))
    erased = send("people/erase", {"address": {"value": "anna@example.org"}}).json()
    assert erased["person"] == str(Person.objects.get().pk)
    assert not Identifier.objects.exists()
    assert send("people/erase", {"address": {"value": "anna@example.org"}}).json() == {"person": None}
    assert "anna" not in send("changes").content.decode()


def test_the_stream_goes_on_where_it_stopped(send, wording, client):
    for number in range(5):
        address = {"value": f"person-{number}@example.org"}
        send("events", event(wording, reference=f"shop-{number}", address=address))
    first = send("changes", limit=3).json()
    assert (len(first["events"]), first["more"]) == (3, True)
    assert first["events"][0]["addresses"] == [{"kind": "email", "value": "person-0@example.org"}]
    narrow = headers(wording.organisation, scopes=[Scope.CONSENT_STREAM])
    rest = send("changes", after=first["next"], headers=narrow).json()
    assert (len(rest["events"]), rest["more"]) == (2, False)
    assert rest["events"][0]["addresses"] is None
    assert send("changes", after=rest["next"]).json() == {"events": [], "next": rest["next"], "more": False}


def test_what_can_be_asked_comes_with_its_words(send, wording):
    [purpose] = send("purposes").json()["purposes"]
    assert purpose["code"] == "newsletter"
    [shown] = purpose["wordings"]
    assert shown["id"] == str(wording.pk)
    assert shown["texts"]["en"]["text"] == "Yes, mail me the newsletter."


def test_a_key_opens_what_it_was_made_for_until_it_ends(send, wording):
    wrong = headers(wording.organisation, scopes=[Scope.CONSENT_CHECK])
    assert send("events", event(wording), headers=wrong).status_code == 403
    past = headers(wording.organisation, valid_until=timezone.localdate())
    for without in (past, {}, {"Authorization": "Bearer dertig_none"}, {"Authorization": "Bearer é"}):
        refused = send("purposes", headers={"Accept-Language": "nl", **without})
        assert refused.status_code == 401
        assert refused["WWW-Authenticate"] == "Bearer"
        assert refused.json()["error"]["code"] == "no_key"


def test_a_key_never_meets_another_organisation(send, wording):
    send("events", event(wording))
    stranger = headers(OrganisationFactory())
    assert send("events", event(wording), headers=stranger).status_code == 404
    assert send("purposes", headers=stranger).json() == {"purposes": []}
    assert send("changes", headers=stranger).json()["events"] == []
    known = send("state", {"address": {"value": "anna@example.org"}}, headers=stranger).json()
    assert known == {"person": None, "states": [], "suppressions": []}
    asked = {"purpose": "newsletter", "channel": "email", "addresses": ["anna@example.org"]}
    assert send("check", asked, headers=stranger).status_code == 404
    assert send("people/erase", {"address": {"value": "anna@example.org"}}, headers=stranger).json() == {"person": None}
    assert not Person.objects.exclude(erased_at=None).exists()
    theirs = WordingVersionFactory(wording__purpose__code="theirs")
    answer = send("events", event(theirs, reference="shop-2", kind="refused"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_wording")
    assert ConsentEvent.objects.count() == 1


def test_who_asks_too_much_in_a_minute_hears_when_to_come_back(send, wording):
    slow = headers(wording.organisation, per_minute=2)
    statuses = [send("purposes", headers=slow).status_code for _ in range(2)]
    answer = send("purposes", headers=slow)
    assert [*statuses, answer.status_code] == [200, 200, 429]
    assert 1 <= int(answer["Retry-After"]) <= 60
    caches["worker"].clear()
    assert send("purposes", headers=slow).status_code == 200
    assert ApiKey.objects.get(per_minute=2).last_used_on == timezone.localdate()


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"address": NaN}', "nul\0"])
def test_what_is_no_json_is_refused_calmly(client, wording, body):
    own = headers(wording.organisation)
    answer = client.post("/api/v1/state", body, content_type="application/json", headers=own)
    assert answer.status_code in (400, 422)
    assert "error" in answer.json()


def test_what_is_too_large_is_refused_calmly(client, wording, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    own = headers(wording.organisation)
    answer = client.post("/api/v1/state", "x" * 1001, content_type="application/json", headers=own)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_every_other_address_below_the_api_says_so_in_the_same_shape(client):
    answer = client.get("/api/v1/nowhere", headers={"Accept-Language": "nl"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_another_method_is_refused_in_the_same_shape(client):
    answer = client.put("/api/v1/webhooks")
    assert (answer.status_code, set(answer["Allow"].split(", "))) == (405, {"GET", "POST"})
    assert answer.json()["error"]["code"] == "wrong_method"


def test_what_a_visitor_chose_in_klaro_is_recorded_service_by_service(send, wording):
    ConsentPurposeFactory(organisation=wording.organisation, code="maps")
    chosen = {
        "reference": "visit-1",
        "visitor": "3f1c",
        "choices": {"newsletter": True, "maps": True, "group.necessary": True},
        "happened_at": AT.isoformat(),
    }
    became = {"newsletter": "recorded", "maps": "no_wording", "group.necessary": "needless"}
    for _twice in range(2):
        assert send("klaro", chosen).json() == {"services": became}
    for other in ({"choices": {"maps": False, "newsletter": False}}, {"visitor": "77aa"}, {"language": "en"}):
        answer = send("klaro", chosen | other)  # under this reference stands another choosing, so nothing is kept of it
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "reference_used")
    later = {"happened_at": (AT + timedelta(days=1)).isoformat(), "reference": "visit-2"}
    send("klaro", {**chosen, **later, "choices": {"newsletter": False, "maps": False}})
    ahead = {"reference": "visit-3", "happened_at": (timezone.now() + timedelta(minutes=1)).isoformat()}
    for _twice in range(2):
        assert send("klaro", chosen | ahead).json() == {"services": became}
    events = ConsentEvent.objects.order_by("pk").values_list("purpose__code", "kind", "channel")
    assert list(events) == [
        ("newsletter", Happening.GIVEN, "none"),
        ("newsletter", Happening.WITHDRAWN, "none"),
        ("maps", Happening.REFUSED, "none"),
        ("newsletter", Happening.GIVEN, "none"),
    ]
