"""A batch from upload to drafts and back: nothing twice, nothing halfway, nothing of others taken along."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from accounts import history, jobs, verification
from accounts.models import Change, Job
from core.dates import add_months
from core.refusal import Refused
from core.spreadsheets import BadFile
from register import derived
from register.actions import activities, establish
from register.actions.merge import merge
from register.imports import apply, forgetting, staging, taking, undoing
from register.models import (
    Activity,
    ActivityFacet,
    DataCategory,
    ImportBatch,
    ImportLookAlike,
    ImportRow,
    KeptPlan,
    Party,
    Purpose,
    StaleActivity,
    System,
)
from tests.factories.accounts import MembershipDepartmentFactory
from tests.factories.register import ActivityFactory, PartyFactory, RecipientLineFactory
from tests.register.filled import established
from tests.register.importing import (
    AT,
    brought_in,
    csv_bytes,
    entries,
    organisation_with_controller,
    staged,
    taken,
    undone,
    uploaded,
    worked,
)
from tests.register.test_export_json import exported

pytestmark = pytest.mark.django_db

HEADINGS = ("Naam", "Doel", "Rechtsgrond", "Betrokkenen", "Persoonsgegevens", "Verwerker")
PAY = ("Salaris", "Betalen", "overeenkomst", "Medewerkers", "Naam; Salaris", "Firma A B.V.")
LEAVE = ("Verlof", "Verlof bijhouden", "overeenkomst", "Medewerkers", "Naam", "Firma B")
SHEET = (HEADINGS, PAY, LEAVE)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation():
    return organisation_with_controller()


def test_a_file_is_read_looked_through_and_taken_in(organisation):
    batch = staged(organisation, *SHEET)
    assert batch.state == "staged"
    assert list(batch.rows.values_list("name", flat=True)) == ["Salaris", "Verlof"]
    assert not Activity.objects.exists()
    taking.ask(batch, by=None, at=AT, reason="From our sheet")
    batch = worked(batch)
    assert batch.state == "taken"
    assert set(entries(organisation)) == {"Salaris", "Verlof"}
    assert set(Activity.objects.values_list("pk", flat=True)) == set(batch.rows.values_list("pk", flat=True))
    assert (batch.taken.kind, batch.taken.reason) == ("register.imported", "From our sheet")
    assert ActivityFacet.objects.filter(activity__name="Salaris").exists()
    assert list(verification.verify()) == []


def test_rows_that_wait_say_what_becomes_of_each_cell(organisation):
    row = staged(organisation, HEADINGS, PAY).rows.get()
    purpose = next(found for found in staging.cells_of(row) if found.heading == "Doel")
    assert (purpose.outcome, [home for home, _words in purpose.taken]) == ("taken", ["purposes"])


def test_a_row_that_is_left_out_stays_out_also_when_the_file_is_read_again(organisation):
    batch = staged(organisation, *SHEET)
    batch.rows.filter(name="Verlof").update(decision="leave")
    staging.read_by(batch, batch.plan, by=None, at=AT)
    batch = worked(batch)
    assert batch.rows.get(name="Verlof").decision == "leave"
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert set(entries(organisation)) == {"Salaris"}


def test_what_a_column_means_can_be_changed(organisation):
    batch = uploaded(organisation, *SHEET)
    column = next(column for column in batch.plan["sheets"][0]["columns"] if column["heading"] == "Doel")
    column["meaning"] = "description"
    staging.read_by(batch, batch.plan, by=None, at=AT)
    batch = worked(batch)
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    entry = entries(organisation)["Salaris"]
    assert entry.description == "Betalen"
    assert [line.text_nl for line in entry.purposes] == [""]


def test_a_name_that_only_its_legal_form_tells_apart_must_be_decided_on(organisation):
    PartyFactory(organisation=organisation, name="Firma A")
    batch = staged(organisation, *SHEET)
    asked = batch.look_alikes.get()
    assert (asked.text, asked.other, asked.times) == ("Firma A B.V.", "Firma A", 1)
    with pytest.raises(Refused, match="1 look-alike is undecided"):
        taking.ask(batch, by=None, at=AT)


@pytest.mark.parametrize(("decision", "parties"), [("same", {"Firma A", "Firma B"}), ("apart", None)])
def test_a_look_alike_is_merged_or_kept_apart(organisation, decision, parties):
    PartyFactory(organisation=organisation, name="Firma A")
    batch = staged(organisation, *SHEET)
    batch.look_alikes.update(decision=decision)
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert set(Party.objects.values_list("name", flat=True)) == (parties or {"Firma A", "Firma A B.V.", "Firma B"})


def test_look_alikes_within_one_file_are_asked_about_and_the_answer_is_kept(organisation):
    batch = staged(organisation, HEADINGS, (*PAY[:5], "Firma A"), (*LEAVE[:5], "Firma A B.V."))
    batch.look_alikes.update(decision=ImportLookAlike.Decision.APART)
    staging.read_by(batch, batch.plan, by=None, at=AT)
    batch = worked(batch)
    assert batch.look_alikes.get().decision == "apart"
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert set(Party.objects.values_list("name", flat=True)) == {"Firma A", "Firma A B.V."}


def test_the_meaning_of_columns_is_known_the_next_time_with_what_is_different(organisation):
    first = uploaded(organisation, (*HEADINGS, "Kolom X"), (*PAY, "iets"))
    next(column for column in first.plan["sheets"][0]["columns"] if column["heading"] == "Kolom X").update(
        meaning="remarks"
    )
    staging.read_by(first, first.plan, by=None, at=AT)
    worked(first)
    second = uploaded(organisation, (*HEADINGS[:5], "Kolom X", "Nieuw"), (*PAY[:5], "iets", "nieuws"))
    kept = next(column for column in second.plan["sheets"][0]["columns"] if column["heading"] == "Kolom X")
    assert (kept["meaning"], kept["reason"]) == ("remarks", "before")
    assert (second.differs["new"], second.differs["gone"]) == (["Nieuw"], ["Verwerker"])
    assert "iets" not in str(KeptPlan.objects.get().plan)


def test_another_organisation_knows_nothing_of_a_kept_meaning(organisation):
    staged(organisation, *SHEET)
    assert uploaded(organisation_with_controller(), *SHEET).differs == {}


def test_a_file_that_cannot_be_read_leaves_nothing(organisation):
    with pytest.raises(BadFile):
        uploaded(organisation, content=b"PK\x03\x04 broken", name="register.xlsx")
    assert not ImportBatch.objects.exists()


def test_asked_twice_it_is_taken_in_once(organisation):
    batch = staged(organisation, *SHEET)
    taking.ask(batch, by=None, at=AT)
    with pytest.raises(Refused):
        taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert Activity.objects.count() == 2
    job = batch.job
    Job.objects.filter(pk=job.pk).update(state="waiting")
    jobs.run.call(str(job.pk))
    assert Activity.objects.count() == 2


def test_killed_half_way_it_leaves_nothing_and_is_done_by_the_next_attempt(organisation, monkeypatch):
    batch = staged(organisation, *SHEET)
    taking.ask(batch, by=None, at=AT)
    before = Change.objects.count()

    def killed(*args, **options):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(apply, "_derive", killed)
        with pytest.raises(SystemExit):
            jobs.run.call(str(ImportBatch.objects.get().job_id))
    assert (Activity.objects.count(), Party.objects.count(), Change.objects.count()) == (0, 0, before)
    worked(batch)
    assert (batch.state, Activity.objects.count()) == ("taken", 2)


def test_a_run_that_was_overtaken_writes_nothing(organisation):
    batch = staged(organisation, *SHEET)
    taking.ask(batch, by=None, at=AT)
    batch.refresh_from_db()
    overtaken = Job.objects.get(pk=batch.job_id)
    Job.objects.filter(pk=overtaken.pk).update(attempt=2, state="running")
    with pytest.raises(jobs.Overtaken):
        taking.take(batch, overtaken, lambda *args: None, at=AT)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("decision", "systems"), [("same", {"Zaakstelsel"}), ("apart", None)])
def test_look_alikes_of_systems_are_asked_about_as_those_of_parties(organisation, decision, systems):
    heads = ("Naam", "Doel", "Rechtsgrond", "Systemen", "Verwerker")
    rows = [("Loon", "Betalen", "overeenkomst", "Zaakstelsel"), ("Verlof", "Weten", "overeenkomst", "Zaakstelsel B.V.")]
    batch = staged(organisation, heads, (*rows[0], "Zon"), (*rows[1], "Zaakstelsel"))
    asked = batch.look_alikes.get()
    assert (asked.model, asked.text, asked.other, asked.row) == ("system", "Zaakstelsel B.V.", "Zaakstelsel", None)
    batch.look_alikes.update(decision=decision)
    staging.read_by(batch, batch.plan, by=None, at=AT)
    batch = worked(batch)
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert set(System.objects.values_list("name", flat=True)) == (systems or {"Zaakstelsel", "Zaakstelsel B.V."})


@pytest.fixture
def somebody(organisation, monkeypatch):
    """Somebody who writes down a party just before an import is written, the first `busy` times of all `times`."""
    found, prepare = SimpleNamespace(busy=1, times=0), apply.prepare

    def with_somebody_in_between(*args, **options):
        prepared = prepare(*args, **options)
        found.times += 1
        if found.times <= found.busy:
            with history.act(organisation, by=None, at=AT, kind="shared.added"):
                Party(organisation=organisation, name="Firma B").save()
        return prepared

    monkeypatch.setattr(apply, "prepare", with_somebody_in_between)
    return found


def test_what_was_looked_up_is_looked_up_again_when_it_changed_meanwhile(organisation, somebody):
    batch = staged(organisation, *SHEET)
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert (somebody.times, Party.objects.filter(name="Firma B").count()) == (2, 1)


def test_the_command_looks_up_again_what_changed_meanwhile(organisation, somebody):
    report = brought_in(organisation, csv_bytes(*SHEET))
    assert (somebody.times, Party.objects.filter(name="Firma B").count()) == (2, 1)
    assert len(report["activities"]) == Activity.objects.count() == 2
    assert sum(report["counts"].values()) == sum(len(activity["cells"]) for activity in report["activities"])
    assert ImportBatch.objects.get().counts["activities"] == 2


def test_the_command_says_so_when_things_change_each_time(organisation, somebody, tmp_path):
    somebody.busy = 99
    file = tmp_path / "register.csv"
    file.write_bytes(csv_bytes(*SHEET))
    with pytest.raises(CommandError, match="each time this was about to be written"):
        call_command("import_register", str(file), organisation=organisation.slug)
    assert not Activity.objects.exists()
    assert not ImportBatch.objects.exists()


def test_two_batches_at_once_name_one_party(organisation):
    first, second = staged(organisation, HEADINGS, PAY), staged(organisation, HEADINGS, LEAVE, PAY)
    for batch in (first, second):
        taking.ask(batch, by=None, at=AT)
    worked(first)
    assert Activity.objects.count() == 3
    assert Party.objects.filter(name="Firma A B.V.").count() == 1


def test_first_reviews_are_spread_over_a_year(organisation):
    sheet = [HEADINGS, *((f"Verwerking {number}", *PAY[1:]) for number in range(12))]
    taken(organisation, *sheet)
    days = list(Activity.objects.order_by("number").values_list("review_on", flat=True))
    assert len(set(days)) == 12
    assert days == sorted(days)
    today = timezone.localdate()
    assert days[0] >= today + timedelta(days=30)
    assert days[-1] - days[0] > timedelta(days=270)
    assert days[-1] == add_months(today, organisation.review_after_months)


def test_many_drafts_are_recalculated_by_the_worker(organisation, monkeypatch):
    monkeypatch.setattr(apply, "DERIVED_AT_ONCE", 1)
    batch = staged(organisation, *SHEET)
    taking.ask(batch, by=None, at=AT)
    worked(batch)
    assert StaleActivity.objects.count() == 2
    activity = Activity.objects.get(name="Salaris")
    assert (activity.columns["name"], activity.revision, "salaris" in activity.search_text) == ("Salaris", 1, True)
    derived.refresh_stale(timezone.now())
    assert ActivityFacet.objects.filter(activity=activity).exists()
    assert not StaleActivity.objects.exists()


class TestUndo:
    def test_what_was_brought_in_goes_with_what_was_made_for_it(self, organisation):
        batch = undone(taken(organisation, *SHEET))
        assert (batch.state, batch.left) == ("undone", [])
        assert not Activity.objects.exists()
        assert not Party.objects.exists()
        assert not DataCategory.objects.exists()
        assert not Purpose.objects.exists()
        gone = Purpose.history.filter(change=batch.undone)
        assert {row.history_type for row in gone} == {"-"}
        assert list(verification.verify()) == []

    def test_what_was_there_before_stays(self, organisation):
        PartyFactory(organisation=organisation, name="Firma B")
        undone(taken(organisation, *SHEET))
        assert [party.name for party in Party.objects.all()] == ["Firma B"]

    def test_what_somebody_changed_stays_with_what_it_names(self, organisation):
        batch = taken(organisation, *SHEET)
        activities.set_upkeep(
            Activity.objects.filter(name="Salaris"), by=None, at=AT + timedelta(days=1), owner_function="Head"
        )
        batch = undone(batch)
        assert [row.name for row in Activity.objects.all()] == ["Salaris"]
        assert [party.name for party in Party.objects.all()] == ["Firma A B.V."]
        assert {"VA-0001 Salaris": "changed", "Firma A B.V.": "named"}.items() <= {
            row["name"]: row["why"] for row in batch.left
        }.items()
        assert list(verification.verify()) == []

    def test_a_changed_line_counts_as_a_change_of_its_activity(self, organisation):
        batch = taken(organisation, *SHEET)
        RecipientLineFactory(activity=Activity.objects.get(name="Verlof"), party=None, description_nl="Bank")
        assert {row.name for row in Activity.objects.filter(pk__in=undoing.look(batch).activities)} == {"Salaris"}

    def test_what_was_established_stays(self, organisation):
        batch = taken(organisation, *SHEET)
        establish.establish(Activity.objects.get(name="Salaris"), by=None, at=AT, reason="Checked")
        batch = undone(batch)
        assert [row.name for row in Activity.objects.all()] == ["Salaris"]
        assert "established" in {row["why"] for row in batch.left}

    def test_a_party_that_another_activity_names_or_once_named_stays(self, organisation):
        batch = taken(organisation, *SHEET)
        other = ActivityFactory(organisation=organisation, number=99)
        RecipientLineFactory(activity=other, party=Party.objects.get(name="Firma B"))
        line = RecipientLineFactory(activity=other, party=Party.objects.get(name="Firma A B.V."))
        with history.act(organisation, by=None, at=AT, kind="activity.section_saved"):
            line.delete()
        undone(batch)
        assert {party.name for party in Party.objects.all()} == {"Firma A B.V.", "Firma B"}

    def test_an_activity_that_another_is_part_of_stays(self, organisation):
        batch = taken(organisation, *SHEET)
        ActivityFactory(organisation=organisation, number=99, parent=Activity.objects.get(name="Verlof"))
        undone(batch)
        assert Activity.objects.filter(name="Verlof").exists()

    def test_a_merged_party_stays_with_the_activity_that_now_names_the_other(self, organisation):
        batch = taken(organisation, *SHEET)
        kept = PartyFactory(organisation=organisation, name="Firma Alfa")
        merge(kept, Party.objects.get(name="Firma A B.V."), by=None, at=AT, on=AT.date())
        undone(batch)
        assert [row.name for row in Activity.objects.all()] == ["Salaris"]

    def test_what_stayed_behind_goes_when_it_is_free_and_undone_again(self, organisation):
        first, second = taken(organisation, HEADINGS, PAY), taken(organisation, HEADINGS, (*LEAVE[:5], PAY[5]))
        first = undone(first)
        assert [row.name for row in Activity.objects.all()] == ["Verlof"]
        with pytest.raises(Refused, match="everything is in use"):
            undoing.ask(first, by=None, at=AT)
        undone(second)
        assert [party.name for party in Party.objects.all()] == ["Firma A B.V."]
        first.refresh_from_db()
        again = undone(first)
        assert (again.state, again.left, Party.objects.count()) == ("undone", [], 0)
        assert not undoing.can_undo(again)
        assert list(verification.verify()) == []

    def test_undoing_again_that_failed_goes_back_to_undone(self, organisation):
        first, second = taken(organisation, HEADINGS, PAY), taken(organisation, HEADINGS, (*LEAVE[:5], PAY[5]))
        first = undone(first)
        undone(second)
        undoing.ask(first, by=None, at=AT)
        Job.objects.filter(kind=undoing.KIND, parameters__batch=str(first.pk)).update(state=Job.State.FAILED)
        was = first.undone_id
        first.refresh_from_db()
        undoing.back(first)
        first.refresh_from_db()
        assert (first.state, first.undone_id) == ("undone", was)

    def test_killed_half_way_it_leaves_everything(self, organisation, monkeypatch):
        batch = taken(organisation, *SHEET)
        undoing.ask(batch, by=None, at=AT)
        batch.refresh_from_db()

        def killed(*args):
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(history.Act, "touch", killed)
            with pytest.raises(SystemExit):
                jobs.run.call(str(batch.job_id))
        assert Activity.objects.count() == 2
        assert worked(batch).state == "undone"

    def test_it_can_be_taken_in_again_from_the_same_file(self, organisation):
        batch = undone(taken(organisation, *SHEET))
        again = staging.again(batch, by=None, at=AT)
        staging.read_by(again, again.plan, by=None, at=AT)
        again = worked(again)
        taking.ask(again, by=None, at=AT)
        worked(again)
        assert [row.code for row in Activity.objects.order_by("number")] == ["VA-0003", "VA-0004"]


def test_what_the_command_brought_in_is_listed_and_can_be_undone(organisation):
    brought_in(organisation, csv_bytes(*SHEET))
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.counts["activities"], batch.file) == ("taken", 2, None)
    assert undone(batch).state == "undone"
    assert not Activity.objects.exists()


def test_a_dry_run_leaves_nothing(organisation):
    brought_in(organisation, csv_bytes(*SHEET), dry_run=True)
    assert not ImportBatch.objects.exists()
    assert not Activity.objects.exists()


class TestForgetting:
    def test_the_file_and_its_rows_go_after_the_days_of_the_setting(self, organisation, settings):
        batch = taken(organisation, *SHEET)
        path, storage = batch.file.file.name, batch.file.file.storage
        forgetting.forget_old(AT + timedelta(days=settings.IMPORT_KEEP_DAYS))
        assert ImportRow.objects.exists()
        forgetting.forget_old(AT + timedelta(days=settings.IMPORT_KEEP_DAYS, seconds=1))
        batch.refresh_from_db()
        assert (batch.file, batch.plan, batch.rows.count(), batch.state) == (None, {}, 0, "taken")
        assert Activity.objects.count() == 2
        assert storage.exists(path)  # until the transaction of this test would be over
        assert undone(batch).state == "undone"

    def test_what_was_never_taken_in_goes_altogether(self, organisation, settings, django_capture_on_commit_callbacks):
        batch = staged(organisation, *SHEET)
        path, storage = batch.file.file.name, batch.file.file.storage
        with django_capture_on_commit_callbacks(execute=True):
            forgetting.forget_old(AT + timedelta(days=settings.IMPORT_KEEP_DAYS + 1))
        assert not ImportBatch.objects.exists()
        assert not storage.exists(path)

    @pytest.mark.parametrize("state", ["taking", "undoing"])
    def test_what_is_busy_is_left_until_it_is_over(self, organisation, settings, state):
        batch = taken(organisation, *SHEET) if state == "undoing" else staged(organisation, *SHEET)
        (undoing if state == "undoing" else taking).ask(batch, by=None, at=AT)
        forgetting.forget_old(AT + timedelta(days=settings.IMPORT_KEEP_DAYS + 1))
        batch.refresh_from_db()
        assert (batch.state, batch.file is None) == (state, False)

    def test_a_file_that_was_read_again_stays_as_long_as_the_later_import(self, organisation, settings):
        first = staged(organisation, *SHEET)
        second = staging.again(first, by=None, at=AT + timedelta(days=10))
        forgetting.forget_old(AT + timedelta(days=settings.IMPORT_KEEP_DAYS + 1))
        second.refresh_from_db()
        with second.file.file.open("rb") as kept:
            assert kept.read() == csv_bytes(*SHEET)

    def test_what_was_taken_in_is_not_thrown_away(self, organisation):
        with pytest.raises(Refused):
            forgetting.forget(taken(organisation, *SHEET))


def test_a_member_of_one_department_sees_the_own_imports_only(organisation, member):
    membership = member("privacy_officer", organisation=organisation)
    uploaded(organisation, *SHEET)
    own = uploaded(organisation, *SHEET, by=membership.user)
    assert ImportBatch.objects.visible_to(membership).count() == 2
    MembershipDepartmentFactory(membership=membership, department__organisation=organisation)
    assert list(ImportBatch.objects.visible_to(membership)) == [own]


def test_our_own_file_comes_in_without_columns_and_goes_again(organisation):
    """It names an activity and ids of another organisation, so new ids are given."""
    theirs = established(organisation_with_controller(), name="Payroll").organisation
    batch = uploaded(organisation, content=exported(theirs), name="register.json")
    assert (batch.state, batch.counts["activities"]) == ("staged", 1)
    taking.ask(batch, by=None, at=AT)
    batch = worked(batch)
    assert (batch.state, Activity.objects.of(organisation).count()) == ("taken", 1)
    assert undone(batch).state == "undone"
    assert Activity.objects.of(organisation).count() == 0


def test_our_own_file_brought_in_by_the_command_is_listed_once_and_can_be_undone(organisation):
    theirs = established(organisation_with_controller(), name="Payroll").organisation
    content = exported(theirs)
    brought_in(organisation, content, "register.json", dry_run=True)
    assert not ImportBatch.objects.exists()
    brought_in(organisation, content, "register.json")
    (batch,) = ImportBatch.objects.of(organisation)
    assert (batch.name, batch.state, batch.counts["activities"]) == ("register.json", "taken", 1)
    assert undone(batch).state == "undone"
    assert not Activity.objects.of(organisation).exists()


def test_our_own_file_that_says_nothing_new_is_not_listed():
    theirs = established(organisation_with_controller(), name="Payroll").organisation
    brought_in(theirs, exported(theirs), "register.json")
    assert not ImportBatch.objects.exists()
