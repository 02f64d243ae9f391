"""The smallest valid row of each model of `portal`."""

import factory

from portal import models

from .accounts import AT, OrganisationFactory, TrackedFactory
from .register import PartOfActivityFactory


class PublicRegisterFactory(TrackedFactory):
    class Meta:
        model = models.PublicRegister

    organisation = factory.SubFactory(OrganisationFactory)
    is_open = True
    has_list = True
    changed_at = AT


class PublicationFactory(PartOfActivityFactory):
    class Meta:
        model = models.Publication

    class Params:
        withdrawn = factory.Trait(withdrawn_at=AT, withdrawal_reason="Wrong purpose")

    organisation = factory.SelfAttribute("activity.organisation")
    published_at = AT
    reason = "Asked for by the council"
