"""Where images were published, what must come down, and reminding parents once a school year."""

import re
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Change, OutgoingMail
from consent.actions import class_lists, leaving, reminding
from consent.actions.class_lists import Heard
from consent.kinds import GivenBy, Method
from consent.models import Appearance, ConsentPurpose, Publication
from consent.school import school_years, take_downs
from register.extensions import today
from tests.consent import school
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.consent import AppearanceFactory

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=2)


@pytest.fixture
def membership(member):
    return member("privacy_officer", user=UserFactory(language="en"))


@pytest.fixture
def organisation(membership):
    return membership.organisation


def hear(pupil, version, parent, is_yes, at):
    wording = version.wording
    said = Heard([(wording.purpose, wording, is_yes)], at, GivenBy.PARENT, parent, note="Binder 4")
    class_lists.hear(pupil, said, by=None, at=max(at, MORNING))


def test_a_withdrawal_makes_a_task_on_every_page_and_its_owner_says_that_it_is_done(client, membership, organisation):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation)
    hear(pupil, version, 1, True, LATER)
    filled = {
        "purpose": version.wording.purpose_id,
        "title": "Sports day",
        "place": "https://school.example/sports",
        "published_on": "2026-02-01",
        "owner": membership.user_id,
    }
    made = client.post(url(organisation, "publication_new"), filled)
    publication = Publication.objects.get()
    tick = url(organisation, "publication_class", publication.pk, pupil.class_list_id)
    assert "Bo Zwaan · Yes" in words(client.get(tick))
    assert "1 person was added." in words(client.post(tick, {"pupils": [str(pupil.pk)]}, follow=True))
    assert "May be shown" in words(client.get(made.url))
    hear(pupil, version, 2, False, timezone.now())
    assert "Take down" in words(client.get(made.url))
    assert "Sports day" in words(client.get(url(organisation, "publications")))
    assert "Sports day" in words(client.get(url(organisation, "person", pupil.person_id)))
    [panel] = [one for one in today(membership, at=timezone.now()) if one.key == "images"]
    assert [task.publication for task in panel.context["tasks"]] == [publication]
    call_command("send_reminders")
    call_command("send_reminders")
    mail = OutgoingMail.objects.get(stage__startswith="down")
    assert mail.recipient == membership.user.email
    assert "Take an image down: Sports day" in mail.subject
    done = url(organisation, "taken_down", Appearance.objects.get().pk)
    assert "Is the image of this person gone" in words(client.get(done))
    client.post(done, {"note": "Face made unrecognisable"})
    assert "Taken down" in words(client.get(made.url))
    assert not take_downs.of(Appearance.objects.all(), organisation, at=timezone.now())
    assert client.post(done, {}).status_code == 409
    assert "Zwaan" not in repr(list(Change.objects.values()))


def test_whoever_never_agreed_or_was_erased_must_come_down_too(organisation):
    [version] = school.purposes_of(organisation, "website")
    purpose = version.wording.purpose
    asked, erased = (school.pupil(organisation, number, "Bo") for number in ("1", "2"))
    hear(erased, version, 1, True, LATER)
    for pupil in (asked, erased):
        AppearanceFactory(
            organisation=organisation, publication__purpose=purpose, person=pupil.person, added_on=date(2026, 1, 10)
        )
    due = {task.appearance.person_id: task.due for task in _tasks(organisation, LATER)}
    assert due == {asked.person_id: date(2026, 1, 17)}
    later = LATER + timedelta(days=30)
    leaving.erase(erased.person, at=later, method=Method.DESK)
    since = {task.appearance.person_id: task.since for task in _tasks(organisation, later)}
    assert since == {asked.person_id: date(2026, 1, 10), erased.person_id: timezone.localdate(later)}


@pytest.mark.parametrize("name", ["erase", "pupil_off"])
def test_before_somebody_is_forgotten_their_images_are_named(client, organisation, name):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation)
    page = url(organisation, name, pupil.person_id if name == "erase" else pupil.pk)
    assert "taken down first" not in words(client.get(page))
    AppearanceFactory(organisation=organisation, publication__purpose=version.wording.purpose, person=pupil.person)
    shown = client.get(page)
    assert "can be seen in 1 image that is not down yet" in words(shown)
    assert url(organisation, "person", pupil.person_id) in shown.text
    assert ("a later file of pupils brings it back" in words(shown)) == (name == "erase")


