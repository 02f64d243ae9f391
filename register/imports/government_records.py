"""Where the values of a record of the government's tool go; see `government`. Dutch names are those of the file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from register.law import SpecialKind
from register.models import Activity

from . import bases, cells, data_cells, days, values
from .party_cells import PARTY_NAME_WORDS
from .proposal import Ref
from .special import CRIMINAL, SPECIAL

FLAGS = {
    "RasOfEtniciteit": SPECIAL[SpecialKind.RACE],
    "PolitiekeGezindheid": SPECIAL[SpecialKind.POLITICS],
    "GodsdienstOfLevensovertuiging": SPECIAL[SpecialKind.RELIGION],
    "LidmaatschapVakvereniging": SPECIAL[SpecialKind.UNION],
    "Genetisch": SPECIAL[SpecialKind.GENETIC],
    "Biometrisch": SPECIAL[SpecialKind.BIOMETRIC],
    "Gezondheid": SPECIAL[SpecialKind.HEALTH],
    "SeksueleLeven": SPECIAL[SpecialKind.SEX_LIFE],
    "Strafrechtelijk": CRIMINAL,
}
DETAILS = {"Email": "email", "Telefoon": "phone", "Adres": "address", "Postcode": "postcode", "Plaats": "town"}
POST = ("Postbus", "PostbusPostcode", "PostbusPlaats")
YES_NO = {
    "automated": ("Besluitvorming", "HasBesluitvorming"),
    "profiling": ("GebPia", "IsGeautomatiseerdProfilering"),
    "large_scale": ("GebPia", "IsGrootschaligeVerwerking"),
}


def controller_record(proposal, leaves):
    """Art. 30(1)."""
    _common(proposal, leaves)
    for number in leaves.numbers("Verantwoordelijken"):
        found = leaves.found("Verantwoordelijken", number, "Naam")
        if found and "controller" not in proposal.fields:
            proposal.set(found, "controller", Ref(found.original, found))
    _processors(proposal, leaves)
    for number in leaves.numbers("Doelen"):
        _purpose(proposal, leaves, number)
    for number in leaves.numbers("Betrokkenen"):
        _people(proposal, leaves, number)
    for name, path in YES_NO.items():
        found = leaves.found(*path)
        if found and isinstance(found.value, bool):
            answer = "yes" if found.value else "no"
            proposal.set(found, name, answer, became=_("Yes") if found.value else _("No"))
    for name, part in (("automated_logic", "Logica"), ("automated_consequences", "BelangGevolgen")):
        found = leaves.found("Besluitvorming", part)
        if found:
            proposal.set(found, name, found.original)
    found = leaves.found("GebPia", "IsGebpiaAlUitgevoerd")
    if found and found.value is True:
        proposal.set(found, "assessment", "done", became=Activity.Assessment.DONE.label)


def processor_record(proposal, leaves):
    """Art. 30(2)."""
    _common(proposal, leaves)
    founds = [leaves.found("Categorien", number, "Omschrijving") for number in leaves.numbers("Categorien")]
    work = [found for found in founds if found]
    for number in leaves.numbers("Verantwoordelijken"):
        path = ("Verantwoordelijken", number)
        found = leaves.found(*path, "Naam")
        if found is None:
            continue
        party = Ref(found.original, found, {"party": _details(leaves, path)})
        party.details["party"] += _joined(leaves, path, "contact", ("ContactNaam", "ContactEmail", "ContactTelefoon"))
        party.details["party"] += _joined(leaves, path, "dpo", ("ContactFg",))
        line = proposal.add(found, "clients", party=party)
        if work:
            line["processing_nl"] = "\n".join(one.original for one in work)
    if proposal.lines.get("clients"):
        for one in work:
            one.take("clients")
    _processors(proposal, leaves)


def _common(proposal, leaves):
    for name, part in (("name", "Naam"), ("reference", "Nummer")):
        found = leaves.found(part)
        if found:
            proposal.set(found, name, found.original)
    found = leaves.found("Dienst")
    if found:
        cells.department(proposal, found)
    found = leaves.found("Status")
    if found:
        cells.status(proposal, found)
    for number in leaves.numbers("Opmerkingen"):
        found = leaves.found("Opmerkingen", number)
        if found:
            proposal.append(found, "remarks", found.original)
    _contacts(proposal, leaves)
    for number in leaves.numbers("Systemen"):
        found = leaves.found("Systemen", number, "Omschrijving")
        if found:
            proposal.add(found, "systems", system=Ref(found.original, found))
    for number in leaves.numbers("Ontvangers"):
        found = leaves.found("Ontvangers", number, "Omschrijving")
        if found:
            _recipient(proposal, found)
    _documents(proposal, leaves)
    _security(proposal, leaves)
    _transfer(proposal, leaves)


def _contacts(proposal, leaves):
    """The function and mailbox of the first contact; the name of a person is kept with the notes."""
    for number in leaves.numbers("Contactpersonen")[:1]:
        founds = [leaves.found("Contactpersonen", number, part) for part in ("Functie", "Email", "Telefoon")]
        founds = [found for found in founds if found]
        text = ", ".join(found.original for found in founds)
        if founds and len(text) <= 200:
            proposal.fields["contact"] = text
            for found in founds:
                found.take("contact")


def _processors(proposal, leaves):
    for number in leaves.numbers("Verwerkers"):
        found = leaves.found("Verwerkers", number, "Naam")
        if found:
            party = Ref(found.original, found, {"party": _details(leaves, ("Verwerkers", number))})
            proposal.add(found, "recipients", party=party, role="processor")


def _details(leaves, path):
    """(detail, text, leaf) of what stands beside the name of a party."""
    given = []
    for part, detail in DETAILS.items():
        given += _joined(leaves, path, detail, (part,))
    if leaves.text(*path, "Postbus"):
        number = leaves.text(*path, "Postbus")
        number = f"Postbus {number}" if number.isdecimal() else number
        rest = " ".join(leaves.text(*path, part) for part in POST[1:]).strip()
        founds = [leaves.found(*path, part) for part in POST if leaves.found(*path, part)]
        text = ", ".join(part for part in (number, rest) if part)
        given += [("po_box", text, found) for found in founds]
        for found in founds:
            found.take("party")
    given += _joined(leaves, path, "country", ("Land",))
    if leaves.text(*path, "PostbusLand") == leaves.text(*path, "Land"):
        given += _joined(leaves, path, "country", ("PostbusLand",))
    return given


def _joined(leaves, path, detail, parts):
    """The texts of some leaves as one detail of a party."""
    founds = [leaves.found(*path, part) for part in parts]
    founds = [found for found in founds if found]
    for found in founds:
        found.take("party")
    text = ", ".join(found.original for found in founds)
    return [(detail, text, found) for found in founds]


def _purpose(proposal, leaves, number):
    text, basis = leaves.found("Doelen", number, "Doel"), leaves.found("Doelen", number, "Rechtsgrond")
    line = {}
    if text:
        line = proposal.add(text, "purposes", text_nl=text.original)
    elif basis:
        proposal.lines_of("purposes").append(line)
    if basis:
        named = bases.bases(basis.original)
        if len(named.codes) == 1:
            line["basis"] = named.codes[0]
        if len(named.codes) != 1 or not named.whole:
            line["basis_note"] = basis.original
        basis.take("purposes", f"6(1)({named.codes[0]})" if len(named.codes) == 1 else basis.original)


def _people(proposal, leaves, number):
    """A category of people, the data of them, and the special kinds of data that are ticked for them."""
    path = ("Betrokkenen", number)
    found = leaves.found(*path, "Omschrijving")
    subject = Ref(found.original, found) if found else None
    if found:
        line = proposal.add(found, "subjects", category=subject)
        subject = line["category"]
    of_whom = {"subject": subject} if subject else {}
    numbers = leaves.numbers(*path, "Gegevens")
    for item in numbers:
        _data(proposal, leaves, (*path, "Gegevens", item), of_whom)
    terms = {leaves.text(*path, "Gegevens", item, "Bewaartermijn") for item in numbers} - {""}
    for flag, known in FLAGS.items():
        ticked = leaves.found(*path, flag)
        if ticked is None or ticked.value is not True:
            continue
        ref = Ref(known.name("nl"), ticked, known.details("nl"))
        line = proposal.add(ticked, "data", became=known.name("nl"), category=ref, **of_whom)
        if len(terms) == 1:
            data_cells.keep(line, ticked, next(iter(terms)), proposal.language)


def _data(proposal, leaves, path, of_whom):
    found = leaves.found(*path, "Omschrijving")
    if found is None:
        return
    line = proposal.add(found, "data", category=Ref(found.original, found), **of_whom)
    term = leaves.found(*path, "Bewaartermijn")
    if term:
        data_cells.keep(line, term, term.original, proposal.language)
        term.take("data")
    for name, part in (("necessity_reason", "Verzameldoel"), ("source_note", "BronOmschrijving")):
        leaf = leaves.found(*path, part)
        if leaf:
            leaf.take("data")
            proposal.fill(leaf, line, "data", **{name: leaf.original})
    from_them = leaves.found(*path, "IsBronBetrokkene")
    if from_them and from_them.value is True:
        line["source"] = "subject"
        from_them.take("data", _("The person themselves"))
    duty = leaves.found(*path, "IsBetrokkeneVerplicht")
    if duty and duty.value is False:
        line["provision"] = "voluntary"
        duty.take("data", _("Voluntary"))
    consequence = leaves.found(*path, "BetrokkeneConsequenties")
    if consequence:
        proposal.append(consequence, "provision_consequence", consequence.original)


def _recipient(proposal, found):
    """ "Mett: supplies the platform" is a recipient and why; what is too long there is kept whole as a note too."""
    head, colon, rest = (part.strip() for part in found.original.partition(":"))
    if colon and head and rest and len(head.split()) <= PARTY_NAME_WORDS and len(head) <= 100:
        proposal.add(found, "recipients", description_nl=head, ground=rest)
    else:
        proposal.add(found, "recipients", description_nl=found.original)


def _documents(proposal, leaves):
    for number in leaves.numbers("Bijlagen"):
        path = ("Bijlagen", number)
        found = leaves.found(*path, "Bestandsnaam")
        if found is None:
            continue
        dated = leaves.found(*path, "Aanmaakdatum")
        day = days.day(dated.original[:10]) if dated else None
        ref = Ref(found.original, found, {"fields": {"dated_on": day}})
        line = proposal.add(found, "documents", document=ref)
        about = leaves.found(*path, "Omschrijving")
        if about:
            about.take("documents")
            proposal.fill(about, line, "documents", note=about.original)
        found.remark(gettext_noop("The file itself is not in the export; put it with the document here."))


def _security(proposal, leaves):
    """Measures in words; pseudonymisation and encryption too, unless they only say no."""
    for number in leaves.numbers("Beveiliging", "Maatregelen"):
        found = leaves.found("Beveiliging", "Maatregelen", number)
        if found:
            ref = Ref(found.original, found, {"else": "measures_text"})
            proposal.lines_of("measures").append({"measure": ref})
            found.take("measures")
    for part in ("Pseudonimisering", "Encryptie"):
        found = leaves.found("Beveiliging", part)
        if found and not values.yes_no(found.original) and not values.is_none(found.original):
            proposal.append(found, "measures_text", f"{part}: {found.original}")


def _transfer(proposal, leaves):
    outside = leaves.found("Doorgifte", "BuitenEu")
    if outside is None or not isinstance(outside.value, bool):
        return
    answer = "some" if outside.value else "none"
    proposal.set(outside, "transfers_answer", answer, became=_("Yes, listed here") if outside.value else _("None"))
    where = leaves.found("Doorgifte", "BuitenEuOmschrijving")
    if outside.value and where:
        proposal.add(where, "transfers", country=Ref(where.original, where, {"else": "note"}))
