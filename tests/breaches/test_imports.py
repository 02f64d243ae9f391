"""An existing register of breaches is taken over without losing a word, inventing an act or mailing anybody."""

import json
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Change, OutgoingMail, StoredFile
from accounts.verification import verify
from breaches import figures, sealing, watch
from breaches.actions import facts, importing, warning
from breaches.imports import claims, rows
from breaches.models import Breach, BreachImport
from breaches.room import DataBreaches
from breaches.states import State
from core.refusal import Refused
from core.spreadsheets import BadFile, write_xlsx
from tests.factories import accounts as make
from tests.factories import breaches as of_breach
from tests.factories.accounts import AT
from tests.register.importing import shared

from .desk import ENGLISH, url, words

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GIVEN = "nl-openvwr/04-datalekken.csv"


def local(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


def csv(*lines):
    return "\n".join(lines).encode()


def taken(organisation, content, name="datalekken.csv", plan=None):
    return importing.take_file(organisation, content, name, plan or {}, by=None, at=NOW)


def read(content, name="datalekken.csv", **plan):
    with translation.override("en"):
        found = importing.read(content, name, plan, at=NOW)
        return found, [(problem.place.partition("!")[2], problem.words) for _taken, problem in found.problems]


def kept_of(breach):
    return json.loads(sealing.opened(breach).get(rows.SEALED, "[]"))


def test_the_register_of_a_dutch_tool_becomes_exactly_these_breaches():
    content = shared(GIVEN).read_bytes()
    organisation = make.OrganisationFactory(country="NL")
    batch = taken(organisation, content, "04-datalekken.csv")
    fax, folder = Breach.objects.filter(imported=batch).order_by("number")
    assert (batch.count, fax.code, folder.code) == (2, "B-1", "B-2")
    assert (fax.title, fax.state, fax.reported_at) == (
        "Fax naar verkeerd nummer",
        State.CLOSED,
        local(2026, 1, 15),
    )
    assert fax.facts == "Patiëntgegevens gefaxt naar een onjuist nummer."
    assert fax.earlier == {"state": "closed", "authority": "yes", "dpo_told": "yes", "people_told": "no"}
    assert (folder.title, folder.state, folder.closed_at) == ("Onbeveiligde map gedeeld", State.REPORTED, None)
    assert folder.earlier == {"state": "open", "authority": "no", "dpo_told": "yes", "people_told": "no"}
    assert (kept_of(fax), kept_of(folder), fax.aware_at, folder.aware_at) == ([], [], None, None)
    _found, problems = read(content, "04-datalekken.csv")
    assert problems == []
    assert list(verify()) == []


def test_every_meaning_goes_to_its_field_and_what_has_no_place_is_kept_sealed():
    content = csv(
        "Datalekregister 2025;;;;",
        "Nr;Titel;Datum ontdekking;Bekend sinds;Datum incident;Einddatum;Omschrijving;Locatie;Soort inbreuk;Oorzaak;"
        "Persoonsgegevens;Categorieën betrokkenen;Aantal betrokkenen;Gevolgen;Maatregelen;Geleerde lessen;"
        "Datum melding AP;Meldnummer AP;Reden niet melden;Betrokkenen geïnformeerd;Datum afgesloten;Melder;Weer",
        "7;Laptop weg;2-3-2025;3-3-2025 9:00;1-3-2025;1-3-2025;Laptop gestolen;Kantoor;"
        "Vertrouwelijkheid, beschikbaarheid;Diefstal;Namen;Klanten;100-150;Misbruik;Gewist;Versleutelen;"
        "4-3-2025;AP-1;;ja;31-3-2025;A. Melder;regen",
    )
    organisation = make.OrganisationFactory()
    taken(organisation, content, plan={"order": "dmy"})
    row = Breach.objects.get()
    assert (row.title, row.facts, row.place, row.effects, row.remedy, row.lessons) == (
        *("Laptop weg", "Laptop gestolen", "Kantoor", "Misbruik", "Gewist", "Versleutelen"),
    )
    assert (row.kinds, row.cause) == (["confidentiality", "availability"], "lost_or_stolen")
    assert (row.people_min, row.people_max, row.data_note, row.groups_note) == (100, 150, "Namen", "Klanten")
    assert (row.first_signal_at, row.occurred_from) == (local(2025, 3, 2), local(2025, 3, 1))
    assert (row.state, row.closed_at) == (State.CLOSED, local(2025, 3, 31))
    assert row.earlier == {
        "reference": "7",
        "authority": "yes",
        "authority_on": local(2025, 3, 4).astimezone(UTC).isoformat(),
        "authority_reference": "AP-1",
        "people_told": "yes",
    }
    assert kept_of(row) == [["Bekend sinds", "3-3-2025 9:00"], ["Melder", "A. Melder"], ["Weer", "regen"]]
    assert "Melder" not in row.sealed_rows.get().sealed


def test_days_that_can_be_read_in_two_ways_are_asked_and_never_guessed():
    content = csv("Naam,Datum melding,Samenvatting", "Brief,3/4/2025,Verkeerd")
    found, _problems = read(content)
    assert (found.table.asks, found.taken) == (True, [])
    with pytest.raises(Refused, match="order|volgorde"):
        taken(make.OrganisationFactory(), content)
    assert not Breach.objects.exists()
    by_order = {order: read(content, order=order)[0].taken[0].reported_at for order in ("dmy", "mdy")}
    assert by_order == {"dmy": local(2025, 4, 3), "mdy": local(2025, 3, 4)}
    proved, _problems = read(content + b"\nFax,25/4/2025,Ook")
    assert (proved.table.asks, proved.taken[0].reported_at) == (False, local(2025, 4, 3))


def test_what_is_not_certain_is_pointed_out_at_its_cell_and_kept():
    content = csv(
        "Naam,Datum melding,Status,Aantal betrokkenen,Soort inbreuk,Gemeld aan AP,Samenvatting",
        "A,binnenkort,half af,veel,vreemd,misschien,Bel 010-1234567 of mail a@b.example",
        "B,2030-01-01,,,,,",
        "C,,,4000000000,,2025-03-04,x",
    )
    found, problems = read(content)
    assert problems == [
        ("B2", "This is not a day that can be read with certainty; the words are kept."),
        ("C2", "This is no state that is known; the words are kept and the breach is open."),
        ("D2", "This is no number that can be read with certainty; the words are kept."),
        ("E2", "This is none of the answers that are known; the words are kept."),
        ("F2", "This says neither yes nor no; the words are kept."),
        ("G2", "This looks like data of a person. It will stand in the register: take it out afterwards."),
        ("B3", "This day is still to come; the words are kept."),
        ("D4", "This is no number that can be read with certainty; the words are kept."),
    ]
    assert [text for _heading, text in found.taken[0].kept] == ["binnenkort", "half af", "veel", "vreemd", "misschien"]
    assert [row.reported_at for row in found.taken] == [NOW, NOW, NOW]
    assert found.taken[2].claims["authority"] == "yes"


def test_two_columns_that_say_the_same_never_overwrite_one_another():
    content = csv("naam;samenvatting;groot;klein", "Brief;Verkeerd;12;99", "Mail;Weg;;3")
    plan = {"columns": {"2": "people", "3": "people"}}
    organisation = make.OrganisationFactory()
    taken(organisation, content, plan=plan)
    letter, mail = Breach.objects.order_by("number")
    assert (letter.people_min, mail.people_min) == (12, 3)
    assert kept_of(letter) == [["klein", "99"]]
    _found, problems = read(content, **plan)
    assert problems == [("D2", "Another column says this already; these words are kept.")]


def test_a_file_whose_name_is_no_text_is_taken_over(tmp_path):
    organisation = make.OrganisationFactory()
    path = tmp_path / os.fsdecode(b"lek\xff.csv")
    path.write_bytes(csv("naam;samenvatting", "Brief;Verkeerd"))
    call_command("import_breaches", str(path), "--organisation", organisation.slug, stdout=StringIO())
    assert BreachImport.objects.get().name == "lek\ufffd.csv"


def test_moments_that_contradict_each_other_are_not_both_filled_in():
    content = csv("Naam,Ontdekt op,Bekend sinds,Vanaf,Einddatum", "A,2025-03-05,2025-03-04,2025-02-02,2025-02-01")
    found, problems = read(content)
    row = found.taken[0]
    assert row.fields.keys() == {"title", "first_signal_at", "occurred_from"}
    assert [place for place, _words in problems] == ["C2", "E2"]
    assert [text for _heading, text in row.kept] == ["2025-03-04", "2025-02-01"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"a,b\n1,2\n", "x.csv", "No row with headings"),
        (b"Naam,Samenvatting\n", "x.csv", "no row below the headings"),
        (b"", "x.csv", "empty"),
        (b"PK\x03\x04broken", "x.xlsx", "x.xlsx"),
        (b"{}", "x.json", "cannot be read as a spreadsheet"),
        (b"Naam,Samenvatting\n" + b"a,b\n" * 5001, "x.csv", "5001 rows; at most 5000"),
    ],
)
def test_a_file_that_cannot_be_taken_over_says_why(content, name, sentence):
    with translation.override("en"), pytest.raises(BadFile) as refused:
        importing.read(content, name, {}, at=NOW)
    assert sentence in str(refused.value)


