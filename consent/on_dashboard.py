"""What this room shows on the dashboard of the register, through the door of `register.extensions`: requests of people,
other systems that cannot be told, images that must come down and parents to be reminded.
"""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import Permission as P
from register.extensions import Extension, Panel

from .models import Appearance, PersonRequest, Pupil, WebhookState
from .school import pupils, school_years, take_downs

FEW = 5


class Requests(Extension):
    def today(self, membership, *, at):
        """The open requests that are due first. One query."""
        if not membership.can(P.CONSENT_EDIT):
            return
        rows = list(PersonRequest.objects.of(membership.organisation_id).open()[: FEW + 1])
        if rows:
            context = {"rows": rows[:FEW], "has_more": len(rows) > FEW, "on": timezone.localdate(at)}
            yield Panel("consent-requests", _("Requests of people"), "consent/requests_on_dashboard.html", context)


class FailingWebhooks(Extension):
    def today(self, membership, *, at):
        """Other systems that could not be told what changed. One query, for who may do something about it."""
        if not membership.can(P.CONNECT):
            return
        failing = WebhookState.objects.filter(
            webhook__organisation=membership.organisation_id, webhook__ended_at=None, failing_since__isnull=False
        )
        rows = list(failing.select_related("webhook").order_by("failing_since")[:FEW])
        if rows:
            yield Panel("webhooks", _("Webhooks that fail"), "consent/webhooks_on_dashboard.html", {"rows": rows})


class Images(Extension):
    def today(self, membership, *, at):
        """What this person must take down, and of what parents are to be reminded. One query where there are neither
        pupils nor images, some ten otherwise.
        """
        if not membership.can(P.CONSENT_RECORD):
            return
        listed = Pupil.objects.filter(organisation=OuterRef("pk"))
        seen = Appearance.objects.filter(organisation=OuterRef("pk"), down_on=None)
        here = Organisation.objects.filter(pk=membership.organisation_id)
        has_pupils, has_images = here.values_list(Exists(listed), Exists(seen)).get()
        on = timezone.localdate(at)
        tasks = _tasks(membership, at) if has_images else []
        waiting = school_years.waiting(pupils.purposes_of(membership), on=on) if has_pupils else []
        if tasks or waiting:
            context = {
                "tasks": tasks[:FEW],
                "more": len(tasks) - FEW,
                "waiting": [purpose.name(get_language()) for purpose in waiting],
                "count": len(tasks) + len(waiting),
                "on": on,
            }
            yield Panel("images", _("Images of people"), "consent/class_today.html", context)


def _tasks(membership, at):
    """Those of this person; who keeps the consents sees all."""
    appearances = Appearance.objects.visible_to(membership)
    if not membership.can(P.CONSENT_EDIT):
        appearances = appearances.filter(publication__owner=membership.user_id)
    return take_downs.of(appearances, membership.organisation, at=at)
