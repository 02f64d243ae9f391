"""`manage.py export_register`: 0 done, 1 refused with reasons, 2 wrong use; a whole file or none."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Event
from register.exports import making, pdf
from tests.factories.accounts import ControllerFactory, DepartmentFactory, OrganisationFactory

from .filled import established

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="school", languages="en")


@pytest.fixture
def asked(monkeypatch):
    """What the document is asked to be; laying it out takes no time."""
    calls = []

    def make(organisation, selection, **fields):
        calls.append((selection, fields))
        return pdf.Made(b"%PDF-1.7 quick", 3, 2, "Record")

    monkeypatch.setattr(pdf, "make", make)
    return calls


def run(tmp_path, *arguments, organisation="school", format="pdf"):
    output = tmp_path / "record.pdf"
    call_command("export_register", "--organisation", organisation, "--format", format, "--output", output, *arguments)
    return output


def code_of(*arguments, **fields):
    with pytest.raises(CommandError) as refusal:
        run(*arguments, **fields)
    return refusal.value.returncode


def test_it_writes_the_pdf(organisation, tmp_path, capsys):
    established(organisation, name="Payroll")
    output = run(tmp_path)
    assert output.read_bytes().startswith(b"%PDF-1.7")
    assert [file.name for file in tmp_path.iterdir()] == ["record.pdf"]
    assert "1 activities" in capsys.readouterr().out
    assert Event.objects.get(kind=Event.Kind.EXPORT_REQUESTED).organisation == organisation


def test_it_asks_for_what_the_options_say(organisation, tmp_path, asked):
    activity = established(organisation)
    department = DepartmentFactory(organisation=organisation, name="Finance")
    controller = ControllerFactory(organisation=organisation, name="Board")
    run(
        tmp_path,
        *("--on", "2026-03-01", "--known", "now", "--language", "nl", "--activity", activity.code),
        *("--department", "Finance", "--controller", "Board"),
    )
    selection, fields = asked[0]
    assert selection.activities == (str(activity.pk),)
    assert (selection.department, selection.controller) == (str(department.pk), str(controller.pk))
    assert fields["language"] == "nl"
    assert making.is_afterwards(fields["on"], fields["known_at"])


def test_an_activity_may_be_named_by_its_bare_number(organisation, tmp_path, asked):
    activity = established(organisation)
    run(tmp_path, "--activity", str(activity.number))
    assert asked[0][0].activities == (str(activity.pk),)


def test_the_language_is_that_of_the_organisation_unless_said(organisation, tmp_path, asked):
    run(tmp_path)
    assert asked[0][1]["language"] == "en"


@pytest.mark.parametrize(
    "arguments",
    [("--activity", "VA-9999"), ("--activity", "x"), ("--department", "None such"), ("--drafts", "--on", "2026-01-01")],
)
def test_what_cannot_be_is_refused_with_code_1_and_no_file(organisation, tmp_path, asked, arguments):
    assert code_of(tmp_path, *arguments) == 1
    assert list(tmp_path.iterdir()) == []
    assert not asked


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbfNumber,"),
        ("json", b'{"schema":"dertig-register/1"'),
        ("jsonld", b"{"),
    ],
)
def test_it_writes_every_format(organisation, tmp_path, capsys, format, begins):
    established(organisation, name="Payroll")
    output = run(tmp_path, format=format)
    assert output.read_bytes().startswith(begins)
    assert "record.pdf: 1 activities" in capsys.readouterr().out
    assert Event.objects.get(kind=Event.Kind.EXPORT_REQUESTED).details["format"] == format


def test_what_is_meant_for_inside_is_in_the_file_when_asked(organisation, tmp_path):
    established(organisation, remarks="Ask Jan")
    assert b"Ask Jan" not in run(tmp_path, format="json").read_bytes()
    assert b"Ask Jan" in run(tmp_path, "--internal", "remarks", format="json").read_bytes()


def test_an_unknown_organisation_or_folder_is_wrong_use(organisation, tmp_path, asked):
    assert code_of(tmp_path, organisation="nobody") == 2
    assert code_of(tmp_path / "nowhere") == 2


def test_a_failure_half_way_leaves_the_old_file_alone(organisation, tmp_path, monkeypatch):
    (tmp_path / "record.pdf").write_bytes(b"old")

    def broken(*arguments, **fields):
        raise RuntimeError("no more memory")

    monkeypatch.setattr(pdf, "make", broken)
    with pytest.raises(RuntimeError):
        run(tmp_path)
    monkeypatch.setattr(pdf, "make", lambda *arguments, **fields: pdf.Made(b"new", 1, 1, "Record"))
    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(RuntimeError):
        run(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["record.pdf"]
    assert (tmp_path / "record.pdf").read_bytes() == b"old"
