"""The pages of privacy notices: made, read, changed, published, compared, ended, and the places that link to them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import organisations
from register import impact
from register.actions import notices
from register.models import CollectionPoint, Notice, NoticeSentence, Purpose
from tests.factories.accounts import (
    ControllerFactory,
    DepartmentFactory,
    MembershipDepartmentFactory,
    MembershipFactory,
)
from tests.factories.register import DataLineFactory

from .filled import established
from .test_notices import reworded

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)


@pytest.fixture
def organisation(member):
    found = member("privacy_officer", user__language="en").organisation
    controller = ControllerFactory(organisation=found, name="Primrose Hill", email="info@primrose.example")
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=AT)
    return found


@pytest.fixture
def notice(organisation):
    about = {"audience": "customers", "title_nl": "Klanten", "activities": [established(organisation, name="Orders")]}
    made = notices.create(organisation, **about, by=None, at=AT)
    notices.publish(made, by=None, at=AT)
    return made


def url(name, organisation, *more):
    return reverse(f"register:{name}", args=[organisation.slug, *more])


def send(client, page, given):
    """What a browser sends: what was typed, with what the form started from."""
    return client.post(page, given | {"base": client.get(page).context["form"]["base"].value()})


def test_a_notice_is_made_for_people_with_the_activities_about_them(client, organisation):
    activity = established(organisation, name="Orders")
    given = {"audience": "others", "title_nl": "", "title_en": ""}
    assert client.post(url("notice_new", organisation), given).status_code == 422
    client.post(url("notice_new", organisation), given | {"title_nl": "Iedereen"})
    notice = Notice.objects.get()
    chosen = url("notice_activities", organisation, notice.pk)
    assert "Orders" in client.get(chosen).text
    send(client, chosen, {"activities": [activity.pk], "timing": "month"})
    line = notice.lines.get()
    assert (line.activity_id, line.timing) == (activity.pk, "month")
    own = f"timing_{activity.pk}"
    assert own not in client.get(chosen).text
    DataLineFactory(activity=activity, source="broker")
    assert own in client.get(chosen).text
    send(client, chosen, {"activities": [activity.pk], "timing": "month", own: "contact"})
    assert notice.lines.get().timing == "contact"
    page = client.get(url("notice", organisation, notice.pk)).text
    assert "Om ons werk te doen." in page
    assert "Nobody can read this yet" in page


def test_the_page_tells_gaps_with_the_way_to_the_field_and_what_no_longer_matches(client, organisation, notice):
    activity = notice.lines.get().activity
    page = client.get(url("notice", organisation, notice.pk)).text
    assert "Who receives the data is not filled in." in page
    assert f"{url('activity', organisation, activity.pk)}#recipients" in page
    assert "What no longer matches" not in page
    purpose = Purpose.objects.get(activity=activity)
    assert purpose.text_nl
    reworded(activity, "Something else", nl="Iets anders")
    page = client.get(url("notice", organisation, notice.pk)).text
    assert "What no longer matches" in page
    assert "<del>Om ons werk te doen.</del>" in page
    assert "<ins>Iets anders.</ins>" in page
    assert "1 sentence no longer matches" in client.get(url("notices", organisation)).text


def test_what_several_activities_lack_stands_once_with_the_way_to_each(client, organisation, notice):
    first, second = notice.lines.get().activity, established(organisation, name="Returns")
    notices.choose(notice, {first.pk: "", second.pk: ""}, by=None, at=AT)
    page = client.get(url("notice", organisation, notice.pk)).text
    assert page.count("Who receives the data is not filled in.") == 1
    for activity in (first, second):
        assert f"{activity.code} {activity.name}: Recipients</a>" in page


def test_own_words_and_parts_are_written_placed_and_taken_away(client, organisation, notice):
    new = url("notice_sentence_new", organisation, notice.pk)
    assert client.post(new, {"place": "purposes|after|", "text_nl": ""}).status_code == 422
    client.post(new, {"place": "purposes|before|", "text_nl": "Van ons zelf."})
    row = NoticeSentence.objects.get()
    assert (row.section, row.side, row.anchor) == ("purposes", "before", "")
    where = url("notice_sentence", organisation, notice.pk, row.pk)
    client.post(where, {"place": "nowhere|x|y", "text_nl": "Mis."})
    assert NoticeSentence.objects.get().text_nl == "Van ons zelf."
    parts = url("notice_parts", organisation, notice.pk)
    send(client, parts, {"security_on": "on", "security_nl": "Goed op slot."})
    page = client.get(url("notice", organisation, notice.pk)).text
    assert "Van ons zelf." in page
    assert "Goed op slot." in page
    assert "Changed, not published yet" in page
    client.post(url("notice_sentence_remove", organisation, notice.pk, row.pk))
    assert not NoticeSentence.objects.exists()


def test_publishing_says_what_is_missing_and_goes_on_all_the_same(client, organisation, notice):
    page = client.get(url("notice_publish", organisation, notice.pk)).text
    assert "You can publish all the same" in page
    client.post(url("notice_publish", organisation, notice.pk), {"valid_from": "2026-12-01", "reason": "Again"})
    assert notice.versions.count() == 2
    compared = client.get(url("notice_version", organisation, notice.pk, 2)).text
    assert "What differs from version 1" in compared
    for asked in ("x", "99999999999999999999", ""):
        assert client.get(url("notice_version", organisation, notice.pk, 1), {"with": asked}).status_code in (200, 404)


def test_two_who_publish_at_once_make_one_version(client, organisation, notice):
    page = url("notice_publish", organisation, notice.pk)
    assert 'name="after" value="1"' in client.get(page).text
    opened = {"valid_from": "2026-12-01", "after": "1"}
    assert client.post(page, opened).status_code == 302
    again = client.post(page, opened)
    assert (again.status_code, notice.versions.count()) == (409, 2)
    assert "Version 2 was published meanwhile." in again.text


def test_a_notice_ends_for_a_reason(client, organisation, notice):
    assert client.post(url("notice_end", organisation, notice.pk), {"reason": ""}).status_code == 422
    client.post(url("notice_end", organisation, notice.pk), {"reason": "Merged"})
    assert Notice.objects.get().end_reason == "Merged"
    assert client.post(url("notice_publish", organisation, notice.pk), {"valid_from": "2026-12-01"}).status_code == 409


def test_a_place_is_written_down_checked_and_retired(client, organisation, notice):
    given = {"name": "Order form", "kind": "form", "url": "https://shop.example/order", "notice": notice.pk}
    client.post(url("collection_point_new", organisation), given)
    point = CollectionPoint.objects.get()
    assert "Never" in client.get(url("collection_points", organisation)).text
    client.post(url("collection_point_check", organisation, point.pk), {"on": "2026-02-01"})
    point.refresh_from_db()
    assert point.checked_on == date(2026, 2, 1)
    assert point.checked_by is not None
    assert client.post(url("collection_point_check", organisation, point.pk), {"on": "2199-01-01"}).status_code == 422
    page = client.get(url("collection_point", organisation, point.pk)).text
    assert "Put this where people give their data" in page
    client.post(url("notice_end", organisation, notice.pk), {"reason": "Merged"})
    ended = client.get(url("collection_point", organisation, point.pk)).text
    assert "The notice has ended" in ended
    assert "Put this where people give their data" not in ended
    assert "I looked, and it is there" not in ended
    client.post(url("collection_point_retire", organisation, point.pk))
    assert CollectionPoint.objects.get().retired_on


def test_who_sees_one_department_reads_the_text_but_not_the_activities_of_others(organisation, notice):
    department = DepartmentFactory(organisation=organisation)
    limited = MembershipFactory(organisation=organisation, role="editor")
    MembershipDepartmentFactory(membership=limited, department=department)
    client = Client()
    client.force_login(limited.user)
    page = client.get(url("notice", organisation, notice.pk)).text
    assert "Om ons werk te doen." in page
    assert "Orders" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, organisation, rows, django_assert_max_num_queries):
    for _ in range(rows):
        made = notices.create(
            organisation, audience="others", title_nl="Tekst", activities=[established(organisation)], by=None, at=AT
        )
        notices.publish(made, by=None, at=AT)
    with django_assert_max_num_queries(16):
        client.get(url("notices", organisation))


def test_the_preview_of_a_change_names_the_notice(organisation, notice):
    activity = notice.lines.get().activity
    named = list(impact.notices_of(activity))
    assert [usage.url for usage in named] == [url("notice", organisation, notice.pk)]
    notices.end(notice, reason="Merged", by=None, at=AT)
    assert list(impact.notices_of(activity)) == []
