"""The inventory as a CSV file, whose headings `lists` reads again."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.spreadsheets import write_csv


def to_csv(trackers, language):
    """Bytes. The trackers come with site, purpose, activity, recipient and country."""
    with override(language):
        return write_csv([_headings(), *(_row(row, language) for row in trackers)], language)


def _headings():
    return (
        _("Site"),
        _("Name"),
        _("Kind"),
        _("Domain"),
        _("Provider"),
        _("Whose"),
        _("Category"),
        _("Purpose in Dutch"),
        _("Purpose in English"),
        _("How long it stays"),
        _("Data that it reads"),
        _("Consent"),
        _("Why"),
        _("Article"),
        _("Reason"),
        _("Purpose of consent"),
        _("Loaded before consent"),
        _("Activity"),
        _("Recipient"),
        _("Leaves the European Economic Area"),
        _("Country"),
        _("Last seen on"),
    )


def _row(row, language):
    answer = row.answer
    country = row.country
    return (
        row.site.domain,
        row.name,
        row.get_kind_display(),
        row.domain,
        row.provider,
        row.get_party_display() if row.party else "",
        row.get_category_display() if row.category else "",
        row.purpose_nl,
        row.purpose_en,
        row.lifetime,
        row.data,
        _("Needed") if answer.needs_consent else _("Not needed"),
        answer.words,
        answer.article,
        row.reason,
        row.purpose.code if row.purpose else "",
        row.get_before_consent_display() if row.before_consent else "",
        row.activity.code if row.activity else "",
        row.recipient.name if row.recipient else "",
        row.get_transfer_display() if row.transfer else "",
        country.named(language) if country else "",
        row.seen_on,
    )
