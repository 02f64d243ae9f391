"""What is known of a tracker without looking at pages: consent, terms, files of others, hostile ones among them."""

import json
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.history import act, create_many
from consent.actions import scans
from consent.models import KnownTracker, Tracker, TrackerScan
from consent.trackers import har, lifetimes, lists, naming, needs, watch
from consent.trackers.kinds import LAYER, Category, Ground, Rule
from core.spreadsheets import BadFile
from register import usage
from tests.factories.accounts import AT, OrganisationFactory
from tests.factories.consent import ConsentPurposeFactory
from tests.factories.trackers import SiteFactory, TrackerFactory
from tests.register.importing import shared

LIST = (
    "Cookie name;Provider;Category;Expiry;Type;Value;Doel\n"
    "_ga_ABC1;Google;Statistics;13 months;HTTP Cookie;GA1.secret;Bezoek tellen\n"
    "basket;;Necessary;Session;HTTP Cookie;secret;Het mandje\n"
    ";;Marketing;1 year;Pixel;;\n"
)


def upload(name, content):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_every_foreign_key_to_something_shared_is_told_where_that_is_used():
    for model in usage.PLACES:
        told = {naming.NAMED[model]} if model in naming.NAMED else set()
        assert {name for other, name in usage.references(model) if other._meta.app_label == "consent"} == told


@pytest.fixture
def site(db):
    return SiteFactory(domain="www.shop.example", organisation__country="NL")


def test_the_database_and_the_function_agree_on_every_combination(db):
    organisation = OrganisationFactory()
    sites = {rule: SiteFactory(organisation=organisation, rule=rule) for rule in Rule.values}
    every = product(Rule.values, Category.values, Ground.values, ("", "because"))
    names = ("category", "ground", "reason")
    with act(organisation, by=None, at=AT, kind="test.made"):
        create_many(
            [
                TrackerFactory.build(
                    organisation=organisation, site=sites[rule], **dict(zip(names, given, strict=True))
                )
                for rule, *given in every
            ]
        )
    exempt = set(Tracker.objects.exempt().values_list("pk", flat=True))
    rows = list(Tracker.objects.select_related("site"))
    assert {row.pk for row in rows if not row.answer.needs_consent} == exempt
    assert Tracker.objects.needing_consent().count() == len(rows) - len(exempt)


@pytest.mark.parametrize(
    ("rule", "category", "ground", "reason", "needs_consent", "why"),
    [
        ("nl", "marketing", "", "", True, "nothing_claimed"),
        ("nl", "marketing", "requested", "we like it", True, "does_not_suit"),
        ("nl", "necessary", "requested", "holds the basket", False, "requested"),
        ("be", "necessary", "transmission", "spreads the load", False, "transmission"),
        ("nl", "necessary", "requested", "", True, "no_reason"),
        ("nl", "exempt", "measuring", "no profiles, nothing shared", False, "measuring"),
        ("be", "exempt", "measuring", "no profiles, nothing shared", True, "not_in_belgium"),
        ("both", "exempt", "measuring", "no profiles, nothing shared", True, "not_in_belgium"),
        ("nl", "analytics", "measuring", "they are nice", True, "does_not_suit"),
    ],
)
def test_consent_is_needed_unless_an_exception_holds(rule, category, ground, reason, needs_consent, why):
    found = needs.answer(category=category, ground=ground, reason=reason, rule=rule)
    assert (found.needs_consent, found.why) == (needs_consent, why)
    assert ("11.7a" in str(found.article)) == (rule != "be")


@pytest.mark.parametrize(
    ("text", "days", "dutch"),
    [
        ("1 year", 365, "1 jaar"),
        ("13 Months", 396, "13 maanden"),
        ("30 mins", 1, "30 minuten"),
        ("sessie", 0, "tot de browser wordt gesloten"),
        ("End of session (browser)", 0, "tot de browser wordt gesloten"),
        ("2 jaar", 730, "2 jaar"),
        ("1 hour or longer", None, "1 hour or longer"),
        ("99999999 years", None, "99999999 years"),
        ("forever", None, "forever"),
    ],
)
def test_a_term_is_understood_or_stays_as_it_was_written(text, days, dutch):
    assert lifetimes.days(text) == days
    with translation.override("nl"):
        assert lifetimes.words(text) == dutch


def test_a_list_is_taken_over_as_suggestions_and_never_with_a_value(site):
    scan = scans.bring(site, upload("scan.csv", LIST), by=None, at=AT)
    assert [row["name"] for row in scan.found] == ["_ga_ABC1", "basket"]
    assert [why for _place, why in scan.refused] == ["nameless"]
    assert "secret" not in json.dumps(scan.found)
    scans.take(scan, by=None, at=AT)
    row = Tracker.objects.get(name="_ga_ABC1")
    assert (row.category, row.purpose_nl, row.lifetime_days, row.is_suggested) == (
        "analytics",
        "Bezoek tellen",
        396,
        True,
    )
    assert TrackerScan.objects.get().found == []


