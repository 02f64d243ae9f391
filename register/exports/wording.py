"""How a document words what an entry holds: labels of fields, codes of choices, texts in two languages, days, periods.

The one rule: everything is said in the language in force (`translation.override`), and a text in another language is
marked as such, for eyes and for screen readers. All results are HTML, escaped.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from register import law

_WRITTEN_IN = ContextVar("written in", default="")
EMPTY = mark_safe("")
ONLY_IN = {"nl": _("(only in Dutch)"), "en": _("(only in English)")}


def language():
    return (get_language() or "nl")[:2]


def label(model, name):
    """What the field `name` of `model` is called."""
    return capfirst(model._meta.get_field(name).verbose_name)


def choice(choices, code):
    """What a code means; a code that is no longer known is shown as it is."""
    if code in (None, ""):
        return ""
    return str(dict(choices.choices).get(code, code))


def both(dutch, english):
    """A text that has one value per language. In the other language, and marked, when it is missing in this one."""
    here, there = (dutch, english) if language() == "nl" else (english, dutch)
    if here.strip():
        return lines(here)
    if not there.strip():
        return EMPTY
    other = "en" if language() == "nl" else "nl"
    return format_html('<span lang="{}">{}</span> <span class="only-in">{}</span>', other, lines(there), ONLY_IN[other])


def item(one):
    """The name of a library item; it bears its language when it has none in this one."""
    if one is None:
        return EMPTY
    here, there = (one.nl, one.en) if language() == "nl" else (one.en, one.nl)
    if here:
        return conditional_escape(here)
    return format_html('<span lang="{}">{}</span>', "en" if language() == "nl" else "nl", there)


def lines(text):
    """Text as it was typed; line breaks stay."""
    parts = [part.strip() for part in str(text).strip().splitlines()]
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in parts if part))


@contextmanager
def written_in(code):
    """The language in which people typed the texts that have no language of their own."""
    token = _WRITTEN_IN.set(code)
    try:
        yield
    finally:
        _WRITTEN_IN.reset(token)


def typed(text):
    """A text as somebody typed it; in another language than the document's it says so to a screen reader."""
    code = _WRITTEN_IN.get()
    if not text or code in ("", language()):
        return lines(text)
    return format_html('<span lang="{}">{}</span>', code, lines(text))


def joined(parts, sign="; "):
    """A list within a line: far quicker to lay out than bullets, and as clear."""
    return format_html_join(sign, "{}", ((part,) for part in parts if part))


def stacked(parts):
    """One under the other; what is empty takes no line."""
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in parts if part))


def noted(main, note):
    """Something with a word of explanation behind it."""
    return format_html("{} ({})", main, note) if main and note else conditional_escape(main or note)


def day(value):
    return date_format(value, "DATE_FORMAT") if value else ""


def moment(value):
    return date_format(localtime(value), "DATETIME_FORMAT") if value else ""


def grouped(number):
    """A number with its thousands apart, as the reader writes it."""
    return number_format(number, use_l10n=True, force_grouping=True)


def people(low, high):
    """About how many."""
    if low is None and high is None:
        return ""
    if low is None:
        return gettext("at most %(number)s") % {"number": grouped(high)}
    if high is None:
        return gettext("at least %(number)s") % {"number": grouped(low)}
    if low == high:
        return gettext("about %(number)s") % {"number": grouped(low)}
    return gettext("%(low)s to %(high)s") % {"low": grouped(low), "high": grouped(high)}


def period(rule):
    """How long a retention rule says: a period and what it counts from, or its criterion."""
    if rule.period_value is None:
        return both(rule.criterion_nl, rule.criterion_en) or item(rule)
    length = _LENGTHS[rule.period_unit](rule.period_value) if rule.period_unit in _LENGTHS else str(rule.period_value)
    bound = _BOUNDS.get(rule.bound)
    length = bound % {"period": length} if bound else length
    counted = both(rule.trigger_nl, rule.trigger_en) or choice(law.RetentionTrigger, rule.trigger)
    if not counted:
        return conditional_escape(length)
    sentence = conditional_escape(gettext("%(period)s, counted from: %(moment)s"))
    return mark_safe(sentence % {"period": conditional_escape(length), "moment": conditional_escape(counted)})


_LENGTHS = {
    "day": lambda number: ngettext("%(number)d day", "%(number)d days", number) % {"number": number},
    "week": lambda number: ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number},
    "month": lambda number: ngettext("%(number)d month", "%(number)d months", number) % {"number": number},
    "year": lambda number: ngettext("%(number)d year", "%(number)d years", number) % {"number": number},
}
_BOUNDS = {
    "minimum": _("at least %(period)s"),
    "maximum": _("at most %(period)s"),
    "guideline": _("%(period)s (guideline)"),
}


def law_and_article(item_of_law, article):
    """Where it is written: the short name of the law and the article."""
    if item_of_law is None:
        return conditional_escape(article)
    return joined([item_of_law.short(language()), article], ", ")


def contact(party, *, name=True):
    """A party with all that one needs to reach it."""
    return stacked(
        [
            format_html("<strong>{}</strong>", party.name) if name else "",
            party.registration_number,
            lines(party.address),
            item(party.country),
            party.contact,
            party.email,
            party.phone,
            party.website,
        ]
    )


def fingerprint(digest, *, short=True):
    """A SHA-256 in groups of four, so that eyes can compare two; four groups are enough to recognise one."""
    groups = [digest[place : place + 4] for place in range(0, len(digest), 4)]
    return " ".join(groups[:4] if short else groups)
