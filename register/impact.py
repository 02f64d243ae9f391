"""What saving a section would change, before it is saved: findings that come and go, and what else hangs on it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import agreement_state, comparison, extensions, reading
from .actions import saving
from .actions.activities import Conflict
from .checks import judging
from .models import Activity, Agreement

SHOWN = 20


@dataclass(frozen=True)
class Effect:
    """`appear` and `go` are findings; `agreements` those with parties that the section names, `activities` its kin.

    `clash` when somebody else changed the same places meanwhile, so that nothing can be foreseen.
    """

    appear: tuple = ()
    go: tuple = ()
    changes: tuple = ()
    agreements: tuple = ()
    activities: tuple = ()
    usages: tuple = ()
    clash: bool = False


def of_saving(activity, form, membership, *, by, at):
    """Save, look, and take it back: so what is foretold is what would happen. Some eighty queries."""
    with transaction.atomic():
        try:
            return _looked(activity, form, membership, by=by, at=at)
        except Conflict:
            return Effect(clash=True)
        finally:
            transaction.set_rollback(True)


def _looked(activity, form, membership, *, by, at):
    organisation, on = activity.organisation, timezone.localdate(at)
    before = reading.draft(activity)
    saving.save_section(activity, form.section.key, form.snapshot(), form.base, made=form.made, by=by, at=at)
    after = reading.draft(Activity.objects.select_related("organisation").get(pk=activity.pk))
    appear, go = judging.difference(organisation, before, after, on=on, at=at)
    changes = [one for one in comparison.compare(before, after) if one.section == form.section]
    return Effect(
        appear=tuple(appear),
        go=tuple(go),
        changes=tuple(changes),
        agreements=tuple(_agreements(organisation, form.section, before, after, on)) if changes else (),
        activities=tuple(_kin(activity, membership)) if changes else (),
        usages=(*notices_of(activity), *extensions.impact([activity.pk]).get(activity.pk, ())) if changes else (),
    )


def _agreements(organisation, section, before, after, on):
    """The agreements with the parties that this section names, before or after, and how they stand. One query."""
    lines = [line for one in (before, after) for part in section.lines for line in getattr(one, part.name)]
    parties = {line.party.id for line in lines if getattr(line, "party", None)}
    if not parties:
        return []
    found = Agreement.objects.of(organisation).filter(party__in=parties, retired_on=None).select_related("party")
    return [(row, agreement_state.state(row, on)) for row in found.order_by("party__name", "title")[:SHOWN]]


def notices_of(activity):
    """The notices that speak of it: once the change is established, they no longer match. One query."""
    lines = activity.notice_lines.filter(notice__ended_at=None).select_related("notice").order_by("notice__slug")
    slug = activity.organisation.slug
    for line in lines[:SHOWN]:
        words = _("Privacy notice “%(title)s”") % {"title": line.notice}
        yield extensions.Usage(words, reverse("register:notice", args=[slug, line.notice_id]))


def _kin(activity, membership):
    """Activities that are told together with this one: of which it is a part, its parts, and what it replaces."""
    above = [key for key in (activity.parent_id, activity.successor_id) if key]
    near = Q(parent=activity) | Q(successor=activity) | Q(pk__in=above)
    return Activity.objects.visible_to(membership).filter(near).order_by("number")[:SHOWN]
