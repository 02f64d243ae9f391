"""The headers that let a mail program unsubscribe somebody with one click (RFC 8058).

The one rule: both headers, or neither; a DKIM signature of the message covers both, or receivers ignore them.
"""

from . import links

ONE_CLICK = "List-Unsubscribe=One-Click"


def headers(person, purpose, channel):
    """For one message to one person. No query when `purpose` was read with its organisation."""
    url = links.unsubscribe_url(person.pk, purpose, channel)
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": ONE_CLICK}
