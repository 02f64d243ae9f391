"""A version of a form on paper: empty boxes, lines to write on, and a code that says which words stood there.

The one rule: the same version gives the same bytes, and the code names the version of the form and of each wording, so
that whoever types it in finds what was signed.
"""

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import pdf, qr
from core.addresses import full_address, in_full
from core.refusal import Refused

from .kinds import Channel


def code(version):
    """What is typed in at the desk to find the version again."""
    return f"{version.form.slug}/{version.number}"


def read_code(text):
    """(slug, number) of a code as somebody typed it in, or None when it is none."""
    slug, _slash, number = text.strip().strip("/").rpartition("/")
    is_number = number.isascii() and number.isdecimal() and len(number) < 7
    return (slug, int(number)) if slug and is_number else None


def address(version, language):
    """What the QR code leads to: the form on the street, with the versions that this paper shows."""
    form = full_address("portal:consent_form", version.organisation.slug, version.form.slug)
    wordings = "-".join(str(choice["number"]) for choice in version.content["choices"])
    return f"{form}?{urlencode({'v': version.number, 'w': wordings, 'language': language})}"


def make(version, language):
    """The PDF, in one of the languages of the version. Refuses when the form does not say how long it is kept."""
    text = version.content["texts"][language]
    if not text["kept"]:
        raise Refused(
            _("This form does not say how long the paper is kept."),
            remedy=_("Fill that in with the form, and publish it again."),
        )
    with translation.override(language):
        page = html(version, language)
        return bytes(pdf.render(page, title=text["title"], language=language, created_at=version.published_at))


def html(version, language):
    """The paper before it is laid out, in the language in force; no query."""
    content, text = version.content, version.content["texts"][language]
    where = address(version, language)
    context = {
        "language": language,
        "title": text["title"],
        "organisation": version.organisation,
        "version": version,
        "text": text,
        "choices": [
            (choice["texts"][language], Channel(choice["channel"]).label, choice["name"], choice["number"])
            for choice in content["choices"]
        ],
        "asks": content["asks"],
        "notice": in_full(content["notice"]["address"]),
        "notice_title": content["notice"]["titles"].get(language, ""),
        "code": code(version),
        "qr": qr.svg(where, _("QR code of this form, version %(number)d") % {"number": version.number}),
        "running": pdf.running(code(version)),
    }
    return render_to_string("consent/pdf/form.html", context)
