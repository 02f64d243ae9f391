"""The demo is a believable record that keeps all our own rules, can be loaded twice, and goes through every format."""

from collections import Counter
from io import StringIO
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from accounts.models import ChainHead, Organisation
from accounts.verification import verify
from breaches import sealing, watch
from breaches.models import Breach
from breaches.states import State
from consent.models import ConsentEvent, WordingVersion
from core.text import personal_data
from register import checks, interchange, reading
from register import sections as layout
from register.checks import speaking
from register.checks.engine import RULES
from register.exports import formats
from register.exports.selection import Selection
from register.models import Activity, ActivityVersion, Advice, ApprovalRound
from register.record import to_plain
from tests.factories.accounts import OrganisationFactory

from . import test_export_json as json
from . import test_export_tables as tables
from . import test_export_word as word
from . import test_import_own_workbook as workbooks
from . import test_rules_over_registers as rules
from .importing import brought_in
from .test_rules_over_registers import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loading takes half a minute, so it is done once for this file and undone at its end. The breaches of the demo lie
    some days before the day on which it is loaded. Gives where its files are, and what was said.
    """
    folder, out = tmp_path_factory.mktemp("demo"), StringIO()
    at_once = transaction.atomic()
    at_once._from_testcase = True  # acts that must be the outermost may run inside it, as in any test
    with django_db_blocker.unblock(), at_once:
        with time_machine.travel(NOW), override_settings(FILES_ROOT=folder, MEDIA_ROOT=folder):
            call_command("load_demo", stdout=out)
        yield folder, out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings, time_machine):
    """{slug: Organisation} on the day of loading."""
    settings.FILES_ROOT = settings.MEDIA_ROOT = loaded[0]
    time_machine.move_to(NOW)
    return {organisation.slug: organisation for organisation in Organisation.objects.all()}


def test_the_demo_keeps_our_own_rules_and_can_be_loaded_twice(loaded, demo):
    assert "fg@demo.dertig.example" in loaded[1]
    organisations = list(demo.values())
    assert sorted(demo) == ["school", "webshop"]
    assert list(verify()) == []

    states = Counter(activity.status for activity in Activity.objects.all())
    assert states["established"] >= 15
    assert min(states[state] for state in ("draft", "changed", "ended")) >= 2
    assert Activity.objects.filter(kind="processor").count() == 1
    assert set(ApprovalRound.objects.values_list("state", flat=True)) == {"open", "sent_back"}
    assert {"", "followed", "partly", "not_followed"} == set(Advice.objects.values_list("answer", flat=True))

    for organisation in organisations:
        for entry in reading.drafts(Activity.objects.of(organisation).exclude(established_number=None)):
            gaps = checks.gaps(entry, organisation.language_codes)
            assert [gap for gap in gaps if gap.blocks] == []
            assert not [gap.key for gap in gaps if gap.key.startswith("purpose_text")]
            assert _personal(to_plain(entry)) == []

    _breaches_are_in_every_state_and_name_nobody()
    assert WordingVersion.objects.filter(valid_until=None, organisation__slug="webshop").exists()
    assert {10, 31, 32} <= set(ConsentEvent.objects.values_list("kind", flat=True))

    heads = list(ChainHead.objects.order_by("pk").values_list("number", "digest"))
    versions = ActivityVersion.objects.count()
    call_command("load_demo", stdout=StringIO())
    assert list(ChainHead.objects.order_by("pk").values_list("number", "digest")) == heads
    assert ActivityVersion.objects.count() == versions


def test_the_demo_has_the_grave_findings_that_were_put_in_and_no_flood(demo):
    school, shop = rules.found_in(demo["school"]), rules.found_in(demo["webshop"])
    assert rules.grave(demo["school"], school) == [
        ("B003", ""),  # the breach that nobody notified in time
        ("B006", ""),
        ("L015", "Bezoekersregistratie"),
        ("L015", "Webcare: openbare vragen die niet aan ons zijn gericht"),
    ]
    assert rules.grave(demo["webshop"], shop) == [
        *[("C021", "")] * 3,
        ("R008", "Gelijkende doelgroep (look-alike)"),
    ]
    for found in (school, shop):
        assert max(Counter(one.activity_id for one in found if one.activity_id).values()) <= 12
        assert len({one.bundle for one in found}) <= 80
    for one in (*school, *shop):
        for language in ("nl", "en"):
            with translation.override(language):
                assert "%(" not in speaking.spoken(RULES[one.rule].message_for(one.outcome), one.parameters)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_demo_goes_through_every_format(demo, language):
    everything = Selection(drafts=True, internal=("advice", "findings", "remarks", "evidence"))
    for format in formats.MAKERS:
        assert tables.made(demo["school"], format, everything, language).activities > 10
    found = tables.workbook(demo["school"], everything, language=language)
    with translation.override(language):
        titles = [str(lines.title) for lines in layout.LINE_SETS]
    assert [sheet.title.casefold() for sheet in found][1:13] == [title[:31].casefold() for title in titles]
    numbers = {row[0] for row in found.worksheets[0].iter_rows(min_row=2, values_only=True)}
    for sheet in found.worksheets[1:13]:
        assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} <= numbers
        assert all(UUID(row[-1]) for row in sheet.iter_rows(min_row=2, values_only=True))


def test_the_demo_fits_in_a_document(demo):
    assert "VA-0001" in word.text_of(word.made(demo["school"], Selection(drafts=True), "nl"))


def test_the_demo_goes_into_another_organisation_with_every_word(demo):
    content = json.exported(demo["school"])
    target = OrganisationFactory(slug="copy", languages="nl,en")
    report = json.brought_in(target, content)
    before = {one.entry.name: one.entry for one in interchange.load(content).activities}
    after = {entry.name: entry for entry in json.drafts(target)}
    assert after.keys() == before.keys()
    for name, entry in after.items():
        assert json.said(entry) == json.said(before[name]), name
    assert Activity.objects.of(target).filter(pk__in=[one.id for one in before.values()]).count() == 0
    assert report["counts"]["left_out"] == 0


def test_the_demo_loses_nothing_in_a_workbook_but_who_owns_an_activity(demo):
    target = OrganisationFactory(languages="nl,en")
    report = brought_in(target, workbooks.exported(demo["school"]), "record.xlsx")
    standings = reading.read(demo["school"], on=workbooks.DAY, known_at=workbooks.AT)
    before = {standing.entry.name: standing.entry for standing in standings}
    after = {entry.name: entry for entry in workbooks.drafts(target)}
    for name in before.keys() & after.keys():
        assert json.said(after[name]) == json.said(before[name]), name
    assert len(before.keys() & after.keys()) > 10
    assert (report["counts"]["left_out"], report["columns"]) == (0, [])


def _breaches_are_in_every_state_and_name_nobody():
    states = set(Breach.objects.real().values_list("state", flat=True))
    assert states == set(State.values) - {"notified", "informed", "reopened"}
    assert Breach.objects.filter(is_drill=True, drill__ended_at__isnull=False).count() == 1
    assert set(Breach.objects.values_list("reporter", flat=True)) == {"staff", "processor", "outsider"}
    hands = Counter(clock.hand for clock in _clocks())
    assert {"running", "late", "notified", "notified_late", "not_needed", "processor"} <= hands.keys()
    for breach in Breach.objects.all():
        texts = [value for value in vars(breach).values() if isinstance(value, str)]
        assert _personal([*texts, *sealing.opened(breach).values()]) == [] or breach.notification_rows.exists()


def _clocks():
    for organisation in Organisation.objects.all():
        yield from watch.of(watch.watched(Breach.objects.of(organisation).real()), at=timezone.now()).values()


def _personal(value):
    """Personal data in texts; contact details of parties are the lawful exception."""
    if isinstance(value, dict):
        return [
            found
            for key, part in value.items()
            if key not in ("party", "source_party", "id", "copy_contact")
            for found in _personal(part)
        ]
    if isinstance(value, list):
        return [found for part in value for found in _personal(part)]
    return personal_data(value) if isinstance(value, str) else []
