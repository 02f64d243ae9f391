"""What the rules about special, criminal and national-number data say of entries that are right, wrong or silent."""

from datetime import date

from .judged import access, controller, data, drafted, entry, law, outcome, processor, proofs, purpose, running

HEALTH = data("Ziekteverzuim", sensitivity="special", special_kind="health")
FINGER = data("Vingerafdruk", sensitivity="special", special_kind="biometric")
FINES = data("Boetes", sensitivity="criminal")
BSN = data("Burgerservicenummer (BSN)", sensitivity="national_id")
BELGIAN = data("Rijksregisternummer", sensitivity="national_id")
COPY = data("Kopie van identiteitsbewijs", sensitivity="national_id")
IN_BELGIUM = controller(country="BE")
BIOMETRIC = {"special_ground": "g", "special_law": law("UAVG"), "special_article": "art. 29"}


def of(*lines, purposes=None, **fields):
    return entry(data=lines, purposes=(purpose(basis="c"),) if purposes is None else purposes, **fields)


def with_purpose(*lines, **fields):
    return of(*lines, purposes=(purpose(**fields),))


CASES = [
    ("L021", "fails", of(HEALTH), running()),
    ("L021", "unknown", of(HEALTH), drafted()),
    ("L021", "holds", with_purpose(HEALTH, special_ground="b"), running()),
    ("L021", "holds", of(data()), running()),
    ("L021", "holds", processor(data=(HEALTH,)), running()),
    ("L022", "fails", with_purpose(HEALTH, special_ground="b"), running()),
    ("L022", "fails", with_purpose(HEALTH, special_ground="h", special_law=law()), running()),
    ("L022", "unknown", with_purpose(HEALTH, special_ground="j"), drafted()),
    ("L022", "holds", with_purpose(HEALTH, special_ground="b", special_law=law(), special_article="30"), running()),
    ("L022", "holds", with_purpose(HEALTH, special_ground="a"), running()),
    ("L025", "fails", with_purpose(FINGER, **BIOMETRIC, basis_recorded_on=date(2025, 1, 1)), running()),
    ("L025", "unknown", with_purpose(FINGER, **BIOMETRIC), running()),
    ("L025", "holds", with_purpose(FINGER, **BIOMETRIC, basis_recorded_on=date(2026, 9, 2)), running()),
    ("L025", "holds", with_purpose(FINGER, **BIOMETRIC), running(on=date(2026, 8, 31))),
    ("L025", "holds", with_purpose(HEALTH, **BIOMETRIC), running()),
    ("L026", "fails", with_purpose(data(), special_ground="b"), running()),
    ("L026", "unknown", with_purpose(special_ground="b"), running()),
    ("L026", "holds", with_purpose(HEALTH, special_ground="b"), running()),
    ("L027", "fails", of(FINES), running()),
    ("L027", "unknown", of(FINES), drafted()),
    ("L027", "holds", with_purpose(FINES, criminal_ground="uavg-33-2b"), running()),
    ("L028", "fails", with_purpose(FINES, criminal_ground="uavg-33-4c", criminal_note="aangevraagd"), running()),
    ("L028", "unknown", with_purpose(FINES, criminal_ground="uavg-33-4c"), drafted()),
    (
        "L028",
        "holds",
        with_purpose(FINES, criminal_ground="uavg-33-4c", criminal_note="z2025-1, 3 mei 2025"),
        running(),
    ),
    ("L029", "fails", with_purpose(FINES, criminal_ground="uavg-33-3"), running()),
    ("L029", "unknown", with_purpose(FINES, criminal_ground="uavg-33-3"), drafted()),
    ("L029", "holds", with_purpose(FINES, criminal_ground="uavg-33-3", criminal_note="OR akkoord"), running()),
    ("L030", "fails", of(BSN), running()),
    ("L030", "fails", with_purpose(BSN, national_id_law=law()), running()),
    ("L030", "unknown", of(BSN), drafted()),
    ("L030", "holds", with_purpose(BSN, national_id_law=law(), national_id_article="art. 28"), running()),
    ("L030", "holds", of(BELGIAN, COPY), running()),
    ("L031", "fails", with_purpose(BSN, basis="a"), running()),
    ("L031", "unknown", with_purpose(BSN), running()),
    ("L031", "holds", of(BSN), running()),
    ("L031", "holds", of(BSN, purposes=(purpose(basis="a"), purpose("Aangifte", basis="c"))), running()),
    ("L031", "holds", with_purpose(data(), basis="a"), running()),
    ("L032", "fails", of(BELGIAN), running(by=IN_BELGIUM)),
    ("L032", "unknown", of(BELGIAN), drafted(by=IN_BELGIUM)),
    ("L032", "holds", with_purpose(BELGIAN, national_id_article="machtiging 12/2024"), running(by=IN_BELGIUM)),
    ("L033", "fails", of(HEALTH), running(by=IN_BELGIUM)),
    ("L033", "unknown", of(FINES), drafted(by=IN_BELGIUM)),
    ("L033", "holds", of(HEALTH, access=(access(),)), running(by=IN_BELGIUM)),
    ("L033", "holds", of(HEALTH), running()),
    ("L034", "fails", with_purpose(COPY, basis="b"), running()),
    ("L034", "unknown", with_purpose(COPY), running()),
    ("L034", "holds", of(COPY), running()),
    ("L034", "holds", with_purpose(BSN, basis="b"), running()),
]


@proofs(CASES)
def test_a_rule_about_special_data_says_what_is_so(rule, expected, subject, context):
    assert outcome(rule, subject, context) == expected