def test_nobody_is_mailed_about_what_was_taken_over_until_somebody_says_since_when_you_were_aware():
    officer = make.MembershipFactory(role="privacy_officer")
    lines = [f"Brief {number},Voorlopig,2025-01-15,2025-01-15,Verkeerd" for number in range(5)]
    taken(officer.organisation, csv("Naam,Status,Datum melding,Bekend sinds,Samenvatting", *lines))
    assert warning.remind(NOW) == 0
    first = Breach.objects.order_by("number").first()
    (clock,) = watch.of(watch.watched(Breach.objects.filter(pk=first.pk)), at=NOW).values()
    assert (clock.hand, clock.runs, first.aware_at) == ("taken_over", False, local(2025, 1, 15))
    aware = {"aware_at": NOW - timedelta(hours=30), "aware_reason": "We looked at it again."}
    facts.change(first, aware, by=officer.user, at=NOW, section="aware")
    assert warning.remind(NOW) == 1
    assert OutgoingMail.objects.count() == 1


def test_nobody_is_blamed_for_not_assessing_what_was_taken_over():
    organisation = make.OrganisationFactory()
    lines = [f"Brief,{state},2025-01-15,Verkeerd,Geen,Gebeld" for state in ("gesloten", "open")]
    taken(organisation, csv("Naam,Status,Bekend sinds,Samenvatting,Gevolgen,Maatregelen", *lines))
    on = timezone.localdate(NOW)
    assert list(DataBreaches().findings_of(organisation, on=on)) == []
    breach = Breach.objects.filter(closed_at=None).get()
    aware = {"aware_at": NOW - timedelta(days=2), "aware_reason": "We looked at it again."}
    facts.change(breach, aware, by=make.UserFactory(), at=NOW, section="aware")
    assert [id for id, _verdict in DataBreaches().findings_of(organisation, on=on)] == ["B002"]


