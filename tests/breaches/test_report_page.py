"""Reporting a breach: few questions, kept as one types, sent once, and told to whoever watches."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change, OutgoingMail, StoredFile
from breaches import sealing
from breaches.actions import attaching, drafts
from breaches.models import Attachment, Breach, ReportDraft, ReportFile
from core.refusal import Refused
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

NAME = "Jan Jansen of 12 Elm Street"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reporter(member):
    return member("reporter", user=UserFactory(language="en"))


def page_of(membership):
    return reverse("breaches:report", args=[membership.organisation.slug])


def picture(name="letter to Jan Jansen.txt", content=b"Dear Jan"):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def opened(client, url):
    """The id of the draft that the page offers."""
    return re.search(r'name="draft" value="([^"]+)"', client.get(url).text)[1]


def written(**fields):
    return {"happened": f"A letter for {NAME} went to the neighbours.", "act": "send", **fields}


def test_one_answer_is_enough_to_report(client, reporter):
    url = page_of(reporter)
    response = client.post(url, written(draft=opened(client, url)), follow=True)
    breach = Breach.objects.get()
    assert breach.reference in response.text
    assert (breach.reported_by, breach.reporter, breach.is_drill) == (reporter.user, "staff", False)
    assert breach.title not in ("", "Something else", "Iets anders")
    assert breach.first_signal_at == breach.aware_at == breach.reported_at
    assert sealing.opened(breach)["report.happened"].startswith("A letter for Jan Jansen")
    assert not ReportDraft.objects.exists()


def test_of_an_hour_that_came_twice_the_first_is_meant(client, reporter):
    url = page_of(reporter)
    client.post(url, written(draft=opened(client, url), occurred_at="2025-10-26T02:30"))
    assert Breach.objects.get().occurred_from == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_what_the_reporter_wrote_stands_nowhere_unsealed(client, reporter):
    url = page_of(reporter)
    given = written(draft=opened(client, url), data=NAME, done=NAME, contact=NAME, company=NAME, source="processor")
    client.post(url, given | {"files": picture()})
    assert Breach.objects.exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "Jan" not in str(cursor.fetchall()), table
    stored = StoredFile.objects.get()
    assert b"Dear Jan" not in stored.file.read()
    stored.file.close()


@pytest.mark.parametrize("way", ["page", "htmx"])
def test_sending_twice_makes_one_breach(client, reporter, way):
    url = page_of(reporter)
    given = written(draft=opened(client, url))
    headers = HTMX if way == "htmx" else {}
    first, second = (client.post(url, given, headers=headers) for _each in range(2))
    where = "HX-Redirect" if way == "htmx" else "Location"
    assert first[where] == second[where]
    assert Breach.objects.count() == 1
    assert Change.objects.filter(kind="breach.reported").count() == 1
    assert not ReportDraft.objects.exists()


def test_a_late_save_does_not_bring_a_sent_report_back(client, reporter):
    url = page_of(reporter)
    given = written(draft=opened(client, url))
    client.post(url, given)
    response = client.post(url, given | {"act": "keep"}, headers=HTMX)
    assert response["HX-Redirect"].endswith(f"/{Breach.objects.get().pk}/")
    assert not ReportDraft.objects.exists()


def test_what_is_typed_is_kept_and_there_again(client, reporter):
    url = page_of(reporter)
    given = {"draft": opened(client, url), "act": "keep", "happened": "A lost", "groups": ["pupils"], "people": "many"}
    response = client.post(url, given, headers=HTMX)
    assert "Saved, not sent yet" in response.text
    again = client.get(url).text
    assert "A lost</textarea>" in again
    assert re.search(r'value="pupils"[^>]*checked', again)
    assert 'value="many"' in again
    assert given["draft"] in again
    client.post(url, given | {"happened": "A lost phone"}, headers=HTMX)
    assert ReportDraft.objects.count() == 1
    assert "A lost phone</textarea>" in client.get(url).text


def test_without_scripts_a_button_saves(client, reporter):
    url = page_of(reporter)
    given = {"draft": opened(client, url), "act": "keep", "happened": "A lost phone", "files": picture("a.txt")}
    response = client.post(url, given, follow=True)
    assert "A lost phone</textarea>" in response.text
    assert "a.txt" in response.text
    assert not Breach.objects.exists()


def test_files_go_along_sealed_and_each_once(client, reporter):
    url = page_of(reporter)
    draft = opened(client, url)
    for _try in range(2):  # the answer to the first got lost
        client.post(url, {"draft": draft, "act": "keep", "files": picture()}, headers=HTMX)
    assert ReportFile.objects.count() == 1
    client.post(url, written(draft=draft, files=picture("other.txt", b"More")))
    breach = Breach.objects.get()
    assert dict(attaching.opened(row) for row in breach.attachments.all()) == {
        "letter to Jan Jansen.txt": b"Dear Jan",
        "other.txt": b"More",
    }
    sealing.destroy(breach, by=None, at=timezone.now())
    with pytest.raises(Refused):
        attaching.opened(Attachment.objects.first())


def test_a_file_is_taken_away_with_its_bytes(client, reporter, django_capture_on_commit_callbacks):
    url = page_of(reporter)
    draft = opened(client, url)
    client.post(url, {"draft": draft, "act": "keep", "files": picture()}, headers=HTMX)
    file = ReportFile.objects.get()
    storage, path = file.file.file.storage, file.file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"draft": draft, "act": f"remove:{file.pk}"}, headers=HTMX)
    assert not StoredFile.objects.exists()
    assert not storage.exists(path)


def test_a_file_of_the_wrong_kind_is_refused_in_words_and_the_rest_is_kept(client, reporter):
    url = page_of(reporter)
    given = written(draft=opened(client, url), files=picture("virus.exe"))
    response = client.post(url, given)
    assert response.status_code == 422
    assert "virus.exe: Files of this kind are not kept" in response.text
    assert not Breach.objects.exists()
    assert "went to the neighbours" in ReportDraft.objects.get().answers


def test_a_report_takes_a_number_of_files(client, reporter):
    url = page_of(reporter)
    many = [picture(f"{number}.txt", f"{number}".encode()) for number in range(12)]
    response = client.post(url, {"draft": opened(client, url), "act": "keep", "files": many}, headers=HTMX)
    assert "A report takes 10 files" in response.text
    assert ReportFile.objects.count() == 10


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("happened", " ", "Say in a few words what happened."),
        ("occurred_at", "0001-01-01T00:00", "Choose a year from 1900"),
        ("occurred_at", "1949-01-01T00:00", "too far in the past"),
        ("occurred_at", "2199-01-01T00:00", "still to come"),
        ("noticed_at", "yesterday", "Fill in a day and a time"),
        ("noticed_at", "2026-03-29T02:30", "the clock went forward"),
        ("people", "-1", "greater than or equal to 0"),
        ("people", "9" * 30, "less than or equal to"),
        ("groups", "martians", "Select a valid choice."),
        ("incident", "x" * 500, "Select a valid choice."),
        ("happened", "long " * 3000, "at most 10000"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_is_kept(client, reporter, field, value, fault):
    url = page_of(reporter)
    response = client.post(url, written(draft=opened(client, url)) | {field: value})
    assert response.status_code == 422
    assert fault in response.text
    assert not Breach.objects.exists()


def test_a_processor_told_us_so_our_clock_starts_then(client, reporter):
    url = page_of(reporter)
    given = {"source": "processor", "company_knew_at": "2026-01-05T09:00", "noticed_at": "2026-01-07T15:00"}
    client.post(url, written(draft=opened(client, url), company="Mailhouse", **given))
    breach = Breach.objects.get()
    assert breach.processor_told_at == breach.aware_at
    assert breach.aware_at - breach.processor_aware_at == timedelta(days=2, hours=6)
    assert (breach.reporter, breach.discovery) == ("processor", "processor")


def test_what_another_is_writing_does_not_exist(client, reporter, member):
    url = page_of(reporter)
    draft = opened(client, url)
    client.post(url, {"draft": draft, "act": "keep", "happened": "Mine"}, headers=HTMX)
    member("reporter", organisation=reporter.organisation)
    assert "Mine" not in client.get(url).text
    assert client.get(url, {"draft": draft}).status_code == 404
    assert client.post(url, {"draft": draft, "act": "keep", "happened": "Yours"}).status_code == 404
    assert client.post(url, {"draft": draft, "act": "send", "happened": "Yours"}).status_code == 404
    assert "Mine" in ReportDraft.objects.get().answers


def test_a_reporter_sees_the_own_reports_and_only_their_state(client, reporter, member):
    url = page_of(reporter)
    client.post(url, written(draft=opened(client, url)))
    breach = Breach.objects.get()
    listed = reverse("breaches:reports", args=[reporter.organisation.slug])
    sent = reverse("breaches:report_sent", args=[reporter.organisation.slug, breach.pk])
    assert breach.reference in client.get(listed).text
    assert "Reported" in client.get(sent).text
    assert breach.code not in client.get(sent).text + client.get(listed).text
    member("reporter", organisation=reporter.organisation)
    assert breach.reference not in client.get(listed).text
    assert client.get(sent).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_reports_cost_the_same_for_any_number(client, reporter, rows, django_assert_num_queries):
    for _each in range(rows):
        url = page_of(reporter)
        client.post(url, written(draft=str(uuid.uuid4())))
    listed = reverse("breaches:reports", args=[reporter.organisation.slug])
    client.get(listed)
    with django_assert_num_queries(6):
        client.get(listed)


def test_a_report_thrown_away_leaves_nothing(client, reporter):
    url = page_of(reporter)
    given = {"draft": opened(client, url), "act": "keep", "files": picture()}
    client.post(url, given)
    client.post(url, {"draft": given["draft"], "act": "anew"})
    assert not ReportDraft.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_nobody_goes_on_with_is_forgotten(client, reporter):
    url = page_of(reporter)
    client.post(url, {"draft": opened(client, url), "act": "keep", "files": picture()})
    drafts.forget_old(timezone.now() + timedelta(days=13))
    assert ReportDraft.objects.exists()
    drafts.forget_old(timezone.now() + timedelta(days=15))
    assert not ReportDraft.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_dpo_is_mailed_the_number_and_the_hours_and_nothing_else(client, reporter):
    dpo = MembershipFactory(organisation=reporter.organisation, role="dpo", user__email="dpo@example.org")
    MembershipFactory(organisation=reporter.organisation, role="editor")
    url = page_of(reporter)
    client.post(url, written(draft=opened(client, url), incident="email_misdirected"))
    letter = OutgoingMail.objects.get()
    breach = Breach.objects.get()
    assert letter.recipient == dpo.user.email
    assert re.fullmatch(f"Data breach {breach.code} was reported, 7[12] hours left", letter.subject)
    secrets = ("letter", "neighbours", "Jan", breach.title, breach.reference, reporter.user.name)
    for secret in secrets:
        assert secret not in letter.subject + letter.body
