"""Sources about what stands around a breach: other organisations, other notices, measures, contact points. Pure."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from breaches.kinds import SPECIAL, DataKind
from breaches.law import Involvement, Supervisor

from .given import NOTHING, Given, Standing, chosen, listed, text

NOT_SUPERVISORS = {Supervisor.FOREIGN_AUTHORITY, Supervisor.POLICE, Supervisor.INSURER, Supervisor.CLIENT}
SUPERVISORS = frozenset(str(code) for code in Supervisor if code not in NOT_SUPERVISORS)


def supervisors(facts):
    told = {row.recipient for row in facts.notices if row.sent_at}
    return chosen(*(code for code in Supervisor if code in told and code in SUPERVISORS))


def foreign_authorities(facts):
    rows = [row for row in facts.notices if row.recipient == Supervisor.FOREIGN_AUTHORITY and row.sent_at]
    return text(listed(row.name or row.get_recipient_display() for row in rows))


def other_notices(facts):
    rows = [row for row in facts.notices if row.sent_at]
    return text(listed(" ".join(filter(None, (str(row.get_recipient_display()), row.name))) for row in rows))


def others_involved(facts):
    """Those who were named with the breach. What the record says of processors stands beside it as a hint."""
    lines = [_involved(row) for row in facts.parties]
    if facts.processor and not any(row.party.name == facts.processor for row in facts.parties):
        lines.append(_role(facts.processor, Involvement.PROCESSOR.label))
    return text(listed(lines), check=True)


def _involved(row):
    line = _role(row.party.name, row.get_involvement_display())
    return f"{line}. {row.note}" if row.note else line


def _role(name, role):
    return _("%(name)s (%(role)s)") % {"name": name, "role": role}


def processor(facts):
    """Whether it happened at a processor, as far as was recorded."""
    roles = {row.involvement for row in facts.parties}
    return chosen("yes" if facts.processor or Involvement.PROCESSOR in roles else "no", check=True)


def controller_contact(facts):
    found = facts.controller
    lines = listed(str(found.get(name) or "") for name in ("address", "email", "phone"))
    return text(lines, check=not facts.is_controller_sure)


def contact(facts):
    """AP 3.2.2 and Art. 33(3)(b): the DPO, unless somebody else is named."""
    found = facts.controller
    return text(listed(str(found.get(name) or "") for name in ("dpo_name", "dpo_email", "dpo_phone")), check=True)


def special_kinds(facts):
    """None of these is an answer as soon as it is known which data were hit."""
    recorded = facts.breach.data_kinds
    special = [code for code in DataKind if code in SPECIAL and code in recorded]
    if special:
        return chosen(*special)
    known = recorded and DataKind.UNKNOWN not in recorded
    return Given(text=_("None"), standing=Standing.DERIVED) if known else NOTHING


def measures_taken(facts):
    done = [_measure(row, row.done_on) for row in facts.measures if row.done_on]
    return text(listed((facts.breach.remedy, *done)))


def measures_planned(facts):
    return text(listed(_measure(row, row.due_on) for row in facts.measures if not row.done_on))


def _measure(row, day):
    if day is None:
        return row.text
    return _("%(measure)s (%(day)s)") % {"measure": row.text, "day": date_format(day, "DATE_FORMAT")}


def dpo_advised(facts):
    return chosen("yes") if facts.is_advised else chosen("no", check=True)
