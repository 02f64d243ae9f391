"""What every page of one breach has in common: it is found only by who may see it, and it shows the clock."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from breaches import watch
from breaches.models import Breach
from core.htmx import page


def breach_of(request, key):
    """The breach that the address names, with what its clock asks about. One query."""
    seen = Breach.objects.visible_to(request.membership).select_related(
        "organisation", "controller", "department", "processor", "reported_by", "aware_by", "closed_by", "imported"
    )
    return get_object_or_404(watch.watched(seen), pk=key)


def shown(request, breach, template, context=None, *, seen=None, fragment=None, status=None):
    """Answer with a page of this breach and its clock (`seen`, when it was read already). Two queries."""
    seen = seen or watch.of_one(breach, at=timezone.now())
    common = {"breach": breach, "watch": seen, "on": timezone.localdate()}
    return page(request, template, common | (context or {}), fragment=fragment, status=status)