def test_what_was_taken_over_counts_in_the_figures_but_its_days_are_not_measured():
    organisation = make.OrganisationFactory()
    taken(organisation, csv("Naam,Status,Bekend sinds,Oorzaak", "A,gesloten,2025-01-15,phishing"))
    found = figures.of(organisation, figures.Period())
    assert (found.total, found.taken_over, [step.count for step in found.steps]) == (1, 1, [0] * 6)


def test_undoing_takes_out_what_nobody_touched_and_leaves_the_rest():
    member = make.MembershipFactory(role="privacy_officer")
    organisation = member.organisation
    batch = taken(organisation, csv("Naam,Samenvatting,Melder", "A,a,x", "B,b,y", "C,c,z"))
    _first, second, third = Breach.objects.order_by("number")
    facts.examine(second, by=member.user, at=NOW)
    of_breach.MeasureFactory(breach=third)
    assert importing.undo(batch, by=member.user, at=NOW) == 2
    assert list(Breach.objects.order_by("number")) == [second, third]
    with pytest.raises(Refused):
        importing.undo(batch, by=member.user, at=NOW)
    assert list(verify()) == []


def test_the_same_file_is_taken_in_once_and_again_after_it_was_undone():
    organisation = make.OrganisationFactory()
    content = csv("Naam,Samenvatting", "A,a")
    batch = taken(organisation, content)
    with pytest.raises(Refused):
        taken(organisation, content)
    importing.undo(batch, by=None, at=NOW)
    batch.refresh_from_db()
    assert batch.state == BreachImport.State.UNDONE
    assert taken(organisation, content).count == 1
    assert Breach.objects.get().number == 2


