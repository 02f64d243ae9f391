"""The register of breaches as a file: from the page and from the command, complete, and naming nobody."""

import csv
import io
import json
import subprocess
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import Event
from breaches import sealing
from breaches.exports import making, pdf, reading
from breaches.models import Breach
from breaches.states import State
from tests.breaches.desk import url
from tests.factories import breaches as make
from tests.factories.accounts import AT, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Jan de Wit lost it"
FORMATS = ("pdf", "xlsx", "csv", "json")


def full(organisation, **fields):
    """A breach with something of everything that can hang on it, decided not to be notified."""
    fields = {
        "late_reason": "The server was down.",
        "data_kinds": ["health"],
        "people_min": 3,
        "people_max": 9,
    } | fields
    breach = make.BreachFactory(organisation=organisation, complete=True, **fields)
    sealing.seal(breach, {"reporter": SECRET})
    make.AssessmentFactory(breach=breach, score=275)
    make.AdviceFactory(breach=breach, text="Write it down and learn.")
    make.DecisionFactory(breach=breach, reason="Decided in haste.")
    make.DecisionFactory(
        breach=breach, tell=False, reason="=The neighbour is trusted.", at=AT + timedelta(hours=2), by=UserFactory()
    )
    make.DecisionFactory(
        breach=breach, about="people", tell=False, exemption="no_high_risk", reason="Nothing can come of it."
    )
    make.NotificationFactory(breach=breach, reference="AP-77", at=AT + timedelta(hours=80))
    make.CommunicationFactory(breach=breach, people=8)
    make.MeasureFactory(breach=breach, owner=UserFactory())
    make.OtherNoticeFactory(breach=breach, name="Station West")
    make.BreachActivityFactory(breach=breach)
    make.BreachSystemFactory(breach=breach)
    make.BreachPartyFactory(breach=breach)
    make.LogEntryFactory(breach=breach)
    return breach


def left_out(organisation):
    """What is not in the register of Art. 33(5)."""
    closed = {"closed_at": AT, "outcome_reason": "No data."}
    make.BreachFactory(organisation=organisation, title="Only practised", is_drill=True)
    make.BreachFactory(organisation=organisation, title="No breach at all", state=State.NOT_A_BREACH, **closed)
    make.BreachFactory(organisation=organisation, title="Taken back", state=State.WITHDRAWN, **closed)


def exported(organisation, folder, format, language="en"):
    output = folder / f"breaches.{format}"
    call_command(
        "export_breaches",
        "--organisation",
        organisation.slug,
        "--format",
        format,
        "--language",
        language,
        "--output",
        str(output),
    )
    return output.read_bytes()


def text_of(content, format):
    """All words of a file."""
    if format == "pdf":
        text = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
    elif format == "xlsx":
        cells = (cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row)
        text = " ".join(str(cell) for cell in cells if cell is not None)
    else:
        text = content.decode("utf-8-sig")
    return " ".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_what_art_33_5_asks_and_names_nobody(format, tmp_path):
    organisation = OrganisationFactory()
    full(organisation)
    left_out(organisation)
    make.BreachFactory(title="Of somebody else")
    said = text_of(exported(organisation, tmp_path, format), format)
    for words in (
        "A letter went to the wrong address.",
        "One neighbour knows of the debt.",
        "The letter was fetched back.",
        "The neighbour rang.",
        "The server was down.",
        "Write it down and learn.",
        "The neighbour is trusted.",
        "Nothing can come of it.",
        "Debts of one person, known to a neighbour.",
        "AP-77",
        "Fetch the letter back",
        "Station West",
    ):
        assert words in said, words
    assert format == "csv" or "Decided in haste." in said, "an earlier decision stays readable beside the last one"
    for words in (SECRET, "Only practised", "No breach at all", "Taken back", "Of somebody else"):
        assert words not in said, words


def test_the_csv_is_as_a_dutch_spreadsheet_expects_it_and_holds_no_formula(tmp_path):
    organisation = OrganisationFactory()
    full(organisation)
    content = exported(organisation, tmp_path, "csv", "nl")
    assert content.startswith(b"\xef\xbb\xbf")
    headings, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert len(headings) == len(row)
    assert "'=The neighbour is trusted." in row


