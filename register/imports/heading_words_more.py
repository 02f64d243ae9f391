"""Headings in French and German, those of templates that authorities give, and the headings of parts. See
`heading_words`.
"""

NL, EN, FR, DE = "nl", "en", "fr", "de"

MORE = {
    "identifier": {EN: "uuid"},
    "activity": {NL: "hoort bij verwerking", EN: "belongs to activity"},
    "name": {
        NL: "naam van verwerkingsactiviteit|naam bedrijfsproces|verwerking persoonsgegevens|soort verwerking naam|"
        "naam van proces|zaaktype|taak|omschrijving proces",
        EN: "name activity|name process|processing activity name",
        FR: "nom sigle|nom traitement|traitement|nom activite|activite traitement|intitule traitement|activite",
        DE: "verarbeitungstatigkeit|bezeichnung verarbeitungstatigkeit|bezeichnung|name verarbeitung",
    },
    "reference": {
        NL: "id verwerking|verwerking id|nummer verwerking|volgnr|registratie nummer|verwerkings id|referentie nr",
        EN: "id processing|processing id|record id|reference no|activity id",
        FR: "n ref|reference fiche|ref|numero|n reference",
        DE: "nummer|lfd nr|laufende nummer",
    },
    "description": {
        NL: "functionele omschrijving|functionele beschrijving verwerking|omschrijving verwerkingsactiviteit",
        FR: "description|description traitement",
        DE: "beschreibung|beschreibung verarbeitung",
    },
    "department": {
        NL: "beleidsterrein|verantwoordelijke afdeling|uitvoerende afdeling|afdeling team|bestuursorgaan|"
        "gemeentelijk domein|taakveld",
        FR: "service|direction|service charge|departement",
        DE: "abteilung|fachbereich|organisationseinheit",
    },
    "owner_function": {NL: "eigenaar proces|eigenaar verwerking|eigenaar bedrijfsproces", FR: "responsable processus"},
    "contact": {FR: "contact|personne contact", DE: "ansprechpartner"},
    "controller": {FR: "responsable traitement", DE: "verantwortlicher|verantwortliche stelle"},
    "joint_controllers": {
        NL: "eventuele gezamenlijke verwerkingsverantwoordelijken|naam contactgegevens gezamenlijke "
        "verwerkingsverantwoordelijken",
        FR: "responsable conjoint|responsables conjoints|responsable s conjoint s",
        DE: "gemeinsam verantwortliche|gemeinsamer verantwortlicher",
    },
    "purposes": {
        NL: "verwerkingsdoel waarvoor gegevens worden verwerkt|doeleinden waarvoor gegevens worden verwerkt|"
        "doeleinden waarvoor persoonsgegevens worden verwerkt|"
        "doeleinden waarvoor u persoonsgegevens verwerkt|doelbinding|finaliteit|doeleinde verwerking",
        EN: "purpose s|purposes for which data are processed",
        FR: "finalite principale|finalite|finalites|finalite s traitement effectue|finalites traitement|objectifs|"
        "objectif poursuivi|objectifs poursuivis|but|sous finalite",
        DE: "zweck|zwecke|zweck verarbeitung|zwecke verarbeitung",
    },
    "basis": {
        NL: "rechtmatigheid|wettelijke grondslag verwerking|grondslag artikel 6 avg|rechtsgrond verwerking|"
        "grondslag art 6",
        FR: "base legale|base juridique|fondement juridique|base juridique traitement",
        DE: "rechtsgrundlage|rechtsgrundlage verarbeitung",
    },
    "subjects": {
        NL: "beschrijving categorieen betrokkenen|categorieen van personen|categorieen personen|"
        "betrokken personen|van welke personen",
        EN: "categories people|data subject",
        FR: "categories personnes concernees|personnes concernees|categories de personnes",
        DE: "betroffene personen|kategorien betroffener personen|betroffene|kategorien betroffenen personen",
    },
    "data": {
        NL: "beschrijving categorieen persoonsgegevens|avg gegevenscategorie|functionele gegevenscategorie|"
        "categorieen van gegevens|welke gegevens|"
        "gegevenscategorie|gdpr gegevenscategorie",
        FR: "donnees|categories donnees|categories donnees personnelles|categories donnees personnelles concernees|"
        "donnees personnelles|categories de donnees traitees|donnees traitees",
        DE: "kategorien personenbezogener daten|personenbezogene daten|datenkategorien|daten",
    },
    "special_data": {
        FR: "donnees sensibles|categories particulieres|categories particulieres donnees",
        DE: "besondere kategorien|besondere kategorien personenbezogener daten",
    },
    "retention": {
        NL: "bewaartermijnen vernietigingstermijnen|vernietigingstermijn|beoogde termijnen|termijnen|"
        "termijnen waarbinnen gegevens worden gewist|bewaartermijn selectielijst|"
        "beoogde termijnen waarbinnen gegevens worden gewist",
        EN: "envisaged time limits erasure different categories data|storage period|storage limitation",
        FR: "duree conservation|durees conservation|delai effacement|delais effacement|delais d effacement|"
        "delai d effacement|duree",
        DE: "loschfrist|loschfristen|aufbewahrungsfrist|speicherdauer|fristen loschung|fristen fur loschung",
    },
    "recipients": {
        NL: "derden aan wie gegevens worden verstrekt|verstrekkingen|wie ontvangt gegevens",
        FR: "destinataires|destinataire",
        DE: "empfanger",
    },
    "recipient_categories": {
        NL: "type ontvanger|type ontvangers|categorie en van ontvangers",
        FR: "categories destinataires",
        DE: "kategorien empfangern|kategorien von empfangern",
    },
    "internal_recipients": {FR: "destinataires internes|service interne", DE: "interne empfanger"},
    "processors": {
        NL: "verwerker s|bewerker|bewerkers|naam verwerkers|leverancier verwerker|subverwerkers",
        EN: "sub processors",
        FR: "sous traitant|sous traitants",
        DE: "auftragsverarbeiter",
    },
    "processor_email": {
        NL: "e mail verwerkers|email verwerkers|e mailadressen verwerkers|e mailadres verwerkers|verwerker e mail",
        EN: "e mail processors|email processors|processor email|processor e mail",
    },
    "processor_phone": {NL: "telefoon verwerkers", EN: "telephone processors|processor phone"},
    "processor_town": {NL: "plaats verwerkers|vestigingsplaats verwerkers"},
    "processor_country": {NL: "land verwerkers|vestigingsland verwerker", EN: "country processors"},
    "systems": {
        NL: "naam applicatie|applicatie systeem|systemen applicaties|bronsysteem|gebruikte applicaties|leermiddel",
        EN: "location personal data|systems used",
        FR: "logiciel|logiciels|application|nom logiciel application",
        DE: "systeme|it systeme|verwendete systeme",
    },
    "transfers": {
        NL: "doorgifte derde land|doorgifte aan derde land of internationale organisatie|"
        "doorgiften aan derde land internationale organisatie|doorgifte aan derde land internationale organisatie|"
        "doorgifte aan derde landen of internationale organisaties|doorgiften aan derde landen",
        EN: "names third countries or international organisations that personal data are transferred to if applicable",
        FR: "transferts hors ue|transferts|transfert hors ue|transferts hors union europeenne",
        DE: "ubermittlung drittland|ubermittlung an drittlander|drittlandubermittlung|drittlandtransfer",
    },
    "safeguards": {FR: "garanties|type garanties|type de garantie", DE: "garantien"},
    "measures": {
        NL: "algemene beschrijving technische organisatorische beveiligingsmaatregelen|technische maatregelen|"
        "organisatorische maatregelen|veiligheidsmaatregelen|beveiligingsmaatregelen art 32|"
        "technische organisatorische beveiligingsmaatregelen art 32",
        EN: "technical measures|organisational measures|security processing",
        FR: "mesures securite|mesures securite techniques organisationnelles|mesures techniques organisationnelles",
        DE: "technische organisatorische massnahmen|tom|massnahmen",
    },
    "automated": {FR: "decision automatisee", DE: "automatisierte entscheidung"},
    "dpia": {FR: "aipd|pia", DE: "dsfa|datenschutz folgenabschatzung"},
    "dpia_needed": {NL: "dpia verplicht ja nee|is dpia nodig"},
    "dpia_done": {NL: "is dpia uitgevoerd"},
    "started_on": {
        NL: "startdatum|begindatum|datum start|ingangsdatum|datum aanvang|aanvangsdatum|start verwerking|"
        "startdatum verwerking",
        EN: "start date|date started|started|in use since",
        FR: "date debut|debut traitement",
        DE: "beginn|startdatum verarbeitung",
    },
    "reviewed_on": {
        NL: "laatst herzien|datum laatste herziening|laatste herziening",
        EN: "last review|last reviewed|date last review",
        FR: "derniere revision",
    },
    "remarks": {FR: "observations|commentaires|remarques", DE: "bemerkungen|anmerkungen"},
    "status": {FR: "statut", DE: "status verarbeitung"},
    "kind": {FR: "role", DE: "rolle"},
}
PARTS = {
    "subjects.category": "categorie|naam|name|category|categorie personnes|description|omschrijving",
    "subjects.number_min": "aantal|number|nombre|anzahl",
    "subjects.note": "toelichting|detail|details|precisions|explanation|opmerking|remarks",
    "data.category": "categorie|naam|name|category|gegeven|gegevens|item|veld|field",
    "data.detail": "omschrijving|description|detail|details|precisions|toelichting|beschreibung|welke|explanation",
    "data.subject": "van wie|betrokkene|betrokkenen|data subject|data subjects|of whom",
    "data.retention": "bewaartermijn|retention|retention period|duree conservation|delai effacement|"
    "delai d effacement|"
    "duree|loschfrist|termijn|plazo conservacion",
    "data.source_note": "bron|herkomst|source|origin|procedencia",
    "recipients.party": "naam|name|nom|organisatie|organisation|partij|party|organisme|ontvanger|recipient",
    "recipients.role": "type|rol|role|soort|type destinataire|type recipient|type ontvanger",
    "recipients.ground": "reden|doel|purpose|reason|grondslag|detail|details|precisions|toelichting|waarom|explanation",
    "recipients.country": "land|country|pays",
    "systems.system": "naam|name|nom|systeem|system|applicatie|application",
    "systems.use": "gebruik|doel|purpose|use|toelichting|omschrijving|description",
    "measures.measure": "naam|name|maatregel|measure|type|type mesure|type mesure securite|soort",
    "measures.note": "omschrijving|description|toelichting|detail|details|precisions|explanation",
    "transfers.party": "ontvanger|naam|recipient|destinataire|organisme|organisatie|name|organisme destinataire",
    "transfers.country": "land|country|pays|derde land|third country",
    "transfers.mechanism": "waarborg|waarborgen|mechanisme|type garanties|type de garanties|garanties|safeguards|"
    "mechanism|type garantie|guarantee type|grondslag",
    "transfers.note": "toelichting|lien vers doc|liens vers doc|lien vers document|link|opmerking|remarks|explanation",
    "purposes.text_nl": "doel|omschrijving doel|doeleinde",
    "purposes.text_en": "purpose|description purpose",
    "purposes.basis": "grondslag|rechtsgrond|lawful basis|legal basis|base legale|rechtsgrundlage",
    "purposes.basis_law": "wet|law|loi|wettelijke basis",
}
"""What a heading means that stands under the heading of a list, or in a sheet about that list."""
