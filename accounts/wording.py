"""The sentence for people of each kind of change. A change stores a stable word and its parameters, never a sentence.

An app above adds its own kinds with `add({...})` in `AppConfig.ready()`.
"""

from django.utils.translation import gettext_lazy as _

from .models import Organisation
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
    "api_key.made": _("Made the key of the API %(name)s"),
    "api_key.revoked": _("Revoked the key of the API %(name)s"),
    "membership.started": _("%(person)s became a member, as %(role)s"),
    "membership.role_changed": _("%(person)s changed from %(before)s to %(role)s"),
    "membership.changed": _("Changed the membership of %(person)s"),
    "membership.ended": _("Ended the membership of %(person)s"),
}
ROLE_PARAMETERS = ("role", "before")


def add(sentences):
    """Each a text with named parameters, or a function from the details to the sentence."""
    SENTENCES.update(sentences)


def sentence(kind, details):
    """The sentence of a change in the reader's language; the bare word when it is unknown or a parameter is missing."""
    try:
        text = SENTENCES[kind]
        return text(details) if callable(text) else str(text) % (details | _in_words(details))
    except (KeyError, ValueError, IndexError, StopIteration, TypeError):
        return kind


def of(change):
    return sentence(change.kind, change.details)


METHODS = {
    "password": _("with a password"),
    "mfa": _("with a second step"),
    "socialaccount": _("with single sign-on"),
    "code": _("with a code by mail"),
}
FACTORS = {"totp": _("authenticator app"), "webauthn": _("passkey"), "recovery_codes": _("recovery codes")}
FACTOR_ACTS = {
    "added": _("%(factor)s: added"),
    "removed": _("%(factor)s: removed"),
    "renewed": _("%(factor)s: renewed"),
}


def event_words(event):
    """The details of an event for people; empty when its kind says it all."""
    details = event.details
    if "methods" in details:
        return ", ".join(str(METHODS.get(method, method)) for method in details["methods"])
    if "factor" in details:
        return FACTOR_ACTS[details["done"]] % {"factor": FACTORS.get(details["factor"], details["factor"])}
    if details.get("step") == "second_factor":
        return str(_("at the second step"))
    if "trace" in details:
        return str(_("address with mark %(trace)s") % {"trace": details["trace"]}) if event.user_id is None else ""
    if "before" in details and "role" in details:
        return _("from %(before)s to %(role)s") % _in_words(details)
    if "role" in details:
        return _in_words(details)["role"]
    if "fields" in details:
        labels = (Organisation._meta.get_field(name).verbose_name for name in details["fields"])
        return ", ".join(str(label) for label in labels)
    return ""


def _in_words(details):
    return {name: Role(details[name]).label for name in ROLE_PARAMETERS if name in details}
