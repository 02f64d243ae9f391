"""Entries and their differences in words, for templates: `{% load record %}`. Shared by sheet, history and PDF."""

from django.template import Library
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from register import adequacy, law, models, words
from register.exports import wording
from register.rights import rights_under

register = Library()


@register.filter
def item_name(item):
    """The name of an item of the library; it bears its language when it has none in the reader's."""
    return wording.item(item)


@register.filter
def both(value, name):
    """One text of a pair, marked when it is in another language than the page: `{{ purpose|both:"text" }}`."""
    return wording.both(getattr(value, f"{name}_nl"), getattr(value, f"{name}_en"))


@register.filter
def recipient_name(line):
    return words.recipient_words(line)


@register.filter
def unlocalised(number):
    """A number for a drawing: never with the reader's thousands separator."""
    return str(number)


@register.simple_tag
def rights(basis):
    """(name, article) of the rights that follow from a lawful basis."""
    return rights_under(basis)


@register.filter
def choice_words(value, place):
    """A code in words: `{{ line.role|choice_words:"RecipientLine.role" }}`."""
    model, name = place.split(".")
    return words.value_words(getattr(models, model), name, value)


@register.filter
def retention(line):
    """How long the data of a line are kept, in words; "" when it is not said."""
    return words.retention_words(line.retention) if line.retention else line.retention_note


@register.filter
def kept_together(lines):
    """(how long, lines) of data that are kept equally long, in the order in which they come."""
    found = {}
    for line in lines:
        said = [retention(line), line.retention_note if line.retention else ""]
        found.setdefault(" · ".join(part for part in said if part), []).append(line)
    return found.items()


@register.filter
def agreement_name(value):
    return words.agreement_words(value)


@register.filter
def in_force(value, on):
    """Whether an agreement of an entry is signed, started and not ended on that day."""
    started = value.valid_from or value.signed_on
    ended = value.valid_until is not None and value.valid_until <= on
    return value.status == "signed" and started is not None and started <= on and not ended


PURPOSE_DETAILS = {
    "a": ("consent_note",),
    "b": ("contract",),
    "c": ("basis_law", "basis_article"),
    "d": ("vital_note",),
    "e": ("basis_law", "basis_article"),
    "f": ("interest", "interest_of", "interest_assessment"),
}
PURPOSE_MORE = ("basis_note", "basis_recorded_on", "compatibility", "compatibility_note")


@register.filter
def purpose_details(line):
    """(label, words) of what the basis of a purpose demands, and of what is said about it besides."""
    demanded = PURPOSE_DETAILS.get(line.basis, ())
    if "basis_law" in demanded and (line.basis_law or line.basis_article):
        yield words.label(models.Purpose, "basis_law"), wording.law_and_article(line.basis_law, line.basis_article)
    if "interest" in demanded and words.in_language(line, "interest"):
        yield capfirst(_("the interest")), both(line, "interest")
    for name in (*demanded, *PURPOSE_MORE):
        if name not in ("basis_law", "basis_article", "interest") and getattr(line, name):
            yield words.label(models.Purpose, name), words.value_words(models.Purpose, name, getattr(line, name))


@register.filter
def purpose_grounds(line):
    """(title, words) of the grounds for special data, criminal data and national numbers that are given."""
    grounds = {
        "special_ground": (line.special_ground, line.special_law, line.special_article),
        "criminal_ground": (line.criminal_ground, None, line.criminal_note),
        "national_id_law": ("", line.national_id_law, line.national_id_article),
    }
    for name, (ground, law_item, article) in grounds.items():
        ground = words.value_words(models.Purpose, name, ground)
        found = [part for part in (ground, wording.law_and_article(law_item, article)) if part]
        if found:
            yield words.label(models.Purpose, name), wording.joined(found)


@register.filter
def transfer_details(line):
    """(label, words) of everything else that is filled in on a transfer."""
    shown = {"country", "party", "mechanism"}
    for name in (field.name for field in models.TransferLine._meta.concrete_fields):
        value = getattr(line, name, None) if name not in shown | {"id", "activity", "position"} else None
        if value:
            yield words.label(models.TransferLine, name), words.value_words(models.TransferLine, name, value)


@register.filter
def measures_by_heading(entry):
    """(heading of Art. 32, lines) in the order of the article."""
    for heading in law.MeasureHeading:
        lines = [line for line in entry.measures if line.measure.heading == heading]
        if lines:
            yield heading.label, lines


@register.filter
def numbers(line):
    """About how many people a line is about."""
    return wording.people(line.number_min, line.number_max)


@register.filter
def supports(system):
    """What a system can do for one person."""
    can = {
        "supports_erasure": _("erase"),
        "supports_export": _("export"),
        "supports_correction": _("correct"),
    }
    return [said for name, said in can.items() if getattr(system, name) == "yes"]


@register.filter
def purpose_of(entry, line):
    """The text of the purpose that an access line is about."""
    found = next((purpose for purpose in entry.purposes if purpose.id == line.purpose), None)
    return words.in_language(found, "text") if found else ""


@register.filter
def adequacy_decisions(line, on):
    """What decisions of the Commission hold on that day for the country of a transfer: (reference, scope, to check)."""
    country = line.country or (line.party.country if line.party else None)
    found = adequacy.decisions(country.code, on) if country else []
    return [
        (one.reference, one.scope(words.language()), one.scope_check and not line.scope_checked_on) for one in found
    ]
