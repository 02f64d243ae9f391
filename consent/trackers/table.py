"""The table of trackers in the part of a notice about cookies: what stands there is compared by facts, not by words."""

from collections import defaultdict
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models import Tracker
from register.extensions import Table, TableRow
from register.notices.text import Words
from register.notices.writer import in_both

from . import lifetimes
from .kinds import Kind

BLOCK = "cookies"
STAYS = (Kind.COOKIE, Kind.LOCAL)  # what is kept on the equipment of a visitor, for a term
COLUMNS = (_("Name"), _("Of whom"), _("What for"), _("How long it stays"), _("With your consent"))
ASKED, NOT_ASKED = _("yes"), _("no, this is not needed")


def of(notices):
    """(notice id, Table) of notices of one organisation. One query."""
    notices = {notice.pk: notice.organisation_id for notice in notices}
    organisations = set(notices.values())
    rows = Tracker.objects.in_use().filter(organisation__in=organisations, is_suggested=False, gone_on=None)
    rows = rows.filter(Q(site__notice=None) | Q(site__notice__in=list(notices)))
    by_notice = defaultdict(list)
    for row in rows.select_related("site", "activity").order_by("site__name", "name", "domain", "pk"):
        for key, organisation in notices.items():
            if row.organisation_id == organisation and row.site.notice_id in (None, key):
                by_notice[key].append(row)
    for key, found in by_notice.items():
        several = len({row.site_id for row in found}) > 1
        yield key, Table(BLOCK, _columns(several), tuple(_row(row, several) for row in found), tuple(_lacks(found)))


def _lacks(rows):
    """What a visitor must be told of each (Art. 13(1)(c) and (2)(a)), where nobody wrote it down."""
    spoken = [row for row in rows if row.purpose_nl or row.purpose_en]
    lacking = {
        ("listed_purpose", ""): [row for row in rows if row not in spoken],
        ("listed_term", ""): [row for row in rows if row.kind in STAYS and not row.lifetime],
        ("listed_language", "nl"): [row for row in spoken if not row.purpose_nl],
        ("listed_language", "en"): [row for row in spoken if not row.purpose_en],
    }
    return ((*about, tuple(row.name for row in found)) for about, found in lacking.items() if found)


def _columns(several):
    columns = (_("Site"), *COLUMNS) if several else COLUMNS
    return tuple(in_both(lambda text=text: text) for text in columns)


@lru_cache(maxsize=500)
def _both(words, text):
    """The same for many rows, and the same in every reader's language."""
    return in_both(lambda: words(text))


def _row(row, several):
    who = row.provider or row.domain
    asked = row.answer.needs_consent
    cells = (
        Words(row.name, row.name),
        Words(who, who),
        Words(row.purpose_nl, row.purpose_en),
        _both(lifetimes.words, row.lifetime),
        _both(str, ASKED if asked else NOT_ASKED),
    )
    facts = {
        "name": row.name,
        "who": who,
        "purpose_nl": row.purpose_nl,
        "purpose_en": row.purpose_en,
        "lifetime": row.lifetime,
        "asked": asked,
    }
    site = (Words(row.site.name, row.site.name),) if several else ()
    return TableRow(str(row.pk), facts, (*site, *cells), row.activity)
