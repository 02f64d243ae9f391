"""Every module with rules; importing this makes all of them known. The app does so once its tables can be named."""

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
