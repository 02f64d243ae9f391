"""How long data are kept, as people write it: a number, a unit, and the moment it is counted from. Pure.

The one rule: only when the whole text is just that. A condition, an exception or a second term makes it words.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.utils import translation

from register.law import RetentionTrigger

from .values import plain, remembered

UNITS = {
    "day": "dag|dagen|day|days|jour|jours|tag|tage|tagen|dia|dias|d",
    "week": "week|weken|weeks|semaine|semaines|woche|wochen|semana|semanas|w",
    "month": "maand|maanden|month|months|mnd|mois|monat|monate|monaten|mes|meses|m",
    "year": "jaar|jaren|year|years|yr|yrs|jr|an|ans|annee|annees|jahr|jahre|jahren|ano|anos|y",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split("|")}
NUMBERED = (
    "een twee drie vier vijf zes zeven acht negen tien",
    "one two three four five six seven eight nine ten",
    "un deux trois quatre cinq six sept huit neuf dix",
    "ein zwei drei vier funf sechs sieben acht neun zehn",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
)
NUMBERS = {word: number for words in NUMBERED for number, word in enumerate(words.split(), 1)} | {"une": 1, "un": 1}
IN_WORDS = {
    "nl": {"day": ("dag", "dagen"), "week": ("week", "weken"), "month": ("maand",) * 2, "year": ("jaar", "jaar")},
    "en": {unit: (unit, f"{unit}s") for unit in UNITS},
}
IN_WORDS["nl"]["month"] = ("maand", "maanden")
TRIGGERS = {
    "end_of_employment": "uitdiensttreding|uit dienst|einde dienstverband|beeindiging dienstverband|"
    "beeindiging van het dienstverband|einde van het dienstverband|beeindiging arbeidsovereenkomst|"
    "einde arbeidsovereenkomst|end of employment|termination of employment|fin du contrat de travail|"
    "depart du salarie|ende des arbeitsverhaltnisses|beendigung des arbeitsverhaltnisses|fin de la relacion laboral",
    "end_of_financial_year": "afloop van het boekjaar|einde boekjaar|einde van het boekjaar|afloop boekjaar|"
    "end of the financial year|end of financial year|cloture de l exercice|ende des geschaftsjahres|"
    "fin del ejercicio",
    "end_of_calendar_year": "afloop van het kalenderjaar|einde kalenderjaar|einde van het kalenderjaar|"
    "end of the calendar year|end of calendar year|fin de l annee civile|ende des kalenderjahres",
    "end_of_contract": "einde contract|einde overeenkomst|afloop van het contract|einde van het contract|"
    "einde van de overeenkomst|beeindiging van de overeenkomst|beeindiging overeenkomst|afloop contract|"
    "end of the contract|end of contract|termination of the contract|fin du contrat|ende des vertrags|vertragsende|"
    "fin del contrato",
    "end_of_relation": "einde relatie|beeindiging van de relatie|einde van de relatie|einde klantrelatie|"
    "end of the relationship|end of relationship|end of the customer relationship|fin de la relation|"
    "fin de la relation commerciale|ende der geschaftsbeziehung|fin de la relacion",
    "last_contact": "laatste contact|last contact|dernier contact|letztem kontakt|letzter kontakt|ultimo contacto",
    "case_closed": "afhandeling van de melding|afhandeling van de klacht|afhandeling|afronding|sluiten van het dossier|"
    "sluiting dossier|sluiting van het dossier|afhandeling zaak|closing of the case|case closed|cloture du dossier|"
    "abschluss des falls|cierre del expediente",
    "rejection_date": "afwijzing|einde sollicitatieprocedure|einde van de sollicitatieprocedure|rejection|"
    "afronding sollicitatieprocedure|end of the recruitment procedure",
    "consent_withdrawn": "intrekking van de toestemming|intrekken toestemming|intrekking toestemming|"
    "withdrawal of consent|retrait du consentement|widerruf der einwilligung|retirada del consentimiento",
    "leaving_school": "uitschrijving|uitschrijving van de leerling|verlaten van de school|uitschrijving leerling|"
    "leaving school",
    "recording": "opname|recording|enregistrement|aufzeichnung|grabacion",
    "death": "overlijden|death|deces|tod|fallecimiento",
}
TRIGGER_OF = {words: code for code, names in TRIGGERS.items() for words in names.split("|")}
AFTER = r"na|vanaf|after|from|following|since|apres|après|à compter de|a compter de|nach|ab|después de|despues de|desde"
PERIOD = re.compile(
    rf"(?P<number>P(?=\d)|)(?P<count>\d{{1,3}}|[a-zéüñ]+)\s*(?P<unit>[a-zéñ]+)\s+(?:{AFTER})\s+(?P<trigger>[^,;.:()]{{3,120}}?)"
    r"(?:,\s*(?:op grond van|based on|under)\s+(?P<source>[^,;.:()]{3,120}))?\.?",
    re.IGNORECASE,
)
OURS = re.compile(
    r"(?P<name>.{1,250}) \((?P<count>\d{1,3}) (?P<unit>\w+), "
    r"(?:te rekenen vanaf|counted from): (?P<moment>[^()]{3,120})\)",
    re.DOTALL,
)
"""How a rule is called in our own exports: its name, and its period where the name does not say that."""
LONGEST = 700
"""Words that say no more than a period are shorter; on long ones these patterns take for ever."""
ISO = re.compile(r"P(\d{1,3})([DWMY])", re.IGNORECASE)
ARTICLES = re.compile(r"^(?:de|het|een|the|a|an|la|le|les|el|der|die|das|dem|den)\s+", re.IGNORECASE)
OPEN = re.compile(
    r"\b(?:of|or|ou|oder|tenzij|unless|sauf|maximaal|minimaal|tot|indien|en|and|und|et|if|langer)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Period:
    """How long, counted from what; `words` is what the cell says, without its full stop."""

    value: int
    unit: str
    trigger: str
    trigger_words: str
    source: str
    words: str


@remembered
def period(text, language="nl"):
    """A period with the moment it is counted from, or one in the notation of ISO 8601; otherwise None."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    formal = ISO.fullmatch(text)
    if formal:
        value, unit = int(formal[1]), UNIT_OF[formal[2].lower()]
        return Period(value, unit, "", "", "", in_words(value, unit, language)) if value else None
    ours = OURS.fullmatch(text)
    if ours and plain(ours["unit"]) in UNIT_OF:
        trigger = _labels().get(plain(ours["moment"]), "other")
        return Period(
            int(ours["count"]), UNIT_OF[plain(ours["unit"])], trigger, ours["moment"], "", ours["name"].strip()
        )
    match = PERIOD.fullmatch(text)
    if not match:
        return None
    moment = match["trigger"].strip()
    known = TRIGGER_OF.get(plain(moment)) or TRIGGER_OF.get(plain(ARTICLES.sub("", moment)))
    if OPEN.search(moment) and not known:
        return None
    count = match["count"]
    value = int(count) if count.isdecimal() else NUMBERS.get(plain(count))
    unit = UNIT_OF.get(plain(match["unit"]))
    if not value or not unit or (len(match["unit"]) == 1 and not match["number"]):
        return None
    return Period(value, unit, known or "other", moment, (match["source"] or "").strip(), text.rstrip("."))


@cache
def _labels():
    """{label of a moment in one of our languages: its code}."""
    found = {}
    for language in ("nl", "en"):
        with translation.override(language):
            found |= {plain(str(label)): code for code, label in RetentionTrigger.choices}
    return found


def in_words(value, unit, language):
    one, more = IN_WORDS.get(language, IN_WORDS["en"])[unit]
    return f"{value} {one if value == 1 else more}"
