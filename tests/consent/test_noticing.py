"""The notice and the form as shown inside a published wording: frozen, proved, and no reason for new consent."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from consent import noticing, proof
from consent.actions import recording, wordings
from consent.actions.recording import Said
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.models import ConsentPurpose, Person, WordingVersion
from core import canonical
from core.refusal import Refused
from register.actions import notices
from tests.consent import desk
from tests.consent.desk import MORNING, url, words
from tests.consent.test_desk_pages import hidden
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = b"<!doctype html><title>Sign up</title><p>Yes, mail me the newsletter.</p>"


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


def noticed(wording):
    """A published notice that speaks of the activity of this wording."""
    activity = wording.purpose.activity
    made = notices.create(
        wording.organisation, audience="customers", title_nl="Privacy", title_en="Privacy", by=None, at=MORNING
    )
    notices.choose(made, {activity.pk: "unknown"}, by=None, at=MORNING)
    notices.publish(made, by=None, at=MORNING)
    return made


def test_publishing_on_the_page_keeps_the_notice_and_the_form_as_people_saw_it(client, organisation):
    wording = desk.draft(desk.purpose(organisation))
    notice = noticed(wording)
    publish = url(organisation, "wording_publish", wording.pk)
    given = {"revision": hidden(client.get(publish), "revision"), "notice": notice.pk}
    wrong = client.post(publish, given | {"snapshot": SimpleUploadedFile("form.html", b"\x00\x01")})
    assert (wrong.status_code, WordingVersion.objects.count()) == (422, 0)
    client.post(publish, given | {"snapshot": SimpleUploadedFile("form.html", PAGE)})
    version = WordingVersion.objects.get()
    kept = version.content["notice"]
    assert (kept["number"], kept["digest"], kept["speaks_of_activity"]) == (1, notice.versions.get().digest, True)
    assert version.content["shown"]["sha256"] == version.shown.sha256
    assert version.digest == canonical.digest(version.content)
    shown = words(client.get(url(organisation, "wording_version", wording.pk, 1)))
    assert "Privacy, version 1" in shown
    assert "form.html" in shown
    file = client.get(url(organisation, "wording_shown", wording.pk, 1))
    assert b"".join(file.streaming_content) == PAGE
    assert file["Content-Type"].startswith("text/plain")


def test_without_a_notice_nothing_is_published_as_soon_as_one_speaks_of_the_activity(organisation):
    wording = desk.draft(desk.purpose(organisation))
    notice = noticed(wording)
    with pytest.raises(Refused):
        desk.publish(wording)
    other = noticed(desk.draft(desk.purpose(organisation, code="other")))
    with pytest.raises(Refused, match="another one does"), translation.override("en"):
        wordings.publish(wording, revision=wording.revision, notice=other.pk, by=None, at=MORNING, on=MORNING.date())
    notices.end(notice, reason="Over", by=None, at=MORNING)
    assert "notice" not in desk.publish(wording).content


def test_a_newer_notice_says_so_and_leaves_the_consent_as_it_is(client, organisation):
    wording = desk.draft(desk.purpose(organisation))
    notice = noticed(wording)
    wording.refresh_from_db()
    version = wordings.publish(
        wording, revision=wording.revision, by=None, at=MORNING, on=MORNING.date(), notice=notice.pk
    )
    assert noticing.newer(version.content, on=MORNING.date()) is None
    later = MORNING + timedelta(days=9)
    notices.publish(notice, by=None, at=later)
    assert noticing.newer(version.content, on=later.date()) == 2
    said = words(client.get(url(organisation, "wording", wording.pk)))
    assert "people read version 2 now" in said
    assert "No longer covers" not in said


def test_the_proof_names_the_notice_and_reads_versions_from_before_it_was_kept(organisation):
    person_of = {}
    for code in ("old", "new"):
        wording = desk.draft(desk.purpose(organisation, code=code)) if code == "new" else None
        version = _with_notice(wording) if wording else desk.published(organisation, code=code)
        person = recording.find_or_add(organisation, IdentifierKind.EMAIL, f"{code}@example.org", at=MORNING)
        said = Said(
            Happening.GIVEN,
            version.wording.purpose,
            Channel.EMAIL,
            Method.PAPER,
            MORNING,
            wording=version,
            language="en",
        )
        recording.record(person, said, at=MORNING)
        person_of[code] = Person.objects.select_related("organisation", "key_row").get(pk=person.pk)
    for code, is_there in (("old", False), ("new", True)):
        document = proof.document(person_of[code], ConsentPurpose.objects.all(), language="en", at=MORNING)
        with translation.override("en"):
            assert ("Privacy, version 1" in proof.html(document, "Proof", "en", MORNING)) == is_there


def _with_notice(wording):
    notice = noticed(wording)
    wording.refresh_from_db()
    return wordings.publish(
        wording, revision=wording.revision, by=None, at=MORNING, on=MORNING.date(), notice=notice.pk
    )
