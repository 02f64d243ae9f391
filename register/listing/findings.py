"""The findings of the register: gathered by rule and cause, filtered and counted, now or as on a past day.

All counting is done over cells: equal findings counted by the database in one query, so that a page costs the same for
ten activities as for ten thousand. The one rule: what is accepted and what is not known are counted apart.
"""

import uuid
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, Count, F, Min, Q, Value, When
from django.utils.translation import gettext as _

from accounts.models import Department, User
from register import reading
from register.checks import gather, judging
from register.checks.engine import RANKS, RULES, Group, Severity
from register.checks.speaking import Open
from register.findings import CAUSES
from register.models import Activity, ActivityVersion, Finding, RuleSetting
from register.models.findings import accepted_on

from .asked_findings import NOBODY, Cell, articles
from .facets import uuids

PAST_AT_MOST = 300  # versions whose rules are asked anew while somebody waits


@dataclass
class Bundle:
    """The findings of one rule with one cause, shown once. `said` is the finding itself when there is only one."""

    rule: str
    cause_kind: str
    cause_id: uuid.UUID | None
    severity: str
    count: int
    sample: str
    said: Finding | None = None
    cause: object = None

    @property
    def about(self):
        return RULES[self.rule]

    @property
    def message(self):
        """In the words of the finding itself, or of the rule without what differs from one finding to the next."""
        if self.said is None:
            return at_large(self.about.message)
        if self.count == 1 or self.cause_kind:
            return self.said.message
        return at_large(self.about.message_for(self.said.outcome))

    @property
    def remedy(self):
        if self.said is None:
            return at_large(self.about.remedy)
        return self.said.remedy if self.count == 1 else at_large(self.about.remedy_for(self.said.outcome))

    @property
    def cause_text(self):
        return f"{self.cause_kind}:{self.cause_id}" if self.cause_kind else ""


def at_large(sentence):
    """A sentence of a rule without what differs from one finding to the next."""
    return (str(sentence) % Open()).replace("….", "…")


