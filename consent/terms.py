"""The dated facts of law that consents are measured by, as one value. Ask with the day."""

import datetime
from dataclasses import dataclass

from register import legal

from .kinds import AgeBand

GDPR_APPLIES = datetime.date(2018, 5, 25)


@dataclass(frozen=True, slots=True)
class Terms:
    """Ages in years. `phone_opt_in`: a Dutch consumer is called only with consent, also as a customer."""

    review_months: int
    claim_years: int
    confirm_hours: int
    unconfirmed_days: int
    effect_hours: int
    answer_months: int
    nl_age_online: int
    nl_age_other: int
    be_age_online: int | None
    phone_opt_in: bool

    def age_of_consent(self, country, *, is_online_service):
        """From which age somebody consents alone (Art. 8 GDPR, Art. 5 UAVG); None where no law names an age."""
        if country == "BE":
            return self.be_age_online if is_online_service else None
        return self.nl_age_online if is_online_service else self.nl_age_other

    def is_too_young(self, age, country, *, is_online_service):
        """Whether somebody of this band of ages cannot consent alone, as far as it tells and a law names an age."""
        limit, youngest = self.age_of_consent(country, is_online_service=is_online_service), AgeBand(age).youngest
        return limit is not None and youngest is not None and youngest < limit

    def grown_up(self, country):
        """From which age nobody there needs a parent to consent, as far as a law names an age; where none does, the
        highest that any law here names.
        """
        ages = (self.be_age_online,) if country == "BE" else (self.nl_age_online, self.nl_age_other)
        named = [age for age in ages if age is not None]
        return max(named or (self.nl_age_online, self.nl_age_other))


def of(organisation, on):
    """Two queries."""
    day = max(on, GDPR_APPLIES)
    return terms({code: said.value for code, said in legal.in_force(organisation, day).items()})


def terms(values):
    """From {code of a fact: value as text}."""

    def from_its_day(code):
        """A rule that began later than the GDPR: None for the days before."""
        return int(values[code]) if code in values else None

    return Terms(
        review_months=int(values["consent-review"]),
        claim_years=int(values["consent-claim"]),
        confirm_hours=int(values["consent-confirm"]),
        unconfirmed_days=int(values["consent-unconfirmed"]),
        effect_hours=int(values["consent-withdrawal-effect"]),
        answer_months=int(values["person-request"]),
        nl_age_online=int(values["nl-consent-age-online"]),
        nl_age_other=int(values["nl-consent-age-other"]),
        be_age_online=from_its_day("be-consent-age-online"),
        phone_opt_in=values.get("nl-phone-marketing") == "opt_in",
    )
