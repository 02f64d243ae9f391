"""What the record holds beyond Article 30: printed when filled in, after the limbs."""

from django.utils.translation import gettext as _

from register import law
from register.models import Activity

from .blocks import Limb, facts, filled, listed
from .limbs import gathered, recipients
from .wording import choice, day, item, joined, label, noted, people, typed


def particulars(entry):
    """The limbs without a letter, without those that would be empty."""
    found = [
        Limb(_("About the activity"), _about(entry)),
        Limb(_("Recipients and sub-processors"), recipients(entry) if entry.is_processor_record else ()),
        Limb(_("Systems"), _systems(entry)),
        Limb(_("People and scale"), _scale(entry)),
        Limb(_("Where the data come from"), _sources(entry)),
        Limb(_("Who may see which data inside"), _access(entry)),
        Limb(_("Information and accuracy"), _information(entry)),
        Limb(_("Automated decisions and profiling"), _automated(entry)),
        Limb(_("Assessment and consultation"), _consultation(entry)),
    ]
    return tuple(limb for limb in found if limb.blocks)


def _field(entry, name, choices=None):
    value = getattr(entry, name)
    return label(Activity, name), choice(choices, value) if choices else typed(value)


def _activity(named):
    return f"{named.code} {named.name}" if named else ""


def _about(entry):
    return facts(
        _field(entry, "description"),
        _field(entry, "reference"),
        (label(Activity, "department"), entry.department.name if entry.department else ""),
        _field(entry, "owner_function"),
        _field(entry, "contact"),
        (label(Activity, "parent"), _activity(entry.parent)),
        (label(Activity, "started_on"), day(entry.started_on)),
        _field(entry, "medium", Activity.Medium),
        _field(entry, "codes_of_conduct"),
    )


def _systems(entry):
    rows = tuple(
        (
            use.system.name,
            typed(use.use),
            use.system.supplier,
            item(use.system.hosting_country),
        )
        for use in entry.systems
    )
    headings = (_("System"), _("Used for"), _("Supplier"), _("Hosted in"))
    if not rows and not entry.systems_answer:
        return ()
    return listed(
        entry.systems_answer,
        filled("systems", headings, rows),
        no=_("No systems"),
        some=_("There are systems; which ones was not recorded."),
    )


def _scale(entry):
    return facts(
        (_("Number of people"), people(entry.people_min, entry.people_max)),
        _field(entry, "large_scale", law.YesNo),
        _field(entry, "scale_note"),
        _field(entry, "vulnerable", law.YesNo),
        (label(Activity, "children"), noted(choice(law.YesNo, entry.children), typed(entry.children_ages))),
    )


def _sources(entry):
    """Art. 14(2)(f), and whether people must give their data (Art. 13(2)(e))."""
    rows = gathered(
        (noted(item(line.category), typed(line.detail)), _source(line)) for line in entry.data if any(_source(line))
    )
    grid = filled("sources", (_("Personal data"), _("Source"), _("Needed")), rows)
    return (
        *grid,
        *facts(
            _field(entry, "collection"),
            _field(entry, "provision", law.Provision),
            _field(entry, "provision_consequence"),
        ),
    )


def _source(line):
    """Where data come from, and whether they are needed."""
    party = line.source_party.name if line.source_party else ""
    needed = [
        choice(law.Necessity, line.necessity),
        typed(line.necessity_reason),
        choice(law.Provision, line.provision),
    ]
    return joined([choice(law.Source, line.source), party, typed(line.source_note)]), joined(needed)


def _access(entry):
    purposes = {purpose.id: number for number, purpose in enumerate(entry.purposes, start=1)}
    rows = tuple(
        (
            item(line.role),
            item(line.data) or _("all data above"),
            _("purpose %(number)d") % {"number": purposes[line.purpose]}
            if line.purpose in purposes
            else _("all purposes"),
            typed(line.note),
        )
        for line in entry.access
    )
    headings = (_("Function"), _("Personal data"), _("For"), _("Explanation"))
    return filled("access", headings, rows)


def _information(entry):
    return facts(
        _field(entry, "informed", Activity.Informed),
        _field(entry, "informed_how"),
        _field(entry, "accuracy"),
        _field(entry, "aggregated_only", law.YesNo),
    )


def _automated(entry):
    return facts(
        _field(entry, "automated", law.YesNo),
        _field(entry, "profiling", law.YesNo),
        _field(entry, "automated_ground", law.AutomatedGround),
        _field(entry, "automated_logic"),
        _field(entry, "automated_consequences"),
        _field(entry, "automated_intervention"),
        _field(entry, "ai_use"),
    )


def _consultation(entry):
    return facts(
        (label(Activity, "assessment"), noted(choice(Activity.Assessment, entry.assessment), day(entry.assessment_on))),
        _field(entry, "assessment_note"),
        (label(Activity, "council"), choice(Activity.CouncilState, entry.council)),
        (label(Activity, "council_asked_on"), day(entry.council_asked_on)),
        (label(Activity, "council_decided_on"), day(entry.council_decided_on)),
        _field(entry, "council_note"),
    )
