"""A class list on paper: for each pupil and purpose a word, never only a colour."""

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import pdf


def make(class_list, rows, purposes, *, language, at):
    with translation.override(language):
        context = {
            "title": _("Class %(name)s: who may be shown where") % {"name": class_list.name},
            "organisation": class_list.organisation,
            "purposes": [purpose.name(language) for purpose in purposes],
            "rows": rows,
        }
        return rendered("consent/pdf/class_list.html", context, language, at)


def rendered(template, context, language, at):
    """A document of the class lists, with the running words of every page; in the language that is active."""
    day = date_format(timezone.localdate(at), "DATE_FORMAT")
    html = render_to_string(template, {**context, "language": language, "running": pdf.running(day), "day": day})
    return pdf.render(html, title=context["title"], language=language, created_at=at)
