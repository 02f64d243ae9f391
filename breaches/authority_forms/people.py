"""Sources about the people: how many there are, and whether and how they were told (Art. 34). Pure."""

from django.utils.translation import gettext as _

from breaches.law import Channel

from .given import NOTHING, Given, Standing, chosen, day, listed, text


def between(least, most):
    """A number that is not known exactly, in words."""
    numbers = {"least": least, "most": most}
    if least is None and most is None:
        return _("The number is not known yet.")
    if least == most:
        return ""
    if most is None:
        return _("At least %(least)s; the exact number is not known yet.") % numbers
    if least is None:
        return _("At most %(most)s; the exact number is not known yet.") % numbers
    return _("Between %(least)s and %(most)s; the exact number is not known yet.") % numbers


def known(facts):
    row = facts.breach
    if row.people_min is None and row.people_max is None:
        return Given(codes=("unknown",), standing=Standing.MISSING)
    return chosen("exact" if row.people_min == row.people_max else "range")


def exact(facts):
    row = facts.breach
    return text(row.people_min) if row.people_min == row.people_max else NOTHING


def informed(facts):
    if facts.communications:
        return chosen("yes")
    decision = facts.people_decision
    if decision is None:
        return Given(codes=("unknown",), standing=Standing.MISSING)
    return chosen("will_be" if decision.tell else "no")


def informed_on(facts):
    days = [row.sent_on for row in facts.communications]
    return day(min(days)) if days else NOTHING


def informed_number(facts):
    """Several letters may have reached the same people, so their sum is to be checked."""
    numbers = [row.people for row in facts.communications if row.people is not None]
    return text(sum(numbers), check=len(facts.communications) > 1) if numbers else NOTHING


def channels(facts):
    used = {row.channel for row in facts.communications}
    return chosen(*(code for code in Channel if code in used))


def ground(facts):
    decision = facts.people_decision
    return chosen(decision.exemption) if decision and not decision.tell else NOTHING


def reason(facts):
    decision = facts.people_decision
    return text(listed((decision.reason,))) if decision and not decision.tell else NOTHING
