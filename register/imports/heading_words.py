"""Headings that people use, by what they mean, in Dutch, English and Spanish. Words only; `headings` compares them."""

NL, EN, ES = "nl", "en", "es"

WORDS = {
    "name": {
        NL: "naam|naam verwerking|verwerking|verwerkingsactiviteit|naam verwerkingsactiviteit|proces|procesnaam|"
        "naam proces|werkproces|bedrijfsproces|titel|activiteit|onderwerp|naam activiteit",
        EN: "name|name processing|processing|processing activity|activity|processing operation|title|"
        "business process|process name|name processing activity|activity name",
        ES: "nombre|tratamiento|nombre tratamiento|actividad tratamiento",
    },
    "reference": {
        NL: "nummer|nr|id|code|referentie|referentienummer|verwerkingsnummer|volgnummer|kenmerk|registratienummer",
        EN: "reference|reference number|ref id|ref|number|no|processing number|own reference",
        ES: "referencia|codigo|numero",
    },
    "kind": {
        NL: "rol|rol organisatie|soort register|verantwoordelijke of verwerker|"
        "verwerkingsverantwoordelijke of verwerker|deel register",
        EN: "role|controller or processor|kind record|part register",
    },
    "description": {
        NL: "omschrijving|beschrijving|toelichting|omschrijving verwerking|beschrijving verwerking|"
        "functionele beschrijving|korte omschrijving|samenvatting",
        EN: "description|functional description|summary|explanation|description processing",
        ES: "descripcion",
    },
    "department": {
        NL: "dienst|afdeling|directie|team|organisatieonderdeel|onderdeel|domein|school|bedrijfsfunctie|cluster|"
        "eenheid|sector|locatie school|vakgroep",
        EN: "department|business function|business unit|unit|division|business area",
        ES: "area responsable|departamento|unidad responsable|servicio",
    },
    "owner_function": {
        NL: "proceseigenaar|eigenaar|verantwoordelijke functionaris|procesverantwoordelijke|functie proceseigenaar",
        EN: "process owner|owner|business owner",
    },
    "contact": {
        NL: "contactpersoon|contact|aanspreekpunt|contact voor vragen",
        EN: "contact|contact person|contact point",
        ES: "contacto",
    },
    "controller": {
        NL: "verwerkingsverantwoordelijke|verantwoordelijke|naam verwerkingsverantwoordelijke",
        EN: "controller|name controller|data controller",
        ES: "responsable|responsable tratamiento",
    },
    "joint_controllers": {
        NL: "gezamenlijke verwerkingsverantwoordelijken|gezamenlijke verwerkingsverantwoordelijke|"
        "gezamenlijk verwerkingsverantwoordelijken|gezamenlijk verwerkingsverantwoordelijke|"
        "gezamenlijke verantwoordelijken|medeverantwoordelijke|medeverantwoordelijken",
        EN: "joint controller|joint controllers|name contact details joint controller|"
        "names contact details joint controllers",
        ES: "corresponsable|corresponsables",
    },
    "purposes": {
        NL: "doel|doelen|doeleinde|doeleinden|doel verwerking|doeleinden verwerking|doelen verwerking|verwerkingsdoel|"
        "verwerkingsdoelen|verwerkingsdoeleinden|doel gegevensverwerking|doelstelling|wat is doel verwerking",
        EN: "purpose|purposes|purpose processing|purposes processing|objectives|main purpose",
        ES: "finalidad|finalidades|fines|fines tratamiento|finalidad tratamiento",
    },
    "basis": {
        NL: "grondslag|grondslagen|rechtsgrond|rechtsgronden|rechtsgrondslag|wettelijke grondslag|grondslag verwerking|"
        "avg grondslag|grondslag avg|juridische grondslag|rechtmatige grondslag",
        EN: "lawful basis|legal basis|article 6 lawful basis|article 6 lawful basis processing personal data|"
        "art 6 basis|lawful basis processing|legal ground|article 6 basis",
        ES: "base juridica|base legal|legitimacion|base legitimacion",
    },
    "basis_law": {
        NL: "wet|wettelijke bepaling|wet regelgeving|wetsartikel|wettelijke basis|wetgeving",
        EN: "law|legal provision|legislation",
    },
    "special_ground": {
        NL: "grondslag bijzondere persoonsgegevens|uitzonderingsgrond|uitzonderingsgrond bijzondere persoonsgegevens|"
        "doorbrekingsgrond",
        EN: "article 9 condition|article 9 basis processing special category data|condition special category data|"
        "article 9 condition processing special category data|article 9 basis",
    },
    "interest": {
        NL: "gerechtvaardigd belang|omschrijving gerechtvaardigd belang|gerechtvaardigde belangen",
        EN: "legitimate interests processing|legitimate interests|legitimate interest",
        ES: "interes legitimo",
    },
    "interest_assessment": {
        NL: "beoordeling gerechtvaardigd belang|belangenafweging|lia",
        EN: "link record legitimate interests assessment|legitimate interests assessment|"
        "link to record legitimate interests assessment",
    },
    "consent_note": {
        NL: "toestemmingsregistratie|toestemming|registratie toestemming",
        EN: "link to record consent|link record consent|consent|record consent",
    },
    "subjects": {
        NL: "betrokkenen|betrokkene|categorieen betrokkenen|categorie betrokkenen|soort betrokkenen|personen|doelgroep|"
        "van wie|soorten betrokkenen|wie zijn betrokkenen",
        EN: "data subjects|categories individuals|categories data subjects|individuals|people|data subject categories",
        ES: "interesados|colectivos interesados|categorias interesados|colectivos|afectados",
    },
    "people": {
        NL: "aantal betrokkenen|aantal personen|omvang|aantal",
        EN: "number data subjects|number individuals|approximate number data subjects|number people",
    },
    "data": {
        NL: "persoonsgegevens|categorieen persoonsgegevens|gegevens|soort persoonsgegevens|gewone persoonsgegevens|"
        "welke persoonsgegevens|categorieen gegevens|gegevenscategorieen|soorten persoonsgegevens|"
        "categorie persoonsgegevens",
        EN: "personal data|categories personal data|data categories|data|types personal data|categories data",
        ES: "datos|categorias datos|categorias datos personales|datos personales|tipos datos",
    },
    "special_data": {
        NL: "bijzondere persoonsgegevens|bijzondere gegevens|bijzondere categorieen|"
        "bijzondere categorieen persoonsgegevens|bijzondere persoonsgegevens ja nee",
        EN: "special categories|special category data|special categories personal data|special categories data",
        ES: "categorias especiales|categorias especiales datos",
    },
    "criminal_data": {
        NL: "strafrechtelijke gegevens|strafrechtelijke persoonsgegevens|persoonsgegevens strafrechtelijke aard",
        EN: "criminal data|criminal offence data|criminal convictions|criminal convictions offences",
    },
    "bsn": {
        NL: "bsn|burgerservicenummer|gebruik bsn|burgerservicenummer bsn|wordt bsn verwerkt|bsn verwerkt",
        EN: "citizen service number|dutch citizen service number",
    },
    "retention": {
        NL: "bewaartermijn|bewaartermijnen|bewaarperiode|beoogde bewaartermijn|bewaartermijn gegevens|"
        "bewaartermijn persoonsgegevens|termijn wissen|hoe lang bewaard",
        EN: "retention|retention period|retention schedule|retention periods|erasure periods|time limits|"
        "time limits erasure|envisaged time limits erasure|kept",
        ES: "plazo conservacion|plazos supresion|conservacion|plazo|plazos conservacion",
    },
    "source": {
        NL: "bron|herkomst|bron gegevens|herkomst gegevens|bron persoonsgegevens",
        EN: "source|source personal data|source data|where they come from",
        ES: "procedencia|origen|origen datos",
    },
    "recipients": {
        NL: "ontvangers|ontvanger|verstrekking aan|delen met|gedeeld met|externe ontvangers|extern gedeeld met",
        EN: "recipients|shared with|recipient|external recipients",
        ES: "destinatarios",
    },
    "recipient_categories": {
        NL: "categorieen ontvangers|soort ontvangers|categorie ontvangers|soorten ontvangers",
        EN: "categories recipients|recipient categories",
        ES: "cesiones|cesiones comunicaciones|categorias destinatarios|comunicaciones",
    },
    "internal_recipients": {
        NL: "interne ontvangers|intern gedeeld met",
        EN: "internal recipients",
    },
    "processors": {
        NL: "verwerker|verwerkers|naam verwerker|externe verwerkers|ingeschakelde verwerkers",
        EN: "processor|processors|name processor|name contact details processors",
        ES: "encargado|encargados|encargado tratamiento|encargados tratamiento",
    },
    "processor_email": {
        NL: "e mail verwerker|email verwerker|e mailadres verwerker",
        EN: "e mail processor|email processor",
    },
    "processor_phone": {NL: "telefoon verwerker|telefoonnummer verwerker", EN: "telephone processor|phone processor"},
    "processor_address": {NL: "adres verwerker|straat verwerker", EN: "address processor|street processor"},
    "processor_postcode": {NL: "postcode verwerker", EN: "postcode processor|postal code processor"},
    "processor_town": {
        NL: "plaats verwerker|woonplaats verwerker|vestigingsplaats verwerker",
        EN: "town processor|city processor",
    },
    "processor_country": {NL: "land verwerker", EN: "country processor"},
    "systems": {
        NL: "systeem|systemen|applicatie|applicaties|software|toepassing|informatiesysteem|informatiesystemen|"
        "gebruikte systemen|ict systemen",
        EN: "system|systems|application|applications|assets|software application name|software name",
        ES: "sistema|sistemas|aplicacion|aplicaciones",
    },
    "transfers": {
        NL: "doorgifte|doorgiften|doorgifte buiten eer|doorgifte buiten eu|doorgifte derde landen|"
        "doorgifte aan derde landen|internationale doorgifte|derde landen|doorgifte buiten europa|"
        "doorgifte naar derde landen|doorgiften buiten eer|doorgifte buiten europese economische ruimte",
        EN: "transfers|transfer|third countries|transfers outside eea|international transfers|"
        "names third countries or international organisations that personal data are transferred to|"
        "third countries or international organisations|transfers to third countries|transfers outside eu",
        ES: "transferencias|transferencias internacionales",
    },
    "safeguards": {
        NL: "waarborgen|passende waarborgen|waarborgen doorgifte|waarborgen bij doorgifte",
        EN: "safeguards|safeguards exceptional transfers|transfer safeguards|"
        "safeguards exceptional transfers personal data to third countries or international organisations",
        ES: "garantias",
    },
    "measures": {
        NL: "beveiligingsmaatregelen|maatregelen|beveiliging|technische organisatorische maatregelen|"
        "technische organisatorische beveiligingsmaatregelen",
        EN: "security|measures|security measures|technical organisational measures|"
        "general description technical organisational security measures|"
        "general description technical organisational measures",
        ES: "medidas seguridad|medidas|medidas tecnicas organizativas",
    },
    "automated": {
        NL: "geautomatiseerde besluitvorming|automatische besluitvorming|geautomatiseerde besluiten",
        EN: "automated decision making|automated decisions|existence automated decision making including profiling|"
        "automated decision making including profiling",
    },
    "profiling": {NL: "profilering", EN: "profiling"},
    "dpia": {
        NL: "dpia|geb|pia|gegevensbeschermingseffectbeoordeling",
        EN: "data protection impact assessment",
        ES: "evaluacion impacto|eipd",
    },
    "dpia_needed": {
        NL: "dpia nodig|dpia verplicht|dpia vereist|geb nodig|pia nodig",
        EN: "dpia required|data protection impact assessment required|dpia needed",
    },
    "dpia_done": {
        NL: "dpia uitgevoerd|dpia gedaan|geb uitgevoerd|pia uitgevoerd|dpia afgerond",
        EN: "dpia done|dpia carried out|dpia completed",
    },
    "assessment_note": {
        NL: "toelichting dpia|link dpia|link naar dpia|voortgang dpia",
        EN: "link to dpia|dpia progress|data protection impact assessment progress|dpia reference|"
        "link to data protection impact assessment",
    },
    "labels": {NL: "label|trefwoorden", EN: "labels|tags|keywords", ES: "etiquetas"},
    "remarks": {
        NL: "opmerkingen|opmerking|bijzonderheden|notities",
        EN: "remarks|comments|notes|remark",
        ES: "observaciones|comentarios",
    },
    "started_on": {NL: "startdatum|begindatum|ingangsdatum|datum start", EN: "start date|date started"},
    "review_on": {NL: "herzieningsdatum|volgende herziening|evaluatiedatum|datum herziening", EN: "review date"},
    "large_scale": {NL: "grootschalig|grootschalige verwerking", EN: "large scale processing"},
    "children": {NL: "kinderen|minderjarigen", EN: "minors"},
    "vulnerable": {NL: "kwetsbare personen|kwetsbare groepen", EN: "vulnerable groups|vulnerable individuals"},
    "clients": {
        NL: "opdrachtgever|opdrachtgevers|namens wie|in opdracht van|verwerkingsverantwoordelijken opdrachtgevers",
        EN: "client|clients|on behalf of|controller name contact details|name contact details controller",
    },
    "client_processing": {
        NL: "categorieen verwerkingen|categorieen verwerking|soort verwerking",
        EN: "categories processing|categories processing carried out",
    },
    "status": {NL: "status|stand|fase", EN: "state", ES: "estado"},
}

SMALL = {
    *(
        "de",
        "het",
        "een",
        "van",
        "der",
        "den",
        "des",
        "voor",
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "en",
        "any",
        "your",
    ),
    *("el", "la", "los", "las", "y", "del", "e", "du", "d", "l", "le", "les", "et", "und", "die", "das"),
}