def test_the_json_keeps_codes_and_numbers_as_they_are(tmp_path):
    organisation = OrganisationFactory()
    breach = full(organisation)
    value = json.loads(exported(organisation, tmp_path, "json", "nl"))
    assert value["schema"] == "dertig-breaches/1"
    (one,) = value["breaches"]
    assert (one["number"], one["people_min"], one["data_kinds"]) == (breach.code, 3, ["health"])
    assert [row["tell"] for row in one["decisions"] if row["about"] == "authority"] == [False, True]


def test_an_empty_register_is_a_register_too(tmp_path):
    organisation = OrganisationFactory()
    for format in ("xlsx", "csv", "json"):
        assert exported(organisation, tmp_path, format)
    assert "No breach was recorded." in text_of(exported(organisation, tmp_path, "pdf"), "pdf")


@pytest.mark.parametrize(
    ("slug", "file", "code"), [("nobody", "x.csv", 2), (None, "missing/x.csv", 2), (None, "a-folder", 1)]
)
def test_the_command_says_what_went_wrong_and_writes_nothing(slug, file, code, tmp_path):
    organisation = OrganisationFactory()
    (tmp_path / "a-folder").mkdir()
    with pytest.raises(CommandError) as raised:
        call_command(
            "export_breaches",
            f"--organisation={slug or organisation.slug}",
            "--format=csv",
            f"--output={tmp_path / file}",
        )
    assert raised.value.returncode == code
    assert [path.name for path in tmp_path.iterdir()] == ["a-folder"]
    assert not Event.objects.exists()


def test_the_page_hands_out_the_file_and_records_the_download(client, member):
    organisation = member("auditor", user=UserFactory(language="en")).organisation
    full(organisation)
    address = reverse("breaches:export", args=[organisation.slug])
    assert "1 breach will be in it" in client.get(address).text
    response = client.get(address, {"format": "xlsx", "language": "en"})
    content = b"".join(response.streaming_content)
    assert "Write it down and learn." in text_of(content, "xlsx")
    event = Event.objects.get(kind=Event.Kind.DOWNLOADED)
    assert event.details["format"] == "xlsx"
    assert event.details["breaches"] == 1
    assert event.subject in response["Content-Disposition"]
    assert client.get(address, {"format": "exe", "language": "xx"}).status_code == 422


def test_one_breach_comes_as_pdf_in_both_languages_and_a_drill_says_so(client, member):
    organisation = member("dpo", user=UserFactory(language="en")).organisation
    breach, drill = full(organisation), make.BreachFactory(organisation=organisation, is_drill=True)
    full(organisation, title="Another one")
    dutch = text_of(b"".join(client.get(url(breach, "breach_pdf"), {"language": "nl"}).streaming_content), "pdf")
    assert "The neighbour is trusted." in dutch
    assert "Bladzijde 1" in dutch
    assert "Another one" not in dutch
    practised = b"".join(client.get(url(drill, "breach_pdf"), {"language": "en"}).streaming_content)
    assert "This was a drill, not a breach." in text_of(practised, "pdf")
    assert Event.objects.filter(kind=Event.Kind.DOWNLOADED).count() == 2


@pytest.mark.parametrize("many", [1, 3])
def test_reading_costs_the_same_for_any_number_of_breaches(many, django_assert_num_queries):
    organisation = OrganisationFactory()
    for _number in range(many):
        full(organisation)
    with django_assert_num_queries(14), translation.override("en"):
        found = reading.read(organisation, Breach.objects.of(organisation).on_register(), at=AT)
        assert "The neighbour rang." in pdf.html("breaches/pdf/register.html", "Breaches", found, "en")
        for format in ("xlsx", "csv", "json"):
            making.make(found, format, "en")
    assert len(found.entries) == many


def test_the_same_breaches_give_the_same_bytes():
    organisation = OrganisationFactory()
    full(organisation)
    found = reading.read(organisation, Breach.objects.of(organisation).on_register(), at=AT)
    for format in ("xlsx", "csv", "json"):
        assert making.make(found, format, "nl") == making.make(found, format, "nl")
