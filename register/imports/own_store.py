"""Our own file into an organisation, in one act, all or nothing: activities become working copies with their lines.

Ids and numbers are kept where they are free, so that an empty organisation gets the very record that left. The one
rule: what exists is never changed. An activity that is there already, and says the same, is left out; one that says
something else comes in beside it.
"""

import re
import uuid
from collections import defaultdict

from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import events, history
from accounts.models import Controller, Counter, Department, Event, Membership
from core.dates import add_months
from core.spreadsheets import BadFile
from register import derived, interchange, models, reading, record
from register import sections as layout
from register.models import Activity
from register.models.imports import IMPORTED

from . import own_files, own_json
from .own_rows import AT_A_TIME, ORDER, Shared, free
from .report import OUTCOMES, SCHEMA

NOT_PLAIN = {"id", "number", "controller", "department", "owner", "parent", "successor"}
PLAIN = [
    name
    for name in record.Entry.__dataclass_fields__
    if name not in NOT_PLAIN and name not in {lines.name for lines in layout.LINE_SETS}
]


def bring_in(organisation, source, filename, *, by, at, reason="", dry_run=False, claim=None, found=None):
    """The report of the import, as of any other file. BadFile when it cannot be taken in; then nothing is stored.

    `found` is what was read from it already (own_files.Own). `claim(act, count, made)` is called inside the transaction
    when something comes in; it raises when this run may not write any more.
    """
    found = found or own_files.read_again(source, filename)
    with transaction.atomic():
        try:
            with transaction.atomic():
                coming_in = _Coming(organisation, found, filename, by=by, at=at)
                coming_in.store(reason, claim)
        except IntegrityError as error:
            raise BadFile(_broken_rule(error), where=filename, remedy=_("Make the export again.")) from None
        if dry_run:
            transaction.set_rollback(True)
    return coming_in.report(dry_run)


