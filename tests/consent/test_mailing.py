"""Checking a mailing list: every line gets the answer that its person would get alone."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import Event
from consent import identifiers, standing, suppressions
from consent.actions import leaving, recording
from consent.actions.recording import Said
from consent.deciding import decide
from consent.kinds import Channel, Happening, IdentifierKind, Method
from consent.mailing import checking, list_check, lists
from consent.question import Question
from core.spreadsheets import BadFile
from tests.factories.accounts import AT
from tests.factories.consent import WordingVersionFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
NOW = AT + timedelta(days=60)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def version():
    return WordingVersionFactory(wording__purpose__organisation__slug="webshop", wording__purpose__code="newsletter")


def gave(version, name, **said):
    person = recording.find_or_add(version.organisation, IdentifierKind.EMAIL, f"{name}@example.org", at=LATER)
    values = {"wording": version} | said
    given = Said(Happening.GIVEN, version.wording.purpose, Channel.EMAIL, Method.WEB_FORM, LATER, **values)
    recording.record(person, given, at=LATER)
    return person


@pytest.fixture
def crowd(version):
    """People in every state that a list can meet; returns the names."""
    purpose, at = version.wording.purpose, LATER + timedelta(days=3)
    gave(version, "gave")
    gave(version, "child", age="from_13")
    gave(version, "unproved", is_provable=False, wording=None)
    leaving.withdraw(gave(version, "withdrew"), purpose, Channel.EMAIL, at=at, method=Method.DESK)
    leaving.object_to_marketing(gave(version, "objected"), at=at, method=Method.DESK)
    leaving.erase(gave(version, "erased"), at=at, method=Method.DESK)
    back = gave(version, "back")
    leaving.object_to_marketing(back, at=at, method=Method.DESK)
    again = Said(Happening.GIVEN, purpose, Channel.EMAIL, Method.WEB_FORM, at + timedelta(days=1), wording=version)
    recording.record(back, again, at=at + timedelta(days=1))
    return ["gave", "child", "unproved", "withdrew", "objected", "erased", "back", "stranger"]


def asked_of(version, **said):
    return checking.ask(version.wording.purpose, Channel.EMAIL, on=NOW.date(), at=NOW, **said)


def alone(asked, address):
    """The answer by the functions for one person."""
    organisation, purpose = asked.organisation, asked.purpose
    person = recording.person_of(organisation, IdentifierKind.EMAIL, address)
    now = standing.current(person, purpose, Channel.EMAIL, at=asked.at) if person else standing.NEVER
    marks = suppressions.of_address(organisation, IdentifierKind.EMAIL, address)
    against = suppressions.against(marks, purpose, Channel.EMAIL, now)
    question = Question(
        on=asked.on,
        terms=asked.terms,
        channel=Channel.EMAIL,
        standing=now,
        purpose_kind=purpose.kind,
        suppressed=against,
    )
    return decide(question)


def checked(asked, text, language="en"):
    """The rows that come out for a list."""
    content = text if isinstance(text, bytes) else text.encode()
    target = io.BytesIO()
    counts = list_check.run(asked, lists.Source("list.csv", lambda: io.BytesIO(content)), target, language=language)
    delimiter = {"nl": ";", "en": ","}[language]
    return list(csv.reader(io.StringIO(target.getvalue().decode("utf-8-sig")), delimiter=delimiter)), counts


def test_a_list_gives_each_line_the_answer_of_its_person_alone(version, crowd):
    asked = asked_of(version)
    rows, counts = checked(
        asked, "Naam;E-mail\r\n" + "".join(f"{name};{name.upper()}@Example.org\r\n" for name in crowd)
    )
    expected = [alone(asked, f"{name}@example.org") for name in crowd]
    assert [row[3] for row in rows[1:]] == [answer.rule for answer in expected]
    assert [row[2] for row in rows[1:]] == [answer.outcome for answer in expected]
    assert {answer.rule for answer in expected} == {
        "consent", "too-young", "not-provable", "withdrawn", "suppressed", "no-consent"
    }  # fmt: skip
    assert rows[0][:4] == ["Naam", "E-mail", "dertig_outcome", "dertig_rule"]
    assert (counts["lines"], counts["outcomes"]["allowed"]) == (8, 2)


def test_what_the_list_says_of_customers_decides_and_a_word_that_is_unknown_allows_nothing(version):
    asked = asked_of(version)
    heading = "email,klant sinds,similar,told when collected,geweigerd,recipient,address kind,country,event\n"
    rows, _counts = checked(
        asked,
        heading
        + "a@example.org,2024-05-01,ja,yes,nee,,,,\n"
        + "b@example.org,1-5-2024,ja,?,,,,,\n"
        + "c@example.org,1-5-2024,ja,ja,ja,,,,\n"
        + "g@example.org,1-5-2024,ja,ja,2026-02-03,,,,\n"
        + "h@example.org,1-5-2024,ja,ja,stopgezet,,,,\n"
        + "d@example.org,,,,,zakelijk,gepubliceerd,NL,\n"
        + "e@example.org,,,,,zakelyk,gepubliceerd,NL,\n"
        + "f@example.org,,,,,,,Duitsland,\n"
        + "info@example.org,,,,,bedrijf,algemeen,België,\n"
        + "no address,,,,,,,,\n",
    )
    assert [row[10] for row in rows[1:]] == [
        "existing-customer",
        "customer-unknown",
        "customer-refused",
        "customer-refused",
        "customer-refused",
        "nl-published-address",
        "no-consent",
        "other-country",
        "be-impersonal-address",
        "not-an-address",
    ]
    assert [row[9] for row in rows[1:]].count("unknown") == 3


def test_nothing_of_a_line_becomes_a_formula_and_a_list_without_headings_is_read(version):
    rows, _counts = checked(asked_of(version), "=HYPERLINK(1),x@example.org\n+31612345678,y@example.org\n")
    assert [row[:2] for row in rows] == [["'=HYPERLINK(1)", "x@example.org"], ["+31612345678", "y@example.org"]]


def test_of_a_day_that_is_over_it_is_answered_as_it_stood_then(version, crowd):
    earlier = LATER - timedelta(days=1)
    asked = checking.ask(version.wording.purpose, Channel.EMAIL, on=earlier.date(), at=NOW)
    assert checking.one(asked, checking.Line("email", "gave@example.org", "NL")).answer.rule == "no-consent"


def test_a_list_of_too_many_lines_is_refused(version, monkeypatch):
    monkeypatch.setattr(lists, "MAX_LINES", 2)
    checked(asked_of(version), "email\na@example.org\nb@example.org\n")
    with pytest.raises(BadFile, match="more than 2 lines"):
        checked(asked_of(version), "email\na@example.org\nb@example.org\nc@example.org\n")


@pytest.mark.parametrize("lines", [1, 3])
def test_any_number_of_lines_costs_the_same_queries(version, crowd, django_assert_num_queries, lines):
    asked = asked_of(version)
    people = [checking.Line("email", f"{name}@example.org", "NL") for name in crowd[4 : 4 + lines]]
    with django_assert_num_queries(5):
        checking.many(asked, people)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no list in plain text"),
        (b"PK\x03\x04junk", "no list in plain text"),
        (b"naam;plaats\nan;Gent\n", "No column with addresses"),
        (b"email\n" + b"x" * 5_000_000, "line 2: This line is longer"),
        (b'email,naam\na@example.org,"open\n', "quotation mark"),
    ],
)
def test_a_wrong_list_is_refused_with_one_sentence(version, content, said):
    with pytest.raises(BadFile) as refused:
        checked(asked_of(version), content)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        "e-mail;naam\ngave@example.org;Zoë\n".encode("utf-16"),
        "e-mail\tnaam\ngave@example.org\tZoë\n".encode("utf-8-sig"),
        "naam;e-mail;plaats\nZoë;gave@example.org\n".encode("cp1252"),
        b"gave@example.org",
        b"\n\ne-mail\n\ngave@example.org\n\n",
    ],
)
def test_a_list_is_read_in_whatever_it_is_written(version, content):
    gave(version, "gave")
    rows, _counts = checked(asked_of(version), content)
    assert "consent" in rows[-1]
    assert "'" not in "".join(rows[-1])


def test_plain_addresses_are_read_as_all_others_are():
    for value in ("A.B+c_d-e@Sub.Example.org", " x@y-z.example.org ", "\u212aees@example.org"):
        plain = identifiers.normalised("email", value)
        assert identifiers.PLAIN.fullmatch(plain)
        assert identifiers._email(value.strip().replace("\u212a", "K")) == plain
    for value in (".a@example.org", "a..b@example.org", "a@-x.org", "a@x-.org", "a@org", "a@xn--caf-dma.org", "a@b.c1"):
        assert not identifiers.PLAIN.fullmatch(value)


def test_the_command_writes_a_whole_file_or_none_and_notes_no_address(version, crowd, tmp_path, capsys):
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_text("email\n" + "".join(f"{name}@example.org\n" for name in crowd))
    words = ["--organisation=webshop", "--purpose=newsletter", "--channel=email", f"--output={target}"]
    call_command("check_mailing", source, *words, "--language=en")
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 9
    assert "Not allowed: 6" in capsys.readouterr().out
    event = Event.objects.get(kind="list_checked")
    assert event.details["lines"] == 8
    assert "example" not in repr(event.details)
    before = target.read_bytes()
    source.write_bytes(b"email\ngave@example.org\n" + b"x" * 3_000_000)
    with pytest.raises(CommandError, match="longer"):
        call_command("check_mailing", source, *words, "--language=en")
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".log") == ["list.csv", "out.csv"]
    with pytest.raises(CommandError, match=f"^{tmp_path / 'absent' / 'out.csv'}: "):
        call_command("check_mailing", source, *words[:3], f"--output={tmp_path / 'absent' / 'out.csv'}")
    with pytest.raises(CommandError, match="no such"):
        call_command("check_mailing", source, *words[:1], "--purpose=no such", *words[2:])
