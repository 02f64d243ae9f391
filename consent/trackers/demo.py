"""The site of the demo web shop with what it puts on the equipment of visitors: some asked for, one not, one suggested.

Names and terms are of the kind that real shops have; the shop itself does not exist.
"""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from consent.actions import scans
from consent.actions import trackers as acts
from consent.demo_wordings import make_purpose
from consent.models import Site, Tracker
from register.actions import notices
from register.models import Activity, Notice

SLUG, KEEPER, ACTIVITY = "webshop", "shopkeeper", "Cookies, pixel en gerichte advertenties"
BASKET = "Zonder deze cookie kan niemand iets bestellen; zij staat er pas als iemand iets in het mandje legt."
FIELDS = ("name", "kind", "provider", "party", "category", "lifetime", "purpose_nl", "purpose_en", "ground", "reason")
EXEMPT = (
    (
        "session_id",
        "cookie",
        "",
        "first",
        "necessary",
        "session",
        "Houdt u aangemeld zolang u op de site bent.",
        "Keeps you signed in while you are on the site.",
        "requested",
        "Zonder deze cookie kan niemand zich aanmelden.",
    ),
    (
        "basket",
        "cookie",
        "",
        "first",
        "necessary",
        "7 days",
        "Onthoudt wat in uw mandje zit.",
        "Remembers what is in your basket.",
        "requested",
        BASKET,
    ),
    (
        "klaro",
        "cookie",
        "",
        "first",
        "necessary",
        "180 days",
        "Onthoudt uw keuze over cookies.",
        "Remembers your choice about cookies.",
        "requested",
        "De bezoeker vraagt er zelf om met zijn keuze.",
    ),
    (
        "lb",
        "cookie",
        "",
        "first",
        "necessary",
        "session",
        "Verdeelt het bezoek over onze servers.",
        "Spreads visits over our servers.",
        "transmission",
        "Alleen om de aanvraag naar dezelfde server te leiden.",
    ),
    (
        "_pk_id*",
        "cookie",
        "Matomo",
        "first",
        "exempt",
        "13 months",
        "Telt bezoeken, zonder u te volgen.",
        "Counts visits without following you.",
        "measuring",
        "Eigen server, ingekort adres, niets gedeeld.",
    ),
)
ASKED = (
    (
        "_fbp",
        "cookie",
        "Meta",
        "first",
        "marketing",
        "3 months",
        "Toont u later onze advertenties.",
        "Shows you our advertisements later.",
        "",
        "",
    ),
    (
        "_gcl_au",
        "cookie",
        "Google",
        "first",
        "marketing",
        "3 months",
        "Meet of u via een advertentie kwam.",
        "Measures whether an advertisement led you here.",
        "",
        "",
    ),
)
PIXEL = (
    "pixel.ads.example",
    "pixel",
    "Advertentienetwerk",
    "third",
    "marketing",
    "",
    "Meldt uw bezoek aan een netwerk van adverteerders.",
    "Reports your visit to a network of advertisers.",
    "",
    "",
)
SCAN = "Naam;Domein;Categorie;Looptijd;Omschrijving\n_hjSession;kaasplank.example;Statistieken;30 minuten;\n"
ADVERTISING = {
    "code": "advertenties",
    "name_nl": "Advertenties na uw bezoek",
    "name_en": "Advertisements after your visit",
    "kind": "marketing",
}
LOOKED = {"refuses_first": "yes", "refuses_equally": "no", "starts_empty": "yes", "withdraws_easily": "yes"}


def fill(organisation, people, *, at):
    """For the demo web shop when it was just made; nothing for another organisation."""
    if organisation.slug != SLUG:
        return
    by, began = people[KEEPER], at - timedelta(days=60)
    notice = Notice.objects.of(organisation).published().filter(blocks__kind="cookies").first()
    site = Site(organisation=organisation, name="Webwinkel", domain="www.kaasplank.example", rule="be", notice=notice)
    acts.save_site(site, by=by, at=began)
    activity = Activity.objects.of(organisation).get(name=ACTIVITY)
    purpose = make_purpose(organisation, ACTIVITY, by=by, at=began, **ADVERTISING)
    for values in EXEMPT:
        _keep(site, values, activity, began, by, before_consent="yes", transfer="no")
    for values in ASKED:
        _keep(site, values, activity, began, by, purpose=purpose, before_consent="no", transfer="yes")
    _keep(site, PIXEL, activity, began, by, purpose=purpose, before_consent="yes")
    scan = scans.bring(site, ContentFile(SCAN.encode(), name="scan.csv"), by=by, at=at - timedelta(days=3))
    scans.take(scan, by=by, at=at - timedelta(days=3))
    acts.look(site, LOOKED, on=timezone.localdate(began), by=by, at=began)
    if notice is not None:
        notices.publish(notice, by=by, at=began, reason="De lijst van cookies staat erin")


def _keep(site, values, activity, at, by, **more):
    fields = dict(zip(FIELDS, values, strict=True))
    domain = fields["name"] if fields["kind"] == "pixel" else site.domain
    row = Tracker(organisation=site.organisation, site=site, activity=activity, domain=domain, **fields, **more)
    row.seen_on = timezone.localdate(at)
    acts.save(row, by=by, at=at)
