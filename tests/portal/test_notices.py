"""Privacy notices in public: only what was published, in both languages, on paper, and as a part of another page."""

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest

from accounts.actions import organisations
from consent.models import ConsentPurpose
from portal import notice_pdf
from register.actions import notices
from register.notices import reading
from tests.consent import desk
from tests.consent.asked import noticed
from tests.factories.accounts import ControllerFactory, OrganisationFactory
from tests.factories.register import CollectionPointFactory
from tests.register.filled import established
from tests.register.test_notices import reworded

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
PAGE = "/p/primrose/notices/customers/"


@pytest.fixture
def organisation():
    found = OrganisationFactory(name="Primrose Hill", slug="primrose", languages="en,nl")
    controller = ControllerFactory(organisation=found, name="Primrose Hill", email="info@primrose.example")
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=AT)
    return found


@pytest.fixture
def draft(organisation):
    about = {"audience": "customers", "title_en": "Customers", "activities": [established(organisation, name="Orders")]}
    return notices.create(organisation, **about, by=None, at=AT)


@pytest.fixture
def notice(draft):
    notices.publish(draft, by=None, at=AT)
    return draft


@pytest.mark.parametrize("part", ["", "fragment/", "pdf/"])
def test_what_was_never_published_does_not_exist_and_what_ended_is_gone(client, draft, part):
    assert client.get(PAGE + part).status_code == 404
    assert client.get(f"/p/primrose/notices/unknown/{part}").status_code == 404
    notices.publish(draft, by=None, at=AT)
    assert client.get(PAGE + part).status_code == 200
    notices.end(draft, reason="Merged", by=None, at=AT)
    gone = client.get(PAGE + part)
    assert gone.status_code == 410
    assert "Primrose" not in gone.text


def test_a_version_for_later_is_not_shown_before_its_day(client, draft):
    notices.publish(draft, by=None, at=AT, valid_from=date(2199, 1, 1))
    assert client.get(PAGE).status_code == 404


def test_everybody_reads_the_version_of_today_and_older_ones_by_date(client, notice):
    reworded(notice.lines.get().activity, "To sell more")
    first = client.get(PAGE + "?language=en")
    assert "To do our work." in first.text
    assert "To sell more" not in first.text
    notices.publish(notice, by=None, at=datetime(2026, 3, 4, tzinfo=UTC))
    assert "To sell more." in client.get(PAGE + "?language=en").text
    older = client.get(PAGE + "?language=en&version=1")
    assert "To do our work." in older.text
    assert "An older version" in older.text
    assert older["X-Robots-Tag"] == "noindex"
    for wrong in ("3", "x", "0", "1" * 5000):
        assert client.get(PAGE, {"version": wrong}).status_code == 404


def test_the_page_speaks_both_languages_and_is_not_sent_twice(client, notice):
    english, dutch = (client.get(f"{PAGE}?language={language}") for language in ("en", "nl"))
    assert (english["Content-Language"], dutch["Content-Language"]) == ("en", "nl")
    assert "Om ons werk te doen." in dutch.text
    assert english["ETag"] != dutch["ETag"]
    assert client.get(PAGE + "?language=en", headers={"if-none-match": english["ETag"]}).status_code == 304
    assert "https://" not in english.text.replace("https://dertig", "")


def test_who_agreed_to_something_finds_the_way_to_change_it(client, organisation):
    version = desk.published(organisation)
    made = noticed(version.wording)
    page = f"/p/primrose/notices/{made.slug}/?language=en"
    assert 'href="/p/primrose/preferences/?language=en"' in client.get(page).text
    assert client.get("/p/primrose/preferences/?language=en").status_code == 200
    ConsentPurpose.objects.update(organisation=OrganisationFactory())
    assert "/preferences/" not in client.get(page).text


def test_only_the_fragment_may_stand_in_the_frame_of_another_page(client, notice):
    page, fragment = client.get(PAGE), client.get(PAGE + "fragment/?language=en")
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in fragment
    assert "frame-ancestors *" in fragment["Content-Security-Policy"]
    assert "<script" not in fragment.text
    assert "<form" not in fragment.text
    assert "To do our work." in fragment.text


def test_the_short_text_of_a_place_leads_to_the_whole(client, notice):
    point = CollectionPointFactory(organisation=notice.organisation, notice=notice)
    short = client.get(f"{PAGE}fragment/?language=en&point={point.pk}")
    assert "uses what you fill in here." in short.text
    assert f'href="http://testserver{PAGE}?language=en"' in short.text
    elsewhere = CollectionPointFactory()
    for wrong in (elsewhere.pk, "x"):
        assert client.get(f"{PAGE}fragment/?point={wrong}").status_code == 404


def test_the_paper_is_tagged_and_always_the_same(client, notice):
    first = client.get(PAGE + "pdf/?language=en")
    assert first["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(first.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang) == "en"
    version = notice.versions.get()
    again = notice_pdf.make(notice, version, reading.text_of(version), "en")
    assert bytes(again) == first.content
