"""The privacy notices of the demo: of the school one that no longer matches its register, of the shop one that does."""

import datetime

from register import models
from register.actions import notices

SCHOOL = (
    {
        "audience": "pupils",
        "title_nl": "Privacyverklaring voor leerlingen en ouders",
        "activities": ("administration", "support", "duo", "materials", "portal", "open_day", "photos", "webcare"),
        "timing": "month",
        "blocks": ("children", "cookies", "social", "changes"),
        "own": (("purposes", "Vragen over uw kind stelt u het eerst aan de mentor."),),
        "published": (("2025-05-01", "Eerste privacyverklaring voor leerlingen en ouders"),),
        "chosen": "2025-06-11",
        "points": (
            ("Aanmeldformulier", "form", "https://lindeborg.example/aanmelden", "2026-08-31"),
            ("Pagina van de open dag", "page", "https://lindeborg.example/open-dag", "2025-05-05"),
            ("Toestemmingsformulier foto's", "paper", "", None),
        ),
    },
)
SHOP = (
    {
        "audience": "customers",
        "title_nl": "Privacyverklaring",
        "title_en": "Privacy notice",
        "activities": ("orders", "account", "newsletter", "customer_mail", "push", "cookies", "tell_a_friend"),
        "timing": "month",
        "blocks": ("cookies", "push", "security", "changes"),
        "own": (),
        "published": (
            ("2025-03-03", "Eerste privacyverklaring"),
            ("2026-06-01", "Pushberichten en de nieuwe tekst over juistheid"),
        ),
        "points": (
            ("Bestelformulier", "form", "https://kaasplank.example/checkout", "2026-09-14"),
            ("Nieuwsbrief", "form", "https://kaasplank.example/newsletter", "2026-09-14"),
        ),
    },
)


def steps(demo, content):
    """(day, what happens) for the notices of an organisation: each is made when it is first published."""
    for about in content:
        made = []
        for day, reason in about["published"]:
            yield day, lambda at, about=about, made=made, reason=reason: _publish(demo, about, made, reason, at)
        if "chosen" in about:
            yield about["chosen"], lambda at, about=about, made=made: _choose(demo, about, made[0], at)
        for name, kind, url, checked in about["points"]:
            given = (name, kind, url, checked)
            yield checked or day, lambda at, made=made, given=given: _point(demo, made[0], *given, at)


def _publish(demo, about, made, reason, at):
    if not made:
        made.append(_make(demo, about, at))
    _choose(demo, about, made[0], at)
    notices.publish(made[0], by=demo.keeper, at=at, reason=reason)


def _make(demo, about, at):
    names = {name: about.get(name, "") for name in ("title_nl", "title_en")}
    notice = notices.create(demo.organisation, audience=about["audience"], **names, by=demo.keeper, at=at)
    notices.set_blocks(notice, dict.fromkeys(about["blocks"], ("", "")), by=demo.keeper, at=at)
    for section, words in about["own"]:
        row = models.NoticeSentence(notice=notice, section=section, text_nl=words)
        notices.save_sentence(row, by=demo.keeper, at=at)
    return notice


def _choose(demo, about, notice, at):
    """The activities that there are by then."""
    chosen = {demo.activities[key].pk: about["timing"] for key in about["activities"] if key in demo.activities}
    notices.choose(notice, chosen, by=demo.keeper, at=at)


def _point(demo, notice, name, kind, url, checked, at):
    row = models.CollectionPoint(organisation=demo.organisation, name=name, kind=kind, url=url, notice=notice)
    notices.save_point(row, by=demo.keeper, at=at)
    if checked:
        notices.check_point(row, on=datetime.date.fromisoformat(checked), by=demo.keeper, at=at)
