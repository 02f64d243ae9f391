"""What everybody can read: public activities only, established facts only, chosen facts only."""

import dataclasses
import json
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import organisations
from portal import actions, public, throttle
from portal.models import PublicRegister
from register import reading
from register.actions import activities, establish
from register.record import Entry, to_plain
from tests.factories import register as make
from tests.factories.accounts import ControllerFactory, OrganisationFactory, UserFactory
from tests.factories.portal import PublicationFactory, PublicRegisterFactory
from tests.register.filled import established, filled, refreshed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECRET = "confidential-word"


@pytest.fixture
def organisation():
    return PublicRegisterFactory(organisation__name="Primrose Hill", organisation__slug="primrose").organisation


def published(organisation, **fields):
    activity = established(organisation, **fields)
    PublicationFactory(activity=activity)
    return activity


def address(activity):
    return f"/va/{activity.pk}"


def chosen(organisation, *keys, **fields):
    PublicRegister.objects.filter(organisation=organisation).update(fields=list(keys), **fields)


def test_a_public_activity_is_read_without_an_account(client, organisation):
    response = client.get(address(published(organisation, name="Payroll")), headers={"accept-language": "en"})
    assert response.status_code == 200
    assert "Payroll" in response.text
    assert "Primrose Hill" in response.text
    assert response["X-Robots-Tag"] == "noindex"


def test_never_public_and_unknown_answer_alike(client, organisation):
    never = established(organisation, name="Payroll")
    found = []
    for key in (never.pk, uuid.uuid4()):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/va/{key}")
        found.append((response.status_code, len(queries), without_marks(response.text, key)))
    assert found[0] == found[1]
    assert found[0][0] == 404


def without_marks(text, key):
    """The page but for its address and its mark against forged forms."""
    return re.sub(r'(value|content)="\w{64}"', "", text.replace(str(key), ""))


def test_a_withdrawn_page_says_that_it_is_gone_and_nothing_else(client, organisation):
    activity = established(organisation, name="Payroll")
    PublicationFactory(activity=activity, withdrawn=True)
    response = client.get(address(activity))
    assert response.status_code == 410
    assert "Payroll" not in response.text
    assert "Primrose" not in response.text


def test_an_activity_that_was_made_public_anew_is_there_again(client, organisation):
    activity = established(organisation)
    PublicationFactory(activity=activity, withdrawn=True)
    PublicationFactory(activity=activity)
    assert client.get(address(activity)).status_code == 200


def test_closing_the_register_closes_every_page(client, organisation):
    activity = published(organisation)
    chosen(organisation, is_open=False)
    assert client.get(address(activity)).status_code == 410
    assert client.get("/p/primrose/register/").status_code == 404


def test_a_working_copy_is_never_shown(client, organisation):
    activity = published(organisation, name="Payroll")
    activities.set_upkeep([activity], owner_function=SECRET, by=None, at=AT)
    activity.name = "Salaries"
    with_name = {"fields": {"name": "Salaries"}, "lines": {}}
    activities.save_section(
        activity, "identity", with_name, {"fields": {"name": "Payroll"}, "lines": {}}, by=None, at=AT
    )
    text = client.get(address(activity)).text
    assert "Salaries" not in text
    assert "Payroll" in text


def test_a_version_is_not_shown_before_its_day(client, organisation):
    tomorrow = timezone.localdate() + timedelta(days=1)
    activity = established(organisation, at=timezone.now(), valid_from=tomorrow)
    PublicationFactory(activity=activity)
    assert client.get(address(activity)).status_code == 404
    assert "VA-" not in client.get("/p/primrose/register/").text


def test_an_ended_activity_says_so_and_leaves_the_list(client, organisation):
    activity = published(organisation, name="Payroll")
    establish.end(activity, on=date(2026, 2, 1), reason=SECRET, by=None, at=AT)
    response = client.get(address(activity), headers={"accept-language": "en"})
    assert "This stopped on" in response.text
    assert SECRET not in response.text
    assert "Payroll" not in client.get("/p/primrose/register/").text


