"""Measure the import of a sheet of thirty columns: `python -m benchmarks.imports [ROWS ...]`.

1,000 and 10,000 rows when none is given. Uses SQLite files of its own under var/bench/, or with DATABASE_URL the
(empty) database named there. Each step is a job of the worker in real life; "all together" is what somebody waits for
between upload and drafts, looking aside.
"""

import csv
import io
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from .__main__ import ENVIRONMENT

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000)
HEADINGS = (
    *("Nummer", "Naam", "Omschrijving", "Afdeling", "Verwerkingsverantwoordelijke", "Contactpersoon", "Doel"),
    *("Rechtsgrond", "Toelichting", "Betrokkenen", "Persoonsgegevens", "Bijzondere persoonsgegevens", "BSN"),
    *("Bewaartermijn", "Bron", "Ontvangers", "Verwerkers", "E-mail verwerker", "Plaats verwerker", "Systemen"),
    *("Doorgifte buiten EER", "Waarborgen", "Beveiligingsmaatregelen", "DPIA uitgevoerd", "Status", "Startdatum"),
    *("Opmerkingen", "Eigen kolom A", "Eigen kolom B", "Labels"),
)


def main(sizes):
    for size in sizes:
        environment = os.environ | ENVIRONMENT
        if "DATABASE_URL" not in os.environ:
            file = ROOT / "var" / "bench" / f"import_{size}.sqlite3"
            file.parent.mkdir(parents=True, exist_ok=True)
            for ending in ("", "-wal", "-shm"):
                Path(f"{file}{ending}").unlink(missing_ok=True)
            environment |= {"DATABASE_URL": f"sqlite:///{file}", "FILES_ROOT": str(file.parent / "files")}
        subprocess.run([sys.executable, "-m", "benchmarks.imports", "one", str(size)], env=environment, check=True)


def one(size):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.workers import Worker
    from register import derived
    from register.imports import staging, taking, undoing

    call_command("migrate", verbosity=0)
    organisation = _organisation(f"import-{size}-{int(time.time())}")
    worker, steps, at = Worker(), {}, timezone.now()

    def measured(name, function):
        start = time.perf_counter(), time.process_time()
        result = function()
        steps[name] = time.perf_counter() - start[0], time.process_time() - start[1]
        return result

    upload = SimpleUploadedFile("register.csv", _sheet(size))
    batch = measured("upload", lambda: staging.bring(organisation, upload, by=None, at=at))
    staging.read_by(batch, batch.plan, by=None, at=at)
    measured("read and look up", worker.run_one)
    batch.look_alikes.update(decision="same")
    batch.refresh_from_db()
    taking.ask(batch, by=None, at=at)
    measured("take in", worker.run_one)
    steps["all together"] = tuple(sum(times) for times in zip(*steps.values(), strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    measured("derive, by the worker afterwards", lambda: derived.refresh_stale(timezone.now()))
    batch.refresh_from_db()
    assert batch.state == "taken", batch.job.message
    undoing.ask(batch, by=None, at=at)
    measured("undo", worker.run_one)
    print(f"{size:,} rows x {len(HEADINGS)} columns, peak {peak:,.0f} MB")
    for name, (seconds, worked) in steps.items():
        print(f"  {name}: {seconds:,.1f} s, of the processor {worked:,.1f} s")


def _organisation(slug):
    from django.db import transaction
    from django.utils import timezone

    from accounts import history
    from accounts.models import Controller, Organisation

    organisation = Organisation(slug=slug, name="Gemeente Voorbeeld")
    with (
        transaction.atomic(),
        history.act(organisation, by=None, at=timezone.now(), kind="organisation.created", details={"name": slug}),
    ):
        organisation.save()
        history.create_many([Controller(organisation=organisation, name="Gemeente Voorbeeld")])
    return organisation


def _sheet(size):
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerows(_row(number, random.Random(number)) for number in range(size))
    return output.getvalue().encode()


def _row(number, draw):
    return (
        *(f"R-{number}", f"Verwerking {number}", "Vastgelegd om het werk te doen. " * 3, f"Afdeling {number % 20}"),
        *("Gemeente Voorbeeld", "privacy@voorbeeld.nl", f"Om {draw.choice(('salaris', 'verlof', 'zorg'))} te regelen"),
        *(draw.choice(("wettelijke verplichting", "overeenkomst", "toestemming")), "Zie het beleid"),
        *("Medewerkers; Bezoekers; Leerlingen", "Naam; Adres; Geboortedatum; Telefoonnummer", "nee", "ja"),
        *(draw.choice(("7 jaar na einde dienstverband", "2 jaar na uitdiensttreding", "zolang nodig")), "betrokkene"),
        *("Belastingdienst; UWV", f"Leverancier {draw.randrange(300)} BV", "post@leverancier.example", "Utrecht"),
        *(f"Systeem {draw.randrange(80)}", "geen", "n.v.t.", "Versleuteling; Toegangsbeheer", "nee", "actief"),
        *("2020-01-01", "Nog nakijken", "tekst a", "tekst b", f"Label {number % 6}"),
    )


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["one"]:
        one(int(words[1]))
    else:
        main([int(word) for word in words] or SIZES)
