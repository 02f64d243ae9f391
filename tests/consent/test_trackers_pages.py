"""The pages of sites and trackers: what a person can do on them, to whom they show what, and what they cost."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Change, Event
from consent.actions import trackers
from consent.models import KnownTracker, Site, Tracker
from core import uploads
from core.addresses import full_address
from register import kinds
from register.actions import notices
from register.notices import reading
from tests.consent.desk import url, words
from tests.factories.accounts import AT, DepartmentFactory, MembershipDepartmentFactory, UserFactory
from tests.factories.consent import ConsentPurposeFactory, WordingVersionFactory
from tests.factories.register import ActivityFactory, NoticeFactory, NoticeLineFactory, PartyFactory
from tests.factories.trackers import SiteFactory, TrackerFactory
from tests.register.filled import established

pytestmark = pytest.mark.django_db
SAID = {"purpose_nl": "Reclame tonen", "lifetime": "90 days"}
LIST = b"Name,Domain,Category,Purpose\n_fbp,shop.example,Marketing,Shows advertisements\nlang,,Functional,\n"


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def test_from_a_site_to_trackers_that_somebody_agreed_with(client, organisation):
    """The whole way through the pages, without JavaScript."""
    made = client.post(url(organisation, "site_new"), {"name": "Shop", "domain": "WWW.Shop.example", "rule": "nl"})
    site = Site.objects.get()
    assert (made.url, site.domain) == (url(organisation, "site", site.pk), "www.shop.example")
    response = client.post(url(organisation, "site_bring", site.pk), {"file": SimpleUploadedFile("list.csv", LIST)})
    preview = client.get(response.url)
    assert "_fbp" in words(preview)
    assert not Tracker.objects.exists()
    client.post(response.url, {})
    assert client.get(response.url).url == url(organisation, "site", site.pk)
    assert "Suggested" in words(client.get(url(organisation, "trackers")))
    one = Tracker.objects.get(name="lang")
    client.post(url(organisation, "tracker_agree", one.pk))
    assert Tracker.objects.get(is_suggested=True).name == "_fbp"
    client.post(url(organisation, "site_agree", site.pk))
    assert not Tracker.objects.filter(is_suggested=True).exists()
    tracker = Tracker.objects.get(name="_fbp")
    page = words(client.get(url(organisation, "tracker", tracker.pk)))
    assert "Needed, not asked" in page
    assert "no exception is claimed" in page
    client.post(url(organisation, "tracker_retire", tracker.pk))
    assert "_fbp" not in words(client.get(url(organisation, "trackers")))
    assert "_fbp" in words(client.get(url(organisation, "trackers") + "?retired=1"))
    assert client.post(url(organisation, "tracker_retire", tracker.pk)).status_code == 409
    client.post(url(organisation, "tracker_back", tracker.pk))
    kinds = list(Change.objects.order_by("number").values_list("kind", flat=True))[-6:]
    assert kinds[0] == "consent.site_saved"
    assert kinds[-1] == "consent.tracker_returned"


def test_an_exception_is_claimed_with_a_reason_only(client, organisation):
    site = SiteFactory(organisation=organisation)
    new = url(organisation, "tracker_new", site.pk)
    given = {"name": "basket", "kind": "cookie", "category": "necessary", "ground": "requested", "lifetime": "session"}
    assert "Write down why" in words(client.post(new, given))
    assert "cannot hold" in words(client.post(new, given | {"category": "marketing", "reason": "We like it"}))
    assert client.post(new, given | {"reason": "It holds what was chosen"}).status_code == 302
    row = Tracker.objects.get()
    assert (row.lifetime_days, row.answer.needs_consent) == (0, False)
    again = client.post(new, given | {"reason": "Twice"})
    assert "has this one already" in words(again)
    page = client.get(url(organisation, "tracker_edit", row.pk))
    assert page.status_code == 200
    assert "until the browser is closed" in words(client.get(url(organisation, "tracker", row.pk)))


def test_what_somebody_saw_on_the_layer_is_written_down(client, organisation):
    site = SiteFactory(organisation=organisation)
    seen = {"refuses_first": "no", "refuses_equally": "yes", "starts_empty": "yes", "on": "2026-11-20"}
    client.post(url(organisation, "site_look", site.pk), seen)
    site.refresh_from_db()
    assert (site.refuses_first, site.withdraws_easily, str(site.looked_on)) == ("no", "", "2026-11-20")
    shown = words(client.get(url(organisation, "site", site.pk)))
    assert "Refusing is harder than accepting" in shown
    assert "11.7a(1) Tw" in shown


def test_a_belgian_site_cites_belgian_law(client, organisation):
    site = SiteFactory(organisation=organisation, rule="be")
    for name in ("site", "site_look", "tracker_new"):
        page = words(client.get(url(organisation, name, site.pk)))
        assert "Art. 10/2 Belgian act" in page
        assert "11.7a" not in page


def test_known_cookies_fill_in_what_is_empty_as_suggestions(client, organisation):
    row = TrackerFactory(organisation=organisation, name="_fbp", site__domain="shop.example", provider="Ours")
    assert client.post(url(organisation, "site_recognise", row.site_id)).status_code == 409
    client.post(url(organisation, "known_trackers"), {"file": SimpleUploadedFile("known.csv", LIST)})
    assert set(KnownTracker.objects.values_list("organisation", flat=True)) == {organisation.pk}
    client.post(url(organisation, "site_recognise", row.site_id))
    row.refresh_from_db()
    assert (row.category, row.provider, row.is_suggested) == ("marketing", "Ours", True)


@pytest.mark.parametrize("name", ["site_bring", "known_trackers"])
def test_a_wrong_file_says_so_at_the_field(client, organisation, name):
    arguments = [SiteFactory(organisation=organisation).pk] if name == "site_bring" else []
    response = client.post(url(organisation, name, *arguments), {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert response.status_code == 422
    assert "names its columns" in words(response)


def test_what_the_virus_scanner_refuses_is_refused_at_the_field(client, organisation, monkeypatch):
    def found(content):
        raise ValidationError("The virus scanner found something.")

    monkeypatch.setattr(uploads, "scan", found)
    page = url(organisation, "site_bring", SiteFactory(organisation=organisation).pk)
    response = client.post(page, {"file": SimpleUploadedFile("list.csv", LIST)})
    assert "The virus scanner found something." in words(response)
    assert response.status_code == 422


def test_the_file_holds_what_the_list_shows_and_is_recorded(client, organisation):
    site = SiteFactory(organisation=organisation, domain="shop.example")
    TrackerFactory(organisation=organisation, site=site, name="=cmd()", category="marketing", lifetime="1 year")
    TrackerFactory(organisation=organisation, site=site, name="sid", kind="local", purpose_nl="Onthoudt u")
    everything = b"".join(client.get(url(organisation, "trackers_file"))).decode("utf-8-sig")
    assert "'=cmd()" in everything
    some = b"".join(client.get(url(organisation, "trackers_file") + "?category=marketing")).decode("utf-8-sig")
    assert "sid" not in some
    assert Event.objects.filter(kind=Event.Kind.DOWNLOADED, details__trackers=1).exists()
    back = client.post(
        url(organisation, "site_bring", site.pk), {"file": SimpleUploadedFile("own.csv", everything.encode())}
    )
    preview = words(client.get(back.url))
    assert "Seen again 2" in preview
    assert "New 0" in preview


def test_a_party_says_which_trackers_name_it_to_who_may_see_them(client, member, organisation):
    hidden = ActivityFactory(organisation=organisation)
    party, site = PartyFactory(organisation=organisation), SiteFactory(organisation=organisation)
    for activity in (None, None, hidden):
        TrackerFactory(organisation=organisation, site=site, recipient=party, activity=activity)
    page = client.get(kinds.url_of(party, organisation))
    assert f'/consent/trackers/?site={site.pk}">3 trackers of Web shop' in page.text
    assert "No activity uses this" not in page.text
    department = DepartmentFactory(organisation=organisation)
    membership = member("editor", organisation=organisation, user=UserFactory(language="en"))
    MembershipDepartmentFactory(membership=membership, department=department)
    assert "2 trackers of Web shop" in client.get(kinds.url_of(party, organisation)).text


def test_a_tracker_of_an_activity_out_of_sight_is_out_of_sight(client, member):
    membership = member("editor", user=UserFactory(language="en"))
    department = DepartmentFactory(organisation=membership.organisation)
    MembershipDepartmentFactory(membership=membership, department=department)
    hidden = ActivityFactory(organisation=membership.organisation)
    row = TrackerFactory(organisation=membership.organisation, activity=hidden, name="hidden-one")
    TrackerFactory(organisation=membership.organisation, site=row.site, name="open-one")
    page = words(client.get(url(membership.organisation, "trackers")))
    assert "open-one" in page
    assert "hidden-one" not in page
    assert client.get(url(membership.organisation, "tracker", row.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("trackers", 13), ("sites", 9)])
def test_the_lists_cost_the_same_for_any_number(client, organisation, name, queries, number, django_assert_num_queries):
    purpose = ConsentPurposeFactory(organisation=organisation)
    for _count in range(number):
        row = TrackerFactory(organisation=organisation, purpose=purpose, activity=purpose.activity)
    client.get(url(organisation, name))
    with django_assert_num_queries(queries):
        page = client.get(url(organisation, name)).text
    assert (row.name if name == "trackers" else row.site.domain) in page


def test_the_banner_asks_by_purpose_and_has_nothing_on_beforehand(client, organisation):
    purpose = ConsentPurposeFactory(organisation=organisation, code="advertising", name_nl="Reclame")
    notice = NoticeFactory(organisation=organisation)
    site = SiteFactory(organisation=organisation, notice=notice)
    given = {"organisation": organisation, "site": site}
    TrackerFactory(**given, name="_fb.p*", category="marketing", purpose=purpose, purpose_nl="</script>Reclame")
    TrackerFactory(**given, name="ide", category="marketing", purpose=purpose, party="third")
    TrackerFactory(**given, name="basket", category="necessary", ground="requested", reason="Holds the basket")
    TrackerFactory(**given, name="_pk_id", category="analytics")
    TrackerFactory(**given, name="nobody-agreed", is_suggested=True)
    TrackerFactory(**given, name="left", category="functional", gone_on=AT)
    found = json.loads(b"".join(client.get(url(organisation, "site_klaro", site.pk, "json"))))
    services = {one["name"]: one for one in found["services"]}
    assert services.keys() == {"advertising", "group.necessary", "group.statistics"}
    assert services["advertising"]["cookies"] == [r"^_fb\.p.*$"]
    assert {name: one["required"] for name, one in services.items() if one["required"] or one["default"]} == {
        "group.necessary": True
    }
    assert (found["default"], found["mustConsent"], found["acceptAll"], found["hideDeclineAll"]) == (
        False,
        False,
        True,
        False,
    )
    assert found["translations"]["nl"]["advertising"]["title"] == "Reclame"
    address = full_address("portal:notice", organisation.slug, notice.slug)
    assert found["translations"]["nl"]["privacyPolicyUrl"] == f"{address}?language=nl"
    warned = "A yes to these purposes cannot be recorded yet"
    assert warned in words(client.get(url(organisation, "site", site.pk)))
    texts = {"nl": {"text": "Ja, toon mij reclame.", "withdrawal": "Hier trekt u het in."}, "en": {"text": "Yes, ads."}}
    WordingVersionFactory(wording__purpose=purpose, content={"texts": texts})
    WordingVersionFactory(wording__purpose=purpose, valid_until=AT)  # nobody is shown that any more
    assert warned not in words(client.get(url(organisation, "site", site.pk)))
    shown = json.loads(b"".join(client.get(url(organisation, "site_klaro", site.pk, "json"))))["translations"]
    assert found["translations"]["nl"]["advertising"]["description"] == "</script>Reclame"
    assert shown["nl"]["advertising"]["description"] == "Ja, toon mij reclame. Hier trekt u het in."
    assert shown["en"]["advertising"]["description"] == "Yes, ads."
    script = b"".join(client.get(url(organisation, "site_klaro", site.pk, "js"))).decode()
    assert script.startswith("var klaroConfig = {")
    assert "</script" not in script
    assert client.get(url(organisation, "site_klaro", site.pk, "xml")).status_code == 404


def test_the_notice_lists_the_trackers_and_says_when_they_changed(client, organisation):
    notice = NoticeFactory(organisation=organisation)
    NoticeLineFactory(notice=notice, activity=established(organisation))
    site = SiteFactory(organisation=organisation, notice=notice)
    row = TrackerFactory(organisation=organisation, site=site, name="_fbp", provider="Meta", **SAID)
    TrackerFactory(organisation=organisation, site=SiteFactory(organisation=organisation), name="elsewhere", gone_on=AT)
    on = AT.date()
    assert "cookies" not in {section.key for section in reading.draft(notice, on=on).sections}
    notices.set_blocks(notice, {"cookies": ("", "")}, by=None, at=AT)
    TrackerFactory(organisation=organisation, site=site, name="nobody-agreed", is_suggested=True)
    version = notices.publish(notice, by=None, at=AT)
    table = reading.text_of(version).section("cookies").sentences[1:]
    assert [sentence.shape for sentence in table] == ["head", "row"]
    assert [cell.en for cell in table[1].cells] == ["_fbp", "Meta", "", "90 days", "yes"]
    assert table[1].cells[2].nl == "Reclame tonen"
    TrackerFactory(organisation=organisation, site=site, name="sid")
    TrackerFactory(organisation=organisation, site=site, name="ide", purpose_en="Knows who you are", lifetime="1 day")
    page = words(client.get(reverse("register:notice", args=[organisation.slug, notice.pk])))
    assert "What these are for is not filled in: sid." in page
    assert "How long these stay is not filled in: sid." in page
    assert "What these are for is not written in this language: ide." in page
    Tracker.objects.filter(name__in=["sid", "ide"]).update(gone_on=AT)
    assert not reading.state(notice, on=on).by_register
    row.lifetime = "1 year"
    trackers.save(row, by=None, at=AT)
    [moved] = reading.state(notice, on=on).by_register
    assert (moved.kind, moved.is_listed) == ("changed", True)
    assert len(reading.drifts([version], organisation, on=on)[version.pk]) == 1
    page = client.get(reverse("register:notice", args=[organisation.slug, notice.pk]))
    assert "<td>_fbp</td>" in page.text
    public = client.get(reverse("portal:notice", args=[organisation.slug, notice.slug]) + "?language=en")
    assert "90 dagen" in words(public)
    assert client.get(reverse("portal:notice_pdf", args=[organisation.slug, notice.slug])).status_code == 200


def test_a_site_goes_out_of_use_with_its_trackers_and_comes_back(client, organisation):
    row = TrackerFactory(organisation=organisation, name="_fbp")
    client.post(url(organisation, "site_retire", row.site_id))
    assert "_fbp" not in words(client.get(url(organisation, "trackers")))
    assert client.post(url(organisation, "site_retire", row.site_id)).status_code == 409
    client.post(url(organisation, "site_back", row.site_id))
    assert "_fbp" in words(client.get(url(organisation, "trackers")))
