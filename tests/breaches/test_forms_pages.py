"""The pages of a form, of recording what was sent, and of telling the people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains

from accounts.models import Event
from breaches import sealing
from breaches.actions import notifying, telling
from breaches.authority_forms import reading
from breaches.models import Communication, Notification
from tests.breaches.test_authority_forms import written
from tests.factories import accounts as make
from tests.factories import breaches as of_breach
from tests.factories.accounts import AT


@pytest.fixture
def officer(member):
    membership = member("dpo")
    membership.user.language = "en"
    membership.user.name = "Anna Visser"
    membership.user.save()
    return membership


@pytest.fixture
def breach(officer):
    return of_breach.BreachFactory(
        organisation=officer.organisation,
        facts="A letter went astray.",
        first_signal_at=AT,
        aware_at=timezone.now() - timedelta(hours=3),
    )


def at(name, breach, *more, **query):
    address = reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, *more])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def sending(page, **more):
    form = page.context["given"]
    now = timezone.localtime().replace(second=0, microsecond=0)
    return {
        "kind": form["kind"].value(),
        "seen": form["seen"].value(),
        "sent_at": now.strftime("%Y-%m-%dT%H:%M"),
        "completeness": "all",
    } | more


def test_the_form_shows_each_question_in_order_with_an_answer_that_can_be_selected_and_copied(client, breach):
    page = client.get(at("form", breach, "ap"))
    assertContains(page, ">A letter went astray.</textarea>", count=1)
    assertContains(page, 'data-copy="A letter went astray."', count=1)
    numbers = [answer.number for answer in page.context["filled"].answers]
    positions = [page.text.index(f'id="q-{number.replace(".", "-").replace(" ", "-")}"') for number in numbers]
    assert positions == sorted(positions)
    assertContains(page, "Derived, check it")
    assertContains(page, 'href="#q-6-1"')


def test_what_is_missing_links_to_the_place_where_it_is_filled_in(client, breach):
    page = client.get(at("form", breach, "ap"))
    lines = {line.answer.number: line.url for line in page.context["missing"]}
    assert lines["6.1"] == at("section", breach, "data") + "#id_data_kinds"
    assert lines["3.1.1 a"] == at("section", breach, "place") + "#id_controller"
    assert lines["3.2.1 d"] == ""


def test_the_form_is_there_in_both_languages_whatever_the_reader_reads(client, breach):
    assertContains(client.get(at("form", breach, "ap", language="nl")), "Beschrijf wat er is gebeurd")
    assertContains(client.get(at("form", breach, "ap")), "Describe what happened")


def test_the_same_answers_can_be_seen_in_the_order_of_the_common_european_template(client, breach):
    page = client.get(at("form", breach, "ap", order="common"))
    assertContains(page, "Communication to data subjects")
    assertContains(page, ">A letter went astray.</textarea>", count=1)
    assert client.get(at("form_pdf", breach, "ap", order="common")).content.startswith(b"%PDF")


def test_a_form_that_was_added_as_a_file_has_a_page(client, breach, tmp_path, monkeypatch):
    assert client.get(at("form", breach, "cnil")).status_code == 404
    written(tmp_path)
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    assertContains(client.get(at("form", breach, "cnil")), "A letter went astray.")


@pytest.mark.parametrize("code", ["ap", "gba"])
def test_the_pdf_follows_the_form_and_is_noted_as_an_event(client, breach, code):
    answer = client.get(at("form_pdf", breach, code, language="nl"))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith(f'inline; filename="{breach.code}-{code}-')
    assert Event.objects.filter(kind=Event.Kind.DOWNLOADED, subject__startswith=breach.code).count() == 1


def test_a_first_notification_and_its_follow_up_are_recorded_and_compared(client, breach):
    page = client.get(at("form_record", breach, "ap"))
    assertContains(page, "Anna Visser")
    assert page.context["filled"].missing
    assert page.context["given"]["completeness"].value() == "more"
    sent_at = timezone.localtime(timezone.now() - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    given = sending(page, sent_at=sent_at, reference="DL-7", completeness="more", follow_up_on="2099-01-01")
    answer = client.post(at("form_record", breach, "ap"), given | {"q-3-2-1-d": "070 1234567"}, follow=True)
    assertContains(answer, "DL-7")
    assertContains(answer, "070 1234567")
    page = client.get(at("form_record", breach, "ap"))
    assert page.context["given"]["kind"].value() == "follow_up"
    answer = client.post(
        at("form_record", breach, "ap"), sending(page, **{"q-5-3": "Two letters went astray."}), follow=True
    )
    assertContains(answer, "Two letters went astray.")
    differing = {one.number for one in answer.context["differences"]}
    assert {"1.1", "1.1 a", "5.3", "3.2.1 d"} <= differing
    assert Notification.objects.filter(is_complete=True).count() == 1
    pdf = client.get(at("notification_pdf", breach, Notification.objects.first().pk))
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content == client.get(at("notification_pdf", breach, Notification.objects.first().pk)).content


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"sent_at": "2999-01-01T10:00"}, "in the future"),
        ({"sent_at": "2020-01-01T10:00"}, "before the first signal"),
        ({"sent_at": "yesterday"}, "Enter a valid date/time"),
        ({"completeness": "more"}, "before which day the rest follows"),
        ({"kind": "withdrawal"}, "no notification to this authority"),
        ({"kind": "nonsense"}, "not one of the available choices"),
        ({"seen": "0" * 64}, "Somebody changed the breach meanwhile"),
        ({"reference": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_nothing_typed_is_lost(client, breach, more, sentence):
    page = client.get(at("form_record", breach, "ap"))
    given = sending(page, **more) | {"q-3-2-1-d": "070 1234567"}
    answer = client.post(at("form_record", breach, "ap"), given)
    assertContains(answer, sentence, status_code=422)
    assertContains(answer, "070 1234567", status_code=422)
    assert not Notification.objects.exists()


def test_after_a_change_meanwhile_the_same_form_can_be_sent_again(client, breach):
    page = client.get(at("form_record", breach, "ap"))
    answer = client.post(at("form_record", breach, "ap"), sending(page, seen="0" * 64))
    assert client.post(at("form_record", breach, "ap"), sending(answer)).status_code == 302


def test_the_overview_leads_with_the_own_authority_and_lists_what_was_sent(client, breach, officer):
    make.ControllerFactory(organisation=officer.organisation, authority="GBA")
    of_breach.NotificationFactory(breach=breach, reference="DL-9", is_complete=False, follow_up_on=AT.date())
    page = client.get(at("notify", breach))
    assertContains(page, "DL-9")
    assert [one["form"].code for one in page.context["forms"]] == ["gba", "ap"]


def test_a_letter_begins_with_the_facts_and_is_kept_when_it_was_changed(client, breach):
    page = client.get(at("text", breach, "letter-en"))
    assertContains(page, "A letter went astray.")
    was = page.context["form"]["was"].value()
    answer = client.post(at("text", breach, "letter-en"), {"text": "Dear all,\r\nSorry.", "was": was, "keep": ""})
    assert answer.status_code == 302
    assert telling.draft_of(breach, "letter-en") == "Dear all,\nSorry."
    late = client.post(at("text", breach, "letter-en"), {"text": "Mine", "was": was, "keep": ""})
    assertContains(late, "Somebody else changed this text", status_code=422)
    assertContains(late, "Mine", status_code=422)
    again = {"text": "Mine", "was": late.context["form"]["was"].value(), "keep": ""}
    assert client.post(at("text", breach, "letter-en"), again).status_code == 302
    client.post(at("text", breach, "letter-en"), {"text": "Mine", "was": telling.mark("Mine"), "anew": ""})
    assert telling.draft_of(breach, "letter-en") == ""


def test_what_was_sent_is_recorded_with_numbers_channel_and_day(client, breach):
    telling.keep_draft(breach, "notice-nl", "Aan iedereen", was=telling.mark(""), by=None, at=timezone.now())
    page = client.get(at("told", breach, "notice-nl"))
    assertContains(page, "Aan iedereen")
    given = {"sent_on": timezone.localdate(), "channel": "website", "people": "1200", "text": "Aan iedereen"}
    answer = client.post(at("told", breach, "notice-nl"), given, follow=True)
    assertContains(answer, "Aan iedereen")
    row = Communication.objects.get()
    assert (row.channel, row.people, row.is_public, row.language) == ("website", 1200, True, "nl")
    assertContains(client.get(at("tell", breach)), "1200")
    blank = client.post(at("told", breach, "notice-nl"), given | {"text": "We are [… who]."})
    assertContains(blank, "Fill in this place first", status_code=422)


@pytest.mark.parametrize("name", ["notify", "tell"])
def test_auditors_and_deciders_do_not_see_what_names_people(client, member, name):
    membership = member("auditor")
    row = of_breach.BreachFactory(organisation=membership.organisation)
    assert client.get(at(name, row)).status_code == 403


def test_the_words_of_another_breach_are_not_found(client, breach):
    other = of_breach.BreachFactory(organisation=breach.organisation)
    row = of_breach.NotificationFactory(breach=other)
    told = of_breach.CommunicationFactory(breach=other)
    assert client.get(at("notification", breach, row.pk)).status_code == 404
    assert client.get(at("communication", breach, told.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_rows(client, breach, rows, django_assert_num_queries):
    for row in (of_breach.MeasureFactory, of_breach.BreachPartyFactory, of_breach.NotificationFactory):
        row.create_batch(rows, breach=breach)
    client.get(at("form", breach, "ap"))
    with django_assert_num_queries(23):
        client.get(at("form", breach, "ap"))


def test_a_notification_whose_words_were_destroyed_still_shows_that_it_was_sent(client, breach, officer):
    form = reading.forms(AT.date())["ap"]
    sent = notifying.Sent("first", timezone.now() - timedelta(hours=1), reference="DL-1")
    row = notifying.notify(breach, form, sent, membership=officer, at=timezone.now())
    sealing.destroy(breach, by=None, at=timezone.now())
    with translation.override("en"):
        assertContains(client.get(at("notification", breach, row.pk)), "The details were destroyed")
    assert client.get(at("notification_pdf", breach, row.pk)).status_code == 409
