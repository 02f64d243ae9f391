"""Where on the pages of a breach something is filled in, by the place that a source of a form names."""

from django.urls import reverse

from .authority_forms.given import CONTROLLER, NOTIFYING
from .sections import SECTION_OF

LISTS = {
    "parties": "hits",
    "measures": "measures",
    "notices": "others",
    "advice": "advice",
    "people_decision": "decisions",
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
    if place in SECTION_OF:
        return reverse("breaches:section", args=[slug, breach.pk, SECTION_OF[place]]) + f"#id_{place}"
    return f"{page}#{LISTS.get(place, '')}"
