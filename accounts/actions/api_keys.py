"""Keys with which other systems reach the API. The one rule: the secret is told once, to whoever makes the key."""

import secrets

from accounts import history
from accounts.links import hashed
from accounts.models import ApiKey

MARK = "dertig_"  # so that people, and programs that look for leaked secrets, know what they found


def make(key, *, by, at):
    """Save a new key (unsaved); returns its secret."""
    secret = MARK + secrets.token_urlsafe(32)
    key.prefix, key.secret_hash = secret[len(MARK) :][:6], hashed(secret)
    key.created_at, key.created_by = at, by
    with history.act(key.organisation, by=by, at=at, kind="api_key.made", details={"name": key.name}):
        key.save(force_insert=True)
    return secret


def revoke(key, *, by, at):
    """It opens nothing any more, from this moment. Twice is once."""
    with history.act(key.organisation, by=by, at=at, kind="api_key.revoked", details={"name": key.name}):
        row = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
        if row.revoked_at is None:
            row.revoked_at = at
            row.save()
    return row


def find(secret, *, on):
    """The working key of this secret, or None. What is no key of ours costs no query."""
    if not secret.startswith(MARK) or len(secret) > 100:
        return None
    found = ApiKey.objects.select_related("organisation").filter(secret_hash=hashed(secret)).first()
    if found is None or not found.works(on):
        return None
    if found.last_used_on != on:  # once a day; the row is tracked, this column is not
        ApiKey.objects.filter(pk=found.pk).update(last_used_on=on)
    return found
