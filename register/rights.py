"""Which rights people have under each lawful basis: derived from the law, never typed in (Art. 15-21)."""

from django.utils.translation import gettext_lazy as _

from .law import RIGHTS_BY_BASIS

RIGHTS = {
    "access": (_("access"), "15"),
    "rectification": (_("rectification"), "16"),
    "erasure": (_("erasure"), "17"),
    "restriction": (_("restriction"), "18"),
    "portability": (_("portability"), "20"),
    "object": (_("objection"), "21"),
    "withdraw": (_("withdrawal of consent"), "7(3)"),
}


def rights_under(basis):
    """(name, article) of each right that a purpose with this basis leaves to people; none without a basis."""
    return [RIGHTS[name] for name in RIGHTS_BY_BASIS.get(basis, ())]
