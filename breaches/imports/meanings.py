"""What a column of a register of breaches can mean, and by which headings it is known. Pure.

The one rule: case, accents, signs and what stands between brackets do not count; anything else does.
"""

import re

from django.utils.translation import gettext_lazy as _

from register.imports.values import plain

KEEP, REPORTER, VICTIMS = "keep", "reporter", "victims"
MEANINGS = {
    "title": _("Short name"),
    "reference": _("Number in the earlier register"),
    "state": _("State: final, provisional, closed, open"),
    "reported_on": _("Day of the report"),
    "first_signal_on": _("Day of discovery"),
    "aware_on": _("Day since which you were aware"),
    "occurred_from": _("Happened from"),
    "occurred_until": _("Happened until"),
    "facts": _("What happened"),
    "place": _("Where it happened"),
    "kinds": _("Kind of breach"),
    "cause": _("Cause"),
    "data_note": _("Which data"),
    "groups_note": _("Whose data"),
    "people": _("How many people"),
    "records": _("How many data records"),
    "effects": _("Consequences"),
    "remedy": _("What was done about it"),
    "lessons": _("What was learned"),
    "authority": _("Notified to the authority: yes or no"),
    "authority_on": _("Day of the notification to the authority"),
    "authority_reference": _("Reference of the authority"),
    "authority_reason": _("Why the authority was notified or not"),
    "people_told": _("People told: yes or no"),
    "people_told_on": _("Day on which people were told"),
    "dpo_told": _("DPO told: yes or no"),
    "closed_on": _("Day of closing"),
    REPORTER: _("Who reported it (sealed)"),
    VICTIMS: _("Names of the people it concerns (sealed)"),
    KEEP: _("Keep it word for word (sealed)"),
}
"""In the order of a form; all but these last three go to a field."""
SEVERAL = {"facts", "effects", "remedy", "lessons", REPORTER, VICTIMS, KEEP}
"""What more than one column may say; of the others the first column counts."""
DAYS = {
    *("reported_on", "first_signal_on", "aware_on", "occurred_from", "occurred_until", "authority_on"),
    *("people_told_on", "closed_on"),
}
WORDS = {
    "title": "naam|titel|onderwerp|incident|naam incident|naam datalek|korte omschrijving|korte naam|title|name|"
    "subject|short name|breach",
    "reference": "nummer|nr|volgnummer|registratienummer|incidentnummer|datalek nummer|datalek nr|kenmerk|id|"
    "zaaknummer|dossiernummer|number|no|reference|incident number|breach number",
    "state": "status|stand|state|type melding|soort melding|status melding",
    "reported_on": "datum melding|meldingsdatum|meldingdatum|gemeld op|datum|datum intern gemeld|datum registratie|"
    "reported on|date reported|report date|date|date of report",
    "first_signal_on": "datum ontdekking|ontdekt op|datum constatering|geconstateerd op|datum ontdekt|discovered on|"
    "date of discovery|date discovered|discovery date",
    "aware_on": "datum kennisname|bekend sinds|datum bekend|kennisgenomen op|aware since|date aware|aware on",
    "occurred_from": "datum incident|datum inbreuk|datum datalek|datum voorval|begin inbreuk|begindatum|vanaf|"
    "datum van het incident|incident date|date of incident|date of breach|happened from|occurred on|start date",
    "occurred_until": "einddatum|tot en met|einde inbreuk|end date|happened until|until",
    "facts": "samenvatting incident|samenvatting|omschrijving|beschrijving|omschrijving incident|wat is er gebeurd|"
    "beschrijving incident|omschrijving datalek|beschrijving datalek|feiten|toedracht|omschrijving inbreuk|"
    "aard van de inbreuk|summary|description|what happened|facts|nature of breach|description of breach",
    "place": "plaats|locatie|waar|location|place|where",
    "kinds": "soort inbreuk|aard inbreuk|type inbreuk|soort datalek|kind of breach|type of breach|breach type",
    "cause": "oorzaak|cause|root cause",
    "data_note": "persoonsgegevens|soort gegevens|soort persoonsgegevens|type persoonsgegevens|welke gegevens|"
    "categorieen persoonsgegevens|betrokken gegevens|gegevens|personal data|data|data involved|"
    "categories of data|types of data|which data",
    "groups_note": "categorieen betrokkenen|soort betrokkenen|wie zijn de betrokkenen|groep betrokkenen|wiens gegevens|"
    "data subjects|categories of data subjects|whose data",
    "people": "aantal betrokkenen|aantal personen|aantal getroffenen|betrokkenen aantal|number of people|"
    "number of data subjects|people affected|number of individuals|how many people",
    "records": "aantal records|aantal gegevens|aantal datarecords|number of records|records",
    "effects": "gevolgen|gevolg|gevolgen inbreuk|mogelijke gevolgen|gevolgen voor betrokkenen|impact|risico|"
    "effects|consequences|likely consequences",
    "remedy": "maatregelen|genomen maatregelen|corrigerende maatregelen|herstelmaatregelen|acties|actie|"
    "remedial action|measures|measures taken|actions taken|actions|remedy",
    "lessons": "geleerde lessen|lessen|verbetermaatregelen|preventieve maatregelen|lessons|lessons learned",
    "authority": "gemeld aan de autoriteit persoonsgegevens|gemeld aan autoriteit persoonsgegevens|gemeld aan ap|"
    "gemeld bij ap|gemeld bij de ap|melding ap|ap melding|ap gemeld|gemeld aan gba|gemeld bij gba|gemeld aan de gba|"
    "gemeld bij de autoriteit persoonsgegevens|gemeld bij autoriteit persoonsgegevens|"
    "gemeld aan toezichthouder|gemeld bij toezichthouder|gemeld aan de toezichthouder|melden aan ap|"
    "notified to authority|notified authority|reported to authority|reported to ico|authority notified",
    "authority_on": "datum melding ap|datum melding aan ap|datum melding bij ap|datum ap melding|datum gemeld aan ap|"
    "gemeld aan ap op|datum melding toezichthouder|datum melding gba|date notified|date reported to authority|"
    "authority notified on",
    "authority_reference": "meldnummer ap|ap meldnummer|kenmerk ap|ap kenmerk|meldingsnummer ap|ap nummer|"
    "kenmerk toezichthouder|authority reference|reference authority|case number authority",
    "authority_reason": "reden niet melden|reden niet gemeld|motivatie|motivering|reden wel niet melden|afweging|"
    "onderbouwing|reden niet melden ap|reason not notified|reason|reasoning|why not notified|rationale",
    "people_told": "gemeld aan betrokkene|gemeld aan betrokkenen|betrokkenen geinformeerd|betrokkene geinformeerd|"
    "betrokkenen ingelicht|melding betrokkenen|gemeld aan de betrokkenen|data subjects informed|people told|"
    "individuals informed|notified to data subjects|data subjects notified",
    "people_told_on": "datum melding betrokkenen|datum betrokkenen geinformeerd|betrokkenen geinformeerd op|"
    "date data subjects informed|people told on",
    "dpo_told": "gemeld aan fg|gemeld bij fg|fg geinformeerd|melding fg|gemeld aan de fg|dpo informed|reported to dpo|"
    "dpo told|notified to dpo",
    "closed_on": "datum afgesloten|afgesloten op|datum afsluiting|datum gesloten|datum afhandeling|closed on|"
    "date closed",
    REPORTER: "melder|gemeld door|naam melder|contactpersoon|reporter|reported by|contact person|contact",
    VICTIMS: "naam betrokkene|namen betrokkenen|betrokkene|betrokkenen|slachtoffer|slachtoffers|getroffenen|"
    "name of data subject|names of data subjects|victims|victim|affected persons",
    KEEP: "opmerkingen|opmerking|toelichting|notities|bijzonderheden|remarks|notes|comments|comment",
}


def meaning_of(heading):
    """A key of MEANINGS, or "" when nobody knows the heading."""
    for words in (heading, re.sub(r"\([^()]*\)", " ", heading)):
        found = KNOWN.get(plain(words))
        if found:
            return found
    return ""


KNOWN = {plain(word): meaning for meaning, words in WORDS.items() for word in words.split("|")}
