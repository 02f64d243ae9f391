"""The difference of two texts, told by signs and words as well as by colour."""

import re
from difflib import SequenceMatcher

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

register = Library()

KINDS = {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed"), "same": _("Unchanged")}
ALIKE_ENOUGH = 0.4  # below this, word by word reads worse than the two texts one under the other


def kind_of(before, after):
    if before == after:
        return "same"
    if not before:
        return "added"
    return "removed" if not after else "changed"


def word_by_word(before, after):
    """Both texts in one, deleted and inserted words marked; None when they are too different to read that way.

    In long texts words that occur everywhere are no landmarks (difflib's autojunk), or 2,000 words would cost a minute.
    """
    if any(isinstance(text, SafeString) and ("<" in text or "&" in text) for text in (before, after)):
        return None  # markup is not words
    old, new = (re.findall(r"(\s*)(\S+)", str(text)) for text in (before, after))
    matcher = SequenceMatcher(None, [word for _space, word in old], [word for _space, word in new])
    if matcher.ratio() < ALIKE_ENOUGH or matcher.ratio() == 1:
        return None
    pieces = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(format_html("{}", "".join(space + word for space, word in new[k:m])))
            continue
        space = (old[i:j] or new[k:m])[0][0]
        pieces += [space, _marked("del", old[i:j]), _marked("ins", new[k:m])]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _marked(tag, words):
    """The words in their mark, without the space before them."""
    if not words:
        return ""
    text = "".join(space + word for space, word in words)
    return format_html("<{}>{}</{}>", tag, text.lstrip(), tag)


@register.simple_block_tag
def diff(content):
    return format_html('<div class="diff" role="list">{}</div>', content)


@register.simple_tag
def diff_row(label, before="", after="", kind=""):
    kind = kind or kind_of(before, after)
    context = {"label": label, "before": before, "after": after, "kind": kind, "word": KINDS[kind]}
    context["merged"] = word_by_word(before, after) if kind == "changed" else None
    return render_to_string("components/diff_row.html", context)
