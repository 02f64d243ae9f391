"""A published notice on paper, tagged for screen readers. The same version gives the same bytes."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import pdf


def make(notice, version, text, language):
    with translation.override(language):
        day = _("Valid from %(day)s") % {"day": date_format(version.valid_from, "DATE_FORMAT")}
        context = {
            "language": language,
            "title": version.titled(language),
            "organisation": notice.organisation,
            "version": version,
            "text": text,
            "day": day,
            "running": pdf.running(day),
        }
        html = render_to_string("portal/pdf/notice.html", context)
        return pdf.render(html, title=context["title"], language=language, created_at=version.published_at)
