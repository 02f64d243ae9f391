"""What goes out as a workbook comes in again: the same activities with the same lines, in both languages."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from register.exports import formats
from register.exports.selection import Selection
from register.models import Activity

from .importing import brought_in, csv_bytes, entries, organisation_with_controller

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
ROWS = (
    [
        *("Naam", "Referentie", "Doel", "Grondslag", "Betrokkenen", "Persoonsgegevens", "Bewaartermijn", "Ontvangers"),
        *("Verwerkers", "Systemen", "Maatregelen", "Doorgifte", "Begindatum", "Omschrijving", "Profilering"),
    ],
    [
        *("Loon", "P-7", "Betalen\nBelasting afdragen", "Wettelijke verplichting", "Medewerkers\nStagiairs"),
        *("Naam\nIBAN", "7 jaar na uitdiensttreding\nzolang nodig", "UWV — uitkeringen", "Zon B.V.", "AFAS — lonen"),
        *("Sloten op de deur", "geen", "1-9-2024", "Lonen van iedereen", "nee"),
    ],
    [
        *("Werving", "", "Vinden", "Toestemming", "Sollicitanten", "CV", "vier weken na afwijzing", "geen", "", "geen"),
        *("", "Atlantis", "", "", ""),
    ],
)


def said(value):
    """An entry without ids, versions and notes: what people said."""
    left_out = {"id", "number", "origin", "notes", "kept_from_import"}
    if is_dataclass(value):
        return {one.name: said(getattr(value, one.name)) for one in fields(value) if one.name not in left_out}
    return [said(part) for part in value] if isinstance(value, tuple | list) else value


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_workbook_of_ours_comes_in_again_with_all_its_lines(language):
    organisation, other = organisation_with_controller(), organisation_with_controller()
    brought_in(organisation, csv_bytes(*ROWS))
    with translation.override(language):
        file = formats.make(
            "xlsx",
            organisation,
            Selection(drafts=True),
            on=date(2026, 6, 1),
            known_at=AT,
            language=language,
            made_at=AT,
        )
        report = brought_in(other, file.content, "uit.xlsx")

    before, after = entries(organisation), entries(other)
    assert list(after) == list(before)
    assert Activity.objects.of(other).count() == 2
    for name, entry in before.items():
        for part, value in said(entry).items():
            assert (name, part, said(after[name])[part]) == (name, part, value)
    unknown = {one["heading"] for one in report["columns"] if not one["meaning"]}
    assert not [heading for heading in unknown if " / " in heading]