@pytest.mark.parametrize("form", ["html", "jsonld"])
def test_what_may_never_be_public_is_on_no_page(client, organisation, form):
    party = make.PartyFactory(organisation=organisation, name="Acme", email=f"a@{SECRET}.example", contact=SECRET)
    activity = filled(
        organisation,
        owner=UserFactory(name=SECRET),
        owner_function=SECRET,
        contact=SECRET,
        remarks=SECRET,
        reference=SECRET,
        measures_text=SECRET,
        council_note=SECRET,
        assessment_note=SECRET,
        parent=make.ActivityFactory(organisation=organisation, name=SECRET),
    )
    make.RecipientLineFactory(activity=activity, party=party, role="processor", ground=SECRET)
    make.NoteLineFactory(activity=activity, heading=SECRET, text=SECRET)
    make.SystemLineFactory(activity=activity, system=make.SystemFactory(organisation=organisation, name=SECRET))
    make.MeasureLineFactory(activity=activity, note=SECRET)
    activity = refreshed(activity)
    establish.establish(activity, by=None, at=AT, reason=SECRET)
    PublicationFactory(activity=activity, reason=SECRET)
    chosen(organisation, *public.KEYS)
    response = client.get(address(activity), {"format": form})
    assert response.status_code == 200
    assert "Acme" in response.text
    assert SECRET not in response.text


def test_only_what_was_chosen_is_shown(client, organisation):
    activity = filled(organisation, description="Names on the door", department=None)
    make.RecipientLineFactory(
        activity=activity, party=make.PartyFactory(organisation=organisation, name="Acme"), role="processor"
    )
    activity = refreshed(activity)
    establish.establish(activity, by=None, at=AT, reason="Checked")
    PublicationFactory(activity=activity)
    assert "Acme" not in client.get(address(activity)).text
    chosen(organisation, "recipients", "names")
    text = client.get(address(activity)).text
    assert "Acme" in text
    assert "Names on the door" not in text


def test_recipients_that_say_the_same_without_their_names_are_told_once(organisation):
    activity = filled(organisation)
    for name in ("Acme", "Bolt"):
        party = make.PartyFactory(organisation=organisation, name=name, country=None)
        make.RecipientLineFactory(activity=activity, party=party, role="processor")
    entry = reading.draft(refreshed(activity))
    assert len(public.filtered(entry, ["recipients"]).recipients) == 1
    assert len(public.filtered(entry, ["recipients", "names"]).recipients) == 2


def test_an_entry_without_a_choice_holds_number_and_name_only(organisation):
    entry = reading.draft(filled(organisation, description="What we do", remarks=SECRET))
    assert set(to_plain(public.filtered(entry, []))) == {"id", "number", "kind", "name", "language"}


def test_every_fact_of_an_entry_stays_inside_unless_it_is_named_here():
    """A field that is added to the record later is private until somebody decides otherwise."""
    named = {name for names in public.PLAIN.values() for name in names}
    always = {"id", "number", "kind", "name", "language", "ended_on"}
    lines = {"purposes", "subjects", "data", "joint_controllers", "recipients", "transfers", "clients"}
    inside = {field.name for field in dataclasses.fields(Entry)} - named - always - lines
    assert {"owner", "owner_function", "contact", "remarks", "notes", "measures", "systems", "access"} <= inside


def test_the_address_of_the_controller_is_shown_without_the_name_of_the_officer(client, organisation):
    controller = ControllerFactory(
        organisation=organisation,
        name="Primrose",
        email="info@primrose.example",
        dpo_name=SECRET,
        dpo_email="fg@p.example",
    )
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=AT)
    activity = published(organisation, controller=controller)
    text = client.get(address(activity)).text
    assert "info@primrose.example" in text
    assert "fg@p.example" in text
    assert SECRET not in text
    chosen(organisation, "purposes")
    assert "info@primrose.example" not in client.get(address(activity)).text


@pytest.mark.parametrize(
    ("accept", "query", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", "text/html"),
        ("*/*", "", "text/html"),
        ("application/ld+json", "", "application/ld+json"),
        ("application/json", "", "application/ld+json"),
        ("application/ld+json;q=0.5, text/html", "", "text/html"),
        ("image/png", "", "text/html"),
        ("text/html", "?format=jsonld", "application/ld+json"),
        ("application/ld+json", "?format=html", "text/html"),
    ],
)
def test_people_get_a_page_and_machines_linked_data(client, organisation, accept, query, kind):
    response = client.get(address(published(organisation)) + query, headers={"accept": accept})
    assert response.headers["Content-Type"].startswith(kind)
    assert "Accept" in response["Vary"]


def test_the_linked_data_names_its_own_address(client, organisation):
    activity = published(organisation, name="Payroll")
    response = client.get(address(activity), {"format": "jsonld"})
    found = json.loads(response.text)
    assert found["@id"] == f"http://testserver{address(activity)}"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_linked_data_say_nothing_of_controllers_whose_name_stays_inside(client, organisation):
    record = filled(organisation, kind="processor")
    make.ClientLineFactory(activity=record, party__name="A customer", processing_en="Hosting")
    establish.establish(refreshed(record), by=None, at=AT, reason="First")
    PublicationFactory(activity=record)
    chosen(organisation, "clients")
    assert "dpv:hasDataController" not in json.loads(client.get(address(record), {"format": "jsonld"}).text)
    chosen(organisation, "clients", "names")
    [named] = json.loads(client.get(address(record), {"format": "jsonld"}).text)["dpv:hasDataController"]
    assert named["dpv:hasName"] == "A customer"


