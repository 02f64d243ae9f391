"""Which forms can be published again together with a wording that they ask with.

The one rule: only what was published goes along. A form in which somebody is still writing waits for that person.
"""

from . import offering
from .models import FormChoice, WordingVersion

ASKED = ("email", "phone", "number", "name")


def unchanged(versions):
    """Those of these versions (read with their form) that say what the form would say now, whatever became of their
    wordings and notice meanwhile. Two queries.
    """
    boxes = {version.form_id: [] for version in versions}
    for choice in FormChoice.objects.filter(form__in=boxes):
        boxes[choice.form_id].append((choice.wording_id, choice.channel))
    shown = {choice["wording"] for version in versions for choice in version.content["choices"]}
    wordings = dict(WordingVersion.objects.filter(pk__in=shown).values_list("pk", "wording"))
    wordings = {str(key): wording for key, wording in wordings.items()}
    return [
        version
        for version in versions
        if _now(version.form, boxes[version.form_id]) == _published(version.content, wordings)
    ]


def _now(form, boxes):
    return {
        "texts": {language: offering.texts_of(form, language) for language in offering.languages_of(form)},
        "asks": {name: getattr(form, f"asks_{name}") for name in ASKED},
        "confirms_by_mail": form.confirms_by_mail,
        "keeps_refused": form.keeps_refused,
        "notice": str(form.notice_id),
        "point": str(form.point_id or ""),
        "boxes": boxes,
    }


def _published(content, wordings):
    return {
        "texts": content["texts"],
        "asks": {name: content["asks"][name] for name in ASKED},
        "confirms_by_mail": content["confirms_by_mail"],
        "keeps_refused": content["keeps_refused"],
        "notice": content["notice"]["notice"],
        "point": content["point"]["id"] if content["point"] else "",
        "boxes": [(wordings[choice["wording"]], choice["channel"]) for choice in content["choices"]],
    }
