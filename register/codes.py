"""The number of an activity as people read and type it: VA-0012. Pure."""

LONGEST = 15  # figures; more fit in no column


def code_of(number):
    return f"VA-{number:04d}"


def number_of(text):
    """The number in VA-0012, va 12 or 12; None for anything else."""
    figures = text.strip().upper().removeprefix("VA").strip(" -")
    return int(figures) if figures.isascii() and figures.isdecimal() and len(figures) <= LONGEST else None