def test_a_second_list_shows_what_is_new_seen_again_and_gone(site):
    TrackerFactory(organisation=site.organisation, site=site, name="_ga_*")
    old = TrackerFactory(organisation=site.organisation, site=site, name="left")
    scan = scans.bring(site, upload("scan.csv", LIST), by=None, at=AT)
    result = scans.compared(scan)
    assert [row.name for row in result.new] == ["basket"]
    assert [row.name for row, _found in result.again] == ["_ga_*"]
    assert result.gone == [old]
    scans.take(scan, mark_gone=True, by=None, at=AT)
    assert set(Tracker.objects.filter(gone_on__isnull=False)) == {old}


def test_known_cookies_are_recognised_by_name_beginning_and_domain(site, tmp_path, capsys):
    path = tmp_path / "known.csv"
    path.write_text(
        "Name,Domain,Category,Description,Retention period,Data Controller,Wildcard match\n"
        "_ga_,,Analytics,Counts visits,2 years,Google,1\n"
        "SR,adform.net (3rd party),Marketing,Bids,1 day,Adform,1\n"
        "basket,other.example,Marketing,Not ours,1 day,Other,0\n"
        ",nameless.example,Marketing,,,,\n"
    )
    with translation.override("en"):
        call_command("load_cookie_database", path, verbosity=0)
    assert capsys.readouterr().out.strip() == "3 lines were loaded. 1 line could not be read."
    assert KnownTracker.objects.filter(organisation=None).count() == 3
    content = "Name,Domain\n_ga_XYZ,shop.example\nSR123,\nSR456,track.adform.net\nbasket,shop.example\n"
    scan = scans.bring(site, upload("own.csv", content), by=None, at=AT)
    said = {row["name"]: (row["provider"], row["category"], row["domain"], row["party"]) for row in scan.found}
    assert said == {
        "_ga_*": ("Google", "analytics", "www.shop.example", "first"),
        "SR123": ("", "", "", ""),
        "SR*": ("Adform", "marketing", "track.adform.net", "third"),
        "basket": ("", "", "www.shop.example", "first"),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Name,Provider,Domain\nsid,Php.example,", ("Php.example", "")),  # which sets it on the site of everybody else
        ("Name,Provider,Domain\nsid,Php.example", ("Php.example", "")),
        ("Name,Provider,Expiry\nsid,ads.example,1 day", ("", "ads.example")),  # of a scanner without that column
    ],
)
def test_a_provider_that_is_called_after_its_host_is_no_domain_where_the_list_has_a_column_for_that(line, said):
    found = lists.read(line.encode(), "known.csv").found[0]
    assert (found.provider, found.domain) == said


def test_a_host_is_of_the_provider_whom_all_lines_about_its_domain_name(site):
    for domain, provider in (
        ("ads.example", "Ads"),
        ("ads.example", "Ads"),
        ("cdn.example", "A"),
        ("cdn.example", "B"),
    ):
        KnownTracker.objects.create(name="id", domain=domain, provider=provider)
    hosts = ("px.ads.example", "www.cdn.example", "unknown.example")
    scan = scans.bring(site, upload("visit.har", record(*(entry(f"https://{one}/") for one in hosts))), by=None, at=AT)
    said = {row["name"]: (row["provider"], row["category"]) for row in scan.found}
    assert said == {"px.ads.example": ("Ads", ""), "www.cdn.example": ("", ""), "unknown.example": ("", "")}


def test_a_visit_without_consent_proves_what_is_loaded_before_it(site):
    old = TrackerFactory(organisation=site.organisation, site=site, name="sid", domain="www.shop.example")
    content = record(entry("https://shop.example/", cookies=["sid=1", "new=1"]))
    scan = scans.bring(site, upload("visit.har", content), by=None, at=AT)
    scans.take(scan, before_consent=True, by=None, at=AT)
    old.refresh_from_db()
    assert (old.before_consent, Tracker.objects.get(name="new").before_consent) == ("yes", "yes")


def test_the_open_cookie_database_can_be_read():
    file = shared("en-open-cookie-database/open-cookie-database.csv")
    read = lists.read(file.read_bytes(), file.name, lists.MOST_KNOWN)
    assert len(read.found) > 2_200
    assert len(read.wild) > 250
    assert next(row.domain for row in read.found if row.name == "PHPSESSID") == ""
    assert sum(lifetimes.days(row.lifetime) is not None for row in read.found) > 2_150


def test_a_list_that_cannot_be_read_is_refused_in_one_sentence(site, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="wrong.csv"):
        call_command("load_cookie_database", path)
    with pytest.raises(CommandError):
        call_command("load_cookie_database", tmp_path / "absent.csv")
    assert not KnownTracker.objects.exists()


def entry(url, *, status=200, mime="text/html", size=5_000, cookies=(), sent=(), resource="document"):
    return {
        "startedDateTime": "2026-11-22T10:00:00.000Z",
        "_resourceType": resource,
        "request": {"method": "GET", "url": url, "cookies": [{"name": name, "value": "secret"} for name in sent]},
        "response": {
            "status": status,
            "headers": [{"name": "Set-Cookie", "value": line} for line in cookies],
            "content": {"size": size, "mimeType": mime, "text": "secret"},
        },
    }


