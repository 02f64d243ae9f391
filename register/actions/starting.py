"""Starting activities from templates: one act, whatever their number, in a number of queries that hardly grows with it.

An act never makes the same template twice on the path for small organisations; from the gallery everybody may start
from a template as often as needed.
"""

from django.db import transaction

from accounts.history import act, create_many
from accounts.models import Counter
from register import derived, reading
from register.models import Activity, OwnStarter, StartedActivity, StartPath
from register.record import SCHEMA
from register.starters import own as own_starters
from register.starters.filling import Filler


def from_starter(organisation, starter, answers, *, nation=None, by, at, **fields):
    """A draft of one template with these answers; `fields` are those of the activity."""
    with act(organisation, by=by, at=at, kind="activity.started", details={"starter": starter.key}) as going_on:
        first = Counter.draw(organisation, "activity")
        filler = Filler(organisation, at=at)
        plan = filler.plan(starter, answers, nation=nation, **fields)
        return _store(going_on, filler, [plan], first)[0]


def from_own(own, *, by, at, **fields):
    """A draft of a template that the organisation made itself."""
    organisation = own.organisation
    with act(organisation, by=by, at=at, kind="activity.started", details={"own": own.name}) as going_on:
        first = Counter.draw(organisation, "activity")
        filler = Filler(organisation, at=at)
        return _store(going_on, filler, [own_starters.plan(filler, own, **fields)], first)[0]


def along_path(organisation, chosen, *, by, at, **fields):
    """Drafts of the templates that the answers of the path lead to ((template, answers) pairs) and were not made yet.

    `fields` hold for all of them. The number is drawn first: that locks, so that two people make nothing twice.
    """
    with act(organisation, by=by, at=at, kind="register.started") as going_on:
        first = Counter.draw(organisation, "activity", 0)
        present = already(organisation, [starter for starter, _answers in chosen])
        missing = [(starter, answers) for starter, answers in chosen if starter.key not in present]
        if not missing:
            return []
        Counter.draw(organisation, "activity", len(missing))
        filler = Filler(organisation, at=at)
        plans = [filler.plan(starter, answers, **fields) for starter, answers in missing]
        going_on.details["count"] = len(plans)
        return _store(going_on, filler, plans, first, on_path=True)


def started(organisation):
    """{key of a template: id of an activity that was made from it}. One query."""
    rows = StartedActivity.objects.of(organisation).exclude(starter="")
    return dict(rows.values_list("starter", "activity"))


def already(organisation, chosen):
    """{key of a template: id of the activity that is there already}: made from it, or bearing its name. Two queries."""
    present = started(organisation)
    rows = Activity.objects.of(organisation).running().values_list("name", "pk")
    named = {name.casefold(): key for name, key in rows}
    for starter in chosen:
        same = [named[name.casefold()] for name in starter.name.values() if name.casefold() in named]
        if same:
            present.setdefault(starter.key, same[0])
    return present


def save_answer(organisation, step, given, *, by, at):
    """Keep an answer of the path; the other answers stay as somebody else may have given them meanwhile."""
    with transaction.atomic():
        StartPath.objects.get_or_create(organisation=organisation, defaults={"updated_at": at, "updated_by": by})
        path = StartPath.objects.select_for_update().get(organisation=organisation)
        path.answers = path.answers | {step.key: given}
        path.updated_at, path.updated_by = at, by
        path.save()


def _store(going_on, filler, plans, first, *, on_path=False):
    for made in filler.made.values():
        for row in made:
            row.clean_fields(exclude=["organisation", "country", "supplier", "merged_into"])
        create_many(made)
    activities = [plan.activity for plan in plans]
    for number, activity in enumerate(activities, first):
        activity.number = number
        activity.clean_fields(exclude=["organisation", *_links(activity)])
    create_many(activities)
    for name in reading.LINES:
        rows = [row for plan in plans for row in plan.rows.get(name, ())]
        for row in rows:
            row.clean_fields(exclude=_links(row))
        create_many(rows)
    organisation = going_on.organisation
    create_many(
        [
            StartedActivity(organisation=organisation, activity=plan.activity, starter=plan.starter, on_path=on_path)
            for plan in plans
            if plan.starter
        ]
    )
    derived.refresh(activities, edited_by=going_on.by, edited_at=going_on.at)
    going_on.touch(*activities)
    if len(activities) == 1 and going_on.kind == "activity.started":
        going_on.details.update(code=activities[0].code, name=activities[0].name)
    return activities


def _links(row):
    """References are rows that we looked up or made ourselves; asking the database again costs a query each."""
    return [field.name for field in row._meta.concrete_fields if field.is_relation]


def make_own(activity, *, name, about, by, at):
    """A template of the organisation from the working copy of an activity."""
    details = {"code": activity.code, "name": name}
    with act(activity.organisation, by=by, at=at, kind="starter.made", details=details) as going_on:
        content = own_starters.content_of(reading.draft(activity))
        row = OwnStarter(organisation=activity.organisation, name=name, about=about, schema=SCHEMA, content=content)
        row.full_clean(exclude=["organisation"])
        row.save()
        going_on.touch(activity)
    return row


def retire_own(own, *, by, at, on):
    """No longer offer an own template; the activities made from it stay as they are."""
    with act(own.organisation, by=by, at=at, kind="starter.retired", details={"name": own.name}):
        own.retired_on = on
        own.save()
