"""What the record still lacks or contradicts: the points of Art. 30 (`gaps`), and every rule that gives findings.

A module per group of rules; `rules` names all of them.
"""

from .gaps import BLOCKING, LIMBS, MESSAGES, Gap, gaps, limbs

__all__ = ["BLOCKING", "LIMBS", "MESSAGES", "Gap", "gaps", "limbs"]
