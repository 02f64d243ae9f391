"""Changing how an organisation deals with breaches."""

from accounts.history import act


def change(settings, *, by, at):
    """Keep the settings, new or changed."""
    with act(settings.organisation, by=by, at=at, kind="breach.settings"):
        settings.save()
    return settings
