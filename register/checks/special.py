"""Rules about data that need a ground of their own: special categories, criminal data, national numbers (Art. 9, 10,
87).
"""

import re

from django.utils.translation import gettext_lazy as _

from .conditions import as_controller, country_of_controller, day, first_of, lacking
from .engine import Severity, fails, rule, unknown
from .lawfulness import CONSENT, OBLIGATION, at, resting_on
from .recognised import is_citizen_number, is_identity_copy, is_national_register_number

BY_NATIONAL_LAW = ("b", "g", "h", "i", "j")
LISTED_IN_BELGIUM = ("health", "biometric", "genetic")
BIOMETRIC_ARTICLE = re.compile(r"\b29\b")


def of_kind(entry, sensitivity):
    return [line.category for line in entry.data if line.category.sensitivity == sensitivity]


@rule(
    "L021",
    article="9(1)-(2)",
    severity=Severity.CRITICAL,
    message=_("Special categories of data are processed without a ground of Art. 9(2): %(data)s."),
    question=_("The ground of Art. 9(2) for these data is not recorded yet: %(data)s."),
    remedy=_("Choose the ground of Art. 9(2) with the purpose, or leave these data out."),
)
@as_controller
def special_without_ground(entry, context):
    found = of_kind(entry, "special")
    if found and not any(purpose.special_ground for purpose in entry.purposes):
        yield lacking(entry, context, "purposes", data=first_of(found))


@rule(
    "L022",
    article="9(2); UAVG 22-30; BE 30.7.2018 8-9",
    severity=Severity.HIGH,
    message=_("For “%(purpose)s” the ground for special data needs a national law, and none is named."),
    remedy=_("Name the law and article that allow this."),
)
@as_controller
def special_without_law(entry, context):
    for purpose in entry.purposes:
        if purpose.special_ground in BY_NATIONAL_LAW and not (purpose.special_law and purpose.special_article.strip()):
            yield lacking(entry, context, **at(purpose))


@rule(
    "L025",
    article="UAVG 29",
    severity=Severity.HIGH,
    message=_("“%(purpose)s” rests on UAVG 29 as it was before %(changed)s; since then it asks for more."),
    question=_("“%(purpose)s” rests on UAVG 29, which changed on %(changed)s; it is not known when this was assessed."),
    remedy=_("Assess again whether access of this kind is a substantial public interest, and note the new day."),
)
@as_controller
def biometric_ground_outdated(entry, context):
    changed = day(context, "nl-biometric-ground")
    if changed is None or not any(line.category.special_kind == "biometric" for line in entry.data):
        return
    for purpose in entry.purposes:
        if not _rests_on_uavg_29(purpose):
            continue
        if purpose.basis_recorded_on is None:
            yield unknown(**at(purpose, changed=changed))
        elif purpose.basis_recorded_on < changed:
            yield fails(**at(purpose, changed=changed))


def _rests_on_uavg_29(purpose):
    law = purpose.special_law
    return law and "UAVG" in (law.short_nl, law.short_en) and BIOMETRIC_ARTICLE.search(purpose.special_article)


@rule(
    "L026",
    article="9",
    severity=Severity.LOW,
    message=_("“%(purpose)s” has a ground for special data, but no special data are listed."),
    question=_("“%(purpose)s” has a ground for special data, but it is not recorded which data are processed."),
    remedy=_("Add the special data, or take the ground away."),
)
@as_controller
def ground_without_special(entry, context):
    if of_kind(entry, "special"):
        return
    for purpose in entry.purposes:
        if purpose.special_ground:
            yield (fails if entry.data else unknown)(**at(purpose))


@rule(
    "L027",
    article="10",
    severity=Severity.CRITICAL,
    message=_("Criminal data are processed without a ground: %(data)s."),
    question=_("The ground for these criminal data is not recorded yet: %(data)s."),
    remedy=_("Choose the ground with the purpose (UAVG 31-33, or Art. 10 of the Belgian law), or leave the data out."),
)
@as_controller
def criminal_without_ground(entry, context):
    found = of_kind(entry, "criminal")
    if found and not any(purpose.criminal_ground for purpose in entry.purposes):
        yield lacking(entry, context, "purposes", data=first_of(found))


