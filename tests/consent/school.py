"""A school with publication purposes and pupils, for tests of its pages."""

from datetime import date

from consent.actions import class_lists, purposes, recording
from consent.kinds import IdentifierKind
from consent.models import ConsentPurpose
from consent.school import pupil_files
from tests.consent import desk
from tests.consent.desk import MORNING


def purposes_of(organisation, *codes):
    """[version in use] of a purpose for publishing for each of these codes, all of one activity."""
    activity, line = desk.established(organisation)
    found = []
    for code in codes:
        made = ConsentPurpose(
            organisation=organisation, activity=activity, line=line, code=code, name_en=code.title(), kind="publication"
        )
        made = purposes.make(made, by=None, at=MORNING, on=MORNING.date())
        found.append(desk.publish(desk.draft(made)))
    return found


def pupil(organisation, number="1001", name="Bo Zwaan", class_name="2B", birth=date(2014, 5, 1)):
    line = pupil_files.Line(number, name, class_name, birth)
    class_lists.bring_in(organisation, [line], by=None, at=MORNING)
    return recording.person_of(organisation, IdentifierKind.NUMBER, number).pupil