def test_a_file_goes_from_upload_to_breaches_and_back_in_the_browser(client, member):
    organisation = member("dpo").organisation
    content = csv("Naam,Kolom,Datum melding,Samenvatting", "Brief,Anna Zegers,3/4/2025,Verkeerd adres")
    upload = BytesIO(content)
    upload.name = "datalekken.csv"
    response = client.post(reverse("breaches:imports", args=[organisation.slug]), {"file": upload}, headers=ENGLISH)
    batch = BreachImport.objects.get()
    look = reverse("breaches:import", args=[organisation.slug, batch.pk])
    assert response.url == look
    with batch.file.file.open("rb") as kept:
        assert b"Zegers" not in kept.read()
    page = words(client.get(look, headers=ENGLISH))
    assert "One question first" in page
    assert "Not recognised" in page
    chosen = {"column-0": "title", "column-1": "victims", "column-2": "reported_on", "column-3": "facts"}
    client.post(look, chosen | {"order": "dmy"})
    page = words(client.get(look, headers=ENGLISH))
    assert "1 row becomes a breach" in page
    assert "Apr" in page
    assert client.get(reverse("breaches:import_take", args=[organisation.slug, batch.pk])).status_code == 405
    client.post(reverse("breaches:import_take", args=[organisation.slug, batch.pk]))
    breach = Breach.objects.get()
    batch.refresh_from_db()
    assert (batch.key, batch.file, StoredFile.objects.count()) == (None, None, 0)
    assert kept_of(breach) == [["Kolom", "Anna Zegers"]]
    change = Change.objects.get(kind="breach.imported")
    assert change.details == {"name": "datalekken.csv", "count": 1}
    shown = words(client.get(url(breach), headers=ENGLISH))
    assert "From an earlier register" in shown
    assert "Anna Zegers" in shown
    undo = reverse("breaches:import_undo", args=[organisation.slug, batch.pk])
    assert "1 breach on which nobody did anything" in words(client.get(undo, headers=ENGLISH))
    client.post(undo)
    assert not Breach.objects.exists()


def test_an_auditor_reads_what_the_earlier_register_says_but_no_sealed_word(client, member):
    organisation = member("auditor").organisation
    taken(organisation, csv("Naam,Gemeld aan AP,Melder", "Brief,ja,Anna Zegers"))
    shown = words(client.get(url(Breach.objects.get()), headers=ENGLISH))
    assert "Authority notified Yes" in shown
    assert "Zegers" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_any_number_of_rows(client, member, django_assert_num_queries, count):
    organisation = member("dpo").organisation
    lines = [f"Brief {number},2025-01-1{number},Verkeerd" for number in range(count)]
    batch = of_breach.BreachImportFactory(organisation=organisation, content=csv("Naam,Datum,Samenvatting", *lines))
    look = reverse("breaches:import", args=[organisation.slug, batch.pk])
    client.get(look)
    with django_assert_num_queries(5):
        assert "Brief 0" in client.get(look).text


def test_a_batch_can_be_thrown_away_before_it_was_taken_in(client, member):
    organisation = member("dpo").organisation
    batch = of_breach.BreachImportFactory(organisation=organisation)
    client.post(reverse("breaches:import_away", args=[organisation.slug, batch.pk]))
    assert (BreachImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_bad_file_says_so_at_the_field(client, member):
    organisation = member("dpo").organisation
    upload = BytesIO(b"a,b\n1,2\n")
    upload.name = "x.csv"
    response = client.post(reverse("breaches:imports", args=[organisation.slug]), {"file": upload}, headers=ENGLISH)
    assert response.status_code == 422
    assert "No row with headings of a register of breaches was found" in words(response)


def test_the_command_tells_what_it_would_do_and_does_it(tmp_path):
    organisation = make.OrganisationFactory()
    path = tmp_path / "lekken.xlsx"
    path.write_bytes(write_xlsx([("Lekken", (("Naam", "Vreemd", "Samenvatting"), ("Brief", "Gemist", "Verkeerd")))]))
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"Vreemd": "remedy"}')

    def run(*more):
        out = StringIO()
        call_command("import_breaches", str(path), "--organisation", organisation.slug, *more, stdout=out)
        return out.getvalue()

    with translation.override("en"):
        assert "Nothing was stored." in run("--dry-run")
        assert not Breach.objects.exists()
        assert "Taken over: 1 breaches." in run("--mapping", str(mapping))
        assert Breach.objects.get().remedy == "Gemist"
        for said in ('{"Vreemd": "nothing"}', '{"Vreemd": ["remedy"]}'):
            mapping.write_text(said)
            with pytest.raises(CommandError, match="give each heading one of"):
                run("--mapping", str(mapping))
        for said in ("[" * 100_000, '{"Vreemd": ' + "9" * 5_000 + "}"):
            mapping.write_text(said)
            with pytest.raises(CommandError, match="this is no JSON"):
                run("--mapping", str(mapping))
        path.write_bytes(b"nothing")
        with pytest.raises(CommandError, match=r"lekken\.xlsx"):
            run()


def test_claims_are_told_in_words():
    with translation.override("en"):
        told = claims.told({"authority": "yes", "authority_on": AT.isoformat(), "state": "closed"})
    assert [label for label, _said in told] == ["Authority notified", "Authority notified on"]
