"""The sentence for people of each kind of change. A change stores a stable word and its parameters, never a sentence.

An app above adds its own kinds with `add({...})` in `AppConfig.ready()`.
"""

from django.utils.translation import gettext_lazy as _

from .permissions import Role

SENTENCES = {
    "organisation.created": _("Made the organisation %(name)s"),
    "organisation.changed": _("Changed the settings of the organisation"),
    "department.added": _("Added the department %(name)s"),
    "department.changed": _("Changed the department %(name)s"),
    "department.retired": _("Retired the department %(name)s"),
    "department.taken_back": _("Took the department %(name)s back into use"),
    "controller.added": _("Added the controller %(name)s"),
    "controller.changed": _("Changed the details of the controller %(name)s"),
    "controller.established": _("Established version %(number)s of the controller %(name)s"),
    "controller.retired": _("Retired the controller %(name)s"),
    "membership.started": _("%(person)s became a member, as %(role)s"),
    "membership.role_changed": _("%(person)s changed from %(before)s to %(role)s"),
    "membership.changed": _("Changed the membership of %(person)s"),
    "membership.ended": _("Ended the membership of %(person)s"),
}
ROLE_PARAMETERS = ("role", "before")


def add(sentences):
    SENTENCES.update(sentences)


def sentence(kind, details):
    """The sentence of a change in the reader's language; an unknown kind, or a missing parameter, shows the bare word."""
    words = {name: Role(value).label if name in ROLE_PARAMETERS else value for name, value in details.items()}
    try:
        return str(SENTENCES[kind]) % words
    except (KeyError, ValueError):
        return kind
