"""Kinds of data, people and purposes that a rule asks about, known by the words in their names.

An entry carries names by value, and an organisation adds kinds of its own, so words are all there is to go by. They are
chosen narrow: what is not recognised gives no finding.
"""

import re

from register import law


def _words(*patterns):
    return re.compile("|".join(patterns), re.IGNORECASE)


NATIONAL_REGISTER = _words(
    r"rijksregister",
    r"national register number",
    r"\b(insz|niss|rrn)\b",
    r"registre national",
)
IDENTITY_COPY = _words(
    r"kopie\w*.{0,20}(identiteit|paspoort|legitimatie|\bid\b)",
    r"(paspoort|id)-?kopie",
    r"cop(y|ies) of.{0,20}(identity|passport|\bid\b)",
    r"(identity|passport|\bid) (document )?cop(y|ies)",
)
CAMERA = _words(
    r"camera-?\s?(beeld|bewaking|toezicht|image|footage|surveillance|opname)",
    r"\bcctv\b",
)
APPLICANTS = _words(
    r"sollicita",
    r"\bapplicants?\b",
    r"job candidates?",
    r"recruitment candidates?",
)
PERSONNEL_FILE = _words(r"personeelsdossier", r"personnel file")
INVOICES = _words(r"\bfacturen\b", r"\bfactuurgegevens\b", r"\binvoices?\b")
EVENT = _words(
    r"evenement",
    r"open ?dag",
    r"\bwebinars?\b",
    r"bijeenkomst",
    r"\bevents?\b",
    r"open (day|house)",
    r"voorlichtingsavond",
)
POSTAL_OR_PERSONAL = _words(
    r"^(thuis|woon|post)?adres(gegevens)?( en woonplaats)?$",
    r"^(home|postal)? ?address( and place of residence)?$",
    r"geboortedatum",
    r"date of birth",
    r"^(geslacht|gender|sex)$",
)
NO_PARTY = _words(
    r"familieleden",
    r"relatives",
    r"nabestaanden",
    r"next of kin",
    r"noodcontact",
    r"contactperso\w+ (bij|voor|in) nood",
    r"emergency contacts?",
    r"mantelzorger",
    r"informal carers?",
)
PROSPECTS = _words(r"\bprospects?\b", r"mogelijke klanten", r"potenti[eë]le klanten", r"potential customers")
REQUEST = _words(r"verzoek", r"aanvra", r"offerte", r"\brequest", r"\bquot(e|ation)", r"brochure")
MARKETING = _words(
    r"\b(direct )?marketing",
    r"\breclame\b",
    r"\badvert",
    r"nieuwsbrie",
    r"newsletter",
    r"\baanbiedingen\b",
    r"\bspecial offers\b",
    r"\boffers\b",
    r"custom.audience",
    r"look-?\s?alike",
    r"retarget",
    r"\blead.?ads?\b",
    r"\bpromot(ie|ion|ional|ionele)\b",
)
MESSAGES = _words(
    r"e-?mail(s|en|t)?\b",
    r"\bmail(en|t|ing|ings)?\b",
    r"\bsms\b",
    r"whatsapp",
    r"nieuwsbrie",
    r"newsletter",
    r"\bapp-?bericht",
)
PROFILING = _words(
    r"profiler",
    r"profiling",
    r"klantprofiel",
    r"customer profile",
    r"segmenter",
    r"segmentation",
)
ANALYTICS = _words(
    r"web-?\s?statistiek",
    r"\banalytics\b",
    r"bezoekersstatistiek",
    r"surfgedrag",
    r"website (statistics|analysis)",
)
ONLINE = _words(
    r"online",
    r"e-?mail",
    r"nieuwsbrie",
    r"newsletter",
    r"social",
    r"sociale media",
    r"website",
    r"audience",
)
SOCIAL_MEDIA = _words(
    r"facebook",
    r"instagram",
    r"linkedin",
    r"tiktok",
    r"twitter",
    r"youtube",
    r"sociale media",
    r"social.media",
)
SCRAPED = _words(
    r"scrap",
    r"crawl",
    r"van websites? gehaald",
    r"copied from (the )?web",
)
PLATFORM = _words(
    r"\bmeta\b",
    r"facebook",
    r"instagram",
    r"linkedin",
    r"tiktok",
    r"pinterest",
    r"snapchat",
    r"twitter",
    r"\bx corp",
)
PLATFORM_USE = _words(
    r"social",
    r"sociale media",
    r"pixel",
    r"audience",
    r"doelgroep",
    r"insights",
    r"look-?\s?alike",
    r"lead.?ads?",
    r"advert",
)
ENDLESS = _words(
    r"onbepaald",
    r"onbeperkt",
    r"\bvoor altijd\b",
    r"\bblijvend\b",
    r"indefinite",
    r"\bforever\b",
    r"\bpermanent",
)
ARCHIVE = _words(
    r"archie[fv]",
    r"archiv",
    r"onderzoek",
    r"research",
    r"statisti",
    r"wetenschap",
    r"scientific",
    r"histori",
)
VAGUE_PERIOD = _words(
    r"^zo ?lang(er)?( als)? (dit |het |dat )?(nodig|noodzakelijk)",
    r"^niet langer dan (nodig|noodzakelijk)",
    r"^(de )?wettelijke (bewaar)?termijn(en)?$",
    r"^(volgens|conform) (de )?wet(telijke (bewaar)?termijn(en)?|geving)?$",
    r"^(as|for as) long as (is )?(needed|necessary)",
    r"^no longer than (is )?necessary",
    r"^(the )?(statutory|legal) (retention )?(period|term)s?$",
    r"^according to (the )?law$",
)
PRIVACY_SHIELD = _words(r"privacy.?shield", r"2016/1250")
OLD_CLAUSES = _words(r"2001/497", r"2004/915", r"2010/87")
INSUFFICIENT = _words(
    r"\bonvoldoende\b",
    r"\binsufficient\b",
    r"\binadequate\b",
    r"not sufficient",
    r"niet voldoende",
)
SUPPLEMENT = _words(
    r"aanvullend",
    r"supplementary",
    r"additional measure",
    r"extra maatregel",
)
STAFF = _words(r"medewerker", r"werknemer", r"personeel", r"\bemployees?\b", r"\bstaff\b", r"emplead", r"mitarbeiter")
PAYROLL = _words(r"salari", r"loon", r"personeel", r"payroll", r"personnel", r"\bhr\b", r"n[oó]mina")
FINANCE = _words(r"financi", r"boekhoud", r"facturen", r"debiteur", r"accounting", r"invoic", r"contab", r"comptab")
WEBSITE = _words(r"\bweb", r"online", r"digita", r"site internet")
SUPPLIERS = _words(r"leverancier", r"inkoop", r"supplier", r"procurement", r"proveedor", r"fournisseur")


def speaks_of(words, *texts):
    return any(words.search(text) for text in texts if text)


def is_called(words, item):
    """Whether a library item bears such a name in either language."""
    return speaks_of(words, item.nl, item.en)


def purpose_says(words, purpose):
    return speaks_of(words, purpose.text_nl, purpose.text_en, purpose.category)


def entry_says(words, entry):
    """In its name or in one of its purposes."""
    return speaks_of(words, entry.name) or any(purpose_says(words, purpose) for purpose in entry.purposes)


def marketing_purposes(entry):
    return [purpose for purpose in entry.purposes if purpose_says(MARKETING, purpose)]


def is_national_register_number(item):
    return item.sensitivity == law.Sensitivity.NATIONAL_ID and is_called(NATIONAL_REGISTER, item)


def is_identity_copy(item):
    return is_called(IDENTITY_COPY, item)


def is_citizen_number(item):
    """A national number to which UAVG 46 or another member state's law applies: not the Belgian number, no copy."""
    national = item.sensitivity == law.Sensitivity.NATIONAL_ID
    return national and not is_national_register_number(item) and not is_identity_copy(item)
