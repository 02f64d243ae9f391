"""Typing in a pile of papers: all lines or none, each paper once."""

from datetime import timedelta

import pytest

from consent.actions import recording
from consent.models import ConsentEvent, FormVersion, ParentVoice, Person, WordingVersion
from tests.consent import desk, school
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import UserFactory
from tests.factories.consent import ConsentFormFactory

pytestmark = pytest.mark.django_db
DAY = "2026-01-08"


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def filled(*lines, kind="email", channel="email"):
    """What the page sends: `lines` are dicts of what differs."""
    given = {"kind": kind, "channel": channel, "language": "nl", "papers-TOTAL_FORMS": 8, "papers-INITIAL_FORMS": 0}
    blank = {"value": "", "on": "", "answer_0": "yes", "who": "subject", "number": ""}
    for place in range(8):
        line = blank | {"on": DAY} | lines[place] if place < len(lines) else blank
        given |= {f"papers-{place}-{name}": value for name, value in line.items()}
    return given


def test_a_pile_is_recorded_whole_and_no_paper_twice(client, organisation):
    version = desk.published(organisation)
    page = url(organisation, "papers_of", version.pk)
    two = ({"value": "a@example.org", "number": "14"}, {"value": "b@example.org", "number": "15", "answer_0": "no"})
    assert "2 papers were recorded." in words(client.post(page, filled(*two), follow=True))
    kinds = ConsentEvent.objects.order_by("kind").values_list("kind", "method", "wording", "channel")
    assert list(kinds) == [(10, "paper", version.pk, "email"), (30, "paper", version.pk, "email")]
    again = client.post(page, filled({"value": "c@example.org", "number": "16"}, two[0]))
    assert again.status_code == 422
    assert "Paper 14 was typed in already" in words(again)
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"value": "nobody", "number": "1"}, "is not an e-mail address"),
        ({"value": "a@example.org"}, "This field is required"),
        ({"value": "a@example.org", "number": "a@example.org"}, "number without an address"),
        ({"value": "a@example.org", "number": "1", "on": "2025-01-01"}, "not in use on that day"),
        ({"value": "a@example.org", "number": "1", "on": "2199-01-01"}, "future"),
        ({"value": "a@example.org", "number": "1", "on": "yesterday"}, "Enter a valid date"),
    ],
)
def test_one_wrong_line_keeps_all_out_and_says_what_is_wrong(client, organisation, line, sentence):
    version = desk.published(organisation)
    response = client.post(
        url(organisation, "papers_of", version.pk), filled({"value": "z@example.org", "number": "9"}, line)
    )
    assert response.status_code == 422
    assert sentence in words(response)
    assert "Nothing was recorded" in words(response)
    assert not ConsentEvent.objects.exists()


def test_the_paper_of_a_pupil_says_which_parent_and_minds_who_decides(client, organisation):
    [version] = school.purposes_of(organisation, "website")
    school.pupil(organisation)
    page = url(organisation, "papers_of", version.pk)
    young = {"value": "1001", "number": "3", "who": "subject", "answer_0": "no"}
    assert "a parent withdraws" in words(client.post(page, filled(young, kind="number", channel="none")))
    client.post(page, filled(young | {"who": "parent-2", "answer_0": "yes"}, kind="number", channel="none"))
    assert ParentVoice.objects.get().parent == 2


@pytest.fixture
def form(organisation):
    """A printed form that asks one purpose over two channels."""
    version = desk.published(organisation)
    choices = [
        {"wording": str(version.pk), "name": "News", "number": version.number, "channel": channel}
        for channel in ("email", "sms")
    ]
    texts = {"nl": {"title": "Nieuws", "kept": "Twee jaar"}}
    return FormVersion.objects.create(
        organisation=organisation,
        form=ConsentFormFactory(organisation=organisation, slug="newsletter"),
        number=2,
        content={"choices": choices, "asks": {"email": True, "phone": True, "number": False}, "texts": texts},
        digest="0" * 64,
        valid_from=MORNING,
        published_at=MORNING + timedelta(hours=1),
    )


def test_all_questions_of_a_form_are_typed_in_on_one_line_each_for_its_channel(client, organisation, form):
    page = url(organisation, "form_papers", form.form_id, form.number)
    assert "News (Text message)" in words(client.get(page))
    line = {"value": "a@example.org", "phone": "06 12345678", "number": "14", "answer_0": "no", "answer_1": "yes"}
    empty = {"value": "b@example.org", "number": "15", "answer_0": "yes", "answer_1": ""}
    assert "2 papers were recorded." in words(client.post(page, filled(line, empty), follow=True))
    events = ConsentEvent.objects.order_by("channel", "kind").values_list("channel", "kind", "form")
    assert list(events) == [("email", 10, form.pk), ("email", 30, form.pk), ("sms", 10, form.pk)]
    assert recording.person_of(organisation, "phone", "0612345678").events.count() == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"answer_0": "", "answer_1": ""}, "Nothing was answered on this paper"),
        ({"answer_0": "", "answer_1": "yes"}, "fill in the number that stands on the paper"),
        ({"answer_0": "yes", "answer_1": "yes", "phone": "1"}, "is not a telephone number"),
        ({"answer_1": "yes", "phone": "06 12345678", "number": "31612345678"}, "number without an address"),
    ],
)
def test_a_paper_of_a_form_that_cannot_be_right_is_refused(client, organisation, form, line, sentence):
    page = url(organisation, "form_papers", form.form_id, form.number)
    response = client.post(page, filled({"value": "a@example.org", "number": "1"} | line))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not ConsentEvent.objects.exists()
    assert not Person.objects.exists()


def test_the_form_is_found_by_the_code_under_the_qr_code_and_a_wording_from_the_list(client, organisation, form):
    version = WordingVersion.objects.get()
    page = url(organisation, "papers")
    assert client.post(page, {"code": "newsletter/2"}).url == url(organisation, "form_papers", form.form_id, 2)
    assert "No form has this code" in words(client.post(page, {"code": "newsletter/²"}))
    assert client.post(page, {"version": str(version.pk)}).url == url(organisation, "papers_of", version.pk)
