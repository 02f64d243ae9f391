"""What a file tells of a party besides its name: address, telephone, contact. A party that exists is left as it is."""

from django.utils.translation import gettext_noop as _

from register.models import Country, Party

ADDRESS = ("address", "postcode", "town", "po_box")


def fill(party, ref, matcher, proposal):
    """Put the details that stand with this reference on a party of this file; what does not fit is kept as a note."""
    given = [(detail, text, found) for detail, text, found in ref.details.get("party", ()) if text]
    parts = [one for one in given if one[0] in ADDRESS]
    for detail, text, found in given:
        if detail not in ADDRESS and not _put(party, detail, text, matcher):
            _keep(proposal, found, party, detail, matcher)
    if parts and not _put(party, "address", _address({detail: text for detail, text, _found in parts}), matcher):
        for detail, _text, found in parts:
            _keep(proposal, found, party, detail, matcher)


def _keep(proposal, found, party, detail, matcher):
    if detail == "country" and matcher.find(Country, found.original) is None:
        reason = _("No country of this name is known.")
    else:
        reason = _("%(party)s has other details already, which were not changed.")
    found.give_back("party")
    proposal.note(found, reason, party=str(party))


def _address(parts):
    town = " ".join(part for part in (parts.get("postcode"), parts.get("town")) if part)
    return "\n".join(part for part in (parts.get("address"), town, parts.get("po_box")) if part)


def _put(party, detail, text, matcher):
    """Whether the party says this now."""
    if detail == "country":
        row = matcher.find(Country, text)
        if row is None:
            return False
        if matcher.is_new(party) and party.country is None:
            party.country = row
        return party.country_id == row.pk
    limit = Party._meta.get_field(detail).max_length
    if limit is not None and len(text) > limit:
        return False
    if matcher.is_new(party) and not getattr(party, detail):
        setattr(party, detail, text)
    return getattr(party, detail) == text
