"""The smallest valid row of each model of trackers."""

import factory
from factory.django import DjangoModelFactory

from consent import models

from .accounts import AT, OrganisationFactory, TrackedFactory


class SiteFactory(TrackedFactory):
    class Meta:
        model = models.Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Web shop"
    domain = factory.Sequence("www{}.shop.example".format)


class TrackerFactory(TrackedFactory):
    class Meta:
        model = models.Tracker

    organisation = factory.SubFactory(OrganisationFactory)
    site = factory.SubFactory(SiteFactory, organisation=factory.SelfAttribute("..organisation"))
    name = factory.Sequence("_ga_{}".format)


class TrackerScanFactory(DjangoModelFactory):
    class Meta:
        model = models.TrackerScan

    organisation = factory.SubFactory(OrganisationFactory)
    site = factory.SubFactory(SiteFactory, organisation=factory.SelfAttribute("..organisation"))
    name = "list.csv"
    format = "list"
    at = AT
