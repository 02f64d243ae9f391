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
    """Both texts in one, deleted and inserted words marked; None when they are too different to read that way."""
    if any(isinstance(text, SafeString) and ("<" in text or "&" in text) for text in (before, after)):
        return None  # markup is not words
    old, new = re.split(r"(\s+)", str(before)), re.split(r"(\s+)", str(after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE_ENOUGH:
        return None
    pieces = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(format_html("{}", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(format_html("<del>{}</del>", "".join(old[i:j])))
        if k < m:
            pieces.append(format_html("<ins>{}</ins>", "".join(new[k:m])))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_block_tag
def diff(content):
    return format_html('<div class="diff" role="list">{}</div>', content)


@register.simple_tag
def diff_row(label, before="", after="", kind=""):
    kind = kind or kind_of(before, after)
    context = {"label": label, "before": before, "after": after, "kind": kind, "word": KINDS[kind]}
    context["merged"] = word_by_word(before, after) if kind == "changed" else None
    return render_to_string("components/diff_row.html", context)
