"""The dated facts of law that consents are measured by, as one value. Ask with the day."""

import datetime
from dataclasses import dataclass

from register import legal

GDPR_APPLIES = datetime.date(2018, 5, 25)


@dataclass(frozen=True, slots=True)
class Terms:
    """Ages in years. `phone_opt_in`: a Dutch consumer is called only with consent, also as a customer."""

    review_months: int
    claim_years: int
    confirm_hours: int
    unconfirmed_days: int
    effect_hours: int
    nl_age_online: int
    nl_age_other: int
    nl_withdraw_age: int | None
    be_age_online: int | None
    phone_opt_in: bool


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
        nl_age_online=int(values["nl-consent-age-online"]),
        nl_age_other=int(values["nl-consent-age-other"]),
        nl_withdraw_age=from_its_day("nl-rights-age"),
        be_age_online=from_its_day("be-consent-age-online"),
        phone_opt_in=values.get("nl-phone-marketing") == "opt_in",
    )
