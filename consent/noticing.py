"""The privacy notice and the form that people had before them when they consented, kept by value in a wording version.

The one rule: what is in force at the moment of publishing is frozen; a newer notice only says so, and asks for no new
consent. Versions from before this was kept simply lack it.
"""

from django.urls import reverse

from core.languages import in_language
from register.models import NoticeVersion
from register.notices import reading
from register.notices.text import LANGUAGES


def offered(organisation, activity, *, on):
    """Versions of notices that people can read on a day; those that speak of this activity first. One query."""
    found = reading.published(organisation, on=on)
    return sorted(found, key=lambda version: (not speaks_of(version, activity), str(version.notice)))


def speaks_of(version, activity):
    """Whether a version of a notice is about the activity with this id."""
    return str(activity) in version.activities


def frozen(version, activity):
    """What a wording keeps of the notice it was published with; `version` was read with its notice. JSON-ready."""
    notice, organisation = version.notice, version.organisation
    return {
        "id": str(version.pk),
        "notice": str(notice.pk),
        "number": version.number,
        "digest": version.digest,
        "titles": {language: version.titled(language) for language in LANGUAGES},
        "languages": list(version.languages),
        "address": reverse("portal:notice", args=[organisation.slug, notice.slug]),
        "speaks_of_activity": speaks_of(version, activity),
    }


def shown(stored):
    """What a wording keeps of the file that shows the form as people saw it."""
    return {"name": stored.name, "content_type": stored.content_type, "size": stored.size, "sha256": stored.sha256}


def title(content, language):
    return in_language(content["titles"]["nl"], content["titles"]["en"], language)


def newer(content, *, on):
    """The number of the version of the notice that people read on a day, when it is a later one than was frozen; else
    None. One query, and none without a notice."""
    kept = content.get("notice")
    if not kept:
        return None
    number = NoticeVersion.objects.filter(notice=kept["notice"]).in_force(on).values_list("number", flat=True).first()
    return number if number and number > kept["number"] else None