@pytest.mark.parametrize(("country", "birth"), [("NL", date(2012, 1, 1)), ("BE", date(2009, 1, 1))])
def test_a_childs_own_yes_does_not_come_to_count_when_the_child_leaves_the_list(organisation, country, birth):
    organisation.country = country
    type(organisation).objects.filter(pk=organisation.pk).update(country=country)
    [version] = school.purposes_of(organisation, "website")
    wording, pupil = version.wording, school.pupil(organisation, birth=birth)
    said = Heard([(wording.purpose, wording, True)], LATER, GivenBy.SUBJECT, note="Binder 4")
    class_lists.hear(pupil, said, by=None, at=LATER)
    AppearanceFactory(organisation=organisation, publication__purpose=wording.purpose, person=pupil.person)
    assert [task.answer.state for task in _tasks(organisation, LATER)] == ["waits"]
    class_lists.take_off(pupil, by=None, at=LATER)
    assert [task.answer.state for task in _tasks(organisation, LATER)] == ["waits"]
    hear(school.pupil(organisation, birth=birth), version, 1, True, LATER)
    class_lists.take_off(pupil.person.pupil, by=None, at=LATER)
    assert not _tasks(organisation, LATER)


def test_of_an_image_whose_owner_left_the_privacy_officers_hear(membership, organisation):
    row = AppearanceFactory(organisation=organisation)
    assert reminding.remind(timezone.now()) == 1
    mail = OutgoingMail.objects.get()
    assert mail.recipient == membership.user.email != row.publication.owner.email
    assert mail.stage.startswith("late:")


def _tasks(organisation, at):
    return take_downs.of(Appearance.objects.of(organisation), organisation, at=at)


def test_parents_are_reminded_once_a_school_year_of_what_they_answered_before_it(client, organisation):
    version, _other = school.purposes_of(organisation, "website", "guide")
    pupil = school.pupil(organisation)
    hear(pupil, version, 1, True, LATER)
    purposes = ConsentPurpose.objects.filter(organisation=organisation)
    assert school_years.waiting(purposes, on=date(2026, 7, 31)) == []
    assert school_years.waiting(purposes, on=date(2026, 8, 1)) == [version.wording.purpose]
    for _ in range(2):
        reminding.remind(datetime(2026, 9, 1, 8, tzinfo=UTC))
    [mail] = OutgoingMail.objects.filter(stage="year:2026")
    assert "- Website" in mail.body
    letter = url(organisation, "class_letter", pupil.class_list_id)
    assert "Het nee van één ouder is genoeg." in words(client.get(letter))  # the language of the organisation
    paper = client.get(url(organisation, "class_letters", pupil.class_list_id, "nl"))
    read = subprocess.run(["pdftotext", "-", "-"], input=b"".join(paper), capture_output=True, check=True)
    assert "Bo Zwaan" in (text := read.stdout.decode())
    assert "Onder elke mail." in text  # where to change an answer, as the wording in use tells it
    assert not re.search(r"\d+ van \d+", text)  # each letter goes to other parents
    done = url(organisation, "class_reminded", version.wording.purpose_id)
    year = school_years.school_year(timezone.localdate())
    assert ("Remind parents this school year" in words(client.get(url(organisation, "class_lists")))) is (year >= 2026)
    client.post(done)
    assert "Remind parents" not in words(client.get(url(organisation, "class_lists")))
    assert client.post(done).status_code == 409


def test_without_a_privacy_officer_the_administrator_is_reminded(client, organisation):
    version, _other = school.purposes_of(organisation, "website", "guide")
    hear(school.pupil(organisation), version, 1, True, LATER)
    administrator = MembershipFactory(organisation=organisation, role="administrator").user
    organisation.memberships.exclude(user=administrator).update(role="editor")
    assert reminding.remind(datetime(2026, 9, 1, 8, tzinfo=UTC)) == 1
    assert OutgoingMail.objects.get(stage="year:2026").recipient == administrator.email


def test_own_words_go_into_the_letter(client, organisation):
    page = url(organisation, "class_settings")
    assert "Choose 1 to 90 days" in words(client.post(page, {"take_down_days": 0}))
    client.post(page, {"letter_nl": "Beste ouders <b>", "letter_en": "", "take_down_days": 3})
    pupil = school.pupil(organisation)
    assert "Beste ouders <b>" in words(client.get(url(organisation, "class_letter", pupil.class_list_id)))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_places_cost_the_same_for_any_number(client, organisation, rows, django_assert_num_queries):
    AppearanceFactory.create_batch(rows, organisation=organisation)
    with django_assert_num_queries(13):
        client.get(url(organisation, "publications"))


def test_somebody_is_in_a_publication_once_at_a_time(organisation):
    row = AppearanceFactory(organisation=organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppearanceFactory(organisation=organisation, publication=row.publication, person=row.person)
