"""The facts of a breach that its severity and the suggestion are made from, as one value. Pure.

The one rule: None, an empty set or UNKNOWN means not known, and is never read as the better answer. In a file:
`facts_format.py`.
"""

from dataclasses import dataclass, field

from .kinds import FRAUD, SPECIAL, VULNERABLE, DataKind, Extent, Kind, PeopleKind, Recipients
from .law import Role
from .scales import Availability, Confidentiality, Integrity
from .severity import Answers


@dataclass(frozen=True, slots=True)
class BreachFacts:
    """What is known of one breach at one moment.

    `special`: data of Art. 9. `criminal`: of Art. 10. `identity_data`: what somebody can commit identity fraud with.
    `children`, `vulnerable`: whose data they are. `people_min`, `people_max`: of how many people.
    `unintelligible`, `key_safe`: how much nobody could read beforehand, and whether the key is safe (Art. 34(3)(a)).
    `recipients`, `deletion_confirmed`: who has the data, and a written word that they are deleted.
    `nothing_taken`: proof, such as whole logs, that nobody saw or took the data.
    `restored_quickly`: data that were altered or out of reach are back and right, before anybody had trouble.
    `care_interrupted`: care or another service that people cannot do without stood still.
    `later_measures`: measures afterwards took the high risk away (Art. 34(3)(b)).
    `disproportionate_effort`: telling people one by one asks too much (Art. 34(3)(c)).
    `dutch_financial_undertaking`: Art. 42 UAVG.
    """

    role: Role = Role.CONTROLLER
    kinds: frozenset[Kind] = frozenset()
    severity: Answers = field(default_factory=Answers)
    special: bool | None = None
    criminal: bool | None = None
    identity_data: bool | None = None
    children: bool | None = None
    vulnerable: bool | None = None
    people_min: int | None = None
    people_max: int | None = None
    unintelligible: Extent = Extent.UNKNOWN
    key_safe: bool | None = None
    recipients: Recipients = Recipients.UNKNOWN
    deletion_confirmed: bool | None = None
    nothing_taken: bool | None = None
    restored_quickly: bool | None = None
    care_interrupted: bool | None = None
    later_measures: bool | None = None
    disproportionate_effort: bool | None = None
    dutch_financial_undertaking: bool | None = None

    def __post_init__(self):
        low, high = self.people_min, self.people_max
        if min(low or 0, high or 0) < 0 or (low is not None and high is not None and low > high):
            raise ValueError("The number of people is not a range.")

    @property
    def implied(self):
        """The kinds of breach that follow from other facts."""
        answers, found = self.severity, set()
        if answers.confidentiality not in (None, Confidentiality.NONE):
            found.add(Kind.CONFIDENTIALITY)
        if answers.integrity not in (None, Integrity.NONE):
            found.add(Kind.INTEGRITY)
        if answers.availability not in (None, Availability.NONE) or self.care_interrupted:
            found.add(Kind.AVAILABILITY)
        return frozenset(found)

    @property
    def possible_kinds(self):
        """What the breach is at most: all three as long as nobody said."""
        return self.kinds | self.implied if self.kinds else frozenset(Kind)


MAYBE_CHILDREN = {PeopleKind.UNKNOWN, PeopleKind.PUPILS, PeopleKind.PATIENTS}


def hints(data_kinds, people_kinds):
    """What follows from the kinds of data and people of a breach, as keyword arguments of `BreachFacts`.

    A kind that is there makes a fact true. It is false only when the kinds are known and it is not among them; of
    pupils and patients nobody knows whether they are children until somebody says so.
    """
    data, people = set(data_kinds), set(people_kinds)
    return {
        "special": _among(data, SPECIAL, {DataKind.UNKNOWN}),
        "criminal": _among(data, {DataKind.CRIMINAL}, {DataKind.UNKNOWN}),
        "identity_data": _among(data, FRAUD, {DataKind.UNKNOWN}),
        "children": _among(people, {PeopleKind.MINORS}, MAYBE_CHILDREN),
        "vulnerable": _among(people, VULNERABLE, {PeopleKind.UNKNOWN}),
    }


def _among(named, looked_for, doubtful):
    if named & looked_for:
        return True
    return False if named and not named & doubtful else None
