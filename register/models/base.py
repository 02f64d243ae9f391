"""What rows of the register share: a UUID that survives export and import, an organisation, and a history."""

import uuid

from django.db import models

from accounts.history import tracked
from accounts.models import Organisation


class Owned(models.QuerySet):
    def of(self, organisation):
        return self.filter(organisation=organisation)

    def in_use(self):
        """Rows that are offered in new entries; retired and merged rows stay readable where they are used."""
        return self.filter(retired_on=None)


class Keyed(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Row(Keyed):
    history = tracked(inherit=True)

    class Meta:
        abstract = True


class OwnedRow(Row):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = Owned.as_manager()

    class Meta:
        abstract = True
