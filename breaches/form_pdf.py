"""The form of an authority on paper, in the order of the form: a working copy, or what was handed in."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from breaches.models import Notification
from core import pdf


def of_working_copy(breach, filled, *, at):
    with translation.override(filled.language):
        facts = [
            (_("As it stood on"), _moment(at)),
            (_("Still missing"), len(filled.missing)),
            (_("To be checked"), len(filled.to_check)),
        ]
        return _rendered(breach, filled, facts, at=at, is_draft=True)


def of_notification(breach, kept):
    """What was handed in. The same notification gives the same bytes."""
    row, filled = kept.row, kept.filled
    with translation.override(filled.language):
        facts = [
            (_label("kind"), row.get_kind_display()),
            (_label("sent_at"), _moment(row.sent_at)),
            (_("Recorded by"), row.by),
            (_label("reference"), row.reference),
            (_("Complete"), _("Yes") if row.is_complete else _("No")),
            (_label("follow_up_on"), row.follow_up_on and date_format(row.follow_up_on, "DATE_FORMAT")),
            (_("What will follow?"), kept.follows),
            (_("Fingerprint"), row.digest),
        ]
        return _rendered(breach, filled, facts, at=row.at, is_draft=False)


def _rendered(breach, filled, facts, *, at, is_draft):
    context = {
        "language": filled.language,
        "title": f"{breach.code} {filled.title}",
        "breach": breach,
        "filled": filled,
        "facts": [(label, value) for label, value in facts if value not in (None, "")],
        "is_draft": is_draft,
        "running": pdf.running(f"{breach.code} · {filled.form}", _("NOT HANDED IN")),
    }
    html = render_to_string("breaches/pdf/form.html", context)
    return pdf.render(html, title=context["title"], language=filled.language, created_at=at)


def _label(name):
    return capfirst(Notification._meta.get_field(name).verbose_name)


def _moment(value):
    return date_format(localtime(value), "DATETIME_FORMAT")
