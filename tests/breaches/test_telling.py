"""Telling the people: a letter from what is known, and what was sent as it was sent."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from accounts.models import Change
from breaches import letters, sealing
from breaches.actions import telling
from breaches.actions.telling import Told, tell
from breaches.authority_forms.given import FormFacts
from breaches.kinds import DataKind
from breaches.letter_words import ADVICE
from breaches.models import Breach, Communication, SealedText
from core.refusal import Refused
from tests.factories import breaches as of_breach
from tests.factories.accounts import AT

NOW = AT + timedelta(days=2)
DPO = {"name": "School", "dpo_name": "M. Jansen", "dpo_email": "fg@school.example", "dpo_phone": "070 1234567"}


def breach(**fields):
    return Breach(first_signal_at=AT, **fields)


def told(**fields):
    return Told(**{"sent_on": date(2026, 1, 6), "channel": "letter", "language": "nl", "people": 12} | fields)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_says_what_art_34_asks_from_what_is_known(language):
    row = breach(
        facts="FACTS.",
        effects="EFFECTS.",
        remedy="REMEDY.",
        data_kinds=["credentials", "unknown"],
        effects_on_people=["identity_fraud", "other"],
    )
    text = letters.letter(FormFacts(breach=row, controller=DPO), language)
    for wanted in ("FACTS.", "EFFECTS.", "REMEDY.", "M. Jansen\nfg@school.example\n070 1234567", "School"):
        assert wanted in text
    with translation.override(language):
        assert f"- {DataKind.CREDENTIALS.label}" in text
        assert str(ADVICE[0][1]) in text
    assert letters.blanks(text) == []


def test_what_is_not_known_is_a_place_to_fill_in():
    text = letters.letter(FormFacts(breach=breach()), "en")
    assert len(letters.blanks(text)) == 6
    assert [part.is_there for part in letters.parts(FormFacts(breach=breach()))] == [False] * 5


def test_a_public_notice_addresses_nobody_and_a_drill_says_that_it_is_one():
    facts = FormFacts(breach=breach(is_drill=True), controller=DPO)
    with translation.override("en"):
        text = letters.letter(facts, "en", is_public=True)
    assert text.startswith("DRILL.")
    assert "Dear" not in text
    assert "We cannot write to everybody" in text


@pytest.mark.django_db
def test_what_was_sent_is_kept_sealed_with_its_digest():
    row = tell(of_breach.BreachFactory(), told(), "Dear Anna Unique", by=None, at=NOW)
    assert telling.words_of(row) == ("Dear Anna Unique", True)
    assert "Unique" not in SealedText.objects.get(about=str(row.pk)).sealed
    sealing.seal(row.breach, {str(row.pk): "Dear Bert"})
    assert telling.words_of(row) == ("Dear Bert", False)
    sealing.destroy(row.breach, by=None, at=NOW)
    assert telling.words_of(Communication.objects.get()) == (None, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "public"),
    [
        ({"channel": "website"}, True),
        ({"channel": "letter", "is_public": True}, False),
        ({"channel": "other", "is_public": True}, True),
        ({"channel": "other"}, False),
    ],
)
def test_only_what_reaches_everybody_is_a_public_notice(fields, public):
    assert tell(of_breach.BreachFactory(), told(**fields), "Words", by=None, at=NOW).is_public is public


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "text", "complaint"),
    [
        ({"sent_on": date(2026, 1, 8)}, "Words", "in the future"),
        ({"sent_on": date(2026, 1, 4)}, "Words", "before the first signal"),
        ({}, "  ", "Keep the words"),
        ({}, "We are [… who you are].", "places to fill in"),
    ],
)
def test_what_cannot_have_been_told_is_refused(fields, text, complaint):
    with translation.override("en"), pytest.raises(Refused, match=complaint):
        tell(of_breach.BreachFactory(), told(**fields), text, by=None, at=NOW)
    assert not Communication.objects.exists()


@pytest.mark.django_db
def test_a_text_that_is_being_written_is_kept_sealed_per_language_and_leaves_no_change():
    row = of_breach.BreachFactory()
    before = Change.objects.count()
    telling.keep_draft(row, "nl", "Beste mensen", was=telling.mark(""), by=None, at=NOW)
    assert (telling.draft_of(row, "nl"), telling.draft_of(row, "en")) == ("Beste mensen", "")
    assert Change.objects.count() == before


@pytest.mark.django_db
def test_a_text_that_somebody_else_changed_meanwhile_is_not_overwritten():
    row = of_breach.BreachFactory()
    telling.keep_draft(row, "nl", "One", was=telling.mark(""), by=None, at=NOW)
    with pytest.raises(telling.Overtaken) as refused:
        telling.keep_draft(row, "nl", "Two", was=telling.mark(""), by=None, at=NOW)
    assert refused.value.theirs == telling.draft_of(row, "nl") == "One"
    telling.keep_draft(row, "nl", "Two", was=telling.mark("One"), by=None, at=NOW)
    assert telling.draft_of(row, "nl") == "Two"
