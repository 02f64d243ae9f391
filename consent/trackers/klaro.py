"""The configuration of the open-source banner Klaro for a site: what it asks, in both languages.

Pure. The one rule: only what needs no consent is on beforehand, and refusing everything is one button beside accepting.
A service is called after its purpose of consent (`ConsentPurpose.code`), so that the choices that Klaro records can be
told to the API; what has no purpose yet is grouped by category, under a name with a point that no code can have.
Who says yes read the wording of that purpose that is in use, since that is what their consent is recorded with.
"""

import json
import re
from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from register.notices.text import LANGUAGES

from .kinds import Category, Kind, Party

NECESSARY = "group.necessary"
DAYS = 180
"""How long a choice is kept before the visitor is asked again."""
ASKED = {
    Category.UNKNOWN: "other",
    Category.NECESSARY: "preferences",  # called necessary, but without an exception that holds
    Category.FUNCTIONAL: "preferences",  # Klaro leaves its own "functional" out of what it asks
    Category.EXEMPT: "statistics",
    Category.ANALYTICS: "statistics",
    Category.MARKETING: "marketing",
}
TITLES = {
    "functional": gettext_lazy("Necessary"),
    "preferences": gettext_lazy("Functional"),
    "statistics": gettext_lazy("Statistics"),
    "marketing": gettext_lazy("Marketing"),
    "other": gettext_lazy("Something else"),
}


def configuration(trackers, *, texts=None, notice_urls=None):
    """What Klaro reads, as plain JSON. `trackers` come with site and purpose; `texts` is {purpose id: {language: {text,
    withdrawal}}} of the wordings in use; `notice_urls` is {language: URL}.
    """
    groups = defaultdict(list)
    for tracker in trackers:
        groups[_name(tracker)].append(tracker)
    services = {name: _service(name, rows) for name, rows in sorted(groups.items())}
    translations = {
        language: _texts(groups, services, texts or {}, language, notice_urls or {}) for language in LANGUAGES
    }
    return {
        "version": 1,
        "elementID": "klaro",
        "storageMethod": "cookie",
        "storageName": "klaro",
        "cookieName": "klaro",
        "cookieExpiresAfterDays": DAYS,
        "htmlTexts": False,
        "groupByPurpose": False,
        "default": False,
        "mustConsent": False,
        "acceptAll": True,
        "hideDeclineAll": False,
        "hideLearnMore": False,
        "noticeAsModal": False,
        "translations": translations,
        "services": list(services.values()),
    }


def as_script(configuration):
    """The same as a script that Klaro loads; nothing in it can end the script."""
    text = json.dumps(configuration, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    return f"var klaroConfig = {text};\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _name(tracker):
    if not tracker.answer.needs_consent:
        return NECESSARY
    return tracker.purpose.code if tracker.purpose else f"group.{ASKED[Category(tracker.category)]}"


def _service(name, rows):
    is_needed = name == NECESSARY
    purposes = {"functional"} if is_needed else {ASKED[Category(row.category)] for row in rows}
    return {
        "name": name,
        "purposes": sorted(purposes),
        "cookies": _cookies(rows),
        "default": is_needed,
        "required": is_needed,
        "optOut": False,
        "onlyOnce": True,
    }


def _cookies(rows):
    """Those that a script on the site can take away again: its own. Text that begins with ^ is a pattern to Klaro."""
    own = sorted({row.name for row in rows if row.kind == Kind.COOKIE and row.party != Party.THIRD})
    return [_pattern(name) for name in own]


def _pattern(name):
    if name.endswith("*"):
        return f"^{_escaped(name[:-1])}.*$"
    return f"^{_escaped(name)}$" if name.startswith("^") else name


def _escaped(text):
    return re.sub(r"[-\[\]/{}()*+?.\\^$|]", r"\\\g<0>", text)


def _texts(groups, services, texts, language, notice_urls):
    with override(language):
        found = {
            "purposes": {key: {"title": str(title)} for key, title in TITLES.items()},
            "acceptAll": _("Accept all"),
            "ok": _("Accept all"),
            "decline": _("Refuse all"),
            **{name: _words(name, services[name], rows, texts, language) for name, rows in groups.items()},
        }
    url = notice_urls.get(language)
    return ({"privacyPolicyUrl": url} if url else {}) | found


def _words(name, service, rows, texts, language):
    """Title and description of a service: the purpose of consent with its wording, or the group with what each tracker
    is for.
    """
    purpose = rows[0].purpose if name != NECESSARY else None
    title = purpose.name(language) if purpose else str(TITLES[service["purposes"][0]])
    shown = texts.get(purpose.pk) if purpose else None
    if shown:
        wording = shown.get(language) or next(iter(shown.values()))
        said = (wording["text"], wording.get("withdrawal", ""))
    else:
        said = dict.fromkeys(row.purpose_in(language).strip() for row in rows)
    return {"title": title, "description": " ".join(filter(None, said))}
