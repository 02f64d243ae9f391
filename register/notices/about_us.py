"""Who answers for the data, what people can ask, and where they can complain."""

from register.checks.recognised import marketing_purposes
from register.law import RIGHTS_BY_BASIS, Basis

from .about_others import joint
from .text import Origin
from .writer import together

RIGHTS = ("access", "rectification", "erasure", "restriction", "portability")
ALWAYS = [right for right in RIGHTS if all(right in granted for granted in RIGHTS_BY_BASIS.values())]
OBJECTION = (Basis.PUBLIC_TASK, Basis.LEGITIMATE_INTEREST)


def controller(writer):
    """Art. 13(1)(a)-(b), 26(2)."""
    for entry in writer.material.entries:
        if entry.controller is None or entry.controller.id not in writer.material.controllers:
            writer.lack("controller", writer.origin(entry, "controller"), code=entry.code)
    for key, details in writer.material.controllers.items():
        _one(writer, key, details)
    joint(writer)


def _one(writer, key, details):
    origins, name = [Origin("controller", controller=key)], details["name"]
    writer.say("controller", key, origins=origins, name=name)
    if contact_of(details):
        parts = [details["address"], *contact_of(details), details["website"]]
        writer.say("controller_contact", key, origins=origins, contact=_line(*parts))
    else:
        writer.lack("contact", *origins, name=name)
    if details["representative_answer"] == "yes":
        reach = _line(details["representative_contact"])
        if reach and details["representative_name"]:
            writer.say("representative", key, origins=origins, name=details["representative_name"], contact=reach)
        else:
            writer.lack("representative", *origins)
    officer = _line(details["dpo_email"], details["dpo_phone"], details["dpo_address"])
    if details["dpo_answer"] == "yes" and officer:
        writer.say("officer", key, origins=origins, contact=officer)
    elif details["dpo_answer"] == "yes":
        writer.lack("officer", *origins)
    elif not details["dpo_answer"]:
        writer.lack("officer_unknown", *origins, name=name)


def contact_of(details):
    return [details[part] for part in ("email", "phone") if details[part]]


def _line(*parts):
    """An address on one line."""
    return ", ".join(line.strip() for part in parts for line in part.splitlines() if line.strip())


def _contacts(writer):
    """Where people ask, {contact: origins}: the officer of each controller, else its general address."""
    found, several = [], len(writer.material.controllers) > 1
    for key, details in writer.material.controllers.items():
        reach = _line(details["dpo_email"]) if details["dpo_answer"] == "yes" else ""
        reach = reach or _line(*contact_of(details)[:1]) or _line(details["address"])
        if reach:
            reach = f"{reach} ({details['name']})" if several else reach
            found.append((reach, Origin("controller", controller=key)))
    return together(found)


def _how(writer, key):
    for contact, origins in _contacts(writer).items():
        writer.say(key, contact[:80].casefold(), origins=origins, contact=contact)


def _resting_on(writer, *bases):
    """Where purposes rest on one of these bases."""
    return [
        writer.origin(entry, "purposes", line)
        for entry in writer.material.entries
        for line in entry.purposes
        if line.basis in bases
    ]


def rights(writer):
    """Art. 13(2)(b): those that the bases leave to people; some hold whatever the basis is."""
    if not writer.material.entries:
        return
    lines = [(entry, line) for entry in writer.material.entries for line in entry.purposes]
    bases = {line.basis for _entry, line in lines} & RIGHTS_BY_BASIS.keys()
    writer.say("rights")
    for right in RIGHTS:
        granting = [basis for basis in bases if right in RIGHTS_BY_BASIS[basis]]
        if granting or right in ALWAYS:
            writer.item(right, origins=_resting_on(writer, *granting))
    unknown = [writer.origin(entry, "purposes", line) for entry, line in lines if line.basis not in RIGHTS_BY_BASIS]
    if unknown:
        writer.lack("rights", *unknown)
    _how(writer, "rights_how")


def objection(writer):
    """Art. 21(2)-(4): set apart from everything else."""
    marketing = [
        writer.origin(entry, "purposes", line)
        for entry in writer.material.entries
        for line in marketing_purposes(entry)
    ]
    if marketing:
        writer.say("objection_marketing", origins=marketing)
    resting = _resting_on(writer, *OBJECTION)
    if resting:
        writer.say("objection", origins=resting)
    if marketing or resting:
        _how(writer, "objection_how")


def withdrawal(writer):
    """Art. 13(2)(c): where consent is the basis, also for special data or an automated decision."""
    entries = writer.material.entries
    asked = _resting_on(writer, Basis.CONSENT)
    asked += [
        writer.origin(entry, "purposes", line)
        for entry in entries
        for line in entry.purposes
        if line.special_ground == "a" and line.basis != Basis.CONSENT
    ]
    asked += [writer.origin(entry, "automated") for entry in entries if entry.automated_ground == "c"]
    if asked:
        writer.say("withdrawal", origins=asked)
        _how(writer, "withdrawal_how")


def complaint(writer):
    """Art. 13(2)(d)."""
    _how(writer, "complaint_us")
    for key, details in writer.material.controllers.items():
        origin = Origin("controller", controller=key)
        where = details["authority_name"] if details["authority"] == "other" else ""
        where = where or writer.material.authorities.get(details["authority"], "")
        said = f"complaint:complaint:{details['authority']}"
        if not where:
            writer.lack("authority", origin)
        elif said not in {sentence.id for sentence in writer.sentences}:
            writer.say("complaint", details["authority"], origins=[origin], authority=where)
