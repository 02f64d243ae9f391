"""Judging: asking the rules that count here, and making findings of what they say. Nothing is stored.

The register of today is judged by its working copies; a past day by the versions in force then, with the legal
parameters of that day.
"""

from core import canonical
from register import extensions, models, reading
from register.models import Finding, RuleSetting

from . import gather, outlines, uses
from .engine import RANKS, RULES, Group, Scope
from .evaluate import Found, evaluate, evaluate_register, evaluate_subjects
from .speaking import stored

AT_A_TIME = 100
FROM_THE_START = {Group.RECORD, Group.BREACHES}
"""What counts for imported activities too: that they came by import is no reason not to know of a breach."""
OF_WHAT_WAS_PUBLISHED = {"N006", "N008", "N009", "N011", "N012", "N013"}
"""So does what a published notice says wrongly: whoever published it wants to know, however the activity came."""
SHARED = {
    Scope.PARTY: "parties",
    Scope.AGREEMENT: "agreements",
    Scope.SYSTEM: "systems",
    Scope.RETENTION: "retentions",
}


class Settings:
    """Which rules count for an organisation. One query."""

    def __init__(self, organisation):
        self.switched = dict(RuleSetting.objects.of(organisation).values_list("code", "is_on"))

    def counts(self, rule, *, imported=False):
        """Of what came by import few groups count, until the others were switched on."""
        if self.switched.get(rule.id) is False or self.switched.get(rule.group.value) is False:
            return False
        if not imported or rule.group in FROM_THE_START or rule.id in OF_WHAT_WAS_PUBLISHED:
            return True
        return self.switched.get(rule.group.value, False)

    def rules(self):
        return [rule for rule in RULES.values() if self.counts(rule)]


def of_entries(organisation, entries, *, on, at, known_at=None, settings=None):
    """The findings about these entries, unsaved: of the rules about one entry, and of the rooms above."""
    return _rows(organisation, said_of_entries(organisation, entries, on=on, known_at=known_at, settings=settings), at)


def said_of_entries(organisation, entries, *, on, known_at=None, settings=None):
    """What is found about these entries, by the key of the finding that it is: {key: Found}."""
    settings = settings or Settings(organisation)
    context = gather.for_entries(organisation, entries, on=on, known_at=known_at)
    found = list(evaluate(entries, context, settings.rules()))
    if known_at is None:
        found += _from_above([entry.id for entry in entries], on)
    imported = {key for key, facts in context.of_entries.items() if facts.imported}
    return _by_key(one for one in found if _counts(one, settings, imported))


def _from_above(ids, on):
    return [
        Found(rule, Scope.ENTRY.value, activity, verdict)
        for rule, activity, verdict in extensions.findings(ids, on=on)
        if rule in RULES
    ]


def _counts(found, settings, imported):
    return settings.counts(RULES[found.rule], imported=found.activity in imported)


def said_of_shared(organisation, *, on):
    """What is found about the register as a whole, the organisation and everything shared, by key. Some 15 queries,
    and those of the rooms above.

    What only imported activities use is looked at as these are: rules of the record, until more was switched on.
    """
    context = gather.for_shared(organisation, uses.of_running(organisation), on=on)
    settings = Settings(organisation)
    from_above = [
        Found(rule, Scope.ORGANISATION.value, organisation.pk, verdict)
        for rule, verdict in extensions.findings_of(organisation, on=on)
        if rule in RULES and settings.counts(RULES[rule])
    ]
    return _about_all(outlines.of(organisation), context, settings) | _by_key(from_above)


def _about_all(register, context, settings):
    rules = settings.rules()
    imported = gather.imported_among([outline.id for outline in register])
    found = list(evaluate_register(register, context, rules))
    found += evaluate_subjects(Scope.ORGANISATION, [context.organisation], context, rules)
    for scope, name in SHARED.items():
        used = [each for each in getattr(context, name).values() if each.activities]
        found += evaluate_subjects(scope, used, context, rules)
    counted = [one for one in found if settings.counts(RULES[one.rule], imported=_is_imported(one, context, imported))]
    return _by_key(counted)


