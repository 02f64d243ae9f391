"""What stands in the lists of shared rows: per kind the columns and the order.

A cell is a function of a row that gives words or safe HTML; it costs no query, since `prepare` fetched what it needs.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.components.words import badge, day, not_recorded
from register import adequacy, agreement_state, law, models, usage, words
from register.exports.wording import period
from register.forms.pickers import DATA_GROUPS
from register.listing.columns import label_tag
from register.reading import law_item, retention_item

from .lists import by_name


@dataclass(frozen=True)
class Column:
    """`live` columns tell of other rows as they are today; a list of a past day leaves them out."""

    label: str
    cell: callable
    sort: str = ""
    align: str = ""
    live: bool = False


def side_by_side(marks):
    """Badges or labels as one thing, so that a narrow cell keeps them together."""
    inside = format_html_join(" ", "{}", ((mark,) for mark in marks))
    return format_html('<span class="tag-list">{}</span>', inside) if inside else "–"


def labels_cell(row):
    return side_by_side(label_tag(link.label) for link in row.label_rows.all())


def choice(name):
    """A cell with the words of a field with choices."""

    def cell(row):
        return getattr(row, f"get_{name}_display")() if getattr(row, name) not in (None, "") else "–"

    return cell


def plain(name):
    return lambda row: getattr(row, name) or "–"


def date(name):
    return lambda row: day(getattr(row, name))


USED = Column(_("Use"), lambda row: row.uses, align="num", live=True)


def sensitivity(row):
    tones = {"special": "warning", "criminal": "warning", "national_id": "changed", "sensitive": "draft"}
    return badge(row.get_sensitivity_display(), tones.get(row.sensitivity, "neutral"))


def flags(row):
    names = [name for name in ("children", "vulnerable", "employees") if getattr(row, name)]
    words = [capfirst(str(row._meta.get_field(name).verbose_name)) for name in names]
    return side_by_side(badge(word) for word in words)


def measure_status(row):
    tones = {"verified": "good", "implemented": "good", "planned": "waiting"}
    return badge(row.get_status_display(), tones[row.status]) if row.status else not_recorded()


def checked(row):
    return badge(_("Checked"), "good") if row.confirmed else badge(_("Not checked yet"), "draft")


def adequate(row):
    """How data may go there today: inside the EEA, by an adequacy decision, or only with a safeguard."""
    if row.eea:
        return badge(_("EEA"), "good")
    if row.adequacy:
        label = _("Adequacy decision, for some") if row.adequacy[0].scope_check else _("Adequacy decision")
        return badge(label, "changed" if row.adequacy[0].scope_check else "good")
    return badge(_("Needs a safeguard"), "warning")


def party_agreement(row):
    return badge(row.agreement_state.label, row.agreement_state.tone) if row.agreement_state else "–"


def roles(row):
    return format_html_join(", ", "{}", ((law.RecipientRole(role).label,) for role in sorted(row.roles))) or "–"


def agreement_status(row):
    return badge(row.state.label, row.state.tone)


def clauses(row):
    if row.kind != models.Agreement.Kind.PROCESSING:
        return "–"
    missing = len(row.missing_clauses())
    if not missing:
        return badge(_("Complete"), "good")
    return badge(ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing}, "warning")


def hosting(row):
    return row.hosting_country or "–"


def supports(row):
    """Erasure, export and correction, each with its answer in words."""
    tones = {"yes": "good", "no": "bad", "": "neutral"}
    parts = ((_("Erase"), "supports_erasure"), (_("Export"), "supports_export"), (_("Correct"), "supports_correction"))
    return side_by_side(
        badge(format_html("{}: {}", label, getattr(row, f"get_{name}_display")()), tones[getattr(row, name)])
        for label, name in parts
    )


def short_name(row):
    return words.item_words(law_item(row))


def how_long(row):
    return period(retention_item(row))


def place(row):
    if row.file_id:
        return _("File kept here")
    return _("Address on the web") if row.url else not_recorded()


COLUMNS = {
    models.Party: [
        Column(_("Kind"), choice("kind"), "kind"),
        Column(_("Roles"), roles, live=True),
        Column(_("Country"), lambda row: row.country or "–", "country"),
        Column(_("Agreement"), party_agreement, live=True),
        Column(_("Labels"), labels_cell, live=True),
        USED,
    ],
    models.System: [
        Column(_("Supplier"), lambda row: row.supplier or "–", "supplier"),
        Column(_("Where the data are"), choice("location"), "location"),
        Column(_("Hosting"), hosting, "country"),
        Column(_("For people"), supports),
        Column(_("Labels"), labels_cell, live=True),
        USED,
    ],
    models.Agreement: [
        Column(_("Party"), lambda row: row.party, "party"),
        Column(_("State"), agreement_status),
        Column(_("Kind"), choice("kind"), "kind"),
        Column(_("From"), date("valid_from"), "from"),
        Column(_("Until"), date("valid_until"), "until"),
        Column(_("Clauses"), clauses),
        USED,
    ],
    models.Document: [
        Column(_("Kind"), plain("kind"), "kind"),
        Column(_("Where"), place),
        Column(_("Dated"), date("dated_on"), "dated"),
        Column(_("Valid until"), date("valid_until"), "until"),
        USED,
    ],
    models.DataCategory: [
        Column(_("Group"), lambda row: DATA_GROUPS.get(row.group, row.group) or "–", "group"),
        Column(_("Kind of data"), sensitivity, "sensitivity"),
        USED,
    ],
    models.SubjectCategory: [Column(_("About them"), flags), USED],
    models.Measure: [
        Column(_("Category"), choice("category"), "category"),
        Column(_("Status"), measure_status, "status"),
        Column(_("Who looks after it"), plain("owner"), "owner"),
        Column(_("Last tested"), date("last_tested_on"), "tested"),
        USED,
    ],
    models.RetentionRule: [
        Column(_("How long"), how_long),
        Column(_("Source"), plain("source"), "source"),
        Column(_("Country"), plain("country"), "country"),
        Column(_("Source checked"), checked, "checked"),
        USED,
    ],
    models.Law: [
        Column(_("Short"), short_name),
        Column(_("Country"), plain("country"), "country"),
        USED,
    ],
    models.Country: [
        Column(_("Code"), plain("code"), "code"),
        Column(_("Transfer today"), adequate),
        USED,
    ],
    models.InternalRole: [USED],
    models.Label: [
        Column(_("Looks like"), label_tag),
        USED,
        Column(_("Parties"), lambda row: row.parties, align="num", live=True),
        Column(_("Systems"), lambda row: row.systems, align="num", live=True),
    ],
}

SORTS = {
    models.Party: {"kind": "kind", "country": Lower("country__name_nl")},
    models.System: {
        "supplier": Lower("supplier__name"),
        "location": "location",
        "country": Lower("hosting_country__name_nl"),
    },
    models.Agreement: {"party": Lower("party__name"), "kind": "kind", "from": "valid_from", "until": "valid_until"},
    models.Document: {"kind": Lower("kind"), "dated": "dated_on", "until": "valid_until"},
    models.DataCategory: {"group": "group", "sensitivity": "sensitivity"},
    models.Measure: {"category": "category", "status": "status", "owner": Lower("owner"), "tested": "last_tested_on"},
    models.RetentionRule: {"source": Lower("source"), "country": "country", "checked": "confirmed"},
    models.Law: {"country": "country"},
    models.Country: {"code": "code"},
}


def sorts(kind):
    return {"name": by_name(kind.model), **SORTS.get(kind.model, {})}


RELATED = {
    models.Party: ("country",),
    models.System: ("supplier", "hosting_country"),
    models.Agreement: ("party",),
    models.Document: ("file",),
}


def prepare(kind, rows, on):
    """Give the rows of one page what their cells show. One to four queries, however many rows."""
    ids = [row.pk for row in rows]
    uses = usage.counts(kind.model, ids)
    for row in rows:
        row.uses = uses[row.pk]
    prepare_past(kind, rows, on)
    more = {models.Party: _prepare_parties, models.Label: _prepare_labels}
    more.get(kind.model, lambda rows, ids, on: None)(rows, ids, on)


def prepare_past(kind, rows, on):
    """What cells show of the rows themselves on a day. No query."""
    if kind.model is models.Agreement:
        for row in rows:
            row.state = agreement_state.state(row, on)
    if kind.model is models.Country:
        for row in rows:
            row.adequacy = adequacy.decisions(row.code, on)


def _prepare_parties(rows, ids, on):
    found = defaultdict(set)
    lines = models.RecipientLine.objects.order_by().filter(party__in=ids).exclude(role="")
    for party, role in lines.values_list("party", "role").distinct():
        found[party].add(role)
    for row in rows:
        row.roles = found[row.pk]
        current = [one for one in row.agreements.all() if one.retired_on is None]
        row.agreement_state = agreement_state.party_state(row.roles, current, on)


def _prepare_labels(rows, ids, on):
    for name, model in (("parties", models.PartyLabel), ("systems", models.SystemLabel)):
        links = model.objects.order_by().filter(label__in=ids).values_list("label", flat=True)
        found = list(links)
        for row in rows:
            setattr(row, name, found.count(row.pk))


def fetch(kind, organisation):
    """The rows of a kind with what their cells need of other tables."""
    rows = kind.model.objects.of(organisation).select_related(*RELATED.get(kind.model, ()))
    if kind.has_labels:
        rows = rows.prefetch_related("label_rows__label")
    if kind.model is models.Party:
        rows = rows.prefetch_related("agreements")
    return rows
