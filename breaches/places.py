"""Where on the pages of a breach something is filled in, by the place that a source of a form names."""

from django.urls import NoReverseMatch, reverse

from .authority_forms.given import CONTROLLER, NOTIFYING
from .sections import SECTION_OF

LISTS = {
    "parties": "hits",
    "measures": "measures",
    "notices": "others",
    "advice": "advice",
    "attachments": "log",
    "notifications": "told",
}
"""Parts of the page of the breach, by their anchor."""


def address(breach, place):
    """Nothing for what is only known when somebody notifies."""
    slug = breach.organisation.slug
    if place == NOTIFYING:
        return ""
    if place == CONTROLLER and breach.controller_id:
        return reverse("accounts:organisation", args=[slug])
    if place == "communications":
        return reverse("breaches:tell", args=[slug, breach.pk])
    page = reverse("breaches:breach", args=[slug, breach.pk])
    if place == "people_decision":
        return _if_built("breaches:decide", slug, breach.pk, "people") or f"{page}#decisions"
    if place == CONTROLLER or place in SECTION_OF:
        section = SECTION_OF[place]
        form = _if_built("breaches:section", slug, breach.pk, section)
        return f"{form}#id_{place}" if form else f"{page}#{section}"
    return f"{page}#{LISTS.get(place, '')}"


def _if_built(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