@rule(
    "L028",
    article="UAVG 33(4)(c)",
    severity=Severity.CRITICAL,
    message=_("“%(purpose)s” rests on a permit of the AP whose number and date are not recorded."),
    remedy=_("Record the number and date of the permit, or stop."),
)
@as_controller
def permit_not_recorded(entry, context):
    for purpose in entry.purposes:
        if purpose.criminal_ground == "uavg-33-4c" and not re.search(r"\d", purpose.criminal_note):
            yield lacking(entry, context, **at(purpose))


@rule(
    "L029",
    article="UAVG 33(3)",
    severity=Severity.HIGH,
    message=_("For “%(purpose)s” about your own personnel, the procedure with the works council is not recorded."),
    remedy=_("Record when the works council was asked and what it answered."),
)
@as_controller
def personnel_ground_without_council(entry, context):
    for purpose in entry.purposes:
        if purpose.criminal_ground == "uavg-33-3" and not (entry.council_asked_on or purpose.criminal_note.strip()):
            yield lacking(entry, context, **at(purpose))


@rule(
    "L030",
    article="87; UAVG 46",
    severity=Severity.CRITICAL,
    message=_("A national number is processed without the law that allows it: %(data)s."),
    question=_("The law that allows this national number is not recorded yet: %(data)s."),
    remedy=_("Name the law and article with the purpose, or leave the number out."),
)
@as_controller
def number_without_law(entry, context):
    found = [line.category for line in entry.data if is_citizen_number(line.category)]
    if found and not any(one.national_id_law and one.national_id_article.strip() for one in entry.purposes):
        yield lacking(entry, context, "purposes", data=first_of(found))


@rule(
    "L031",
    article="UAVG 46",
    severity=Severity.CRITICAL,
    message=_("A national number is processed with consent as the basis, which does not allow that: %(data)s."),
    question=_("A national number is processed; it is not recorded on which basis: %(data)s."),
    remedy=_("Leave the number out, or name the law that allows it."),
)
@as_controller
def number_with_consent(entry, context):
    found = [line.category for line in entry.data if is_citizen_number(line.category)]
    lawful = [purpose for purpose in entry.purposes if purpose.national_id_law] or entry.purposes
    if not found or any(purpose.basis not in (CONSENT, "") for purpose in lawful):
        return
    consent = any(purpose.basis == CONSENT for purpose in lawful)
    yield (fails if consent else unknown)("purposes", data=first_of(found))


@rule(
    "L032",
    article="87; BE 8.8.1983 8",
    severity=Severity.CRITICAL,
    message=_("The Belgian national register number is processed without an authorisation or exemption: %(data)s."),
    question=_("The authorisation for the Belgian national register number is not recorded yet: %(data)s."),
    remedy=_("Record the authorisation or the law that exempts you, or leave the number out."),
)
@as_controller
def register_number_without_authorisation(entry, context):
    found = [line.category for line in entry.data if is_national_register_number(line.category)]
    if found and not any(one.national_id_law or one.national_id_article.strip() for one in entry.purposes):
        yield lacking(entry, context, "purposes", data=first_of(found))


@rule(
    "L033",
    article="BE 30.7.2018 9-10",
    severity=Severity.HIGH,
    message=_("In Belgium a list must say who has access to these data: %(data)s."),
    remedy=_("List which functions inside may see these data."),
)
@as_controller
def access_not_listed(entry, context):
    if country_of_controller(entry, context) != "BE" or entry.access:
        return
    listed = [line.category for line in entry.data if line.category.special_kind in LISTED_IN_BELGIUM]
    found = listed + of_kind(entry, "criminal")
    if found:
        yield lacking(entry, context, "access", data=first_of(found))


@rule(
    "L034",
    article="5(1)(c); UAVG 46",
    severity=Severity.HIGH,
    message=_("Copies of identity documents are kept, and no purpose rests on a legal obligation."),
    question=_("Copies of identity documents are kept; it is not recorded on which basis."),
    remedy=_("Stop keeping copies and note the number only, or name the law that asks for a copy."),
)
@as_controller
def identity_copy_without_obligation(entry, context):
    if not any(is_identity_copy(line.category) for line in entry.data) or resting_on(entry, OBLIGATION):
        return
    based = entry.purposes and all(purpose.basis for purpose in entry.purposes)
    yield fails("data") if based else unknown("data")
