"""Reporting a breach: it gets a number, a reference for whoever reported it, a key, and nothing is decided."""

import secrets

from accounts.history import act
from accounts.models import Counter
from breaches import sealing

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""Without vowels, and without signs that look alike: it is read out over the telephone, and spells nothing."""


def report(breach, texts, *, by, at, key=None):
    """Keep a new breach (unsaved, with its organisation) and what its reporter wrote ({about: text}, sealed).

    `by` is None when the reporter has no account. Whoever reports counts as aware from the first signal until somebody
    states another moment, which is the safe side. `key` is that of the draft, when there was one.
    """
    with act(breach.organisation, by=by, at=at, kind="breach.reported") as going_on:
        breach.number = Counter.draw(breach.organisation, "breach_drill" if breach.is_drill else "breach")
        breach.reference = new_reference()
        breach.reported_at, breach.reported_by = at, by
        breach.first_signal_at = breach.first_signal_at or at
        breach.aware_at = breach.aware_at or breach.first_signal_at
        breach.save(force_insert=True)
        going_on.details.update(code=breach.code)
        sealing.give_key(breach, key)
        sealing.seal(breach, texts)
    return breach


def new_reference():
    """Ten signs in two halves; one in some hundred million million."""
    signs = "".join(secrets.choice(SIGNS) for _each in range(10))
    return f"{signs[:5]}-{signs[5:]}"