def _is_imported(found, context, imported):
    """Whether it is about an imported activity, or about something shared that only such activities use."""
    if found.activity:
        return found.activity in imported
    kind, key = found.verdict.cause or (found.kind, found.subject)
    shared = getattr(context, SHARED[kind]).get(key) if kind in SHARED else None
    return shared is not None and imported.issuperset(shared.activities)


def on_day(organisation, *, on, at, known_at=None, visible=None):
    """The findings of a past day, unsaved: the versions in force on `on`, as known at `known_at` (the end of that day,
    when None). Shared rows and controllers are as they stood then.

    Who looks at some of the register only (`visible`) gets the findings about its activities. Where nothing stood in
    the register yet, nothing is found.
    """
    known_at = known_at or reading.end_of(on)
    standings = reading.read(organisation, on=on, known_at=known_at, visible=visible)
    entries = [one.entry for one in standings if not one.ends]
    settings = Settings(organisation)
    found = []
    for start in range(0, len(entries), AT_A_TIME):
        batch = entries[start : start + AT_A_TIME]
        found += of_entries(organisation, batch, on=on, at=at, known_at=known_at, settings=settings)
    if visible is None and entries:
        context = gather.for_shared(organisation, uses.of_entries(entries), on=on, known_at=known_at)
        found += _rows(organisation, _about_all(outlines.of_entries(entries), context, settings), at)
    return found


def now(organisation, *, on, at, activities=None):
    """The findings of the working copies as they are this moment, unsaved; `activities` narrows to some of them."""
    running = models.Activity.objects.of(organisation).running() if activities is None else activities
    ids = list(running.order_by("number").values_list("pk", flat=True))
    settings, found = Settings(organisation), []
    for start in range(0, len(ids), AT_A_TIME):
        batch = models.Activity.objects.filter(pk__in=ids[start : start + AT_A_TIME]).order_by("number")
        found += of_entries(organisation, reading.drafts(batch), on=on, at=at, settings=settings)
    if activities is None:
        found += _rows(organisation, said_of_shared(organisation, on=on), at)
    return found


def difference(organisation, before, after, *, on, at):
    """(findings that come, findings that go) when the entry `before` becomes `after`; for a look before saving."""
    old = {finding.key: finding for finding in of_entries(organisation, [before], on=on, at=at)} if before else {}
    new = {finding.key: finding for finding in of_entries(organisation, [after], on=on, at=at)}
    return (
        sorted((new[key] for key in new.keys() - old.keys()), key=_order),
        sorted((old[key] for key in old.keys() - new.keys()), key=_order),
    )


def _order(finding):
    return finding.rank, finding.rule, finding.key


def _by_key(found):
    """Each key once: what a rule says twice about the same is one finding."""
    said = {}
    for one in found:
        said.setdefault(_key(one), one)
    return said


def _key(found):
    verdict = found.verdict
    about = (found.rule, found.kind, found.subject, verdict.activity, verdict.place, verdict.line)
    return canonical.digest((*about, verdict.cause, verdict.aspect))


def _rows(organisation, said, at):
    return [row(organisation, key, found, at) for key, found in said.items()]


def row(organisation, key, found, at):
    """The finding, unsaved."""
    rule, verdict = RULES[found.rule], found.verdict
    severity = rule.severity_of(verdict)
    cause_kind, cause_id = verdict.cause or (("", None) if found.kind == Scope.ENTRY else _itself(found))
    bundle = canonical.digest([found.rule, cause_kind, cause_id, verdict.aspect]) if cause_kind else key
    return Finding(
        organisation_id=organisation.pk,
        key=key,
        bundle=bundle,
        rule=found.rule,
        group=rule.group.value,
        subject_kind=found.kind,
        subject_id=found.subject,
        activity_id=found.activity,
        place=verdict.place,
        line=verdict.line,
        cause_kind=cause_kind,
        cause_id=cause_id,
        aspect=verdict.aspect[:60],
        outcome=verdict.outcome.value,
        severity=severity.value,
        rank=RANKS[severity.value],
        parameters=stored(verdict.parameters),
        first_seen_at=at,
    )


def _itself(found):
    """What is found about a shared row is caused by it."""
    return (found.kind, found.subject) if found.kind in {scope.value for scope in SHARED} else ("", None)
