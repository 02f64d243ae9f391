"""Measure the PDF of the record: `python -m benchmarks.pdf [SIZE ...]`, 100 and 1000 activities when none is given.

Each size is laid out in a process of its own, twice: as we print it, and with the tables that one would write at first
(widths found by the browser's rules, collapsed borders, dotted leaders in the contents). Seconds are of the processor,
so that a busy machine does not spoil them; the ratio of the two is worth more still. No database is touched.
"""

import os
import resource
import subprocess
import sys
import time
import uuid
from datetime import UTC, date, datetime

SIZES = (100, 1_000)
DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
NAIVE = """<style>
table { table-layout: auto; border-collapse: collapse }
.facts th, .grid th, .grid td, .strip th, .toc th, .toc td { width: auto !important }
.toc td.page::before { content: leader('.') target-counter(attr(data-target), page) }
</style></head>"""


def main(arguments):
    if arguments[:1] == ["one"]:
        measure(int(arguments[1]), naive=arguments[2] == "naive")
        return
    print("activities  markup  CPU s    MB peak  pages     KB")
    for size in [int(argument) for argument in arguments] or SIZES:
        seconds = [one(size, markup) for markup in ("ours", "naive")]
        print(f"{size:>10}  ratio   {seconds[1] / seconds[0]:.2f} times as fast as naive markup")


def one(size, markup):
    """Measure in a fresh process, so that its memory is its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.pdf", "one", str(size), markup], check=True, capture_output=True, text=True
    )
    seconds, megabytes, pages, kilobytes = answer.stdout.split()
    print(f"{size:>10}  {markup:<6}  {seconds:>7}  {megabytes:>7}  {pages:>5}  {kilobytes:>5}", flush=True)
    return float(seconds)


def measure(size, *, naive):
    from benchmarks.__main__ import ENVIRONMENT

    os.environ |= ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "sqlite://:memory:"}
    import django

    django.setup()
    from core import pdf
    from register.exports import document

    started = time.process_time()
    html = document.html(record(size), "nl")
    html = html.replace("</head>", NAIVE) if naive else html
    content = pdf.render(html, title="Record", language="nl", created_at=AT)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.1f} {peak:.0f} {content.pages} {len(content) // 1024}")


def record(size):
    """A record of plain values, some twenty filled-in fields an activity."""
    from accounts.models import Organisation
    from register.exports.gathering import ControllerCard, Gathered
    from register.exports.selection import Selection

    organisation = Organisation(name="Stichting Voorbeeld", slug="voorbeeld")
    return Gathered(
        organisation=organisation,
        selection=Selection(),
        on=DAY,
        known_at=AT,
        made_at=AT,
        controllers=(ControllerCard(key("controller"), "Stichting Voorbeeld", {}),),
        as_controller=tuple(standing(number) for number in range(1, size + 1)),
    )


def key(name):
    return uuid.uuid5(uuid.NAMESPACE_URL, str(name))


def standing(number):
    from register import record as r

    pupils = r.SubjectItem(key("pupils"), "Leerlingen en hun ouders of verzorgers", "Pupils and their parents")
    rule = r.RetentionItem(
        key("rule"), "Twee jaar", "Two years", period_value=2, period_unit="year", trigger="leaving_school"
    )
    kinds = ("Naam, adres en woonplaats", "Cijfers en voortgang", "Verzuim", "Gegevens over gezondheid", "Foto's")
    country = r.CountryItem(key("NL"), "Nederland", "Netherlands", "NL", eea=True)
    party = r.PartyValue(key("party"), "Leverancier van het leerlingvolgsysteem B.V.", country=country)
    measures = ("Meervoudige aanmelding", "Versleutelde opslag", "Toegang naar functie", "Herstel getest")
    entry = r.Entry(
        id=key(number),
        number=number,
        kind="controller",
        name=f"Verwerking {number}: begeleiden van leerlingen bij hun loopbaan",
        description="Wat de school doet om leerlingen te begeleiden, van de aanmelding tot na het examen.",
        controller=r.Named(key("controller"), "Stichting Voorbeeld"),
        department=r.Named(key("department"), "Onderwijs"),
        owner_function="Teamleider",
        joint_answer="none",
        transfers_answer="none",
        medium="digital",
        purposes=tuple(
            r.PurposeValue(key((number, text)), text_nl=text, basis="e", basis_note="Volgt uit de onderwijswet.")
            for text in ("Leerlingen begeleiden bij hun keuze voor een vervolgopleiding", "Ouders op de hoogte houden")
        ),
        subjects=(r.SubjectValue(key((number, "subject")), pupils, number_min=300),),
        data=tuple(
            r.DataValue(key((number, kind)), r.DataItem(key(kind), kind, kind), subject=pupils, retention=rule)
            for kind in kinds
        ),
        recipients=(r.RecipientValue(key((number, "recipient")), party=party, role="processor"),),
        systems=(r.SystemUse(key((number, "system")), r.SystemValue(key("system"), "Leerlingvolgsysteem")),),
        measures=tuple(
            r.MeasureUse(key((number, name)), r.MeasureItem(key(name), name, name, heading=f"32.1.{letter}"))
            for name, letter in zip(measures, "babc", strict=True)
        ),
    )
    digest = key(number).hex * 2
    return r.Standing(entry, version=1, valid_from=DAY, established_at=AT, digest=digest)


if __name__ == "__main__":
    main(sys.argv[1:])
