"""Text that looks like data of somebody: what rule R019 finds, and names with a title. A register describes kinds of
data; it should not hold them.

The one rule: certain patterns only, and it is a remark to look at, never a reason to refuse. Pure.
"""

import re

from register.personal_data import seen

from .values import remembered

TITLED = re.compile(
    r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]rs|[Mm]r|[Mm]s|[Dd]e heer|[Mm]evrouw|[Hh]err|[Ff]rau|Mme|Sra?)\.? "
    r"(?:[A-Z]\.? ?){0,4}(?:(?:van|de|der|den|von|la|le) ){0,3}[A-Z][a-zà-ÿ]{2,}"
)


@remembered
def found_in(text):
    """The words in a text that look like data of one person: what rule R019 finds too, and names with a title."""
    words = [piece for _kind, piece in seen(text)] + [match[0] for match in TITLED.finditer(text)]
    return tuple(dict.fromkeys(words))
