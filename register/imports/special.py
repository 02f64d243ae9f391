"""Data that the law treats apart, as files speak of them: which item of the library that is, or what to make of it."""

from dataclasses import dataclass

from register.law import Sensitivity, SpecialKind


@dataclass(frozen=True)
class Apart:
    """`key` is the starter item, when there is one that says just this."""

    key: str
    nl: str
    en: str
    sensitivity: str
    special_kind: str = ""
    words: tuple = ()

    def name(self, language):
        return self.nl if language == "nl" else self.en

    def of_this_kind(self):
        """What an item of the library needs besides its name."""
        return {"fields": {"sensitivity": self.sensitivity, "special_kind": self.special_kind}}

    def details(self, language):
        other = {"name_en": self.en} if language == "nl" else {"name_nl": self.nl}
        return {"key": self.key, "fields": self.of_this_kind()["fields"] | other}


def _special(kind, key, nl, en, *words):
    return kind, Apart(key, nl, en, Sensitivity.SPECIAL.value, kind.value, words)


BSN = Apart("bsn", "Burgerservicenummer (BSN)", "Dutch citizen service number (BSN)", Sensitivity.NATIONAL_ID.value)
CRIMINAL = Apart("", "Persoonsgegevens van strafrechtelijke aard", "Criminal data", Sensitivity.CRIMINAL.value)
SPECIAL_UNKNOWN = Apart(
    "", "Bijzondere persoonsgegevens (soort niet genoemd)", "Special data (kind not named)", Sensitivity.SPECIAL.value
)
SPECIAL = dict(
    (
        _special(
            SpecialKind.RACE, "ethnic-origin", "Ras of etnische afkomst", "Racial or ethnic origin", "ras", "etniciteit"
        ),
        _special(SpecialKind.POLITICS, "political-opinions", "Politieke opvattingen", "Political opinions"),
        _special(
            SpecialKind.RELIGION,
            "religion",
            "Religieuze of levensbeschouwelijke overtuiging",
            "Religious or philosophical belief",
            "religie",
            "geloof",
            "religion",
        ),
        _special(
            SpecialKind.UNION, "union-membership", "Lidmaatschap van een vakbond", "Trade-union membership", "vakbond"
        ),
        _special(SpecialKind.GENETIC, "genetic-data", "Genetische gegevens", "Genetic data"),
        _special(SpecialKind.BIOMETRIC, "", "Biometrische gegevens", "Biometric data", "biometrie"),
        _special(
            SpecialKind.HEALTH,
            "",
            "Gegevens over gezondheid",
            "Data concerning health",
            "gezondheid",
            "health",
            "medisch",
        ),
        _special(
            SpecialKind.SEX_LIFE,
            "sex-life",
            "Seksueel gedrag of seksuele gerichtheid",
            "Sex life or sexual orientation",
            "seksuele gerichtheid",
        ),
    )
)
