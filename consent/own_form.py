"""A web form of the organisation's own, read for what makes consent given on it worthless.

The one rule: only what the page itself says about consent is held against it: a box that is ticked beforehand, a
consent that nobody sees, and a box that accepts terms along with consent. Pure: HTML in, sentences out.
"""

import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from .validity import bundles_terms, no_terms

LONGEST = 2_000_000
"""Of a larger page only the beginning is read."""
LONGEST_LABEL = 10_000
ABOUT_CONSENT = re.compile(r"consent|toestemming|opt-?in|newsletter|nieuwsbrief|marketing|mailing", re.IGNORECASE)
YES = re.compile(r"\s*(ja|j|yes|y|true|on|1|akkoord|agree)\s*", re.IGNORECASE)
"""The answer of a choice that would be a consent; a no may be chosen beforehand."""
TOKEN = re.compile(r"token|csrf|nonce|version|versie", re.IGNORECASE)


class _Reader(HTMLParser):
    """Gathers boxes that are ticked, hidden fields, and the words of labels with what they belong to."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.ticked, self.hidden, self.labels, self.label = [], [], [], None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "label":
            self.label = {"of": said.get("for") or "", "words": ""}
            self.labels.append(self.label)
        elif tag == "input":
            self._input(said)

    def handle_endtag(self, tag):
        if tag == "label":
            self.label = None

    def handle_data(self, data):
        if self.label is not None and len(self.label["words"]) < LONGEST_LABEL:
            self.label["words"] += f" {data}"

    def _input(self, said):
        name, kind = said.get("name") or "", (said.get("type") or "").lower()
        is_yes = kind == "checkbox" or (kind == "radio" and YES.fullmatch(said.get("value") or ""))
        if is_yes and "checked" in said:
            self.ticked.append((name, said.get("id") or "", self.label))
        if kind == "hidden" and said.get("value") and ABOUT_CONSENT.search(name) and not TOKEN.search(name):
            self.hidden.append(name)

    def consents(self):
        """Names of the ticked boxes that are about consent, by their name or their words."""
        words_of = {label["of"]: label["words"] for label in self.labels if label["of"]}
        for name, key, around in self.ticked:
            words = f"{name} {key} {words_of.get(key, '')} {around['words'] if around else ''}"
            if ABOUT_CONSENT.search(words):
                yield name


def faults(html):
    """What is wrong with the form on a page, as sentences; none when nothing was found."""
    reader = _Reader()
    reader.feed(html[:LONGEST])  # never closed: what follows a tag or remark without end is read by no browser either
    ticked = list(reader.consents())
    if ticked:
        yield _("A box on this page is ticked beforehand (%(name)s). That is no consent: leave every box empty.") % {
            "name": _named(ticked)
        }
    if reader.hidden:
        yield _("A field that nobody sees gives consent on this page (%(name)s). People give it themselves.") % {
            "name": _named(reader.hidden)
        }
    if any(bundles_terms(label["words"]) and ABOUT_CONSENT.search(label["words"]) for label in reader.labels):
        yield no_terms()


def _named(names):
    return ", ".join(name[:60] or "?" for name in dict.fromkeys(names[:5]))
