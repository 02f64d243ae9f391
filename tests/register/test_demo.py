"""The demo is a believable record that keeps all our own rules, and can be loaded twice."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import ChainHead, Organisation
from accounts.verification import verify
from breaches import sealing, watch
from breaches.models import Breach
from breaches.states import State
from consent.models import ConsentEvent, WordingVersion
from core.text import personal_data
from register import checks, reading
from register.models import Activity, ActivityVersion, Advice, ApprovalRound
from register.record import to_plain
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_the_demo_keeps_our_own_rules_and_can_be_loaded_twice(demo):
    assert "fg@demo.dertig.example" in demo
    organisations = list(Organisation.objects.order_by("slug"))
    assert [organisation.slug for organisation in organisations] == ["school", "webshop"]
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


def test_an_organisation_of_one_s_own_is_left_alone():
    OrganisationFactory(slug="school", name="My own school")
    with pytest.raises(CommandError, match="leaves it alone"):
        call_command("load_demo", stdout=StringIO())
    assert Organisation.objects.count() == 1


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
