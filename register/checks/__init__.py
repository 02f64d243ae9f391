"""What the record still lacks or contradicts: the points of Art. 30 (`gaps`), and every rule that gives findings.

A module per group of rules; importing it makes its rules known.
"""

from . import (  # noqa: F401  their rules make themselves known
    abroad,
    agreements,
    assessments,
    free_text,
    governance,
    lawfulness,
    parties,
    record,
    retention,
    security,
    special,
    transfers,
    transparency,
    upkeep,
    use_of_data,
)
from .gaps import BLOCKING, LIMBS, MESSAGES, Gap, gaps, limbs

__all__ = ["BLOCKING", "LIMBS", "MESSAGES", "Gap", "gaps", "limbs"]
