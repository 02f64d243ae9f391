"""The forms that authorities and others hand out, by the columns that are known of them, with made-up answers."""

import pytest
from django.utils import translation

from .test_import_shapes import book, listed, names, notes, read


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


ICO = {
    "Business function": "HR",
    "Purpose of processing": "Paying staff",
    "Name and contact details of joint controller (if applicable)": "N/A",
    "Categories of individuals": "Employees",
    "Categories of personal data": "Contact details; Bank details",
    "Categories of recipients": "Tax authority",
    "Link to contract with processor": "see drive",
    "Names of third countries or international organisations that personal data are transferred to": "N/A",
    "Safeguards for exceptional transfers of personal data to third countries or international organisations": "N/A",
    "Retention schedule (if possible)": "6 years after end of employment",
    "General description of technical and organisational security measures (if possible)": "Encryption",
    "Article 6 lawful basis for processing personal data": "6(1)(c) legal obligation",
    "Article 9 condition for processing special category data": "Not applicable",
    "Legitimate interests for the processing (if applicable)": "N/A",
    "Link to record of legitimate interests assessment (if applicable)": "N/A",
    "Rights available to individuals": "Access",
    "Existence of automated decision-making, including profiling (if applicable)": "No",
    "The source of the personal data (if applicable)": "Employee",
    "Link to record of consent": "N/A",
    "Location of personal data": "HR system",
    "Data Protection Impact Assessment required?": "No",
    "Data Protection Impact Assessment progress": "N/A",
    "Link to Data Protection Impact Assessment": "N/A",
    "Has a personal data breach occurred?": "No",
    "Link to record of personal data breach": "N/A",
    "Data Protection Act 2018 Schedule 1 Condition for processing": "N/A",
    "GDPR Article 6 lawful basis for processing": "N/A",
    "Link to retention and erasure policy document": "policy.docx",
    "Is personal data retained and erased in accordance with the policy document?": "Yes",
    "Reasons for not adhering to retention and erasure policy document (if applicable)": "N/A",
}


def test_the_template_of_the_ico_below_its_block_of_addresses():
    found = book(
        {
            "Controller": [
                ["Controller", "", "Data Protection Officer"],
                ["Name", "Acme Ltd", "Name"],
                ["Email", "info@acme.example", "Email"],
                [""],
                ["Article 30 Record of Processing Activities"],
                list(ICO),
                list(ICO.values()),
                [*list(ICO.values())[:1], "Recruiting staff", *list(ICO.values())[2:]],
            ]
        }
    )
    assert names(found) == ["Paying staff", "Recruiting staff"]
    staff = found.proposals[0]
    assert staff.language == "en"
    assert staff.fields["department"].text == "HR"
    assert listed(staff, "subjects") == ["Employees"]
    assert listed(staff, "data") == ["Contact details", "Bank details"]
    assert staff.lines["purposes"][0]["basis"] == "c"
    assert {staff.fields[name] for name in ("joint_answer", "transfers_answer")} == {"none"}
    assert staff.fields["assessment"] == "not_needed"
    assert (staff.fields["automated"], staff.lines["systems"][0]["system"].text) == ("no", "HR system")
    assert staff.lines["data"][0]["retention"].details["period"].trigger == "end_of_employment"
    assert notes(staff)["Has a personal data breach occurred?"] == "No"
    assert "Link to contract with processor" in notes(staff)
    assert staff.lines["purposes"][0].get("special_article") is None


CNIL = [
    ["Fiche de registre", ""],
    ["Description du traitement"],
    ["Nom / sigle", "Gestion de la paie"],
    ["N° / REF", "RH-001"],
    ["Date de création", "12/03/2024"],
    ["Mise à jour", ""],
    ["Acteurs", "Nom", "Adresse", "CP", "Ville", "Pays", "Téléphone", "Email"],
    ["Responsable du traitement", "Acme SA", "1 rue X", "75001", "Paris", "France", "", "contact@acme.example"],
    ["Finalité(s) du traitement effectué"],
    ["Finalité principale", "Payer les salariés"],
    ["Sous-finalité 1", "Déclarer les cotisations"],
    ["Sous-finalité 2", ""],
    ["Catégories de données personnelles concernées", "Description", "Délai d'effacement"],
    ["État civil, identité", "Nom, prénom", "5 ans après fin du contrat de travail"],
    ["Vie personnelle", "", ""],
    ["Données sensibles", "Description", "Délai d'effacement"],
    ["Données de santé", "Arrêts maladie", "le temps nécessaire"],
    ["Catégories de personnes concernées", "Description"],
    ["Catégorie de personnes 1", "Salariés"],
    ["Catégorie de personnes 2", "Stagiaires"],
    ["Destinataires", "Type de destinataire", "Détail"],
    ["Destinataire 1", "Service interne", "Service paie"],
    ["Destinataire 2", "Sous-traitants", "Editeur de paie"],
    ["Transferts hors UE", "Destinataire", "Pays", "Type de garanties", "Lien vers le doc"],
    ["Organisme destinataire 1", "Acme Inc", "Etats-Unis", "Clauses contractuelles types", "doc.pdf"],
    ["Mesures de sécurité", "Type de mesure de sécurité", "Détail"],
    ["Mesure 1", "Contrôle d'accès", "badges"],
]


