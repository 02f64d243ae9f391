"""What can be chosen for a column, and where a cell went, in the words of people."""

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from register import sections as layout
from register.models import Activity, Party

from . import headings

ACTIVITY, PURPOSES, DATA, OTHERS, WHERE, DPIA, PROCESSOR = (
    *(_("The activity"), _("Purposes and bases"), _("People and data"), _("Recipients and processors")),
    *(_("Systems, countries, security"), _("DPIA"), _("As processor, for others")),
)
MEANINGS = {
    ACTIVITY: {
        "name": _("Name of the activity"),
        "kind": _("As controller or as processor"),
        "department": _("Department"),
        "controller": _("Controller"),
        "joint_controllers": _("Joint controllers"),
        "labels": _("Labels"),
        "status": _("Status: kept as a note"),
        "language": _("Language of the texts"),
        "activity": _("Which activity the row is about"),
        "shared": _("Which rows of another sheet go with it"),
        "identifier": _("Identifier of an exported record: left out"),
    },
    PURPOSES: {
        "purposes": _("Purposes"),
        "basis": _("Lawful basis"),
        "basis_law": _("Law on which the basis rests"),
        "special_ground": _("Ground for special data"),
        "interest": _("Legitimate interest"),
        "interest_assessment": _("Assessment of the interest (LIA)"),
        "consent_note": _("How consent is asked and kept"),
    },
    DATA: {
        "subjects": _("People"),
        "people": _("Number of people"),
        "data": _("Personal data"),
        "special_data": _("Special data"),
        "criminal_data": _("Criminal data"),
        "bsn": _("BSN: yes or no"),
        "retention": _("How long kept"),
        "source": _("Where the data come from"),
    },
    OTHERS: {
        "recipients": _("Recipients"),
        "recipient_categories": _("Kinds of recipients"),
        "internal_recipients": _("Recipients within the organisation"),
        "processors": _("Processors"),
        "processor_email": _("E-mail of the processor"),
        "processor_phone": _("Telephone of the processor"),
        "processor_address": _("Address of the processor"),
        "processor_postcode": _("Postcode of the processor"),
        "processor_town": _("Town of the processor"),
        "processor_country": _("Country of the processor"),
    },
    WHERE: {
        "systems": _("Systems"),
        "transfers": _("Countries outside the EEA"),
        "safeguards": _("Safeguards for transfers"),
        "measures": _("Security measures"),
    },
    DPIA: {"dpia": _("DPIA"), "dpia_needed": _("Is a DPIA needed?"), "dpia_done": _("Was a DPIA done?")},
    PROCESSOR: {
        "clients": _("Controllers we work for"),
        "client_processing": _("What is done for them"),
    },
}
OWN = {
    "assessment": _("DPIA: needed, not needed or done"),
    "council": _("Works council or participation council"),
    "council_asked_on": _("Works council: asked on"),
    "council_decided_on": _("Works council: answered on"),
    "council_note": _("Works council: outcome in words"),
    "provision_consequence": _("What happens if people do not give the data"),
    "automated_logic": _("Automated decisions: the logic"),
    "automated_consequences": _("Automated decisions: what they mean for people"),
    "automated_intervention": _("Automated decisions: how a person can step in"),
}
"""Fields whose label only says enough beside the others on the form."""
KEPT = _("Keep word for word, as a note")
HOMES = {"party": _("Party"), "notes": _("Notes"), "labels": _("Labels")}


def choices():
    """Groups of (meaning, label) for a select: what is asked most comes first."""
    known = set(headings.meanings())
    groups, told = [], set()
    for group, labels in MEANINGS.items():
        groups.append((group, [(name, label) for name, label in labels.items() if name in known]))
        told |= set(labels)
    fields = headings.own_fields().items()
    own = [(name, str(OWN.get(name) or capfirst(field.verbose_name))) for name, field in fields if name not in told]
    groups.append((_("More of the activity"), sorted(own, key=lambda pair: pair[1].casefold())))
    for lines in layout.LINE_SETS:
        parts = [(f"{lines.name}.{name}", _field(lines.model, name)) for name in lines.fields]
        parts = [(meaning, label) for meaning, label in parts if meaning in known]
        if parts:
            groups.append((_part_of(lines.title), parts))
    return [("", KEPT), *groups]


def home(name):
    """The label of a field or set of lines that a cell went to."""
    if name in HOMES:
        return str(HOMES[name])
    lines = next((one for one in layout.LINE_SETS if one.name == name), None)
    if lines:
        return str(lines.title)
    model, field = headings.field_of(name)
    if model:
        return _field(model, field)
    known = {field.name: field for field in (*Party._meta.concrete_fields, *Activity._meta.concrete_fields)}
    if name in known:
        return capfirst(str(known[name].verbose_name))
    return next((str(labels[name]) for labels in MEANINGS.values() if name in labels), name.replace("_", " "))


def rank(name):
    """The place of a home on the fact sheet, to put what a row becomes in its order."""
    order = {}
    for number, section in enumerate(layout.SECTIONS):
        for part in (*section.fields, *section.line_names):
            order[part] = number
    return -1 if name == "name" else order.get(name.partition(".")[0], len(layout.SECTIONS))


def _field(model, name):
    return capfirst(str(model._meta.get_field(name).verbose_name))


_part_of = lazy(lambda title: str(_("Part of: %(lines)s") % {"lines": title}), str)
