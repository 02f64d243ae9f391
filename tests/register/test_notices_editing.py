"""Two people at the same part of a privacy notice: what the first kept is not overwritten unseen."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from register.actions import notices
from register.models import CollectionPoint, NoticeSentence
from tests.factories.register import NoticeFactory, NoticeLineFactory

from .filled import established

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)


def title(notice):
    return "notice_edit", [], "title_nl", {"audience": "customers"}, lambda: type(notice).objects.get().title_nl


def part(notice):
    notices.set_blocks(notice, {"security": ("Op slot.", "")}, by=None, at=AT)
    return "notice_parts", [], "security_nl", {"security_on": "on"}, lambda: notice.blocks.get().text_nl


def sentence(notice):
    row = NoticeSentence(notice=notice, section="purposes", side="after", text_nl="Van ons zelf.")
    notices.save_sentence(row, by=None, at=AT)
    given = {"place": "purposes|after|"}
    return "notice_sentence", [row.pk], "text_nl", given, lambda: notice.own_sentences.get().text_nl


def point(notice):
    row = CollectionPoint(organisation=notice.organisation, name="Kassa", kind="form", notice=notice)
    notices.save_point(row, by=None, at=AT)
    given = {"kind": "form", "notice": notice.pk}
    return "collection_point_edit", [row.pk], "name", given, lambda: CollectionPoint.objects.get().name


@pytest.fixture
def notice(member):
    organisation = member("privacy_officer", user__language="en").organisation
    found = NoticeFactory(organisation=organisation, audience="customers")
    NoticeLineFactory(notice=found, activity=established(found.organisation, name="Orders"))
    return found


@pytest.mark.parametrize("begin", [title, part, sentence, point])
def test_the_second_of_two_is_shown_what_the_first_kept_and_chooses(client, notice, begin):
    name, key, field, given, kept = begin(notice)
    where = [notice.organisation.slug] + ([] if begin is point else [notice.pk]) + key
    page = reverse(f"register:{name}", args=where)
    form = client.get(page).context["form"]
    given = given | {"base": form["base"].value()}
    assert client.post(page, given | {field: "The first"}).status_code == 302
    late = client.post(page, given | {field: "The second"})
    assert late.status_code == 409
    assert "The first" in late.text
    assert kept() == "The first"
    chosen = given | {field: "The second", f"choice-{field}": "mine", "seen": late.context["form"].seen}
    assert client.post(page, chosen).status_code == 302
    assert kept() == "The second"


def test_a_text_to_choose_says_of_which_part_it_is(client, notice):
    name, _key, field, given, _kept = part(notice)
    page = reverse(f"register:{name}", args=[notice.organisation.slug, notice.pk])
    given |= {"base": client.get(page).context["form"]["base"].value()}
    client.post(page, given | {field: "The first"})
    assert "How we protect your data: Text in Dutch" in client.post(page, given | {field: "The second"}).text


def test_activities_that_two_add_or_take_away_at_the_same_time_stand_together(client, notice):
    first = notice.lines.get().activity
    second, third = (established(notice.organisation, name=name) for name in ("Mailing", "Returns"))
    page = reverse("register:notice_activities", args=[notice.organisation.slug, notice.pk])
    given = {"base": client.get(page).context["form"]["base"].value(), "timing": ""}
    assert client.post(page, given | {"activities": [first.pk, second.pk]}).status_code == 302
    assert client.post(page, given | {"activities": [third.pk]}).status_code == 302
    assert set(notice.lines.values_list("activity", flat=True)) == {second.pk, third.pk}
