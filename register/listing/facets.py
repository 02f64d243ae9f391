"""By what lists are filtered and counted. Values within one filter widen each other; filters narrow each other."""

import uuid

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models import Controller, Department, User
from register import law
from register.checks.engine import Severity
from register.models import (
    Activity,
    ActivityFacet,
    ActivityLabel,
    ApprovalRound,
    Country,
    Finding,
    Label,
    Party,
    SubjectCategory,
    System,
)

from .columns import SOON

NOTHING = "-"


class Facet:
    """One filter. `past` tells whether it also works on what was established."""

    past = False

    def __init__(self, key, label):
        self.key, self.label = key, label

    def condition(self, values, *, organisation, on):
        raise NotImplementedError

    def counts(self, rows, *, organisation, on):
        """How many of these activities have each value, by value. One query."""
        raise NotImplementedError

    def names(self, values, *, organisation):
        """The words for these values. At most one query."""
        raise NotImplementedError


class Stored(Facet):
    """A filter whose values were written beside each activity (ActivityFacet) and each version."""

    past = True

    def __init__(self, key, label, *, words=None, model=None, by="pk", nothing=""):
        super().__init__(key, label)
        self.words, self.model, self.by = words, model, by
        self.nothing = nothing or _("Not recorded")

    def condition(self, values, *, organisation, on):
        found = ActivityFacet.objects.filter(organisation=organisation, name=self.key, value__in=values)
        return Q(pk__in=found.values("activity"))

    def counts(self, rows, *, organisation, on):
        found = ActivityFacet.objects.filter(organisation=organisation, name=self.key, activity__in=rows.values("pk"))
        return dict(found.order_by().values_list("value").annotate(number=Count("pk")))

    def names(self, values, *, organisation):
        words = {NOTHING: self.nothing}
        if self.words:
            words |= {str(value): label for value, label in self.words.choices if value != ""}
        if self.model:
            wanted = uuids(values) if self.by == "pk" else values
            rows = self.model.objects.filter(organisation=organisation, **{f"{self.by}__in": wanted})
            words |= {str(getattr(row, self.by)): str(row) for row in rows}
        return {value: words.get(value, value) for value in values}


class Fixed(Facet):
    """A filter with a few fixed values, each with a condition of its own."""

    def __init__(self, key, label, words):
        super().__init__(key, label)
        self.words = words

    def conditions(self, on):
        raise NotImplementedError

    def condition(self, values, *, organisation, on):
        known = self.conditions(on)
        found = Q(pk__in=[])
        for value in values:
            if value in known:
                found |= known[value]
        return found

    def counts(self, rows, *, organisation, on):
        conditions = self.conditions(on).items()
        return rows.aggregate(**{value: Count("pk", filter=condition) for value, condition in conditions})

    def names(self, values, *, organisation):
        return {value: self.words.get(value, value) for value in values}


class Status(Fixed):
    def conditions(self, on):
        running, rounds = Q(ended_on=None), ApprovalRound.objects.filter(activity=OuterRef("pk"))
        latest = Subquery(rounds.order_by("-asked_at").values("state")[:1])
        same = Q(draft_digest=F("established_digest"))
        return {
            "draft": running & Q(established_number=None),
            "changed": running & Q(established_number__isnull=False) & ~same,
            "established": running & Q(established_number__isnull=False) & same,
            "waiting": running & Q(Exists(rounds.filter(state=ApprovalRound.State.OPEN))),
            "sent_back": running
            & (Q(established_number=None) | ~same)
            & Q(Exact(latest, ApprovalRound.State.SENT_BACK)),
            "ended": Q(ended_on__isnull=False),
        }


class Review(Fixed):
    def conditions(self, on):
        running = Q(ended_on=None)
        return {
            "late": running & Q(review_on__lte=on),
            "soon": running & Q(review_on__gt=on, review_on__lte=on + SOON),
            "none": running & Q(review_on=None),
        }


class Completeness(Fixed):
    def conditions(self, on):
        return {"incomplete": Q(gaps__gt=0), "complete": Q(gaps=0)}


