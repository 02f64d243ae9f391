"""The desk of consent forms: building one, what the builder refuses, versions, figures and paper."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consent import paper
from consent.actions import consent_forms, wordings
from consent.kinds import Happening
from consent.models import ConsentEvent, ConsentForm, FormChoice, FormVersion
from core.refusal import Refused
from register.actions import notices
from tests.consent import asked, desk
from tests.consent.desk import MORNING, url, words
from tests.consent.test_desk_pages import hidden
from tests.factories.accounts import UserFactory
from tests.factories.consent import (
    ConsentEventFactory,
    ConsentFormFactory,
    FormChoiceFactory,
    PersonFactory,
    WordingVersionFactory,
)
from tests.factories.register import CollectionPointFactory, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def why_not(client, form):
    return words(client.get(url(form.organisation, "form_publish", form.pk)))


def test_from_nothing_to_a_form_that_people_can_fill_in(client, organisation):
    """The whole way through the pages, without JavaScript."""
    assert "Write and publish one first" in words(client.get(url(organisation, "forms")))
    version = desk.published(organisation)
    page = url(organisation, "wording", version.wording_id)
    assert "No form asks this yet" in words(client.get(page))
    assert "This is what people are shown as version 1" in words(client.get(page))
    notice = asked.noticed(version.wording)
    made = client.post(url(organisation, "form_new"), {"title_nl": "Nieuws", "title_en": "News", "notice": notice.pk})
    form = ConsentForm.objects.get()
    assert (made.url, form.slug) == (url(organisation, "form", form.pk), "nieuws")
    assert "There is nothing to choose yet" in why_not(client, form)
    choice = {"wording": version.wording_id, "channel": "email"}
    assert client.post(url(organisation, "form_choices", form.pk), choice).status_code == 302
    again = client.post(url(organisation, "form_choices", form.pk), choice)
    assert (again.status_code, FormChoice.objects.count()) == (409, 1)
    edit = url(organisation, "form_edit", form.pk)
    said = {"title_nl": "Nieuws", "title_en": "News", "notice": notice.pk, "asks_email": "on", "confirms_by_mail": "on"}
    said |= {"kept_nl": "Twee jaar.", "kept_en": "For two years."}
    assert client.post(edit, said | {"base": hidden(client.get(edit), "base")}).status_code == 302
    publish = client.get(url(organisation, "form_publish", form.pk))
    assert "Yes, mail me the newsletter." in publish.text
    assert "checked" not in publish.text
    client.post(url(organisation, "form_publish", form.pk), {"revision": hidden(publish, "revision")})
    published = FormVersion.objects.get()
    assert published.content["choices"][0]["wording"] == str(version.pk)
    assert 'type="checkbox"' in published.content["shown"]["nl"]
    assert client.get(asked.address(published)).status_code == 200
    assert "No form asks this yet" not in words(client.get(page))
    assert "Nederlands (PDF)" in words(client.get(url(organisation, "form", form.pk)))
    assert "In use" in words(client.get(url(organisation, "form", form.pk)))
    assert "do not see your last changes yet" not in words(client.get(url(organisation, "form", form.pk)))
    client.post(edit, said | {"intro_en": "Welcome.", "base": hidden(client.get(edit), "base")})
    assert "do not see your last changes yet" in words(client.get(url(organisation, "form", form.pk)))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"notice": None}, "Choose the notice that people can read there"),
        ({"title_nl": ""}, "main language of your organisation"),
        ({"intro_en": "Tick the box if you agree to our terms and conditions."}, "cannot be one thing (Art. 7(2))"),
        ({"intro_nl": "U gaat dan ook akkoord met de algemene voorwaarden."}, "cannot be one thing (Art. 7(2))"),
    ],
)
def test_what_makes_consent_worthless_is_refused_with_the_reason(client, organisation, fields, said):
    form = asked.drafted(organisation, **fields)
    assert said in why_not(client, form)
    with pytest.raises(Refused):
        asked.publish(form)


def test_a_choice_that_cannot_be_asked_is_refused_with_the_reason(client, organisation):
    form = asked.drafted(organisation, channels=("sms",))
    assert "does not ask for the address or number that this channel needs" in why_not(client, form)
    wordings.end(form.choices.get().wording, by=None, at=MORNING, on=MORNING.date())
    assert "has no published version in use" in why_not(client, form)


def test_however_a_choice_came_on_a_form_it_is_looked_at_again_before_publishing(client, organisation):
    purpose = desk.published(organisation).wording.purpose
    twin = desk.publish(desk.draft(purpose)).wording
    terms = {"texts": {"nl": {"text": "Ik ga akkoord met de voorwaarden."}}}
    bundled = WordingVersionFactory(wording__purpose__organisation=organisation, content=terms).wording
    form = ConsentFormFactory(organisation=organisation, title_nl="Nieuws", title_en="")
    for wording in (*purpose.wordings.all(), bundled):
        FormChoiceFactory(form=form, wording=wording)
    desk.recipient(twin.purpose.activity, "controller")
    desk.establish_again(twin.purpose.activity)
    said = why_not(client, form)
    for sentence in ("no longer covers what is done", "stands there twice", "cannot be one thing (Art. 7(2))"):
        assert sentence in said


def test_two_boxes_that_read_alike_say_over_which_channel(organisation):
    content = asked.published(organisation, channels=("email", "post")).content
    assert [choice["texts"]["en"]["text"] for choice in content["choices"]] == [
        "Yes, mail me the newsletter. (E-mail)",
        "Yes, mail me the newsletter. (Post)",
    ]
    assert "nieuwsbrief. (E-mail)" in content["shown"]["nl"]


def test_a_notice_that_does_not_speak_of_what_is_asked_is_refused(client, organisation):
    form = asked.drafted(organisation)
    notices.choose(form.notice, {desk.established(organisation)[0].pk: "unknown"}, by=None, at=MORNING)
    notices.publish(form.notice, by=None, at=MORNING)
    assert "says nothing of the activity behind it" in why_not(client, form)


def test_a_wording_without_a_language_of_the_form_is_refused(client, organisation):
    version = desk.publish(desk.draft(desk.purpose(organisation), texts={"nl": desk.TEXTS["nl"]}))
    form = consent_forms.make(
        ConsentForm(organisation=organisation, title_nl="A", title_en="B", notice=asked.noticed(version.wording)),
        by=None,
        at=MORNING,
    )
    consent_forms.add_choice(form, version.wording, "email", by=None, at=MORNING)
    assert "says nothing in English" in why_not(client, form)


def republish(client, wording, **more):
    page = url(wording.organisation, "wording_publish", wording.pk)
    form = client.get(page).context["form"]
    given = {
        "revision": type(wording).objects.get(pk=wording.pk).revision,
        "notice": form.fields["notice"].choices[0][0],
    }
    return client.post(page, given | more, follow=True)


def test_a_form_goes_along_with_a_wording_that_is_published_again(client, organisation):
    first = asked.published(organisation, channels=("email", "post"), intro_en="Once a month.")
    wording = first.form.choices.first().wording
    page = client.get(url(organisation, "wording_publish", wording.pk))
    assert page.context["form"]["with_forms"].value() == [str(first.form_id)]
    assert "Publish these forms again right after this" not in words(page)
    done = republish(client, wording, with_forms=[first.form_id])
    assert "Publish these forms again" not in words(done)
    again = FormVersion.objects.get(valid_until=None)
    assert (again.number, {choice["number"] for choice in again.content["choices"]}) == (2, {2})
    assert client.get(asked.address(again)).status_code == 200
    assert "Publish these forms again" in words(republish(client, wording))  # no tick: it stays behind


@pytest.mark.parametrize(
    "change",
    [
        {"title_en": "Our new letter"},
        {"asks_name": True},
        {"confirms_by_mail": False},
        {"keeps_refused": True},
        {"kept_nl": "Een jaar."},
        {"point": True},
        {"notice": True},
    ],
)
def test_a_form_with_changes_that_were_not_published_does_not_go_along(client, organisation, change):
    version = asked.published(organisation)
    wording = version.form.choices.get().wording
    if "point" in change:
        change = {"point": CollectionPointFactory(organisation=organisation)}
    if "notice" in change:
        change = {"notice": NoticeFactory(organisation=organisation)}
    ConsentForm.objects.update(**change)
    page = client.get(url(organisation, "wording_publish", wording.pk))
    assert "with_forms" not in page.context["form"].fields
    assert "They cannot go along" in words(page)
    republish(client, wording, with_forms=[version.form_id])
    assert FormVersion.objects.get().valid_until is None


def test_a_box_that_was_put_on_a_form_and_not_published_keeps_it_from_going_along(client, organisation):
    version = asked.published(organisation)
    wording = version.form.choices.get().wording
    FormChoiceFactory(form=version.form, wording=wording, channel="post")
    assert "They cannot go along" in words(client.get(url(organisation, "wording_publish", wording.pk)))


def test_a_form_that_cannot_go_along_says_why_and_the_wording_is_published_all_the_same(client, organisation):
    version = asked.published(organisation)
    wording = version.form.choices.get().wording
    texts = {"en": dict.fromkeys(desk.TEXTS["en"], "")}
    wordings.save_texts(wording, name=wording.name, texts=texts, by=None, at=timezone.now())
    done = words(republish(client, wording, with_forms=[version.form_id]))
    assert "could not be published with it" in done
    assert "says nothing in English" in done
    assert wording.versions.get(valid_until=None).number == 2
    assert FormVersion.objects.get().number == 1


def test_the_form_says_when_it_must_be_published_again(client, organisation):
    version = asked.published(organisation)
    wording = version.form.choices.get().wording
    wordings.publish(
        wording,
        revision=type(wording).objects.get().revision,
        by=None,
        at=timezone.now(),
        on=timezone.localdate(),
        notice=version.form.notice_id,
    )
    page = url(organisation, "wording", wording.pk)
    assert "Publish this form again" in words(client.get(url(organisation, "form", version.form_id)))
    assert "Publish these forms again" in words(client.get(page))
    assert "Publish it again" in words(client.get(url(organisation, "forms")))
    newer = asked.publish(version.form, at=timezone.now())
    assert (newer.number, FormVersion.objects.filter(valid_until=None).get()) == (2, newer)
    assert "Publish these forms again" not in words(client.get(page))
    assert "Publish it again" not in words(client.get(url(organisation, "forms")))
    assert "Publish this form again" not in words(client.get(url(organisation, "form", version.form_id)))


def test_the_list_says_so_too_when_only_the_privacy_notice_moved_on(client, organisation):
    version = asked.published(organisation)
    assert "In use" in words(client.get(url(organisation, "forms")))
    notices.publish(version.form.notice, by=None, at=timezone.now())
    for page in (url(organisation, "form", version.form_id), url(organisation, "forms")):
        assert "Publish it again" in words(client.get(page))


def test_choices_change_places_and_go(client, organisation):
    form = asked.drafted(organisation, channels=("email", "post"))
    _first, second = form.choices.all()
    client.post(url(organisation, "form_choice", form.pk, second.pk), {"act": "up"})
    assert [one.channel for one in form.choices.all()] == ["post", "email"]
    client.post(url(organisation, "form_choice", form.pk, second.pk), {"act": "remove"})
    consent_forms.move_up(second, by=None, at=MORNING)  # of a page that was opened before
    assert [one.channel for one in form.choices.all()] == ["email"]


def test_a_form_that_was_taken_away_takes_nothing_in(client, organisation):
    version = asked.published(organisation)
    client.post(url(organisation, "form_end", version.form_id))
    assert client.get(asked.address(version)).status_code == 410
    assert client.get(url(organisation, "form_edit", version.form_id)).status_code == 409


def test_the_figures_never_tell_fewer_than_ten(client, organisation):
    version = asked.published(organisation)
    wording = version.form.choices.get().wording.versions.get()
    for number in range(13):
        person = PersonFactory(organisation=organisation)
        at = MORNING + timedelta(days=1 if number < 3 else 40)
        ConsentEventFactory(wording=wording, person=person, form=version, happened_at=at)
        if number < 2:
            ConsentEventFactory(
                wording=None, purpose=wording.wording.purpose, person=person, kind=Happening.WITHDRAWN,
                happened_at=at + timedelta(days=1),
            )  # fmt: skip
    assert ConsentEvent.objects.count() == 15
    point = CollectionPointFactory(organisation=organisation)
    ConsentForm.objects.filter(pk=version.form_id).update(point=point)
    place = words(client.get(reverse("register:collection_point", args=[organisation.slug, point.pk])))
    assert "How many people consented here" in place
    assert "13 Gave consent" in place or "Gave consent 13" in place
    assert "January 2026 not shown" in place
    response = client.get(url(organisation, "form_figures", version.form_id))
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    few = "not shown"
    assert rows[1:] == [
        ["1", "in all", "13", few, few],
        ["1", "2026-02", few, few, few],
        ["1", "2026-01", few, few, few],
    ]


def test_the_printed_form_carries_empty_boxes_and_the_versions_it_shows(client, organisation):
    version = asked.published(organisation, kept_nl="Twee jaar.", kept_en="We keep this paper for two years.")
    response = client.get(url(organisation, "form_paper", version.form_id, 1) + "?language=en")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    with translation.override("en"):
        text = paper.html(version, "en")
    for said in (
        "Yes, mail me the newsletter.",
        "Signature",
        "We keep this paper for two years.",
        "onze-nieuwsbrief/1",
    ):
        assert said in text
    assert paper.address(version, "en").endswith("/consent/onze-nieuwsbrief/?v=1&w=1&language=en")
    found = client.get(url(organisation, "form_found"), {"code": " onze-nieuwsbrief/1"})
    assert found.url == url(organisation, "form_version", version.form_id, 1)
    for wrong in ("onze-nieuwsbrief/9", "x", "²/²", "/1"):
        assert client.get(url(organisation, "form_found"), {"code": wrong}).url == url(organisation, "forms")


def test_a_form_that_does_not_say_how_long_it_is_kept_is_not_printed(client, organisation):
    version = asked.published(organisation)
    assert client.get(url(organisation, "form_paper", version.form_id, 1)).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_versions(client, organisation, django_assert_num_queries, rows):
    version = asked.published(organisation, channels=("email", "post", "none")[:rows])
    for number in range(rows):
        asked.publish(version.form, at=MORNING + timedelta(days=number + 1))
    pages = {"forms": (), "form": (version.form_id,), "form_version": (version.form_id, 1)}
    for name, arguments in pages.items():
        client.get(url(organisation, name, *arguments))
    with django_assert_num_queries(19):
        client.get(url(organisation, "form", version.form_id))
    with django_assert_num_queries(11):
        client.get(url(organisation, "form_version", version.form_id, 1))
