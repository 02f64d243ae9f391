"""What the tests of importing share: an organisation, files made on the spot, and the words of an entry."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.workers import Worker
from register import reading
from register.actions.importing import import_file
from register.imports import staging, taking, undoing
from register.models import Activity, ActivityLabel
from register.record import to_plain
from tests.factories.accounts import ControllerFactory, OrganisationFactory

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[3] / "shared" / "data"


def shared(path):
    """A file of the real world beside the project; the test is skipped where it is not there."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the real data are not here: {path}")
    return file


def organisation_with_controller(**fields):
    organisation = OrganisationFactory(**fields)
    ControllerFactory(organisation=organisation, name="Gemeente Voorbeeld")
    return organisation


def csv_bytes(*rows, delimiter=";"):
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode()


def brought_in(organisation, source, filename="register.csv", **more):
    """The report of an import."""
    return import_file(organisation, source, filename, by=None, at=AT, **more)


def entries(organisation):
    """The drafts of the organisation by name."""
    drafts = reading.drafts(Activity.objects.of(organisation).order_by("number"))
    return {entry.name: entry for entry in drafts}


def one(organisation, *rows, **more):
    """The draft and the report of a sheet with one activity."""
    report = brought_in(organisation, csv_bytes(*rows), **more)
    (entry,) = entries(organisation).values()
    return entry, report


def words_of(entry):
    """Everything that an entry says and the labels on it, as one text."""
    labels = ActivityLabel.objects.filter(activity=entry.id).values_list("label__name", flat=True)
    return "\n".join([*_texts(to_plain(entry)), *labels])


def _texts(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    else:
        yield str(value)


def cell(report, heading, activity=0):
    """What the report says of one cell."""
    return next(one for one in report["activities"][activity]["cells"] if one["heading"] == heading)


def uploaded(organisation, *rows, name="register.csv", content=None, by=None):
    """A batch of a file that was just uploaded."""
    return staging.bring(organisation, SimpleUploadedFile(name, content or csv_bytes(*rows)), by=by, at=AT)


def worked(batch):
    """The batch after the worker did what was asked; it takes no turn at the sweeps, for which AT is long ago."""
    worker = Worker()
    while worker.run_one():
        pass
    batch.refresh_from_db()
    return batch


def staged(organisation, *rows, by=None, **more):
    """A batch of which the rows wait to be taken in."""
    batch = uploaded(organisation, *rows, by=by, **more)
    staging.read_by(batch, batch.plan, by=by, at=AT)
    return worked(batch)


def taken(organisation, *rows, by=None, **more):
    batch = staged(organisation, *rows, by=by, **more)
    taking.ask(batch, by=by, at=AT)
    return worked(batch)


def undone(batch, by=None):
    undoing.ask(batch, by=by, at=AT)
    return worked(batch)
