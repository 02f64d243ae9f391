"""Lists held against the ledger, cleaned of who left, and brought in from elsewhere."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone, translation

from accounts import jobs
from accounts.models import Event, Job
from accounts.workers import Worker
from consent import standing, suppressions
from consent.actions import leaving, recording
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.mailing import checking, list_check, lists, withdrawals, work
from consent.models import ConsentEvent, CustomerRelation, EventDetail, ListWork, Person
from consent.question import Relation
from core.moments import on_the_wall
from core.spreadsheets import write_xlsx
from tests.consent.desk import url, words
from tests.factories.accounts import AT, UserFactory
from tests.factories.consent import WordingVersionFactory

pytestmark = pytest.mark.django_db
GIVEN, LEFT = AT + timedelta(days=2), AT + timedelta(days=5)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def membership(member):
    return member("privacy_officer", user=UserFactory(language="en"), organisation__slug="webshop")


@pytest.fixture
def version(membership):
    return WordingVersionFactory(
        wording__purpose__organisation=membership.organisation,
        wording__purpose__code="newsletter",
        wording__name="On the site",
    )


def gave(version, name):
    person = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=GIVEN)
    given = Said(Happening.GIVEN, version.wording.purpose, Channel.EMAIL, Method.WEB_FORM, GIVEN, wording=version)
    recording.record(person, given, at=GIVEN)
    return person


def left(version, name, at=LEFT):
    person = gave(version, name)
    leaving.withdraw(person, version.wording.purpose, Channel.EMAIL, at=at, method=Method.DESK)
    return person


def asked_for(client, organisation, name, given, django_capture_on_commit_callbacks):
    """What the worker makes of a form: (counts, rows of the file)."""
    response = client.post(url(organisation, name), given)
    assert response.status_code == 302, words(response)
    with django_capture_on_commit_callbacks(execute=True):
        Worker().run_once()
    found = ListWork.objects.select_related("job").get(pk=response.url.strip("/").rpartition("/")[2])
    assert found.job.state == "done", found.job.message
    assert client.get(response.url).status_code == 200
    file = b"".join(client.get(url(organisation, "list_result", found.pk)).streaming_content)
    return found.counts, list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))


@pytest.fixture
def made(client, membership, version, django_capture_on_commit_callbacks):
    """`made(name of the page, given)`: send a form, let the worker do it."""
    message = {"purpose": version.wording.purpose_id, "channel": "email", "country": "NL", "sender": "company"}
    message |= {"on": timezone.localdate().isoformat()}

    def make(name, **given):
        return asked_for(client, membership.organisation, name, message | given, django_capture_on_commit_callbacks)

    return make


def upload(text, name="list.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def test_a_list_and_the_ledger_are_compared_both_ways(version, made):
    gave(version, "both"), gave(version, "missing"), left(version, "withdrew")
    counts, rows = made("reconcile", file=upload("naam,email\nA,both@example.org\nB,withdrew@example.org\nC,?\n"))
    assert counts == {"lines": 3, "both": 1, "not_allowed": 1, "to_look_at": 1, "missing": 1}
    assert [row[:3] for row in rows[1:]] == [
        ["on the list, not allowed", "B", "withdrew@example.org"],
        ["on the list, to look at", "C", "?"],
        ["agreed, missing from the list", "", "missing@example.org"],
    ]
    noted = repr(list(Event.objects.values())) + repr(list(Job.objects.values()))
    assert "example.org" not in noted


def test_who_is_missing_from_a_list_stands_in_the_column_of_their_address(version, made):
    gave(version, "missing")
    _counts, rows = made("reconcile", file=upload("telefoon,naam,e-mail\n,A,a@example.org\n"))
    assert rows[-1][:4] == ["agreed, missing from the list", "", "", "missing@example.org"]
    _counts, rows = made("reconcile", file=upload("A,a@example.org,Gent\n"))
    assert rows[0][:5] == ["dertig_difference", "", "", "", "dertig_outcome"]
    assert rows[-1][:4] == ["agreed, missing from the list", "", "missing@example.org", ""]


def test_everybody_who_may_be_written_to_gets_a_link_that_lets_them_out(client, version, made):
    person = gave(version, "stays")
    left(version, "withdrew")
    for name, told in (("customer", True), ("untold", False), ("stays", True), ("withdrew", True)):
        CustomerRelation.objects.create(
            organisation=version.organisation,
            person=recording.find_or_add(version.organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=GIVEN),
            purpose=version.wording.purpose,
            since=AT.date(),
            similar_offer=True,
            told_when_collected=told,
            recorded_at=GIVEN,
        )
    counts, rows = made("mailing_links")
    assert counts == {"lines": 2}
    assert rows[2][0] == "customer@example.org"
    address, unsubscribe, preferences = rows[1]
    assert address == "stays@example.org"
    assert client.get(preferences).status_code == 200
    client.post(unsubscribe, {"List-Unsubscribe": "One-Click"})
    assert not standing.current(person, version.wording.purpose, Channel.EMAIL, at=timezone.now()).is_given


def test_who_left_since_a_moment_is_a_file_with_addresses_also_of_who_was_erased(version, made):
    left(version, "before", at=GIVEN + HOUR)
    left(version, "withdrew")
    leaving.erase(gave(version, "erased"), at=LEFT, method=Method.DESK)
    back = left(version, "back")
    again = Said(Happening.GIVEN, version.wording.purpose, Channel.EMAIL, Method.DESK, LEFT + HOUR, wording=version)
    recording.record(back, again, at=LEFT + HOUR)
    other = WordingVersionFactory(wording__purpose__organisation=version.organisation, wording__purpose__code="other")
    leaving.object_to_marketing(gave(other, "elsewhere"), at=LEFT, method=Method.DESK)
    counts, rows = made("withdrawals", since=on_the_wall(LEFT - HOUR))
    assert counts == {"lines": 4, "people": 4}
    assert {(row[2], row[3], row[6]) for row in rows[1:]} == {
        ("withdrew@example.org", "withdrawn", "ended"),
        ("erased@example.org", "erased", "ended"),
        ("back@example.org", "withdrawn", "given"),
        ("elsewhere@example.org", "objected", "ended"),
    }


def test_the_time_from_leaving_to_taken_over_is_measured_per_list(client, membership, version):
    user, purpose = membership.user, version.wording.purpose
    for number, name in enumerate(["one", "two", "three", "four"]):
        left(version, name, at=LEFT + number * 24 * HOUR)
    up_to = LEFT + 48 * HOUR
    withdrawals.take_over(purpose, list_name="Mail tool", up_to=LEFT, by=user, at=LEFT + HOUR)
    withdrawals.take_over(purpose, list_name="Mail tool", up_to=up_to, by=user, at=up_to + 30 * HOUR)
    [effect] = withdrawals.effects([purpose], since=AT, hours=48, at=LEFT + 100 * HOUR)
    assert (effect.taken, effect.usual, effect.longest, effect.late) == (3, 30.0, 54.0, 1)
    assert (effect.waiting, effect.overdue) == (1, 0)
    page = url(membership.organisation, "take_over")
    given = {"purpose": purpose.pk, "list_name": "Till", "up_to": on_the_wall(timezone.now())}
    assert client.post(page, given).status_code == 302
    shown = words(client.get(url(membership.organisation, "withdrawals")))
    assert "Mail tool" in shown
    assert "Till" in shown
    assert "within 48 hours" in shown


HEADING = "email,purpose,channel,given at,wording,method,evidence,reference\n"
MOMENT = timezone.localtime(GIVEN).strftime("%Y-%m-%d %H:%M")


def bring_in(tmp_path, text, *words, name="old.csv"):
    """The rows of the report of the command."""
    file, report = tmp_path / name, tmp_path / "report.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    call_command(
        "import_consents", file, "--organisation=webshop", f"--report={report}", "--language=en", *words, verbosity=0
    )
    return [row[-2:] for row in csv.reader(io.StringIO(report.read_text(encoding="utf-8-sig")))][1:]


def test_consents_come_in_with_their_proof_and_without_it_count_for_nothing(version, tmp_path, settings):
    leaving.object_to_marketing(gave(version, "objected"), at=LEFT, method=Method.DESK)
    left(version, "withdrew")
    purpose = version.wording.purpose
    rows = [
        f"proved@example.org,newsletter,email,{MOMENT},On the site,web form,scan 7,\n",
        f'shown@example.org,NEWSLETTER,E-mail,{MOMENT},"Yes, mail me the newsletter.",paper,,K1\n',
        "unproved@example.org,newsletter,email,,,,,\n",
        f"objected@example.org,newsletter,email,{MOMENT},On the site,web form,,\n",
        "withdrew@example.org,newsletter,email,,,,,\n",
        "early@example.org,newsletter,email,2001-01-01,On the site,web form,,\n",
        "future@example.org,newsletter,email,2199-01-01,On the site,web form,,\n",
        f"other@example.org,no such,email,{MOMENT},On the site,web form,,\n",
        "no address,newsletter,email,,,,,\n",
        f"words@example.org,newsletter,email,{MOMENT},Other words,web form,,\n",
    ]
    before = ConsentEvent.objects.count()
    tried = bring_in(tmp_path, HEADING + "".join(rows), "--dry-run")
    assert ConsentEvent.objects.count() == before
    told = bring_in(tmp_path, HEADING + "".join(rows))
    assert told == tried
    assert [row[0] for row in told] == ["taken", "taken", "not_provable", "kept_out", "kept_out", *["wrong"] * 5]
    assert told[2][1] == "The proof lacks the moment, the wording, how it was given."
    assert told[5][1] == "This wording was not in use at that moment."
    asked = checking.ask(purpose, Channel.EMAIL, on=timezone.localdate(), at=timezone.now())
    lines = [checking.Line("email", f"{name}@example.org", "NL") for name in ("proved", "unproved", "objected")]
    assert [one.answer.rule for one in checking.many(asked, lines)] == ["consent", "not-provable", "suppressed"]
    event = ConsentEvent.objects.get(reference="K1")
    assert (event.method, event.happened_at, event.wording) == ("import", GIVEN.replace(second=0), version)
    assert "paper" not in EventDetail.objects.get(event=event).sealed
    taken = bring_in(tmp_path, HEADING + f"stranger@example.org,newsletter,email,{MOMENT},On the site,web form,,K1\n")
    assert taken == [["wrong", "Another event was recorded under this reference."]]
    bring_in(tmp_path, HEADING + f"k2@example.org,newsletter,email,{MOMENT},On the site,web form,,k2@example.org\n")
    assert not ConsentEvent.objects.filter(reference__contains="@").exists()
    people = Person.objects.count()
    settings.CONSENT_KEYS = ["3:newest", *settings.CONSENT_KEYS]
    again = bring_in(tmp_path, HEADING + "".join(rows))
    assert [row[0] for row in again[:3]] == ["already_there"] * 3
    assert Person.objects.count() == people


def test_the_same_row_with_the_proof_that_it_lacked_counts_after_all(version, tmp_path):
    row = f"ann@example.org,newsletter,email,{MOMENT},%s,web form,,\n"
    first, later = HEADING + row % "", HEADING + row % "On the site"
    assert bring_in(tmp_path, first) == [["not_provable", "The proof lacks the wording."]]
    assert [row[0] for row in bring_in(tmp_path, first)] == ["already_there"]
    assert [row[0] for row in bring_in(tmp_path, later)] == ["taken"]
    assert [row[0] for row in bring_in(tmp_path, later)] == ["already_there"]
    asked = checking.ask(version.wording.purpose, Channel.EMAIL, on=timezone.localdate(), at=timezone.now())
    assert checking.one(asked, checking.Line("email", "ann@example.org", "NL")).answer.rule == "consent"


@pytest.mark.parametrize("moment", ["8-1-2026 9:05", "08-01-2026 09:05", "8.1.2026 9:05:00", "2026-01-08T09:05"])
def test_a_moment_is_read_as_spreadsheets_write_it(version, tmp_path, moment):
    bring_in(tmp_path, HEADING + f"ann@example.org,newsletter,email,{moment},,web form,,\n")
    assert on_the_wall(ConsentEvent.objects.get().happened_at) == "2026-01-08T09:05"


def test_a_workbook_of_consents_is_read_too_and_one_without_a_column_is_refused(version, made, client, membership):
    heading = ["Customer number", "Doel", "Kanaal", "Gegeven op", "Wording", "Hoe"]
    row = ["k-12", "newsletter", "post", GIVEN.date(), "On the site", "paper"]
    content = write_xlsx([("Old", [heading, row, ["k-13", "no-such-purpose", "post"]])])
    counts, rows = made("consents_import", file=upload(content, "old.xlsx"), dry_run="on")
    assert (counts["taken"], ConsentEvent.objects.count()) == (1, 0), rows
    trial = client.get(url(membership.organisation, "list_work", ListWork.objects.get().pk))
    assert "Nothing is stored yet" in words(trial)
    assert "Why 3 No purpose of consent has this code" in words(trial)
    made("consents_import", file=upload(content, "old.xlsx"))
    assert ConsentEvent.objects.get().channel == "post"
    response = client.post(url(membership.organisation, "consents_import"), {"file": upload("email\na@b.org\n")})
    Worker().run_once()
    assert "These columns are missing: purpose, channel" in words(client.get(response.url))


@pytest.mark.parametrize(
    ("name", "text", "taken"),
    [
        ("consents_import", "number,purpose,channel\nk-12,newsletter,post\n", "not_provable"),
        ("customers", "number,customer since\nk-12,2025-01-01\n", "taken"),
    ],
)
def test_of_an_import_that_was_overtaken_nothing_stays(client, membership, version, name, text, taken):
    given = {"file": upload(text), "purpose": version.wording.purpose_id}
    client.post(url(membership.organisation, name), given)
    Job.objects.update(state="running", attempt=2)
    job = Job.objects.get()
    job.attempt = 1
    with pytest.raises(jobs.Overtaken):
        work.do(job, lambda done, total=None: None)
    assert not Person.objects.exists()
    job.attempt = 2
    work.do(job, lambda done, total=None: None)
    assert ListWork.objects.get().counts[taken] == 1


def test_customers_that_are_brought_in_count_in_the_check(version, made):
    leaving.erase(gave(version, "erased"), at=LEFT, method=Method.DESK)
    lines = "email,customer since,similar,told when collected\n"
    lines += "good@example.org,2025-01-01,yes,yes\nunknown@example.org,1-2-2025,yes,\n"
    lines += "erased@example.org,2025-01-01,yes,yes\n"
    counts, _rows = made("customers", file=upload(lines + "bad,2025-01-01,,\n"))
    assert counts == {"taken": 2, "kept_out": 1, "wrong": 1, "lines": 4}
    asked = checking.ask(version.wording.purpose, Channel.EMAIL, on=timezone.localdate(), at=timezone.now())
    names = ("good", "unknown", "erased")
    told = checking.many(asked, [checking.Line("email", f"{name}@example.org", "NL") for name in names])
    assert [one.answer.rule for one in told] == ["existing-customer", "customer-unknown", "suppressed"]
    target, unsubscribed = io.BytesIO(), b"email,unsubscribed\ngood@example.org,3-2-2026\n"
    list_check.run(asked, lists.Source("list.csv", lambda: io.BytesIO(unsubscribed)), target, language="en")
    assert b",customer-refused," in target.getvalue()
    assert CustomerRelation.objects.count() == 2
    named = b"email,customer since,product\ngroup@example.org,2025-01-01,group@example.org\n"
    made("customers", file=upload(named.decode(), "group@example.org.csv"))
    assert set(CustomerRelation.objects.values_list("source", "product_group")) == {("list.csv", ""), ("", "")}
    assert suppressions.of_address(version.organisation, "email", "erased@example.org")


def test_of_one_customer_twice_in_a_file_the_refusal_counts_wherever_it_stands(version, made):
    heading, line = (
        "email,customer since,similar,told when collected,refused\n",
        "%s@example.org,2025-01-01,yes,yes,%s\n",
    )
    names = [f"n{number}" for number in range(8)]
    made("customers", file=upload(heading + "".join(line % (name, no) for name in names for no in ("yes", "no", ""))))
    asked = checking.ask(version.wording.purpose, Channel.EMAIL, on=timezone.localdate(), at=timezone.now())
    told = checking.many(asked, [checking.Line("email", f"{name}@example.org", "NL") for name in names])
    assert {one.answer.rule for one in told} == {"customer-refused"}
    listed = checking.Line("email", "n0@example.org", "NL", relation=Relation(AT.date(), True, True))
    assert checking.one(asked, listed).answer.rule == "customer-refused"
