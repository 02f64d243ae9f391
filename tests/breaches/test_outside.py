"""Reports by the organisation's secret link: made, renewed, taken away, throttled, and kept apart from each other."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from breaches import sealing
from breaches.actions import drafts, report_link
from breaches.models import Breach, BreachSettings, ReportDraft, ReportFile
from breaches.views import outside
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.breaches import BreachFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Primrose Hill")


def linked(organisation, **lasts):
    """The path of a new link."""
    now = timezone.now()
    report_link.make(organisation, until=now + timedelta(**lasts or {"days": 9}), by=UserFactory(), at=now)
    return report_link.of(organisation, at=now)[1].removeprefix("http://testserver")


def written(**fields):
    return {"draft": str(uuid.uuid4()), "act": "send", "happened": "I got a letter for the neighbours.", **fields}


def test_an_outsider_reports_without_an_account(client, organisation):
    url = linked(organisation)
    page = client.get(url, headers=ENGLISH)
    assert "Primrose Hill" in page.text
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store, private", "noindex")
    response = client.post(url, written(contact="Ann, 06 12345678"), follow=True, headers=ENGLISH)
    breach = Breach.objects.get()
    assert breach.reference in response.text
    assert breach.code not in response.text
    assert (breach.reporter, breach.discovery, breach.reported_by) == ("outsider", "outsider", None)
    assert sealing.opened(breach)["report.contact"] == "Ann, 06 12345678"


def test_our_clock_starts_when_a_processor_tells_us(client, organisation):
    knew = timezone.localtime() - timedelta(days=3)
    given = {"source": "processor", "company": "Mailhouse", "company_knew_at": knew.strftime("%Y-%m-%dT%H:%M")}
    client.post(linked(organisation), written(**given))
    breach = Breach.objects.get()
    assert breach.reporter == "processor"
    assert breach.aware_at == breach.first_signal_at == breach.processor_told_at
    assert breach.reported_at - breach.aware_at < timedelta(minutes=1)
    assert timedelta(days=2, hours=23) < breach.aware_at - breach.processor_aware_at < timedelta(days=3, hours=1)


def test_what_one_outsider_writes_another_does_not_see(client, organisation):
    url = linked(organisation)
    given = written(act="keep")
    client.post(url, given)
    assert "the neighbours" not in client.get(url).text
    assert "the neighbours" in client.get(url, {"draft": given["draft"]}).text


def test_a_link_opens_no_draft_of_another_and_no_report_of_a_member(client, organisation):
    url, elsewhere = linked(organisation), linked(OrganisationFactory())
    given = written(act="keep")
    client.post(url, given)
    assert client.get(elsewhere, {"draft": given["draft"]}).status_code == 404
    assert client.post(elsewhere, given).status_code == 404
    theirs = BreachFactory(organisation=organisation, reported_by=UserFactory())
    assert client.get(f"{url}sent/{theirs.pk}/").status_code == 404
    assert client.post(url, written(draft=str(theirs.pk))).status_code == 404


@pytest.mark.parametrize("how", ["renewed", "closed", "expired"])
def test_a_link_stops_working(client, organisation, how):
    url = linked(organisation)
    later = timezone.now() + timedelta(days=10)
    if how == "renewed":
        assert linked(organisation) != url
    elif how == "closed":
        report_link.close(organisation, by=UserFactory(), at=timezone.now())
        assert report_link.of(organisation, at=timezone.now()) == (None, "")
    else:
        assert report_link.of(organisation, at=later) == (None, "")
        return
    assert client.get(url).status_code == 410
    assert client.post(url, written()).status_code == 410
    assert not Breach.objects.exists()


def test_one_visitor_cannot_flood_the_desk(client, organisation):
    url = linked(organisation)
    met = [client.post(url, written()).status_code for _each in range(outside.PER_VISITOR + 2)]
    assert met == [302] * outside.PER_VISITOR + [429] * 2
    assert Breach.objects.count() == outside.PER_VISITOR


def test_whoever_has_the_link_cannot_fill_the_disk(client, organisation, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_FILES_OUTSIDE", 2)
    url = linked(organisation)
    for number in range(4):
        file = SimpleUploadedFile(f"{number}.txt", f"{number}".encode(), content_type="text/plain")
        response = client.post(url, written(act="keep", files=file), headers=ENGLISH)
    assert "There is no room for files now" in response.text
    assert ReportFile.objects.count() == 2
    assert ReportDraft.objects.count() == 4


def test_the_desk_makes_renews_and_takes_away_the_link(client, member):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    page_url = reverse("breaches:report_link", args=[organisation.slug])
    assert "<svg" not in client.get(page_url).text.partition("<main")[2].partition('class="report-qr"')[2]
    until = timezone.localdate() + timedelta(days=30)
    text = client.post(page_url, {"until": until.isoformat()}, follow=True).text
    address = re.search(r"http://testserver/breach-report/[^\"<]+", text)[0]
    assert 'class="qr" role="img"' in text
    token = BreachSettings.objects.get().link_token
    assert address.endswith(f"/{token}/")
    client.post(page_url, {"act": "close"})
    assert address not in client.get(page_url).text
    assert BreachSettings.objects.get().link_token is None


def test_visitors_of_the_link_read_the_words_of_the_desk_as_text(client, member):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    url = linked(organisation)
    page_url = reverse("breaches:report_link", args=[organisation.slug])
    client.post(page_url, {"act": "note", "note": "Urgent? Call 030 <b>1234567</b>"})
    assert "Call 030 &lt;b&gt;1234567" in client.get(url).text
    assert client.post(page_url, {"act": "note", "note": "x" * 2001}).status_code == 422
    assert client.post(page_url, {"act": "something"}).status_code == 200


@pytest.mark.parametrize("until", ["", "2020-01-01", "9999-12-31", "tomorrow"])
def test_a_link_lasts_until_a_day_that_makes_sense(client, member, until):
    organisation = member("dpo").organisation
    assert client.post(reverse("breaches:report_link", args=[organisation.slug]), {"until": until}).status_code == 422
    assert not BreachSettings.objects.exists()


def test_the_token_stands_nowhere_readable(organisation):
    token = linked(organisation).split("/")[-2]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in str(cursor.fetchall()), table


@pytest.mark.parametrize(("language", "is_in"), [("en", "en"), ("nl", "nl"), ("xx", "en")])
def test_the_poster_shows_link_code_and_words_in_either_language(client, member, language, is_in):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    url = reverse("breaches:report_poster", args=[organisation.slug])
    assert client.get(url)["Location"] == reverse("breaches:report_link", args=[organisation.slug])
    path = linked(organisation)
    report_link.say(organisation, "Urgent? Call <b>030</b>", by=None, at=timezone.now())
    page = client.get(url, {"language": language})
    assert 'class="qr" role="img"' in page.text
    assert f"http://testserver{path}" in page.text
    assert "Urgent? Call &lt;b&gt;030" in page.text
    assert f'<article class="poster" lang="{is_in}">' in page.text
    for forbidden in (" style=", " onclick", "<script>"):
        assert forbidden not in page.text
