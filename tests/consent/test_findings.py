"""What the rules C001-C022 find, each proved by rows that make it fire, and the panel on the sheet of an activity."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.history import act
from consent import counted, vault
from consent.actions import evidence
from consent.apps import PAGES
from consent.kinds import AgeBand, Channel, GivenBy, Happening, Method
from consent.models import CustomerRelation, EventDetail, ListWork, TakenOver, WordingVersion
from consent.room import Consents
from consent.rules import SAID
from register.checks import storing
from register.checks.speaking import spoken, stored
from register.findings import page_of
from register.models import Finding
from tests.consent import desk
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.consent import ConsentEventFactory, ConsentPurposeFactory, PersonFactory, WordingVersionFactory
from tests.factories.trackers import SiteFactory, TrackerFactory

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=3)
DAY = LATER.date()
WHOLE = {"texts": desk.TEXTS, "notice": {"number": 1}}


@pytest.fixture
def organisation(member):
    organisation = OrganisationFactory(languages="nl,en")
    return member("privacy_officer", organisation=organisation, user=UserFactory(language="en")).organisation


@pytest.fixture
def version(organisation):
    """About which no rule has anything to say."""
    purpose = ConsentPurposeFactory(organisation=organisation, is_online_service=True)
    return WordingVersionFactory(wording__purpose=purpose, content=WHOLE)


@pytest.fixture
def given(version):
    def give(number=1, **fields):
        rows = []
        for _number in range(number):
            person = PersonFactory(organisation=version.organisation)
            values = {"happened_at": MORNING, "method": Method.WEB_FORM} | fields
            rows.append(ConsentEventFactory(wording=version, person=person, **values))
        return rows

    return give


def said(organisation, on=DAY):
    """{rule: sentence} in English; the last one of a rule counts."""
    found = {}
    with translation.override("en"):
        for id, verdict in Consents().findings_of(organisation, on=on):
            told = SAID[id].get("question" if verdict.outcome == "unknown" else "message", SAID[id]["message"])
            found[id] = spoken(told, stored(verdict.parameters))
    return found


def rules(organisation, on=DAY):
    return set(said(organisation, on))


def test_what_is_in_order_gives_no_finding(organisation, given):
    given()
    assert rules(organisation) == set()


def test_a_version_that_was_published_without_notice_or_in_one_language_only(organisation, version):
    WordingVersionFactory(wording__purpose=version.wording.purpose, content={"texts": {"nl": desk.TEXTS["nl"]}})
    told = said(organisation)
    assert told.keys() == {"C003", "C018"}
    assert told["C018"].endswith(": English.")


def test_a_consent_on_paper_without_a_scan_or_a_note(organisation, given):
    events = given(14, method=Method.PAPER)
    EventDetail.objects.create(event=events[0], sealed=vault.seal_facts(events[0].person, {"note": "Said so"}))
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7")
    evidence.attach(events[1], scan, by=None, at=LATER)
    assert "12 people" in said(organisation)["C001"]


def test_never_a_number_of_fewer_than_ten_people(organisation, given):
    given(3, method=Method.ORAL)
    assert "fewer than 10" in said(organisation)["C001"]


def test_an_answer_of_afterwards_that_makes_consent_invalid(organisation, version):
    wording, before = version.wording, version.wording.checklist
    for question, answer, rule in (
        ("one_purpose", "no", "C004"),
        ("separate", "no", "C004"),
        ("act", "no", "C005"),
        ("prior", "no", "C005"),
        ("own_box", "no", "C006"),
        ("refusable", "no", "C006"),
        ("conditional", "yes", "C006"),
        ("withdrawable", "no", "C007"),
        ("told", "no", "C007"),
    ):
        wording.checklist = before | {question: answer}
        with act(organisation, by=None, at=LATER, kind="test.made"):
            wording.save()
        assert rules(organisation) == {rule}, question


def test_what_is_wrong_with_a_wording_that_nobody_is_shown_any_more_is_no_finding(organisation, version):
    wording = version.wording
    wording.checklist |= {"act": "no"}
    other = WordingVersionFactory(wording__purpose=wording.purpose, content={"texts": {"nl": desk.TEXTS["nl"]}})
    wording.retired_on = other.wording.retired_on = DAY
    with act(organisation, by=None, at=LATER, kind="test.made"):
        wording.save()
        other.wording.save()
    assert rules(organisation) == set()


def test_what_is_older_than_the_term_is_due_and_has_not_lapsed(organisation, version, given):
    given()
    assert due(organisation, date(2027, 11, 30)) == []
    assert due(organisation, version.review_on) == ["wording"]
    assert due(organisation, date(2028, 1, 8)) == ["wording", "people"]


def due(organisation, on):
    return [verdict.aspect for id, verdict in Consents().findings_of(organisation, on=on) if id == "C008"]


def test_who_withdrew_and_was_on_the_list_that_was_checked_last(organisation, version):
    member = UserFactory()
    fields = {"purpose": version.wording.purpose, "channel": Channel.EMAIL, "language": "en", "asked_by": member}

    def checked(at, **counts):
        known = {"kind": "check", "key": ListWork.new_key(), "files_until": LATER, "counts": {"rules": counts}}
        ListWork.objects.create(organisation=organisation, asked_at=at, **fields, **known)

    checked(MORNING - timedelta(hours=1), withdrawn=50)
    checked(MORNING, withdrawn=11, suppressed=3, objected=2, consent=9)
    assert said(organisation)["C009"].endswith(": 16.")
    checked(MORNING + timedelta(hours=1), consent=9)
    assert rules(organisation) == set()
    checked(MORNING + timedelta(hours=2), withdrawn=1)
    assert "fewer than 10" in said(organisation)["C009"]
    TakenOver.objects.create(
        organisation=organisation, purpose=fields["purpose"], list_name="All", up_to=LATER, at=LATER, by=member
    )
    assert rules(organisation) == set()


def test_a_list_that_was_not_cleaned_in_time_of_who_withdrew(organisation, version, given):
    [event] = given()
    by, purpose = UserFactory(), version.wording.purpose
    TakenOver.objects.create(
        organisation=organisation, purpose=purpose, list_name="All", up_to=MORNING, at=MORNING, by=by
    )
    gone = MORNING + timedelta(hours=2)
    ConsentEventFactory(
        wording=version, person=event.person, kind=Happening.WITHDRAWN, happened_at=gone, method=Method.DESK
    )
    assert rules(organisation, gone.date() + timedelta(days=2)) == set()
    assert "“All”" in said(organisation, gone.date() + timedelta(days=3))["C010"]


@pytest.mark.parametrize(
    ("age", "by", "expected"),
    [
        (AgeBand.FROM_13, GivenBy.SUBJECT, {"C012"}),
        (AgeBand.FROM_13, GivenBy.PARENT, set()),
        (AgeBand.FROM_16, GivenBy.SUBJECT, set()),
    ],
)
def test_a_child_who_consented_alone(organisation, given, age, by, expected):
    given(age=age, given_by=by)
    assert rules(organisation) == expected


def test_a_customer_of_whom_not_all_is_recorded_that_the_exception_asks(organisation, version):
    person = PersonFactory(organisation=organisation)
    about = {"organisation": organisation, "person": person, "purpose": version.wording.purpose, "source": "shop"}
    whole = {"since": MORNING.date(), "similar_offer": True, "told_when_collected": True}
    moments = (MORNING + timedelta(minutes=number) for number in range(9))
    for lacking in (
        {"told_when_collected": None},
        {"told_when_collected": False},
        {"similar_offer": None},
        {"since": None},
    ):
        CustomerRelation.objects.create(**about, **(whole | lacking), recorded_at=next(moments))
        assert rules(organisation) == {"C013"}, lacking
    for fine in ({"since": None, "refused": True}, {}):
        CustomerRelation.objects.create(**about, **(whole | fine), recorded_at=next(moments))
        assert rules(organisation) == set(), fine


def test_a_recipient_who_came_later_is_told_of_each_version_on_which_consents_rest(organisation):
    version = desk.published(organisation)
    for _number in range(12):
        ConsentEventFactory(wording=version, person=PersonFactory(organisation=organisation), happened_at=MORNING)
    activity = version.wording.purpose.activity
    desk.recipient(activity, "controller")
    desk.establish_again(activity)
    assert "Version 1" in said(organisation)["C016"]
    desk.publish(version.wording, at=LATER - timedelta(hours=1))
    assert WordingVersion.objects.count() == 2
    assert "rest on it: 12 people" in said(organisation)["C016"]


def test_what_was_brought_in_without_proof(organisation, given):
    given(is_provable=False, age=AgeBand.FROM_13)
    assert rules(organisation) == {"C017"}


def test_a_tracker_that_does_not_wait_and_a_layer_that_hides_refusing(organisation):
    site = SiteFactory(organisation=organisation, refuses_first="no", name="Shop")
    TrackerFactory(site=site, organisation=organisation, category="marketing", before_consent="yes")
    found = Consents().findings_of(organisation, on=DAY)
    told = [(id, verdict.outcome, verdict.parameters.get("site", verdict.parameters["name"])) for id, verdict in found]
    assert told == [("C021", "fails", "Shop")] * 2 + [("C022", "fails", "Shop"), ("C022", "unknown", "Shop")]


def test_the_worker_keeps_them_and_they_lead_to_where_they_are_put_right(member, organisation, given):
    [event] = given(is_provable=False)
    storing.catch_up(organisation, timezone.now())
    finding = Finding.objects.get(rule="C017")
    found = member("privacy_officer", organisation=organisation)
    assert all(len(kind) <= Finding._meta.get_field("cause_kind").max_length for kind, _page in PAGES)
    assert page_of(finding, found) == url(organisation, "purpose", event.purpose_id)


def test_a_large_ledger_is_not_counted_after_every_change(monkeypatch, organisation, given):
    monkeypatch.setattr(counted, "LARGE", 0)
    given(is_provable=False)
    assert rules(organisation) == {"C017"}
    given(method=Method.PAPER)
    assert rules(organisation) == {"C017"}
    cache.clear()
    assert rules(organisation) == {"C001", "C017"}


def test_it_costs_the_same_for_any_number_of_events(organisation, given):
    counts = []
    said(organisation)
    for _turn in range(2):
        given(2, method=Method.PAPER)
        with CaptureQueriesContext(connection) as queries:
            said(organisation)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_sheet_of_an_activity_shows_what_people_are_asked(client, organisation, version, given):
    given(12)
    sheet = reverse("register:activity", args=[organisation.slug, version.wording.purpose.activity_id])
    shown = words(client.get(sheet))
    for expected in ("Our newsletter", "Newsletter on the website", "Consent rests on it of: 12"):
        assert expected in shown
