"""What in the free text of a breach looks like personal data, by the same scan as the findings of the register.

The one rule: it warns and never refuses. A name is not found by it, so the pages ask in words not to name anybody.
"""

from django.utils.translation import gettext as _

from register.personal_data import seen


def words(*texts):
    """[a kind and what stands there], once each; empty when nothing was seen."""
    found = [f"{kind} ({piece})" for text in texts if isinstance(text, str) for kind, piece in seen(text)]
    return list(dict.fromkeys(found))


def warning(*texts):
    """A sentence for after saving, or ""."""
    found = words(*texts)
    return _("Saved, but it looks like personal data: %(found)s.") % {"found": ", ".join(found)} if found else ""
