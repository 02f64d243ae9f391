"""What one activity leaves open in a notice that speaks of it, whatever else that notice is about. Pure."""

from register.record import Standing

from .sentences import HEADINGS
from .writer import Material, Writer
from .writing import GENERATED

ABOUT_US = ("controller", "rights", "objection", "withdrawal", "complaint")


def sections_left_open(entry):
    """{section of the sheet: [headings of the notice]} that stay empty for want of a fact, but for translations."""
    writer, found = Writer(Material((Standing(entry),), {}, {})), {}
    for key, write_section in GENERATED.items():
        if key not in ABOUT_US:
            writer.section = key
            write_section(writer)
    for gap in writer.gaps:
        if gap.key != "language" and gap.origins:
            headings = found.setdefault(gap.origins[0].place, [])
            headings += [HEADINGS[gap.section]] if HEADINGS[gap.section] not in headings else []
    return found
