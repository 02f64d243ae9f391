"""Class lists: bringing pupils in, recording what each parent says, and the list on screen and on paper."""

import logging
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Change, Event
from consent.actions import class_lists, leaving, recording
from consent.actions.recording import Said
from consent.kinds import Channel, GivenBy, Happening, Method
from consent.mailing import checking
from consent.mailing.checking import Line
from consent.models import ConsentEvent, ParentVoice, Person, Pupil
from core.moments import on_the_wall
from tests.consent import school
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import UserFactory, headers
from tests.factories.consent import ClassListFactory

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=2)
FILE = """Leerlingnummer;Naam;Klas;Geboortedatum
1001;Bo Zwaan;2B;01-05-2014
1002;Ans Vos;2B;12-12-2009
1003;Cas Das;3A;
"""


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def file(content, name="pupils.csv"):
    return {"file": SimpleUploadedFile(name, content.encode())}


def said(version, who="parent-1", answer="yes", at=LATER, **given):
    """What the form of a pupil sends."""
    key = f"answer_{version.wording.purpose_id}"
    value = {"yes": str(version.wording_id)}.get(answer, answer)
    usual = {"who": who, "happened_at": on_the_wall(at), "how": "paper", "note": "Binder 4"}
    return usual | {key: value} | given


def test_a_file_of_pupils_is_taken_whole_and_again_without_doubles_and_names_are_sealed(client, organisation, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post(url(organisation, "pupils_file"), file(FILE))
        shown = words(client.get(url(organisation, "class_lists"), follow=True))
    assert "3 pupils read: 3 new, 0 changed." in shown
    moved = FILE.replace("Ans Vos;2B", "Ans Vos;3A")
    client.post(url(organisation, "pupils_file"), file(moved))
    assert (Person.objects.count(), Pupil.objects.filter(class_list__name="3A").count()) == (3, 2)
    kept = repr(list(Pupil.objects.values())) + repr(list(Change.objects.values())) + repr(list(Event.objects.values()))
    assert "Vos" not in kept + caplog.text
    assert Event.objects.filter(kind="imported").latest("at").details == {"lines": 3, "new": 0, "changed": 1}


def test_who_left_the_classes_of_a_file_comes_off_when_that_is_asked_and_other_classes_stay(client, organisation):
    client.post(url(organisation, "pupils_file"), file(FILE))
    new_year = "Nummer;Naam;Klas\n1001;Bo Zwaan;2B\n1004;Dot Mus;2B\n"
    client.post(url(organisation, "pupils_file"), file(new_year))
    assert Pupil.objects.count() == 4
    asked = file(new_year) | {"is_whole": "on"}
    shown = words(client.post(url(organisation, "pupils_file"), asked, follow=True))
    assert "1 pupil was taken off the list." in shown
    assert sorted(Pupil.objects.values_list("class_list__name", flat=True)) == ["2B", "2B", "3A"]
    left = Event.objects.get(kind="pupil_taken_off")
    assert left.subject == str(recording.person_of(organisation, "number", "1002").pk)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Naam;Klas\nBo;2B\n", "The first lines name no columns for number, name and class."),
        ("Nummer;Naam;Klas\n", "There is no pupil under the headings."),
        ("Nummer;Naam;Klas\n1;Bo;2B\n1;Ans;2B\n", "Line 3: This number stands on line 2 already."),
        ("Nummer;Naam;Klas\n1;Bo;2B\n2;;2B\n", "Line 3: A name has 1 to 120 signs."),
        ("Nummer;Naam;Klas;Geboren\n1;Bo;2B;2199-01-01\n", "Line 2: The date of birth is no day in the past."),
        ("", "The submitted file is empty."),
    ],
)
def test_a_file_that_is_wrong_somewhere_brings_in_nobody_and_says_where(client, organisation, content, sentence):
    response = client.post(url(organisation, "pupils_file"), file(content))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Pupil.objects.exists()


def test_pupils_come_in_together_with_the_event_that_says_so_or_not_at_all(client, organisation, monkeypatch):
    def killed(*args, **details):
        raise KeyboardInterrupt

    monkeypatch.setattr("accounts.events.record", killed)
    with pytest.raises(KeyboardInterrupt):
        client.post(url(organisation, "pupils_file"), file(FILE))
    assert not Pupil.objects.exists()