class _Coming:
    """One file on its way in."""

    def __init__(self, organisation, found, filename, *, by, at):
        self.organisation, self.found, self.filename = organisation, found.register, filename
        self.by_words = found.by_words
        self.by, self.at = by, at
        self.activities, self.names, self.left_out = [], {}, []
        self.remarks = defaultdict(list)

    def store(self, reason, claim):
        entries = self._new_entries()
        details = {"file": self.filename[:250], "count": len(entries)}
        with history.act(
            self.organisation, by=self.by, at=self.at, kind=IMPORTED, reason=reason, details=details
        ) as act:
            newest_first = [entry for entry in own_json.entries(self.found) if entry.id in {one.id for one in entries}]
            self.shared = Shared(self.organisation, newest_first, self.found.controllers)
            self._activities(entries)
            lines = self._lines(entries)
            for model in ORDER:
                history.create_many(self.shared.made[model])
            history.create_many(self.activities)
            for rows in lines.values():
                history.create_many(rows)
            for start in range(0, len(self.activities), AT_A_TIME):
                some = self.activities[start : start + AT_A_TIME]
                derived.refresh(some, edited_by=self.by, edited_at=self.at)
            act.touch(*self.activities)
            if claim and entries:
                claim(act, len(entries), {kind: len(names) for kind, names in self.made_names().items()})
            events.record(
                Event.Kind.IMPORTED,
                organisation=self.organisation,
                user=self.by,
                subject=self.filename,
                details={"count": len(self.activities)},
                at=self.at,
            )

    def _new_entries(self):
        """One entry per activity, the latest; without those that stand in the organisation just so."""
        latest = {}
        for entry in own_json.entries(self.found):
            latest.setdefault(entry.id, entry)
        present = Activity.objects.of(self.organisation).filter(pk__in=list(latest))
        internal = self.found.internal
        drafts = {entry.id: interchange.without_internal(entry, internal) for entry in reading.drafts(present)}
        for key, entry in list(latest.items()):
            if key in drafts and self._says_the_same(drafts[key], entry):
                reason = _("This activity is in your register already, and says the same.")
                self.left_out.append({"place": self._where(entry), "text": entry.name, "reason": reason})
                del latest[key]
        kept = list(latest.values())
        return sorted(kept, key=lambda entry: entry.number)

    def _says_the_same(self, draft, entry):
        if self.by_words:
            return _words_of(record.to_plain(draft)) == _words_of(record.to_plain(entry))
        return draft == entry

    def _where(self, entry):
        return f"{self.filename}, {entry.code}"

    def _activities(self, entries):
        numbers = self._numbers(entries)
        free_ids = free(Activity, [entry.id for entry in entries])
        ids = {entry.id: entry.id if entry.id in free_ids else uuid.uuid4() for entry in entries}
        own = {row.pk: row for row in Activity.objects.of(self.organisation).only("pk", "number", "name")}
        members = set(Membership.objects.filter(organisation=self.organisation).values_list("user", flat=True))
        review_on = add_months(timezone.localdate(self.at), self.organisation.review_after_months)
        self.alike = {row.name.casefold(): row.code for row in own.values()}
        self.by_entry = {}
        for entry in entries:
            row = Activity(
                id=ids[entry.id],
                organisation=self.organisation,
                number=numbers[entry.id],
                review_on=review_on,
                controller=self.shared.row(Controller, entry.controller),
                department=self.shared.row(Department, entry.department),
                owner_id=entry.owner if entry.owner in members else None,
                **{name: getattr(entry, name) for name in PLAIN},
            )
            if entry.owner and entry.owner not in members:
                self.remarks[row.pk].append(_("The process owner is no member of your organisation."))
            self.by_entry[entry.id] = row
            self.activities.append(row)
        for entry in entries:
            for name in ("parent", "successor"):
                self._relate(entry, name, own)

    def _relate(self, entry, name, own):
        """Part of which activity, or replaced by which: of the file, else of the organisation."""
        named, row = getattr(entry, name), self.by_entry[entry.id]
        if named is None:
            return
        other = self.by_entry.get(named.id) or own.get(named.id)
        if other is not None and other.pk != row.pk:
            setattr(row, f"{name}_id", other.pk)
        else:
            label = Activity._meta.get_field(name).verbose_name
            self.remarks[row.pk].append(_("%(field)s: %(name)s is not in the file.") % {"field": label, "name": named})

    def _numbers(self, entries):
        """Those of the file when the organisation never had an activity; otherwise the next ones."""
        wanted = [entry.number for entry in entries]
        unused = not Activity.objects.of(self.organisation).exists()
        if unused and wanted and len(set(wanted)) == len(wanted):
            Counter.draw(self.organisation, "activity", max(wanted))
            return {entry.id: entry.number for entry in entries}
        first = Counter.draw(self.organisation, "activity", len(entries))
        return {entry.id: number for number, entry in enumerate(entries, first)}

    def _lines(self, entries):
        """{model: rows} in an order in which they can be stored: purposes go before the access that names them."""
        rows = defaultdict(list)
        free_ids, seen = self._free_line_ids(entries), set()
        for entry in entries:
            purposes = {}
            for lines in layout.LINE_SETS:
                for position, line in enumerate(getattr(entry, lines.name)):
                    key = line.id if line.id in free_ids[lines.model] and line.id not in seen else uuid.uuid4()
                    seen.add(key)
                    if lines.model is models.Purpose:
                        purposes[line.id] = key
                    values = self._values(lines, line, purposes)
                    row = lines.model(id=key, activity=self.by_entry[entry.id], position=position, **values)
                    rows[lines.model].append(row)
        return rows

    def _free_line_ids(self, entries):
        ids = defaultdict(list)
        for entry in entries:
            for lines in layout.LINE_SETS:
                ids[lines.model] += [line.id for line in getattr(entry, lines.name)]
        return {model: free(model, some) for model, some in ids.items()}

    def _values(self, lines, line, purposes):
        found = {}
        for name in type(line).__dataclass_fields__:
            value = getattr(line, name)
            field = lines.model._meta.get_field(name)
            if name == "id":
                continue
            if lines.model is models.AccessLine and name == "purpose":
                found["purpose_id"] = purposes.get(value)
            elif field.is_relation:
                found[name] = self.shared.row(field.related_model, value)
            else:
                found[name] = value
        return found

    def made_names(self):
        """The names of the shared rows that are new, by the name of their kind."""
        made = {model: self.shared.made[model] for model in ORDER if self.shared.made[model]}
        return {model._meta.model_name: [str(row) for row in rows] for model, rows in made.items()}

    def report(self, dry_run):
        """What became of the file. Every field of an entry goes to the field of that name, so no cells are listed."""
        return {
            "schema": SCHEMA,
            "file": self.filename,
            "organisation": self.organisation.slug,
            "stored": not dry_run,
            "counts": dict.fromkeys(OUTCOMES, 0) | {"left_out": len(self.left_out)},
            "formulas": 0,
            "columns": [],
            "activities": [self._reported(entry, dry_run) for entry in self.by_entry],
            "made": self.made_names(),
            "left_out": self.left_out,
        }

    def _reported(self, key, dry_run):
        row = self.by_entry[key]
        return {
            "code": "" if dry_run else row.code,
            "name": row.name,
            "kind": row.kind,
            "origin": self.filename,
            "remarks": self.remarks[row.pk],
            "same_name_as": self.alike.get(row.name.casefold(), ""),
            "cells": [],
        }


def _words_of(plain):
    """What an entry says without ids, and without the owner, whom a workbook does not name."""
    if isinstance(plain, dict):
        return {name: _words_of(part) for name, part in plain.items() if name not in ("id", "owner", "purpose")}
    return [_words_of(part) for part in plain] if isinstance(plain, list) else plain


def _broken_rule(error):
    """The sentence of the rule that the database found broken."""
    named = set(re.findall(r"register_\w+", str(error)))
    for model in {lines.model for lines in layout.LINE_SETS} | {Activity, *ORDER}:
        for rule in model._meta.constraints:
            if rule.name in named and isinstance(rule, CheckConstraint):
                return str(rule.violation_error_message or _("This file contradicts itself."))
    return _("This file contradicts itself.")
