"""A controller's details as a value: of the working copy, or as established and in force on a day."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import canonical

from .models import ControllerVersion
from .models.organisations import ControllerDetails

FIELDS = tuple(field.name for field in ControllerDetails._meta.get_fields())


def content_of(controller):
    """Everything that Art. 30(1)(a) wants to know, as plain text by field name; codes as stored."""
    return {name: getattr(controller, name) for name in FIELDS}


def digest_of(content):
    return canonical.digest(content)


def versions_on(organisation, on, known_at=None):
    """{controller id: ControllerVersion in force on `on`, as known at `known_at`}. One query."""
    found = ControllerVersion.objects.filter(organisation=organisation).in_force(on, known_at)
    return {version.controller_id: version for version in found}


def details_on(organisation, on, known_at=None):
    """{controller id: content} for the record to read. A controller without a version on that day is absent."""
    return {pk: upgraded(version) for pk, version in versions_on(organisation, on, known_at).items()}


def upgraded(version):
    """The content of a version in the present schema: fields that came later are empty. Old JSON is never rewritten."""
    return dict.fromkeys(FIELDS, "") | version.content


def with_latest_version(controllers):
    """Each with the number and first day of its latest version, in the same query."""
    latest = ControllerVersion.objects.filter(controller=OuterRef("pk")).order_by("-number")
    return controllers.annotate(
        version=Subquery(latest.values("number")[:1]), version_from=Subquery(latest.values("valid_from")[:1])
    )


GROUPS = (
    (
        _("Controller"),
        "Art. 30(1)(a)",
        None,
        (
            "name",
            "legal_form",
            "kind",
            "registration_number",
            "sector",
            "address",
            "country",
            "email",
            "phone",
            "website",
        ),
    ),
    (
        _("Data protection officer"),
        "Art. 37-39",
        "dpo_answer",
        ("dpo_name", "dpo_email", "dpo_phone", "dpo_address", "dpo_registration"),
    ),
    (
        _("Representative in the European Union"),
        "Art. 27",
        "representative_answer",
        ("representative_name", "representative_contact"),
    ),
    (_("Supervisory authority"), "Art. 51", None, ("authority", "authority_name")),
)


@dataclass(frozen=True)
class Group:
    """Facts that belong together. `answer` is "", "no" or "yes" where none is an answer too, else None."""

    title: str
    reference: str
    answer: str | None
    facts: tuple  # of (label, value in words)


def presented(content):
    """The content for reading: groups in the order of Art. 30(1)(a), codes in words."""
    return [
        Group(title, reference, content[answer] if answer else None, tuple(_facts(content, names)))
        for title, reference, answer, names in GROUPS
    ]


def differences(before, after):
    """The fields that differ: (label, before, after) in words."""
    fields = (name for name in FIELDS if before[name] != after[name])
    return [(_label(name), _words(before, name), _words(after, name)) for name in fields]


def _facts(content, names):
    for name in names:
        if name == "authority_name" and content["authority"] != ControllerDetails.Authority.OTHER:
            continue
        yield _label(name), _words(content, name)


def _label(name):
    return capfirst(ControllerDetails._meta.get_field(name).verbose_name)


def _words(content, name):
    choices = dict(ControllerDetails._meta.get_field(name).flatchoices)
    return str(choices.get(content[name], content[name]))
