"""What cells about people and data become: who, which data, how long kept, where from. See `cells`."""

from django.utils.translation import gettext_noop as _

from register.law import SpecialKind

from . import periods, values
from .proposal import Ref
from .special import BSN, CRIMINAL, SPECIAL, SPECIAL_UNKNOWN


def subjects(proposal, found):
    for text in [] if values.is_answer(found.words) else values.categories(found.words):
        proposal.add(found, "subjects", became=text, category=Ref(text, found))


def people(proposal, found):
    numbers = values.people(found.words)
    if numbers and proposal.has_home("people_min") and not proposal.fields.get("people_min"):
        proposal.fields["people_min"], proposal.fields["people_max"] = numbers
        found.take("people_min", " – ".join(map(str, numbers)))
    else:
        proposal.append(found, "scale_note", found.words)


def data(proposal, found):
    for text in [] if values.is_answer(found.words) else values.categories(found.words):
        proposal.add(found, "data", became=text, category=Ref(text, found))


def special_data(proposal, found):
    answer = values.yes_no(found.words)
    if answer == "yes":
        found.remark(_("It does not say which special data."))
        _sensitive(proposal, found, SPECIAL_UNKNOWN)
    elif not values.is_none(found.words):
        for text in values.categories(found.words):
            kinds = {values.plain(str(kind.label)): kind.value for kind in SpecialKind}
            words = values.plain(text)
            known = SPECIAL.get(kinds.get(words)) or next((one for one in SPECIAL.values() if words in one.words), None)
            _sensitive(proposal, found, known or SPECIAL_UNKNOWN, text="" if known else text)


def criminal_data(proposal, found):
    if values.yes_no(found.words) == "yes":
        _sensitive(proposal, found, CRIMINAL)
    elif not values.is_none(found.words):
        for text in values.categories(found.words):
            _sensitive(proposal, found, CRIMINAL, text=text)


def bsn(proposal, found):
    if values.yes_no(found.words) == "yes":
        _sensitive(proposal, found, BSN)


def _sensitive(proposal, found, known, text=""):
    """A line for data of this kind, unless the same data are listed already."""
    shown = text or known.name(proposal.language)
    ref = Ref(shown, found, known.details(proposal.language) if not text else known.of_this_kind())
    proposal.add(found, "data", became=shown, category=ref, implied=True)


def retention(proposal, found):
    """For all data of the activity; one each when there are as many terms as data. Only what is sure becomes a rule."""
    lines = proposal.lines_for("data")
    if not lines:
        return
    parts = values.several(found.words, "\n")
    if len(parts) != len(lines) or len(parts) == 1:
        parts = [found.words] * len(lines)
    for line, text in zip(lines, parts, strict=True):
        keep(line, found, text, proposal.language)
    found.take("data", found.words)
    if any("retention" in line for line in lines):
        found.remark(_("Read as a period of retention for these data."))


def keep(line, found, text, language):
    """How long the data of one line are kept: a rule when that is sure, otherwise the words."""
    period = periods.period(text, language)
    if period and len(period.words) <= 250:
        line["retention"] = Ref(period.words, found, {"period": period})
    else:
        line["retention_note"] = "\n".join(part for part in (line.get("retention_note", ""), text) if part)


def source(proposal, found):
    lines = proposal.lines_for("data")
    known = {"betrokkene", "betrokkenen", "de betrokkene", "betrokkene zelf", "data subject", "the data subject"}
    for line in lines:
        if values.plain(found.words) in known:
            line["source"] = "subject"
        proposal.fill(found, line, "data", source_note=found.words)
    if lines:
        found.take("data")
