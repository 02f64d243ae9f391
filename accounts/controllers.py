"""A controller's details as a value: of the working copy, or as established and in force on a day."""

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
