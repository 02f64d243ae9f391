"""What people do to shared rows: parties, systems, agreements, documents, the library and labels.

The one rule: what is used is retired, never deleted; what was part of an established version never goes. The activities
that use a changed row are recalculated in the same act.
"""

from django.utils.translation import gettext as _

from accounts.history import act
from core.refusal import Refused
from register import derived, usage
from register.models import PartyLabel, SystemLabel


def add(row, *, by, at, reason="", labels=None):
    """Bring in a new shared row, with its labels."""
    with act(row.organisation, by=by, at=at, kind="shared.added", reason=reason) as going_on:
        row.save(force_insert=True)
        _say(going_on, row)
        _set_labels(row, labels)
    return row


def change(row, *, by, at, reason="", labels=None):
    """Save a changed row and its labels (left alone when None); a row that says the same as before is not written."""
    with act(row.organisation, by=by, at=at, kind="shared.changed", reason=reason) as going_on:
        _say(going_on, row)
        if _differs(row):
            row.save()
            derived.shared_changed(row, at=at)
        _set_labels(row, labels)
    return row


def retire(row, *, by, at, on, reason=""):
    """No longer offer a row in new entries. It stays readable where it is used."""
    if row.retired_on is not None:
        raise Refused(_("This has been retired already."))
    with act(row.organisation, by=by, at=at, kind="shared.retired", reason=reason) as going_on:
        row.retired_on = on
        row.save()
        _say(going_on, row)
        derived.shared_changed(row, at=at)


def bring_back(row, *, by, at, reason=""):
    """Offer a retired row again. One that was merged into another stays where it went."""
    if row.retired_on is None:
        raise Refused(_("This has not been retired."))
    if getattr(row, "merged_into_id", None) is not None:
        raise Refused(_("This was merged into another one and cannot be brought back."))
    with act(row.organisation, by=by, at=at, kind="shared.returned", reason=reason) as going_on:
        row.retired_on = None
        row.save()
        _say(going_on, row)
        derived.shared_changed(row, at=at)


def delete(row, *, by, at, reason=""):
    """Throw away a row that is used nowhere and was never established; its history stays."""
    with act(row.organisation, by=by, at=at, kind="shared.deleted", reason=reason) as going_on:
        row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        if not may_be_deleted(row):
            raise Refused(
                _("This is in use, or was part of an established version, and cannot be deleted."),
                remedy=_("Retire it instead."),
            )
        _say(going_on, row)
        going_on.touch(row)
        row.delete()


def may_be_deleted(row):
    return not usage.is_used(row) and not usage.was_ever_established(row)


def _say(going_on, row):
    """What the sentence about this act names. An act within another leaves the outer one its own words."""
    going_on.details.setdefault("model", row._meta.model_name)
    going_on.details.setdefault("name", str(row)[:250])
    going_on.details.setdefault("id", str(row.pk))


def _differs(row):
    names = [field.attname for field in row._meta.concrete_fields]
    stored = type(row).objects.filter(pk=row.pk).values(*names).get()
    return any(getattr(row, name) != value for name, value in stored.items())


def _set_labels(row, labels):
    """Make the labels of a party or system exactly these, by difference."""
    if labels is None:
        return
    present = {link.label_id: link for link in row.label_rows.all()}
    wanted = {label.pk: label for label in labels}
    for key in present.keys() - wanted.keys():
        present[key].delete()
    link = {"party": PartyLabel, "system": SystemLabel}[row._meta.model_name]
    for key, label in wanted.items():
        if key not in present:
            link(**{row._meta.model_name: row}, label=label).save()
