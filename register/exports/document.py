"""The document around the sheets: cover, contents, controllers, legend, parts and annexes, as one page of HTML.

The one rule: what depends on the day, the selection or the moment stands here, never in a sheet.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import pdf

from . import cards, internal
from .sheets import anchor, sheet_html
from .wording import day, fingerprint, grouped, joined, moment, stacked

NAMED_ON_COVER = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets under one heading. `lines` are their lines in the contents."""

    anchor: str
    title: str
    note: str
    lines: tuple
    sheets: tuple


@dataclass(frozen=True, slots=True)
class Line:
    target: str
    code: str
    name: str
    language: str
    version: str


def title(found, language):
    """What the document is called, in its language."""
    with translation.override(language):
        if found.selection.is_single and len(found.standings) == 1:
            entry = found.standings[0].entry
            return f"{entry.code} {entry.name}"
        return _("Record of processing activities of %(organisation)s, %(day)s") % {
            "organisation": found.organisation.name,
            "day": day(found.on),
        }


def html(found, language):
    """All of it. Two to ten queries for names; some three milliseconds for each sheet."""
    with translation.override(language):
        return render_to_string("register/pdf/document.html", context(found, language))


def context(found, language):
    controllers = [cards.card(one) for one in found.controllers]
    single = found.selection.is_single and len(found.standings) <= 1
    return {
        "language": language,
        "title": title(found, language),
        "organisation": found.organisation,
        "single": single,
        "subject": found.standings[0] if found.standings else None,
        "day": day(found.on),
        "running": _running(found),
        "facts": _cover(found, controllers),
        "not_established": _not_established(found),
        "controllers": controllers,
        "parts": _parts(found, language),
        "unestablished": found.unestablished,
        "annexes": internal.annexes(found),
        "chain": found.chain,
        "chain_digest": fingerprint(found.chain.digest, short=False),
        "has_drafts": bool(found.drafts),
    }


def _running(found):
    stood = _("Record of processing activities, as it stood on %(day)s") % {"day": day(found.on)}
    return pdf.running(stood, _("WORKING COPY, NOT ESTABLISHED"))


def _cover(found, controllers):
    """What the cover says, as pairs; those without a value are left out by the template."""
    selection = found.selection
    pairs = selection.words(found.organisation)
    chosen = stacked(format_html('<span class="label">{}:</span> {}', *pair) for pair in pairs)
    internal_parts = [internal.Internal(key).label for key in selection.internal]
    return [
        (_("Controllers") if len(controllers) > 1 else _("Controller"), stacked(_linked(one) for one in controllers)),
        (_("Data protection officer"), _per_controller(controllers, "dpo")),
        (_("Supervisory authority"), _per_controller(controllers, "authority")),
        (_("Reading"), _reading(found)),
        (_("Selection"), chosen or _("The whole established record")),
        (_("In this document"), "" if selection.is_single else stacked(_counts(found))),
        (_("Internal parts"), joined(internal_parts) or _("None")),
        (_("Made on"), moment(found.made_at)),
        (_("Change log"), _chain(found.chain)),
    ]


def _linked(one):
    return format_html('<a href="#{}">{}</a>', one.anchor, one.name)


def _per_controller(controllers, name):
    """One value when all controllers share it, else each with its controller."""
    values = {getattr(one, name) or _("Not recorded") for one in controllers}
    if len(values) <= 1:
        return next(iter(values), _("Not recorded"))
    return stacked(
        format_html('<span class="label">{}:</span> {}', one.name, getattr(one, name) or _("Not recorded"))
        for one in controllers
    )


def _reading(found):
    if found.is_afterwards:
        return _("As we now know it was on that day: with what was recorded afterwards, until this document was made.")
    if found.known_at >= found.made_at:
        return _("As it was established and known when this document was made.")
    return _("As it was established and known at the end of that day. What was recorded later is not in it.")


def _counts(found):
    own, ours, ended = len(found.as_controller), len(found.as_processor), len(found.ended)
    drafts = len(found.drafts)
    return [
        ngettext("%(count)s activity as controller", "%(count)s activities as controller", own)
        % {"count": grouped(own)},
        ngettext("%(count)s activity as processor", "%(count)s activities as processor", ours)
        % {"count": grouped(ours)},
        ngettext("%(count)s ended activity", "%(count)s ended activities", ended) % {"count": grouped(ended)},
        ngettext("%(count)s working copy, not established", "%(count)s working copies, not established", drafts)
        % {"count": grouped(drafts)}
        if drafts
        else "",
    ]


def _chain(chain):
    if not chain.number:
        return ""
    head = _("%(count)s acts; digest of the last one:") % {"count": grouped(chain.number)}
    return format_html('{} <span class="digest">{}</span>', head, fingerprint(chain.digest, short=False))


def _not_established(found):
    """Sentences for the cover: what runs, but is not or not wholly in the record."""
    never, changed = found.unestablished.never, found.unestablished.changed
    sentences = []
    if never:
        sentence = ngettext(
            "%(count)s running activity was never established and is not in this record.",
            "%(count)s running activities were never established and are not in this record.",
            len(never),
        )
        sentences.append(_with_codes(sentence, never))
    if changed:
        sentence = ngettext(
            "%(count)s activity has changes that are not established yet; the record shows its last version.",
            "%(count)s activities have changes that are not established yet; the record shows their last versions.",
            len(changed),
        )
        sentences.append(_with_codes(sentence, changed))
    return sentences


def _with_codes(sentence, named):
    codes = ", ".join(one.code for one in named[:NAMED_ON_COVER])
    more = ", …" if len(named) > NAMED_ON_COVER else ""
    return format_html('{} <span class="codes">{}{}</span>', sentence % {"count": grouped(len(named))}, codes, more)


def _parts(found, language):
    parts = [
        Part(
            "part-controller",
            _("As controller, Art. 30(1)"),
            _("Activities of which the organisation decides why and how personal data are processed."),
            *_sheets(found.as_controller, language),
        ),
        Part(
            "part-processor",
            _("As processor, Art. 30(2)"),
            _("Processing on behalf of other controllers. Of these, Art. 30(2) asks less than of its own activities."),
            *_sheets(found.as_processor, language),
        ),
        Part(
            "part-ended",
            _("Annex: ended activities"),
            ngettext(
                "Activities that ended in the last %(count)d year before the day of this document.",
                "Activities that ended in the last %(count)d years before the day of this document.",
                found.organisation.keep_ended_years,
            )
            % {"count": found.organisation.keep_ended_years},
            *_sheets(found.ended, language),
        ),
        Part(
            "part-drafts",
            _("Annex: working copies, not established"),
            _(
                "These sheets are not part of the record. They show what people are working on, as it was when this "
                "document was made."
            ),
            *_sheets(found.drafts, language),
        ),
    ]
    return [part for part in parts if part.sheets]


def _sheets(standings, language):
    lines = tuple(
        Line(anchor(one), one.entry.code, one.entry.name, one.entry.language, str(one.version or ""))
        for one in standings
    )
    return lines, tuple(mark_safe(sheet_html(one, language)) for one in standings)
