"""From rows to `FormFacts`: everything that forms may ask about one breach, in a fixed number of queries."""

from collections import defaultdict

from django.utils import timezone

from accounts import controllers
from accounts.models import Controller
from breaches import sealing, terms
from breaches.clock import Clock
from breaches.law import Involvement, NotificationKind, Role
from register.law import RecipientRole
from register.models import Activity, Country, DataLine, RecipientLine, SubjectLine

from .given import ActivityHint, FormFacts

PROCESSORS = (RecipientRole.PROCESSOR, RecipientRole.SUB_PROCESSOR)


def facts_of(breach, *, membership, at, kind=NotificationKind.FIRST, authority="", asked=None):
    """All of it, for whoever may read what is sealed. `at` is when it is notified. Some twenty queries."""
    controller, is_sure = controller_of(breach, timezone.localdate(at))
    parties = tuple(breach.breachparty_rows.select_related("party"))
    communications = tuple(breach.communication_rows.all())
    notifications = [row for row in breach.notification_rows.all() if row.authority == authority]
    return FormFacts(
        breach=breach,
        kind=kind,
        late=_is_late(breach, notifications, at),
        controller=controller,
        is_controller_sure=is_sure,
        controllers=_controllers(controller, parties),
        parties=parties,
        processor=breach.processor.name if breach.processor else "",
        activities=_hints(breach, membership),
        notices=tuple(breach.othernotice_rows.all()),
        people_decision=breach.decision_rows.filter(about="people").first(),
        communications=communications,
        measures=tuple(breach.measure_rows.all()),
        is_advised=breach.advice_rows.exists(),
        files=_file_names(breach),
        countries=_countries(breach),
        earlier=next((row.reference for row in notifications if row.reference), ""),
        message=_message(breach, communications),
        asked=asked or {},
    )


def asked_of(user):
    """What an account tells of whoever notifies."""
    return {"notifier_name": user.name, "notifier_function": user.job_title, "notifier_email": user.email}


def controller_of(breach, on):
    """(details as established on that day or else as drafted, whether somebody named it).

    While nobody did: that of the activities that were hit, or the only one there is. Nothing when there are several.
    """
    row = breach.controller or _likely_controller(breach)
    if row is None:
        return {}, False
    established = controllers.details_on(breach.organisation, on)
    return established.get(row.pk) or controllers.content_of(row), breach.controller is not None


def _likely_controller(breach):
    """One query, or two."""
    mine = Controller.objects.filter(organisation=breach.organisation_id)
    hit = list(mine.filter(activities__breach_rows__breach=breach).distinct()[:2])
    found = hit or list(mine.filter(retired_on=None)[:2])
    return found[0] if len(found) == 1 else None


def _controllers(controller, parties):
    joint = [row.party.name for row in parties if row.involvement == Involvement.JOINT_CONTROLLER]
    return tuple(name for name in (controller.get("name"), *joint) if name)


def _is_late(breach, notifications, at):
    """Later than the deadline, measured by the first notification when there was one; None for a processor."""
    if breach.aware_at is None or breach.role == Role.PROCESSOR:
        return None
    hours = terms.of(breach.organisation, timezone.localdate(breach.aware_at)).deadline
    sent = min((row.sent_at for row in notifications), default=at)
    return Clock(breach.aware_at, hours).late(sent)


def _hints(breach, membership):
    rows = Activity.objects.visible_to(membership).filter(breach_rows__breach=breach).order_by("number")
    activities = list(rows.only("number", "name", "kind"))
    ids = [row.pk for row in activities]
    data = _named(DataLine.objects.filter(activity__in=ids).select_related("category"), "category")
    people = _named(SubjectLine.objects.filter(activity__in=ids).select_related("category"), "category")
    received = RecipientLine.objects.filter(activity__in=ids, role__in=PROCESSORS, party__isnull=False)
    parties = _named(received.select_related("party"), "party")
    return tuple(
        ActivityHint(str(row), tuple(data[row.pk]), tuple(people[row.pk]), tuple(parties[row.pk])) for row in activities
    )


def _named(lines, name):
    """{activity id: what its lines name, once each}. A name is worded when it is shown, in the language of then."""
    found = defaultdict(dict)
    for line in lines:
        one = getattr(line, name)
        found[line.activity_id][one.pk] = one
    return defaultdict(tuple, {pk: tuple(named.values()) for pk, named in found.items()})


def _countries(breach):
    if not breach.countries:
        return {}
    rows = Country.objects.of(breach.organisation_id).filter(code__in=breach.countries)
    return {row.code: row for row in rows}


def _file_names(breach):
    """The names of the files, which are sealed; none when the key was destroyed."""
    if sealing.box_of(breach) is None:
        return ()
    rows = breach.attachments.all()
    return tuple(sealing.open_bytes(breach, row.sealed_name.encode()).decode() for row in rows)


def _message(breach, communications):
    if not communications:
        return ""
    last = str(communications[0].pk)
    return sealing.opened(breach, [last]).get(last, "")