class Findings:
    """What a member sees of the findings for what was asked."""

    def __init__(self, membership, asked, *, today, at):
        self.membership, self.asked, self.today, self.at = membership, asked, today, at
        self.organisation = membership.organisation

    @cached_property
    def is_too_much(self):
        """Whether a past day is asked that is too much to judge while somebody waits. One query."""
        if not self.asked.on:
            return False
        visible = Activity.objects.visible_to(self.membership)
        return (
            ActivityVersion.objects.in_force(visible, self.asked.on, reading.end_of(self.asked.on)).count()
            > PAST_AT_MOST
        )

    @cached_property
    def past(self):
        """The findings of the past day, unsaved, each with its activity."""
        if self.is_too_much:
            return []
        limited = bool(self.membership.department_rows.all())
        visible = Activity.objects.visible_to(self.membership) if limited else None
        found = judging.on_day(self.organisation, on=self.asked.on, at=self.at, visible=visible)
        ids = {finding.activity_id for finding in found} - {None}
        rows = Activity.objects.visible_to(self.membership).select_related("department", "owner").in_bulk(ids)
        for finding in found:
            if finding.activity_id in rows:
                finding.activity = rows[finding.activity_id]
        return [one for one in found if one.rule in RULES and (not one.activity_id or one.activity_id in rows)]

    @cached_property
    def cells(self):
        """One query, or those of judging a past day."""
        if self.asked.on:
            return _counted(self.past)
        found = Finding.objects.visible_to(self.membership).present().filter(rule__in=list(RULES))
        counted = (
            found.order_by()
            .values("rule", "cause_kind", "cause_id", "severity")
            .annotate(
                state=_state(self.today),
                department=F("activity__department"),
                owner=F("activity__owner"),
            )
            .annotate(count=Count("*"), sample=Min("key"))
        )
        return [Cell(**cell) for cell in counted]

    def kept(self, without=()):
        """The cells that pass the filters, but for those named in `without`."""
        return [cell for cell in self.cells if self._passes(cell, without)]

    def _passes(self, cell, without):
        return (
            ("state" in without or cell.state == self.asked.state)
            and all(cell.has(name, values) for name, values in self.asked.chosen.items() if name not in without)
            and (not self.asked.cause or (cell.cause_kind, cell.cause_id) == self.asked.cause)
        )

    @cached_property
    def bundles(self):
        """Most serious first, then the most frequent."""
        found = {}
        for cell in self.kept():
            place = (cell.rule, cell.cause_kind, cell.cause_id)
            known = found.get(place)
            if known is None:
                found[place] = Bundle(*place, cell.severity, cell.count, cell.sample)
                continue
            known.count += cell.count
            if RANKS[cell.severity] < RANKS[known.severity]:
                known.severity = cell.severity
        return sorted(found.values(), key=lambda one: (RANKS[one.severity], -one.count, one.rule, one.sample))

    def told(self, bundles):
        """These bundles with what their finding says and the row that is to blame. Six queries at most."""
        keys = [one.sample for one in bundles]
        if self.asked.on:
            said = {finding.key: finding for finding in self.past}
        else:
            of_them = Finding.objects.of(self.organisation).filter(key__in=keys).select_related("activity")
            said = {finding.key: finding for finding in of_them}
        causes = causes_of(bundles, self.organisation)
        for one in bundles:
            one.said, one.cause = said.get(one.sample), causes.get((one.cause_kind, one.cause_id))
        return bundles

    @property
    def states(self):
        """How many findings there are in each state, with the other filters on."""
        counts = Counter()
        for cell in self.kept(without=("state",)):
            counts[cell.state] += cell.count
        return counts

    def options(self, name):
        """(value, words, count) of a filter, most first; a query for departments and for owners."""
        counts = Counter()
        for cell in self.kept(without=(name,)):
            for value in articles(cell.rule) if name == "article" else [cell.value(name)]:
                counts[value] += cell.count
        for value in self.asked.chosen.get(name, ()):
            counts.setdefault(value, 0)
        words = self._words(name, list(counts))
        options = [{"value": value, "label": words[value], "count": count} for value, count in counts.items()]
        if name == "severity":
            return sorted(options, key=lambda option: RANKS.get(option["value"], 9))
        return sorted(options, key=lambda option: (-option["count"], str(option["label"])))

    def _words(self, name, values):
        words = {value: value for value in values}
        if name == "severity":
            words |= {value: label for value, label in Severity.choices if value in words}
        elif name == "group":
            words |= {value: label for value, label in Group.choices if value in words}
        elif name == "article":
            words = {value: _("Art. %(article)s") % {"article": value} for value in values}
        elif name == "department":
            rows = Department.objects.filter(organisation=self.organisation, pk__in=uuids(values))
            words |= {str(row.pk): str(row) for row in rows} | {NOBODY: _("No department")}
        elif name == "owner":
            people = User.objects.filter(memberships__organisation=self.organisation, pk__in=uuids(values))
            words |= {str(row.pk): str(row) for row in people} | {NOBODY: _("No owner")}
        return words

    def rows(self, rule):
        """The findings of one rule that pass the filters: a queryset, or a list for a past day."""
        if self.asked.on:
            of_rule = [one for one in self.past if one.rule == rule]
            return [one for one in of_rule if self._passes(*_counted([one]), without=("rule",))]
        found = Finding.objects.visible_to(self.membership).present().filter(rule=rule)
        found = found.annotate(state=_state(self.today)).filter(state=self.asked.state)
        chosen = self.asked.chosen
        if "severity" in chosen:
            found = found.filter(severity__in=chosen["severity"])
        for name in ("department", "owner"):
            if name in chosen:
                condition = Q(**{f"activity__{name}__in": uuids(chosen[name])})
                found = found.filter(
                    condition | Q(**{f"activity__{name}": None}) if NOBODY in chosen[name] else condition
                )
        if self.asked.cause:
            found = found.filter(cause_kind=self.asked.cause[0], cause_id=self.asked.cause[1])
        return found.select_related("activity", "acceptance__by").order_by("rank", "activity__number", "key")


@dataclass(frozen=True)
class HeldBack:
    """Of so many activities that came by import these groups do not count until somebody switches them on."""

    count: int
    groups: tuple


def held_back(organisation):
    """What is held back so that an import gives no flood of findings, or None. Two queries."""
    settled = set(RuleSetting.objects.of(organisation).values_list("code", flat=True))
    built = {rule.group for rule in RULES.values()} - judging.FROM_THE_START
    groups = tuple(group for group in Group if group in built and group.value not in settled)
    if not groups:
        return None
    running = Activity.objects.of(organisation).running().values("pk")
    count = gather.came_by_import().filter(id__in=running).count()
    return HeldBack(count, groups) if count else None


def causes_of(findings, organisation):
    """{(kind, id): row} of what is to blame. A query per kind that occurs: five at most."""
    wanted = {}
    for one in findings:
        if one.cause_kind in CAUSES:
            wanted.setdefault(one.cause_kind, set()).add(one.cause_id)
    return {(kind, key): row for kind, keys in wanted.items() for key, row in rows_of(kind, keys, organisation).items()}


def rows_of(kind, ids, organisation):
    """{id: row} of shared rows of one kind, with what their names need. One query."""
    found = CAUSES[kind].objects.filter(organisation=organisation)
    return found.select_related(*(["party"] if kind == "agreement" else [])).in_bulk(ids)


def _state(today):
    return Case(When(accepted_on(today), then=Value("accepted")), default=F("outcome"), output_field=CharField())


def _counted(findings):
    """Cells of findings that are not stored, one each."""
    return [
        Cell(
            one.rule,
            one.cause_kind,
            one.cause_id,
            one.severity,
            one.outcome,
            one.activity.department_id if one.activity_id else None,
            one.activity.owner_id if one.activity_id else None,
            1,
            one.key,
        )
        for one in findings
    ]