def test_an_unknown_form_is_not_found(client, organisation):
    assert client.get(address(published(organisation)), {"format": "pdf"}).status_code == 404


def test_an_unchanged_page_is_not_sent_twice(client, organisation):
    activity = published(organisation)
    first = client.get(address(activity))
    again = client.get(address(activity), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(address(activity), headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    other = client.get(address(activity), {"language": "en"}, headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    chosen(organisation, "purposes", changed_at=timezone.now())
    assert client.get(address(activity), headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_page_that_may_be_kept_in_caches_holds_nothing_of_the_visitor(client, member, organisation):
    activity = published(organisation)
    keeper = member("dpo", organisation=organisation)
    response = client.get(address(activity))
    assert keeper.user.name not in response.text
    assert "csrf" not in response.text
    assert "csrftoken" not in response.cookies


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_speaks_dutch_and_english(client, organisation, language):
    response = client.get(address(published(organisation)), {"language": language})
    assert f'<html lang="{language}"' in response.text
    assert response["Content-Language"] == language


def test_the_list_shows_what_is_public_of_this_organisation_only(client, organisation):
    published(organisation, name="Payroll")
    established(organisation, name="Absence")
    elsewhere = PublicRegisterFactory().organisation
    published(elsewhere, name="Of another")
    text = client.get("/p/primrose/register/").text
    assert "Payroll" in text
    assert "Absence" not in text
    assert "Of another" not in text


def test_no_list_looks_like_no_organisation(client, organisation):
    published(organisation)
    PublicRegister.objects.update(has_list=False)
    OrganisationFactory(slug="without")
    pages = [client.get(f"/p/{slug}/register/") for slug in ("primrose", "without", "nobody")]
    assert {page.status_code for page in pages} == {404}
    assert "Primrose" not in pages[0].text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(client, organisation, rows, django_assert_num_queries):
    for _ in range(rows):
        published(organisation)
    with django_assert_num_queries(3):
        response = client.get(reverse("portal:listing", args=["primrose"]))
    assert response.text.count("/va/") == rows


def test_a_page_costs_three_queries(client, organisation, django_assert_num_queries):
    activity = published(organisation)
    with django_assert_num_queries(3):
        client.get(address(activity))


def test_absurd_words_do_not_break_the_page(client, organisation):
    text = client.get(address(published(organisation, name="<b>" + "x" * 240, description="</script>{{ 7 }}\x01"))).text
    assert "&lt;b&gt;xxx" in text
    assert "</script>{{" not in text


def test_search_engines_are_let_in_when_the_organisation_says_so(client, organisation):
    activity = published(organisation)
    PublicRegister.objects.update(may_be_found=True)
    assert "X-Robots-Tag" not in client.get(address(activity))


def test_publishing_needs_an_open_register_and_a_version(organisation):
    draft = make.ActivityFactory(organisation=organisation)
    made, refused = actions.publish([draft, established(organisation)], reason="Asked for", by=None, at=AT)
    assert len(made) == 1
    assert [row for row, _why in refused] == [draft]


def test_a_network_that_asks_for_very_many_pages_waits_a_minute_and_another_does_not(client, organisation, monkeypatch):
    monkeypatch.setattr(throttle, "PER_MINUTE", 3)
    monkeypatch.setattr(throttle.timezone, "now", lambda: AT.replace(second=20))
    activity = published(organisation, name="Payroll")
    listed, english = reverse("portal:listing", args=["primrose"]), {"accept-language": "en"}
    neighbour = {"REMOTE_ADDR": "203.0.113.77"}
    for url in (address(activity), listed, f"/va/{uuid.uuid4()}"):
        assert client.get(url, REMOTE_ADDR="203.0.113.5").status_code in (200, 404)
    for url in (address(activity), listed):
        response = client.get(url, headers=english, **neighbour)
        assert (response.status_code, response["Retry-After"]) == (429, "40")
        assert "Try again in a minute" in response.text
        assert "Payroll" not in response.text
    assert client.get(address(activity), REMOTE_ADDR="198.51.100.5").status_code == 200
    monkeypatch.setattr(throttle.timezone, "now", lambda: AT + timedelta(minutes=1))
    assert client.get(listed, REMOTE_ADDR="203.0.113.5").status_code == 200
