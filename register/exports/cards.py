"""The controllers of a document, with all that Art. 30(1)(a) asks of them, as they stood on the day."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import Controller, Organisation

from .blocks import Facts
from .limbs import not_recorded
from .wording import choice, day, fingerprint, label, lines, moment, noted, stacked


@dataclass(frozen=True, slots=True)
class Card:
    anchor: str
    name: str
    known: bool
    facts: Facts
    dpo: str
    authority: str


def card(controller):
    """The card of a `gathering.ControllerCard`; whatever is missing says so."""
    content = controller.content
    return Card(
        anchor=f"controller-{controller.id}",
        name=controller.name,
        known=bool(content),
        facts=Facts(tuple((name, value or not_recorded()) for name, value in _rows(controller, content))),
        dpo=_dpo(content),
        authority=authority(content),
    )


def authority(content):
    """The supervisory authority by name."""
    code = content.get("authority", "")
    return content.get("authority_name") or choice(Controller.Authority, code)


def _none():
    return format_html('<span class="none">{}</span>', _("None"))


def _rows(controller, content):
    country = content.get("country", "")
    return (
        (_("Name"), format_html("<strong>{}</strong>", controller.name)),
        (_("Kind"), noted(choice(Controller.Kind, content.get("kind")), content.get("legal_form", ""))),
        (label(Controller, "registration_number"), content.get("registration_number")),
        (
            label(Controller, "address"),
            stacked([lines(content.get("address", "")), choice(Organisation.Country, country)]),
        ),
        (_("Contact"), stacked([content.get("email"), content.get("phone"), content.get("website")])),
        (_("Representative, Art. 27"), _representative(content)),
        (_("Data protection officer"), _dpo(content)),
        (label(Controller, "authority"), authority(content)),
        (_("These details"), _version(controller)),
    )


def _representative(content):
    name, reached = content.get("representative_name", ""), content.get("representative_contact", "")
    if name or reached:
        return stacked([format_html("<strong>{}</strong>", name) if name else "", lines(reached)])
    return _none() if content.get("representative_answer") == "no" else ""


def _dpo(content):
    name = content.get("dpo_name", "")
    found = stacked(
        [
            format_html("<strong>{}</strong>", name) if name else "",
            content.get("dpo_email"),
            content.get("dpo_phone"),
            lines(content.get("dpo_address", "")),
            _registered(content.get("dpo_registration")),
        ]
    )
    if found:
        return found
    return _none() if content.get("dpo_answer") == "no" else ""


def _registered(number):
    return _("Registered with the authority under %(number)s") % {"number": number} if number else ""


def _version(controller):
    if not controller.version:
        return _("Never established on or before this day")
    return _("Version %(number)d, valid from %(day)s, established on %(moment)s, fingerprint %(digest)s") % {
        "number": controller.version,
        "day": day(controller.valid_from),
        "moment": moment(controller.established_at),
        "digest": fingerprint(controller.digest),
    }
