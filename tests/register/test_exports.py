"""Asking for a PDF, making it in the background, seeing how far it is, and handing it out."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.models import Event, Job
from accounts.workers import Worker
from core.refusal import Refused
from register.exports import making, pdf, word
from register.exports.selection import Internal, Selection, Status
from register.models import Export
from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory, MembershipFactory

from .filled import established, filled

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)


@pytest.fixture
def quick(monkeypatch):
    """A document that takes no time to lay out."""

    def make(organisation, selection, *, progress, **fields):
        progress(1, 2)
        return pdf.Made(b"%PDF-1.7 quick", 3, 2, "Record")

    monkeypatch.setattr(pdf, "make", make)


def ask(membership, selection=None, **fields):
    fields = {"on": DAY, "known": "then", "language": "nl", "by": membership.user, "at": AT} | fields
    return making.ask(membership.organisation, selection or Selection(), **fields)


def work():
    Worker().run_once()


def test_a_selection_survives_being_kept():
    chosen = Selection(
        part="processor",
        status=Status.ENDED,
        labels=("a", "b"),
        drafts=True,
        internal=(Internal.ADVICE,),
        within=("c",),
    )
    assert Selection.from_json(chosen.to_json()) == chosen
    assert Selection().to_json() == {}


def test_a_document_is_made_in_the_background_and_kept_with_its_digest(member, quick):
    export = ask(member())
    assert export.job.state == Job.State.WAITING
    work()
    export.refresh_from_db()
    assert (export.job.state, export.pages, export.activities) == (Job.State.DONE, 3, 2)
    assert export.file.sha256 == hashlib.sha256(b"%PDF-1.7 quick").hexdigest()
    assert export.file.name.endswith("-art30-2026-06-01-nl.pdf")


def test_a_run_that_was_overtaken_writes_nothing(member, quick):
    export = ask(member())
    Job.objects.filter(pk=export.job_id).update(state=Job.State.RUNNING, attempt=2)
    with pytest.raises(jobs.Overtaken):
        making.make(Export.objects.get(pk=export.pk), 1, lambda done, total: None)
    export.refresh_from_db()
    assert export.file is None


def test_running_again_after_the_end_keeps_the_first_file(member, quick):
    export = ask(member())
    work()
    export = Export.objects.get(pk=export.pk)
    assert making.make(export, 7, lambda done, total: None) == export.file


def test_asking_is_written_down(member, quick):
    membership = member()
    ask(membership, Selection(part="processor"))
    event = Event.objects.get(kind=Event.Kind.EXPORT_REQUESTED)
    assert event.user == membership.user
    assert event.details["selection"] == {"part": "processor"}


def test_working_copies_of_a_day_that_is_over_are_refused(member):
    for selection in (Selection(drafts=True), Selection(status=Status.DRAFT)):
        with pytest.raises(Refused, match="geen verleden|no past"):
            ask(member(), selection, on=DAY - timedelta(days=1))
    assert not Export.objects.exists()


def test_a_day_is_known_until_its_end_and_never_beyond_the_asking():
    yesterday = DAY - timedelta(days=1)
    assert timezone.localdate(making.moment_of(yesterday, "then", at=AT)) == yesterday
    assert making.moment_of(DAY, "then", at=AT) == AT
    assert making.moment_of(yesterday, "now", at=AT) == AT


def test_the_page_asks_for_what_the_form_says(client, member, quick):
    membership = member("privacy_officer")
    activity = established(membership.organisation)
    url = reverse("register:exports", args=[membership.organisation.slug])
    answer = client.post(
        url,
        {"on": "2026-03-01", "language": "en", "known": "now", "activities": activity.code, "internal": ["advice"]},
    )
    assert answer.status_code == 302
    export = Export.objects.get()
    assert (export.on, export.language, export.made_by) == (date(2026, 3, 1), "en", membership.user)
    assert export.selection == {"activities": [str(activity.pk)], "internal": ["advice"]}
    assert making.is_afterwards(export.on, export.known_at)


def test_the_page_shows_progress_and_asks_again_while_it_is_busy(client, member, quick):
    membership = member()
    url = reverse("register:exports", args=[membership.organisation.slug])
    export = ask(membership)
    Job.objects.filter(pk=export.job_id).update(state=Job.State.RUNNING, done=3, total=10)
    text = client.get(url).text
    assert 'hx-trigger="every 2s"' in text
    assert "<progress" in text
    fragment = client.get(url, headers={"HX-Request": "true"}).text
    assert fragment in text
    Job.objects.filter(pk=export.job_id).update(state=Job.State.WAITING)
    work()
    text = client.get(url).text
    assert "every 2s" not in text
    assert Export.objects.get().file.sha256 in text


def test_the_form_starts_with_what_the_link_names(client, member):
    membership = member()
    activity = established(membership.organisation)
    url = reverse("register:exports", args=[membership.organisation.slug])
    text = client.get(url, {"activity": activity.pk, "version": 1}).text
    assert f'name="activities" value="{activity.code}"' in text
    assert '<input type="hidden" name="version" value="1"' in text


def test_the_pdf_of_a_list_holds_what_the_list_shows(client, member, quick):
    membership = member()
    activity = established(membership.organisation, name="Payroll")
    established(membership.organisation, name="Cameras")
    url = reverse("register:exports", args=[membership.organisation.slug])
    page = client.get(url, {"list": "q=payroll&on=2026-03-01"})
    assert page.context["of_list"] == [str(activity.pk)]
    assert page.context["form"]["on"].value() == date(2026, 3, 1)
    client.post(url, {"on": "2026-03-01", "language": "en", "known": "then", "listed": "q=payroll"})
    assert Export.objects.get().selection == {"activities": [str(activity.pk)]}
    assert client.get(url, {"list": "sort=name"}).context["of_list"] is None


def test_a_format_may_be_chosen_and_its_file_is_made(client, member):
    membership = member("privacy_officer")
    established(membership.organisation, name="Payroll")
    url = reverse("register:exports", args=[membership.organisation.slug])
    client.post(url, {"on": "2026-06-01", "language": "en", "known": "then", "format": "xlsx"})
    work()
    export = Export.objects.get()
    assert (export.format, export.pages, export.activities) == ("xlsx", None, 1)
    assert export.file.name.endswith("-art30-2026-06-01-en.xlsx")
    assert Event.objects.get(kind=Event.Kind.EXPORT_REQUESTED).details["format"] == "xlsx"
    text = client.get(url).text
    assert "Excel (XLSX)" in text
    answer = client.get(reverse("register:export_file", args=[membership.organisation.slug, export.pk]))
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("given", ["{code}", "{number}", " {code} ;{number},", "{code}\n{code}"])
def test_activities_are_named_by_their_numbers(client, member, quick, given):
    membership = member("privacy_officer")
    activity = established(membership.organisation)
    established(membership.organisation)
    url = reverse("register:exports", args=[membership.organisation.slug])
    words = given.format(code=activity.code, number=activity.number)
    client.post(url, {"on": "2026-06-01", "language": "en", "known": "then", "activities": words})
    assert Export.objects.get().selection == {"activities": [str(activity.pk)]}


@pytest.mark.parametrize("given", ["VA-9999", "payroll", "VA-" + "9" * 30, "²"])
def test_a_number_that_does_not_exist_is_told_at_the_field(client, member, quick, given):
    membership = member("privacy_officer")
    url = reverse("register:exports", args=[membership.organisation.slug])
    answer = client.post(url, {"on": "2026-06-01", "language": "en", "known": "then", "activities": given})
    assert list(answer.context["form"].errors) == ["activities"]
    assert not Export.objects.exists()


def test_the_form_weighs_the_same_for_any_number_of_activities(client, member):
    membership = member("privacy_officer")
    url = reverse("register:exports", args=[membership.organisation.slug])
    sizes = []
    for _number in range(2):
        filled(membership.organisation)
        sizes.append(len(client.get(url).content))
    assert sizes[0] == sizes[1]


def test_a_word_document_of_too_many_is_refused_in_words(client, member, monkeypatch):
    membership = member("privacy_officer")
    established(membership.organisation)
    monkeypatch.setattr(word, "MOST", 0)
    ask(membership, format="docx")
    work()
    export = Export.objects.get()
    assert export.file is None
    assert "Word" in export.job.message


def test_a_list_that_shows_nothing_is_not_the_whole_record(client, member, quick):
    membership = member()
    established(membership.organisation, name="Payroll")
    url = reverse("register:exports", args=[membership.organisation.slug])
    answer = client.post(url, {"on": "2026-03-01", "language": "en", "known": "then", "listed": "q=nothing"})
    assert answer.status_code == 200
    assert not Export.objects.exists()


def test_a_version_needs_one_activity(client, member):
    membership = member()
    url = reverse("register:exports", args=[membership.organisation.slug])
    answer = client.post(url, {"on": "2026-03-01", "language": "en", "known": "then", "version": 2})
    assert answer.status_code == 200
    assert not Export.objects.exists()


def test_every_download_is_written_down(client, member, quick):
    membership = member("auditor")
    export = ask(membership)
    work()
    url = reverse("register:export_file", args=[membership.organisation.slug, export.pk])
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 quick"
    assert "attachment" in answer["Content-Disposition"]
    event = Event.objects.get(kind=Event.Kind.DOWNLOADED)
    assert event.user == membership.user
    assert event.details["sha256"] == Export.objects.get().file.sha256


def test_a_document_that_is_not_ready_cannot_be_downloaded(client, member, quick):
    membership = member()
    export = ask(membership)
    url = reverse("register:export_file", args=[membership.organisation.slug, export.pk])
    assert client.get(url).status_code == 404
    assert not Event.objects.filter(kind=Event.Kind.DOWNLOADED).exists()


@pytest.mark.parametrize("role", ["editor", "reporter", "administrator"])
def test_a_member_without_the_permission_neither_asks_nor_downloads(client, member, quick, role):
    membership = MembershipFactory()
    export = ask(membership)
    work()
    slug = member(role, organisation=membership.organisation).organisation.slug
    assert client.get(reverse("register:export_file", args=[slug, export.pk])).status_code == 403
    assert client.post(reverse("register:exports", args=[slug])).status_code == 403


def test_the_documents_of_another_organisation_are_not_there(client, member, quick):
    export = ask(MembershipFactory())
    work()
    slug = member().organisation.slug
    assert client.get(reverse("register:export_file", args=[slug, export.pk])).status_code == 404


def test_a_member_of_one_department_sees_only_own_documents_of_it(member, quick):
    whole = MembershipFactory()
    ask(whole)
    membership = member("approver", organisation=whole.organisation)
    mine = DepartmentFactory(organisation=whole.organisation)
    MembershipDepartmentFactory(membership=membership, department=mine)
    from_before = ask(membership)
    own = ask(membership, Selection(within=making.within_of(membership)))
    assert list(making.visible_to(membership)) == [own]
    assert set(making.visible_to(whole)) == {own, from_before, Export.objects.get(made_by=whole.user)}


def test_who_is_limited_to_a_department_gets_no_other_activity(client, member, quick):
    membership = member("approver")
    mine = DepartmentFactory(organisation=membership.organisation)
    MembershipDepartmentFactory(membership=membership, department=mine)
    seen = filled(membership.organisation, department=mine)
    filled(membership.organisation)
    client.post(
        reverse("register:exports", args=[membership.organisation.slug]),
        {"on": "2026-03-01", "language": "en", "known": "then"},
    )
    selection = Selection.from_json(Export.objects.get().selection)
    assert list(selection.rows(membership.organisation)) == [seen]
