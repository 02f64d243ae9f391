"""Webhooks: another system hears everything once it can be reached, signed, in order, and never anything else of us."""

import hashlib
import hmac
import json
import socket
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.urls import reverse

from accounts.models import Change, Event
from consent import delivering
from consent.actions import webhooks as acts
from consent.kinds import Happening
from consent.models import Webhook, WebhookState
from core import outgoing
from tests.factories.accounts import AT, OrganisationFactory, headers
from tests.factories.consent import ConsentEventFactory, WebhookFactory, WordingVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def other_side():
    """A server that keeps what it hears; `status` is what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.heard.append((dict(self.headers), body))
            self.send_response(self.server.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.status = [], 204
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(other_side, settings):
    settings.WEBHOOKS_OWN_NETWORK = True
    other_side.heard.clear()
    other_side.status = 204
    return WebhookFactory(url=f"http://127.0.0.1:{other_side.server_port}/dertig")


def event(webhook, **fields):
    wording = WordingVersionFactory(wording__purpose__organisation=webhook.organisation)
    return ConsentEventFactory(wording=wording, **fields)


def ids(server):
    return [[one["id"] for one in json.loads(body)["events"]] for _headers, body in server.heard]


def test_what_changed_is_told_once_signed_and_without_an_address(webhook, other_side):
    first = event(webhook)
    event(WebhookFactory(url="https://stranger.example"))
    delivering.deliver(AT)
    delivering.deliver(AT + timedelta(minutes=1))
    assert ids(other_side) == [[first.pk]]
    [(said, body)] = other_side.heard
    moment, mark = (part.partition("=")[2] for part in said["Dertig-Signature"].split(","))
    signed = hmac.new(b"whsec_test", moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert mark == signed
    assert json.loads(body)["events"][0]["addresses"] is None
    second = event(webhook)
    delivering.deliver(AT + timedelta(minutes=2))
    assert ids(other_side) == [[first.pk], [second.pk]]


def test_it_hears_only_the_kinds_that_it_wants(webhook, other_side):
    Webhook.objects.filter(pk=webhook.pk).update(kinds=["withdrawn"])
    event(webhook)
    left = event(webhook, kind=Happening.WITHDRAWN)
    delivering.deliver(AT)
    assert ids(other_side) == [[left.pk]]


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_was_not_taken_is_sent_again_after_growing_pauses_until_three_days_are_over(webhook, other_side, status):
    found = event(webhook)
    other_side.status = status
    delivering.deliver(AT)
    delivering.deliver(AT + timedelta(seconds=20))
    assert len(other_side.heard) == 1
    delivering.deliver(AT + timedelta(seconds=30))
    delivering.deliver(AT + timedelta(seconds=80))
    assert len(other_side.heard) == 2
    delivering.deliver(AT + timedelta(days=3))
    webhook.state.refresh_from_db()
    assert (webhook.state.given_up_at, webhook.state.last_answer) == (AT + timedelta(days=3), str(status))
    delivering.deliver(AT + timedelta(days=9))
    assert len(other_side.heard) == 3
    other_side.status = 200
    acts.try_again(webhook, by=None, at=AT + timedelta(days=10))
    told = Event.objects.get(kind="settings_changed")
    assert (told.subject, told.details) == (webhook.url, {"what": "try again"})
    delivering.deliver(AT + timedelta(days=10))
    assert ids(other_side)[-1] == [found.pk]
    webhook.state.refresh_from_db()
    assert (webhook.state.failing_since, webhook.state.heard) == (None, found.pk)


def test_who_waits_is_told_though_others_have_heard_all_and_one_that_hangs_ends_the_turn(
    webhook, other_side, monkeypatch
):
    monkeypatch.setattr(delivering, "AT_ONCE", 2)
    found = event(webhook)
    for _number in range(2):
        done = WebhookFactory(url=webhook.url)
        WebhookState.objects.filter(pk=done.pk).update(heard=found.pk, due_at=AT - timedelta(hours=1))
    WebhookFactory(organisation=webhook.organisation, url=webhook.url)
    monkeypatch.setattr(delivering, "monotonic", iter([0, 0, 30, 30, 30]).__next__)
    delivering.deliver(AT)
    assert ids(other_side) == [[found.pk]]
    delivering.deliver(AT)
    assert ids(other_side) == [[found.pk], [found.pk]]


def test_after_a_new_secret_the_old_one_signs_for_a_day_too(webhook):
    secret = acts.change_secret(webhook, by=None, at=AT)
    row = Webhook.objects.get()
    assert row.secret == secret
    assert delivering.signature(row, b"{}", AT).count("v1=") == 2
    assert delivering.signature(row, b"{}", AT + timedelta(days=1)).count("v1=") == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:7f00:1::]/",
        "https://10.1.2.3/",
        "https://[fec0::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://user:word@shop.example.org/",
        "https://shop.example.org:port/",
        "file:///etc/passwd",
        "nonsense",
    ],
)
def test_an_address_inside_our_own_network_is_refused(client, member, url):
    organisation = member("privacy_officer").organisation
    assert client.post(reverse("consent:webhook_new", args=[organisation.slug]), {"url": url}).status_code == 422
    own = headers(organisation)
    answer = client.post("/api/v1/webhooks", {"url": url}, content_type="application/json", headers=own)
    assert (answer.status_code, answer.json()["error"]["where"]) == (422, "url")
    with pytest.raises(outgoing.Unreachable, match="address"):
        outgoing.post(url, b"", {})


def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    inside = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("192.168.1.1", 443))]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *args, **kwargs: inside)
    with pytest.raises(outgoing.Unreachable, match="address"):
        outgoing.post("https://shop.example.org/", b"", {})


def test_who_answers_drop_by_drop_is_cut_off(monkeypatch, settings):
    settings.WEBHOOKS_OWN_NETWORK = True
    monkeypatch.setattr(outgoing, "IN_ALL", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _address = server.accept()
            with connection, suppress(OSError):
                for _drop in range(100):
                    connection.sendall(b"H")
                    time.sleep(0.05)

        Thread(target=drip, daemon=True).start()
        with pytest.raises(outgoing.Unreachable, match="connection"):
            outgoing.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})


def test_it_is_made_tried_and_ended_on_its_page(client, member, webhook, other_side):
    organisation = member("privacy_officer", organisation=webhook.organisation).organisation
    made = client.post(
        reverse("consent:webhook_new", args=[organisation.slug]), {"url": webhook.url, "kinds": ["withdrawn"]}
    )
    other = Webhook.objects.exclude(pk=webhook.pk).get()
    assert other.secret in made.content.decode()
    client.post(reverse("consent:webhook_test", args=[organisation.slug, other.pk]))
    assert json.loads(other_side.heard[-1][1])["test"] is True
    listed = client.get(reverse("consent:webhooks", args=[organisation.slug])).content.decode()
    assert "the answer was 204" in listed
    assert other.secret not in listed
    assert other.url in client.get(reverse("consent:webhook_end", args=[organisation.slug, other.pk])).text
    assert Webhook.objects.in_use().filter(pk=other.pk).exists()
    client.post(reverse("consent:webhook_end", args=[organisation.slug, other.pk]))
    assert set(Change.objects.values_list("kind", flat=True)) >= {"webhook.made", "webhook.ended"}
    event(webhook)
    Webhook.objects.filter(pk=webhook.pk).update(ended_at=AT)
    delivering.deliver(AT)
    assert len(other_side.heard) == 1


def test_a_webhook_is_told_by_one_worker_at_a_time(webhook):
    assert delivering._claim(webhook.state, AT)
    assert not delivering._claim(webhook.state, AT)


def test_another_system_makes_and_ends_its_own(client, webhook, monkeypatch):
    own = headers(webhook.organisation)
    wanted = {"url": "https://shop.example.org/new", "kinds": ["withdrawn", "objected"]}
    made = client.post("/api/v1/webhooks", wanted, content_type="application/json", headers=own)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    listed = client.get("/api/v1/webhooks", headers=own).json()["webhooks"]
    assert [(one["url"], one["kinds"]) for one in listed][1:] == [(wanted["url"], ["objected", "withdrawn"])]
    monkeypatch.setattr(acts, "MOST", 2)
    assert client.post("/api/v1/webhooks", wanted, content_type="application/json", headers=own).status_code == 409
    stranger = headers(OrganisationFactory())
    assert client.get("/api/v1/webhooks", headers=stranger).json() == {"webhooks": []}
    assert client.delete(f"/api/v1/webhooks/{made.json()['id']}", headers=stranger).status_code == 404
    assert client.delete(f"/api/v1/webhooks/{made.json()['id']}", headers=own).status_code == 204
    assert client.delete(f"/api/v1/webhooks/{made.json()['id']}", headers=own).status_code == 404