def test_the_spreadsheet_of_the_cnil_with_its_parts():
    found = book({"Paie": CNIL})
    assert names(found) == ["Gestion de la paie"]
    paie = found.proposals[0]
    assert paie.fields["reference"] == "RH-001"
    assert paie.fields["controller"].text == "Acme SA"
    assert [line[f"text_{paie.language}"] for line in paie.lines["purposes"]] == [
        "Payer les salariés",
        "Déclarer les cotisations",
    ]
    data = [
        (line["category"].text, line.get("detail"), "retention" in line, line.get("retention_note"))
        for line in paie.lines["data"]
    ]
    assert data == [
        ("État civil, identité", "Nom, prénom", True, None),
        ("Données de santé", "Arrêts maladie", False, "le temps nécessaire"),
    ]
    assert paie.lines["data"][1]["category"].details["fields"]["sensitivity"] == "special"
    assert listed(paie, "subjects") == ["Salariés", "Stagiaires"]
    described = f"description_{paie.language}"
    assert [(line[described], line["role"]) for line in paie.lines["recipients"]] == [
        ("Service paie", "internal"),
        ("Editeur de paie", "processor"),
    ]
    (transfer,) = paie.lines["transfers"]
    assert (transfer["party"].text, transfer["country"].text) == ("Acme Inc", "Etats-Unis")
    assert transfer["mechanism"] == "scc"
    assert [line["measure"].text for line in paie.lines["measures"]] == ["Contrôle d'accès"]
    assert notes(paie)["Responsable du traitement / Adresse"] == "1 rue X"


def test_the_workbook_of_the_gba_with_its_sheets_of_lists():
    found = book(
        {
            "Identificatie": [["Verwerkingsverantwoordelijke", "Acme"], ["KBO-nummer", "0123.456.789"]],
            "Register": [
                ["Naam bedrijfsproces", "", "", "Verwerking", "", "", "Gegevens", "", "", "Status", "", ""],
                [
                    *("Bedrijfsproces", "Proceseigenaar", "Verwerkingsnummer", "Functionele beschrijving", "Doel"),
                    *("Rechtsgrond", "Functionele gegevenscategorie", "AVG-gegevenscategorie", "Betrokkenen"),
                    *("Startdatum", "Einddatum", "Vervangende verwerking"),
                ],
                [
                    *("Loonadministratie", "HR", "V-1", "Lonen", "Betalen", "Wettelijke verplichting", "Loongegevens"),
                    *("Financiële gegevens", "Personeel", "01/09/2020", "", ""),
                ],
            ],
            "Lijsten": [["Toestemming"], ["Wettelijke verplichting"]],
        }
    )
    assert names(found) == ["Loonadministratie"]
    loon = found.proposals[0]
    assert (loon.fields["reference"], loon.fields["owner_function"]) == ("V-1", "HR")
    assert listed(loon, "data") == ["Loongegevens", "Financiële gegevens"]
    assert listed(loon, "subjects") == ["Personeel"]
    assert str(loon.fields["started_on"]) == "2020-09-01"


CNPD = (
    [
        "Finalités",
        "Personnes concernées",
        "Données",
        "Destinataires",
        "Transferts",
        "Délais d'effacement",
        "Mesures de sécurité",
    ],
    ["Purpose", "Data subjects", "Data", "Recipients", "Transfers", "Erasure periods", "Security"],
)


@pytest.mark.parametrize("heads", CNPD)
def test_the_seven_columns_of_the_cnpd(heads):
    found = read(heads, ["Paie", "Salariés", "IBAN", "Banque", "aucun", "10 ans", "Chiffrement"])
    assert [column["meaning"] for column in found.columns] == [
        *("purposes", "subjects", "data", "recipients", "transfers", "retention", "measures"),
    ]
    assert names(found) == ["Paie"]
    assert found.proposals[0].fields["transfers_answer"] == "none"


@pytest.mark.parametrize(
    "heads",
    [
        (  # a municipal register
            *(
                "Domein",
                "Proces",
                "Doel van de verwerking",
                "Grondslag",
                "Wettelijke bepaling",
                "Categorieën betrokkenen",
            ),
            *("Categorieën persoonsgegevens", "Bijzondere persoonsgegevens", "Ontvangers", "Doorgifte derde landen"),
            *("Bewaartermijn", "Beveiligingsmaatregelen", "Verwerkersovereenkomst", "DPIA"),
        ),
        (  # a school
            *("Nr.", "Naam verwerking", "Doel(en)", "Grondslag(en)", "Betrokkenen", "Persoonsgegevens", "BSN"),
            *("Systeem", "Verwerker(s)", "Ontvangers", "Doorgifte buiten de EER", "Bewaartermijn", "Maatregelen"),
        ),
        (  # the items of Art. 30 as the Dutch authority lists them
            *("Verwerkingsverantwoordelijke", "Doeleinden waarvoor u persoonsgegevens verwerkt"),
            *(
                "Beschrijving van de categorieën van betrokkenen",
                "Beschrijving van de categorieën van persoonsgegevens",
            ),
            *("Categorieën van ontvangers", "Doorgiften aan een derde land of internationale organisatie"),
            *("Beoogde termijnen waarbinnen de gegevens worden gewist",),
            *("Algemene beschrijving van de technische en organisatorische beveiligingsmaatregelen",),
        ),
    ],
)
def test_dutch_registers_are_known_by_all_their_columns(heads):
    found = read(list(heads), [f"antwoord {number}" for number in range(len(heads))])
    unknown = [column["heading"] for column in found.columns if not column["meaning"]]
    assert unknown in ([], ["Verwerkersovereenkomst"])
