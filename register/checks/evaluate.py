"""Asking the rules: which verdicts they give, about what. Pure."""

import logging
from dataclasses import dataclass
from uuid import UUID

from .engine import RULES, Scope, Verdict

log = logging.getLogger("dertig.findings")


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict with the rule that gave it and what the rule looked at."""

    rule: str
    kind: str
    subject: UUID
    verdict: Verdict

    @property
    def activity(self):
        return self.subject if self.kind == Scope.ENTRY else self.verdict.activity


def evaluate(entries, context, rules=None):
    """What the rules of one entry say about each of these, as `Found`."""
    asked = [rule for rule in _chosen(rules) if rule.scope == Scope.ENTRY]
    for entry in entries:
        imported = context.facts(entry).imported
        for rule in asked:
            if imported and rule.imported_late and _is_dateless(entry):
                continue
            for verdict in _said(rule, entry, context):
                yield Found(rule.id, rule.scope.value, entry.id, verdict)


def evaluate_subjects(scope, subjects, context, rules=None):
    """What the rules of another scope say about shared rows of one kind, or about the organisation (of one)."""
    asked = [rule for rule in _chosen(rules) if rule.scope == scope]
    for subject in subjects:
        for rule in asked:
            for verdict in _said(rule, subject, context):
                yield Found(rule.id, rule.scope.value, subject.id, verdict)


def evaluate_register(outlines, context, rules=None):
    """What the rules over the whole register say; `outlines` is a tuple of all."""
    for rule in _chosen(rules):
        if rule.scope == Scope.REGISTER:
            for verdict in _said(rule, outlines, context):
                yield Found(rule.id, rule.scope.value, context.organisation.id, verdict)


def _said(rule, subject, context):
    """Saving is always possible, also when a rule trips over it: then the rule says nothing, and the log tells."""
    try:
        return list(rule.function(subject, context) or ())
    except Exception as error:
        log.error("rule %s failed", rule.id, exc_info=error)
        return []


def _chosen(rules):
    return [rule for rule in (RULES.values() if rules is None else rules) if rule.function]


def _is_dateless(entry):
    return entry.started_on is None and not any(purpose.basis_recorded_on for purpose in entry.purposes)
