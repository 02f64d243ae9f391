"""What rules may know besides the entry they look at, for one day.

Everything is gathered before the first rule is asked, in a number of queries that does not depend on how many entries
there are; a context itself never asks the database.
"""

import datetime
from dataclasses import dataclass, field

from register import adequacy

from .facts import EntryFacts, OrganisationFacts


@dataclass(frozen=True)
class Context:
    """`on` is the day that is judged. Shared rows are by id; `agreements_of` are those of a party that are not retired.

    Of entries it holds what their rules look at: agreements and documents, and in `of_entries` what is known about each
    activity beside its entry; ask `facts(entry)`. Parties, systems, rules of retention and measures are for the rules
    about these, and about the organisation; so are all published notices and the places where people give their data.
    """

    on: datetime.date
    organisation: OrganisationFacts
    parameters: dict = field(default_factory=dict)
    of_entries: dict = field(default_factory=dict)
    agreements: dict = field(default_factory=dict)
    agreements_of: dict = field(default_factory=dict)
    parties: dict = field(default_factory=dict)
    systems: dict = field(default_factory=dict)
    retentions: dict = field(default_factory=dict)
    measures: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    notices: tuple = ()
    points: tuple = ()

    def facts(self, entry):
        return self.of_entries.get(entry.id) or EntryFacts()

    def parameter(self, code):
        """The value of a legal parameter in force on the day, as text; None when there is none."""
        return self.parameters.get(code)

    def decisions(self, country_code):
        """The adequacy decisions that hold for a country on the day (`register.adequacy.Decision`)."""
        if not self.parameters:
            return adequacy.decisions(country_code, self.on)
        ever = adequacy.decisions_ever(country_code)
        return [one for one in ever if self.parameters.get(adequacy.DECISION + one.key) == "in_force"]