def record(*entries):
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)}})


def test_a_record_of_a_browser_gives_cookies_and_hosts_without_any_value(site):
    content = record(
        entry(
            "https://shop.example/?email=anna@example.org",
            cookies=[
                "sid=secret; Path=/; HttpOnly",
                "_ga_1=secret; Max-Age=34128000; Domain=.shop.example\nold=; Max-Age=0",
                "soon=x; Expires=Sun, 22-Nov-2026 10:30:00 GMT",
            ],
            sent=["from_js"],
        ),
        entry(
            "https://px.ads.example/t.gif?id=secret",
            mime="image/gif",
            size=43,
            cookies=["uid=secret; Max-Age=63072000"],
        ),
        entry("https://px.ads.example/t.js", mime="text/javascript", resource="script"),
        entry("https://cdn.example/a.js", mime="application/javascript", resource="script"),
        entry("https://fonts.example/f.woff2", mime="font/woff2", resource="font"),
        entry("https://moved.example/tr?id=secret", status=302, mime="x-unknown", size=-1, resource="image"),
        entry("data:image/png;base64,secret"),
        entry("https://[broken/"),
    )
    scan = scans.bring(site, upload("visit.har", content), by=None, at=AT)
    assert "secret" not in json.dumps(scan.found)
    assert "anna" not in json.dumps(scan.found)
    said = {(row["kind"], row["name"]): (row["domain"], row["party"], row["lifetime"]) for row in scan.found}
    assert said == {
        ("cookie", "sid"): ("www.shop.example", "first", "session"),
        ("cookie", "_ga_1"): ("www.shop.example", "first", "395 days"),
        ("cookie", "soon"): ("www.shop.example", "first", "30 minutes"),
        ("cookie", "from_js"): ("www.shop.example", "first", ""),
        ("cookie", "uid"): ("px.ads.example", "third", "2 years"),
        ("pixel", "px.ads.example"): ("px.ads.example", "third", ""),
        ("sdk", "cdn.example"): ("cdn.example", "third", ""),
        ("other", "fonts.example"): ("fonts.example", "third", ""),
        ("pixel", "moved.example"): ("moved.example", "third", ""),
    }
    assert scans.compared(scan).gone == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.har", b""),
        ("x.har", b"\xff\xfe\x00"),
        ("x.har", b'{"log": {"entries": "many"}}'),
        ("x.har", b'{"log": {"entries": [{"request": {"url": 3}, "response": {}}]}}'),
        ("x.har", b'{"log": {"entries": [' + b"[" * 200_000),
        ("x.har", b'{"x": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b', "log": {"entries": []}}'),
        ("x.json", b"[]"),
        ("x.csv", b"Name,Domain\n"[:0]),
        ("x.csv", b"just words"),
        ("x.csv", b'Name,Domain\n"open'),
        ("x.xlsx", b"PK\x03\x04 no"),
        ("x.exe", b"MZ"),
    ],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(site, name, content):
    with pytest.raises(BadFile):
        scans.bring(site, upload(name, content), by=None, at=AT)
    assert not TrackerScan.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(site, monkeypatch):
    monkeypatch.setattr(har, "MAX_BYTES", 100)
    monkeypatch.setattr(har.msgspec.json, "decode", lambda *args, **kwargs: pytest.fail("it was read"))
    with pytest.raises(BadFile):
        scans.bring(site, upload("x.har", record(entry("https://shop.example/"))), by=None, at=AT)


def test_strange_names_and_dates_do_not_break_a_record(site):
    lines = ["=x", ";;;", "a" * 500 + "=1", "\x00=1", "ok=1; Expires=never", "far=1; Max-Age=" + "9" * 5_000]
    scan = scans.bring(site, upload("x.har", record(entry("https://shop.example/", cookies=lines))), by=None, at=AT)
    assert sorted(row["name"] for row in scan.found) == ["far", "ok"]
    scans.take(scan, by=None, at=AT)
    assert Tracker.objects.get(name="far").lifetime_days is None


def test_why_a_tracker_is_without_consent_is_known(db):
    purpose = ConsentPurposeFactory()
    given = {"organisation": purpose.organisation, "activity": purpose.activity}
    early = TrackerFactory(**given, purpose=purpose, before_consent="yes")
    bare = TrackerFactory(**given, before_consent="no")
    TrackerFactory(**given, purpose=purpose, before_consent="no")
    TrackerFactory(**given, category="necessary", ground="requested", reason="The basket")
    TrackerFactory(**given, is_suggested=True)
    gone = TrackerFactory(**given, before_consent="yes", gone_on=AT.date())
    found = {(one.tracker, one.why) for one in watch.without_consent(purpose.organisation)}
    assert found == {(early, "before_consent"), (bare, "no_purpose")}
    layer = {site: (lacks, unknown) for site, lacks, unknown in watch.layers(purpose.organisation)}
    assert layer[early.site] == ([], list(LAYER))
    assert gone.site not in layer
