"""Personal data in free text, for the rule about it, for what comes in by a file, and for the rooms above.

The one rule: a mailbox of a function, such as info@ and personeelszaken@, is nobody's personal data.
"""

import re

from django.utils.translation import gettext_lazy as _

from core import text

KINDS = {
    text.EMAIL: _("an e-mail address"),
    text.PHONE: _("a telephone number"),
    text.BSN: _("a citizen service number"),
    text.BELGIAN_NUMBER: _("a Belgian national register number"),
    text.IBAN: _("a bank account number"),
}
DIGITS = re.compile(r"\d")

MAILBOXES = (
    "info privacy avg gdpr fg dpo hr hrm pz personeel personeelszaken administratie admin secretariaat service "
    "services support helpdesk servicedesk ict it security beveiliging contact contacts post mail receptie balie "
    "bestuur directie klacht klachten complaints legal juridisch jurist finance financien financieel facturen "
    "invoices marketing communicatie communication webmaster web website beheer noreply reply nieuwsbrief "
    "newsletter klantenservice klantcontact customer customerservice care verkoop sales inkoop vacatures jobs "
    "recruitment sollicitatie werken datalek datalekken breach breaches gegevensbescherming persoonsgegevens "
    "dataprotection protection data databescherming office school leerlingen studenten ouders decaan mentor "
    "gemeente archief archive redactie pers press events evenementen medezeggenschap ondernemingsraad "
    "vertrouwenspersoon verwerkingsregister register compliance risk welkom team rgpd dsb datenschutz"
)
WORDS = frozenset(MAILBOXES.split())
"""One of these anywhere in the mailbox."""
BEGINNINGS = re.compile(
    r"personeel|admin|secretaria|help|post|mail|financ|invoice|recept|klant|customer|service|juridisch|delegado"
)
"""A mailbox that begins like this."""


def seen(content):
    """[(what it looks like, as it stands there)] of personal data in a text, in order of place."""
    if "@" not in content and len(DIGITS.findall(content)) < 8:
        return []
    found = ((one.kind, content[one.start : one.end]) for one in text.personal_data(content))
    return [(KINDS[kind], piece) for kind, piece in found if kind != text.EMAIL or not is_functional(piece)]


def is_functional(address):
    mailbox = address.partition("@")[0].lower()
    return bool(BEGINNINGS.match(mailbox)) or any(word in WORDS for word in re.findall(r"[a-z]+", mailbox))