class FindingFacet(Facet):
    """By the severity of what does not hold and was not accepted; "-" is nothing of the kind."""

    def _standing(self, organisation, on):
        return Finding.objects.of(organisation).failing().standing(on).filter(activity__isnull=False)

    def condition(self, values, *, organisation, on):
        found = self._standing(organisation, on).order_by()
        condition = Q(pk__in=found.filter(severity__in=values).values("activity"))
        return condition | ~Q(pk__in=found.values("activity")) if NOTHING in values else condition

    def counts(self, rows, *, organisation, on):
        found = self._standing(organisation, on).order_by().filter(activity__in=rows.values("pk"))
        return dict(found.values_list("severity").annotate(number=Count("activity", distinct=True)))

    def names(self, values, *, organisation):
        words = {NOTHING: _("No findings")} | dict(Severity.choices)
        return {value: words.get(value, value) for value in values}


class Labels(Facet):
    def condition(self, values, *, organisation, on):
        labelled = ActivityLabel.objects.all()
        found = Q(pk__in=labelled.filter(label__in=uuids(values)).values("activity"))
        return found | ~Q(pk__in=labelled.values("activity")) if NOTHING in values else found

    def counts(self, rows, *, organisation, on):
        found = ActivityLabel.objects.filter(label__organisation=organisation, activity__in=rows.values("pk"))
        counted = found.order_by().values_list("label").annotate(number=Count("pk"))
        return {str(label): number for label, number in counted}

    def names(self, values, *, organisation):
        rows = Label.objects.of(organisation).filter(pk__in=uuids(values))
        words = {NOTHING: _("Without a label")} | {str(row.pk): row.name for row in rows}
        return {value: words.get(value, value) for value in values}


class Owner(Facet):
    def condition(self, values, *, organisation, on):
        found = Q(owner__in=uuids(values))
        return found | Q(owner=None) if NOTHING in values else found

    def counts(self, rows, *, organisation, on):
        counted = rows.order_by().values_list("owner").annotate(number=Count("pk"))
        return {str(owner) if owner else NOTHING: number for owner, number in counted}

    def names(self, values, *, organisation):
        people = User.objects.filter(pk__in=uuids(values), memberships__organisation=organisation)
        words = {NOTHING: _("No owner")} | {str(person.pk): str(person) for person in people}
        return {value: words.get(value, value) for value in values}


def uuids(values):
    """Those of the texts that are UUIDs."""
    found = []
    for value in values:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found


STATUSES = {
    "draft": _("Draft"),
    "changed": _("Changed, not yet established"),
    "established": _("Established"),
    "waiting": _("Waiting for approval"),
    "sent_back": _("Sent back"),
    "ended": _("Ended"),
}

FIRST = ("status", "department", "owner", "label", "basis", "review")
"""The filters that stand beside the search box; the others are folded away until they are wanted."""

FACETS = {
    facet.key: facet
    for facet in (
        Stored("kind", _("Part of the register"), words=Activity.Kind),
        Status("status", _("Status"), STATUSES),
        Stored("department", _("Department"), model=Department),
        Owner("owner", _("Owner")),
        Labels("label", _("Label")),
        Stored("controller", _("Controller"), model=Controller),
        Stored("basis", _("Lawful basis"), words=law.Basis, nothing=_("No basis given")),
        Stored("purpose", _("Kind of purpose")),
        Stored("sensitivity", _("Kind of data"), words=law.Sensitivity),
        Stored("subject", _("People"), model=SubjectCategory),
        Stored("party", _("Party"), model=Party),
        Stored("system", _("System"), model=System),
        Stored("transfers", _("Transfers"), words=law.Answer),
        Stored("country", _("Country of transfer"), model=Country, by="code"),
        Review(
            "review", _("Review"), {"late": _("Due or late"), "soon": _("Within 30 days"), "none": _("No date set")}
        ),
        FindingFacet("findings", _("Findings")),
        Completeness("gaps", _("Completeness"), {"incomplete": _("Something is missing"), "complete": _("Complete")}),
    )
}
