"""Making activities public and taking them back: an act of somebody, with a reason, that stands in the history."""

from django.utils.translation import gettext as _

from accounts import events
from accounts.history import act, create_many
from accounts.models import Event
from core.refusal import Refused
from register import extensions
from register.models import Activity

from .models import Publication, PublicRegister


def settings_of(organisation):
    """How the register is public; the first settings, not yet kept, when nobody chose. One query."""
    found = PublicRegister.objects.filter(organisation=organisation).first()
    return found or PublicRegister(organisation=organisation)


def change_settings(register, *, by, at, request=None):
    organisation = register.organisation
    with act(organisation, by=by, at=at, kind="publication.settings"):
        register.changed_at = at
        register.save()
    events.record(
        Event.Kind.SETTINGS_CHANGED,
        request=request,
        organisation=organisation,
        user=by,
        subject=organisation.name,
        at=at,
    )


def publish(activities, *, reason, by, at):
    """Give established activities a public page each, which shows the version in force from the day that it holds.

    Returns (publications, [(activity, sentence why not)]).
    """
    if not reason.strip():
        raise Refused(_("Say why it is made public: the reason stays in the history."))
    if not activities:
        return [], []
    organisation = activities[0].organisation
    if not settings_of(organisation).is_open:
        raise Refused(
            _("Your organisation has no public register."), remedy=_("Whoever manages the organisation can open it.")
        )
    made, refused = [], []
    with act(organisation, by=by, at=at, kind="publication.made", reason=reason) as going_on:
        rows = Activity.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in activities])
        held_back = extensions.blockers([row.pk for row in activities])
        running = set(Publication.objects.running().filter(activity__in=rows).values_list("activity_id", flat=True))
        for activity in rows.order_by("number"):
            why_not = hindrance(activity, held_back.get(activity.pk, ()))
            if not why_not and activity.pk in running:
                why_not = _("This activity is public already.")
            if why_not:
                refused.append((activity, why_not))
                continue
            made.append(Publication(organisation=organisation, activity=activity, published_at=at, reason=reason))
        create_many(made)
        codes = [row.activity.code for row in made[:20]]
        going_on.details.update(count=len(made), codes=codes)
    return made, refused


def hindrance(activity, held_back=()):
    """Why an activity may not be made public, or "". `held_back` are the reasons of the rooms above the register."""
    if activity.established_number is None:
        return _("Only an established activity can be made public.")
    if activity.ended_on is not None:
        return _("It has ended.")
    return " ".join(str(reason) for reason in held_back)


def withdraw(activity, *, reason, by, at):
    """Take the public page away: its address says from now on that it is gone."""
    if not reason.strip():
        raise Refused(_("Say why it is no longer public: the reason stays in the history."))
    with act(activity.organisation, by=by, at=at, kind="publication.withdrawn", reason=reason) as going_on:
        activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        publication = Publication.objects.filter(activity=activity).running().first()
        if publication is None:
            raise Refused(_("This activity is not public."))
        publication.withdrawn_at, publication.withdrawal_reason = at, reason
        publication.save()
        going_on.details.update(code=activity.code, name=activity.name)
    return publication
