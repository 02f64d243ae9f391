"""The yearly letter to parents, one page for each pupil, in the organisation's own words or in ours."""

from django.utils import translation
from django.utils.translation import gettext as _

from consent.actions import versions

from . import list_pdf


def words_of(settings, language):
    own = settings.letter_nl if language == "nl" else settings.letter_en
    if own.strip():
        return own
    with translation.override(language):
        return _(
            "Each school year we tell you what is recorded about showing your child. Do you want something else? "
            "Tell us: you may change your answer at any time, as easily as you gave it, and without a reason. What is "
            "said no to, we take down and no longer publish. A no of one parent is enough."
        )


def ways_out(purposes, language, at):
    """How an answer is changed, as the wordings in use tell it; each once. A query."""
    shown = versions.latest_of(purposes, at).values()
    told = [version.content.get("texts", {}).get(language, {}).get("withdrawal", "").strip() for version in shown]
    return list(dict.fromkeys(filter(None, told)))


def make(class_list, rows, purposes, settings, *, language, at):
    with translation.override(language):
        names = [purpose.name(language) for purpose in purposes]
        context = {
            "title": _("What you agreed to"),
            "organisation": class_list.organisation,
            "class_list": class_list,
            "words": words_of(settings, language),
            "ways_out": ways_out(purposes, language, at),
            "rows": [(row, list(zip(names, row.answers, strict=True))) for row in rows],
        }
        return list_pdf.rendered("consent/pdf/class_letters.html", context, language, at)