def test_classes_stand_in_the_order_of_their_names(client, organisation):
    names = [f"{number:02}x" for number in range(12)]
    client.post(
        url(organisation, "pupils_file"), file("Nummer;Naam;Klas\n" + "".join(f"{n};Bo;{n}\n" for n in names[::-1]))
    )
    assert re.findall(r"\d\dx(?= 1 )", words(client.get(url(organisation, "class_lists")))) == names


def test_either_parent_counts_on_the_list_on_paper_and_at_the_pupil(client, organisation):
    version, _guide = school.purposes_of(organisation, "website", "guide")
    pupil = school.pupil(organisation)
    page = url(organisation, "pupil", pupil.pk)
    assert client.post(page, said(version)).status_code == 302
    assert client.post(page, said(version, "parent-2", "no", at=LATER + timedelta(hours=1))).status_code == 302
    assert client.post(page, said(version, at=LATER + timedelta(hours=2))).status_code == 302  # lifts only their own
    kinds = list(ConsentEvent.objects.order_by("happened_at").values_list("kind", "parent_voice__parent", "age"))
    assert kinds == [(10, 1, "under_12"), (31, 2, "under_12"), (10, 1, "under_12")]
    shown = client.get(url(organisation, "class_list", pupil.class_list_id))
    assert "Bo Zwaan Not asked Withdrawn" in words(shown)
    assert "Parent 2: no" in words(client.get(page))
    narrowed = url(organisation, "class_list", pupil.class_list_id) + f"?state=yes&purpose={version.wording.purpose_id}"
    assert "Bo Zwaan" not in words(client.get(narrowed))
    asked = checking.ask(version.wording.purpose, Channel.NONE, on=timezone.localdate(), at=timezone.now())
    assert checking.one(asked, Line("number", "1001", "NL")).answer.rule == "withdrawn"
    states = words(client.get(url(organisation, "person", pupil.person_id))).partition("Everything that")[0]
    assert "Withdrawn" in states
    paper = client.get(url(organisation, "class_list_pdf", pupil.class_list_id))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert Event.objects.filter(kind="person_seen").exists()


def test_a_yes_of_the_minute_in_which_the_same_parent_said_no_is_not_kept_in_silence(client, organisation):
    [version] = school.purposes_of(organisation, "website")
    page = url(organisation, "pupil", school.pupil(organisation).pk)
    client.post(page, said(version, answer="no"))
    assert "Record the yes with a later time" in words(client.post(page, said(version)))
    assert client.post(page, said(version, "parent-2")).status_code == 302
    assert client.post(page, said(version, at=LATER + timedelta(minutes=1))).status_code == 302
    assert "Yes Parent 1: yes" in words(client.get(page))


@pytest.mark.parametrize(
    ("birth", "who", "answer", "sentence"),
    [
        (date(2009, 1, 1), "parent-1", "yes", "At this age the pupil decides."),
        (date(2014, 5, 1), "subject", "no", "At this age a parent withdraws for the pupil."),
    ],
)
def test_who_has_no_say_at_that_age_is_refused_in_words(client, organisation, birth, who, answer, sentence):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation, birth=birth)
    response = client.post(url(organisation, "pupil", pupil.pk), said(version, who, answer))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not ConsentEvent.objects.exists()


def test_a_parents_yes_for_who_decides_alone_counts_for_nothing_wherever_it_came_from(client, organisation):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation, birth=date(2009, 1, 1))
    given = Said(
        Happening.GIVEN,
        version.wording.purpose,
        Channel.NONE,
        Method.API,
        LATER,
        wording=version,
        given_by=GivenBy.PARENT,
    )
    recording.record(pupil.person, given, at=LATER)
    asked = checking.ask(version.wording.purpose, Channel.NONE, on=timezone.localdate(), at=timezone.now())
    assert checking.one(asked, Line("number", "1001", "NL")).answer.rule == "only-consent"
    own = headers(organisation)
    body = {"address": {"kind": "number", "value": "1001"}}
    [state] = client.post("/api/v1/state", body, content_type="application/json", headers=own).json()["states"]
    assert (state["state"], state["holds"]) == ("asked", False)
    assert client.get(url(organisation, "person", pupil.person_id)).status_code == 200


