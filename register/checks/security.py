"""Rules about how data are protected: Art. 25 and 32."""

from django.utils.translation import gettext_lazy as _

from core.dates import add_months
from register.law import MeasureCategory

from .conditions import as_controller, first_of, lacking, number
from .engine import Severity, fails, rule, unknown

GRAVE = ("special", "criminal")
SHIELDING = {MeasureCategory.ACCESS, MeasureCategory.AUTHENTICATION, MeasureCategory.ENCRYPTION}


@rule(
    "S001",
    article="32",
    severity=Severity.HIGH,
    message=_("Special or criminal data, and no measure for access control or encryption: %(data)s."),
    question=_("The measures are in own words; it cannot be seen whether access is controlled or data are encrypted."),
    remedy=_("Choose the measures that control access to these data and encrypt them."),
)
@as_controller
def special_data_unshielded(entry, context):
    found = [line.category for line in entry.data if line.category.sensitivity in GRAVE]
    in_place = {line.measure.category for line in entry.measures if line.measure.status != "planned"}
    if not found or in_place & SHIELDING:
        return
    if entry.measures_text.strip() or None in in_place:
        yield unknown("security", data=first_of(found))
    else:
        yield lacking(entry, context, "security", data=first_of(found))


@rule(
    "S004",
    article="32",
    severity=Severity.MEDIUM,
    scope="system",
    message=_("“%(system)s” stands on a computer or device of one person."),
    question=_("It is not recorded where “%(system)s” keeps its data."),
    remedy=_("Move these data to a place that is shared, protected and backed up."),
)
def on_a_device_of_one_person(system, context):
    about = {"cause": ("system", system.id), "system": system.name}
    if not system.location:
        yield unknown(**about)
    elif system.location == "device":
        yield fails(**about)


@rule(
    "S006",
    article="25, 17, 20",
    severity=Severity.LOW,
    message=_("“%(system)s” cannot erase or export the data of one person, which consent may ask for."),
    question=_("It is not recorded whether “%(system)s” can erase and export the data of one person."),
    remedy=_("Arrange another way to erase and export, or plan to replace the system."),
)
@as_controller
def system_without_erasure(entry, context):
    if not any(purpose.basis == "a" for purpose in entry.purposes):
        return
    for line in entry.systems:
        system = line.system
        about = {"line": line.id, "cause": ("system", system.id), "system": system.name}
        if "no" in (system.supports_erasure, system.supports_export):
            yield fails("systems", **about)
        elif "" in (system.supports_erasure, system.supports_export):
            yield unknown("systems", **about)


@rule(
    "S002",
    article="32",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("A measure was planned for %(day)s and is not in place: %(measure)s."),
    question=_("It is not recorded for when this measure is planned: %(measure)s."),
    remedy=_("See to it, and record that the measure is in place or when it will be."),
)
def measure_overdue(organisation, context):
    for measure in context.measures.values():
        if measure.status != "planned":
            continue
        if measure.planned_for is None:
            yield unknown(aspect=str(measure.id), measure=measure)
        elif measure.planned_for < context.on:
            yield fails(aspect=str(measure.id), measure=measure, day=measure.planned_for)


@rule(
    "S003",
    article="32(1)(c)-(d)",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("Restoring from a backup was last tested on %(day)s."),
    question=_("It is not recorded whether restoring from a backup was ever tested."),
    remedy=_("Try to restore, and record the day with the measure."),
)
def restore_not_tested(organisation, context):
    months = number(context, "restore-test")
    backups = [one for one in context.measures.values() if one.category == MeasureCategory.BACKUP]
    tested = [one.last_tested_on for one in backups if one.last_tested_on]
    if months is None or not backups:
        return
    if not tested:
        yield unknown()
    elif add_months(max(tested), months) < context.on:
        yield fails(day=max(tested))


@rule(
    "S005",
    article="32(1)(d)",
    severity=Severity.MEDIUM,
    scope="organisation",
    message=_("None of the measures in place was ever tested."),
    question=_("It is not recorded whether the measures are in place, nor when they were tested."),
    remedy=_("Test the measures on which most depends, and record the day."),
)
def measures_never_tested(organisation, context):
    measures = context.measures.values()
    if not measures or any(one.last_tested_on or one.status == "verified" for one in measures):
        return
    yield fails() if any(one.status == "implemented" for one in measures) else unknown()