def test_a_yes_without_proof_or_without_any_answer_is_refused(client, organisation):
    [version] = school.purposes_of(organisation, "website")
    page = url(organisation, "pupil", school.pupil(organisation).pk)
    assert "A yes without proof does not count" in words(client.post(page, said(version, note="")))
    assert "Choose an answer" in words(client.post(page, said(version, answer="")))
    assert "not in use at that moment" in words(client.post(page, said(version, at=MORNING - timedelta(days=9))))


def test_erasing_a_pupil_takes_the_name_and_place_on_the_list_at_once(client, organisation):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation)
    client.post(url(organisation, "pupil", pupil.pk), said(version))
    leaving.erase(pupil.person, at=LATER + timedelta(days=1), method=Method.DESK)
    assert not Pupil.objects.exists()
    assert client.get(url(organisation, "pupil", pupil.pk)).status_code == 404


def test_a_pupil_is_added_and_taken_off_by_hand(client, organisation):
    filled = {"number": "77", "name": "Ко" * 50, "class_name": "<b>1A", "birth": "2015-02-28"}
    assert client.post(url(organisation, "pupil_new"), filled).status_code == 302
    pupil = Pupil.objects.get()
    off = url(organisation, "pupil_off", pupil.pk)
    assert "Take this pupil off" in words(client.get(off))
    client.post(off)
    assert not Pupil.objects.exists()
    assert Person.objects.count() == 1
    class_lists.take_off(pupil, by=None, at=LATER)  # who clicked at the same moment
    left = Event.objects.get(kind="pupil_taken_off")
    assert (left.subject, left.user) == (str(pupil.person_id), organisation.memberships.get().user)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_any_number_of_pupils(client, organisation, rows, django_assert_num_queries):
    school.purposes_of(organisation, "website", "guide")
    for number in range(rows):
        pupil = school.pupil(organisation, str(number), f"Bo {number}")
    with django_assert_num_queries(12):
        client.get(url(organisation, "class_list", pupil.class_list_id))


def test_namesakes_in_a_class_are_told_apart_by_their_number_and_accents_do_not_sort(client, organisation):
    school.purposes_of(organisation, "website")
    for number, name, where in (("1", "Zoë", "2B"), ("2", "Élise", "2B"), ("3", "zoë", "2B"), ("4", "Élise", "3A")):
        pupil = school.pupil(organisation, number, name, where)
    two = Pupil.objects.filter(class_list__name="2B").first().class_list_id
    shown = words(client.get(url(organisation, "class_list", two))).partition("of 3 pupils")[2]
    assert [word for word in shown.split() if word in ("Élise", "Zoë", "zoë", "(1)", "(3)")] == [
        *("Élise", "Zoë", "(1)", "zoë", "(3)"),
    ]
    assert "number 4" in words(client.get(url(organisation, "pupil", pupil.pk)))


def test_very_many_pupils_stand_on_more_than_one_page(client, organisation, monkeypatch):
    monkeypatch.setattr("consent.views.class_lists.PER_PAGE", 2)
    school.purposes_of(organisation, "website")
    for number, name in enumerate(("Ann", "Bo", "Cas")):
        school.pupil(organisation, str(number), name)
    everybody = url(organisation, "class_list_all")
    first, second = words(client.get(everybody)), words(client.get(everybody, {"page": 2}))
    assert "3 of 3 pupils" in first
    assert ("Cas" in first, "Cas" in second) == (False, True)


def test_which_parent_spoke_is_one_of_two_and_never_changes(organisation):
    [version] = school.purposes_of(organisation, "website")
    pupil = school.pupil(organisation)
    event = ConsentEvent.objects.create(
        organisation=organisation,
        person=pupil.person,
        purpose=version.wording.purpose,
        channel="none",
        kind=Happening.REFUSED,
        happened_at=LATER,
        recorded_at=LATER,
        method=Method.PAPER,
    )
    with pytest.raises(IntegrityError, match="consent_parentvoice_is_one_of_two"), transaction.atomic():
        ParentVoice.objects.create(event=event, parent=3)
    ParentVoice.objects.create(event=event, parent=1)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        ParentVoice.objects.update(parent=2)
    ClassListFactory(organisation=organisation, name="4C")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassListFactory(organisation=organisation, name="4C")
