"""The filters of the lists of shared rows, per kind."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register import adequacy, agreement_state, law, models, usage
from register.forms.pickers import DATA_GROUPS

from .lists import ConditionFilter, FieldFilter, used_filter

COUNTRY_NAMES = ("name_nl", "name_en")


def filters(kind, on):
    """The filters of a list on a day, in the order in which they stand."""
    found = {
        models.Party: lambda: _party_filters(on),
        models.System: lambda: [
            FieldFilter("location", _("Where"), "location"),
            FieldFilter("country", _("Hosting"), "hosting_country", COUNTRY_NAMES),
            FieldFilter("label", _("Label"), "label_rows__label", ("name",)),
        ],
        models.Agreement: lambda: [_agreement_filter(on), FieldFilter("kind", _("Kind"), "kind")],
        models.DataCategory: lambda: [
            FieldFilter("sensitivity", _("Kind of data"), "sensitivity"),
            FieldFilter("group", _("Group"), "group", words=DATA_GROUPS),
        ],
        models.SubjectCategory: lambda: [
            ConditionFilter(
                "about",
                _("About them"),
                {
                    "children": (_("Children"), Q(children=True)),
                    "vulnerable": (_("Vulnerable people"), Q(vulnerable=True)),
                    "employees": (_("Employees"), Q(employees=True)),
                },
            )
        ],
        models.Measure: lambda: [
            FieldFilter("status", _("Status"), "status"),
            FieldFilter("heading", _("Heading"), "heading"),
            FieldFilter("category", _("Category"), "category"),
        ],
        models.RetentionRule: lambda: [
            FieldFilter("country", _("Country"), "country"),
            FieldFilter("ground", _("Ground"), "ground_kind"),
            ConditionFilter(
                "checked",
                _("Source"),
                {"yes": (_("Checked"), Q(confirmed=True)), "no": (_("Not checked yet"), Q(confirmed=False))},
            ),
        ],
        models.Law: lambda: [FieldFilter("country", _("Country"), "country")],
        models.Country: lambda: [_transfer_filter(on)],
    }.get(kind.model, list)()
    return [*found, used_filter(kind.model)]


def of_the_past(kind, on):
    """The filters that ask only what the row itself says; the others know nothing of a past day."""
    live = {"used", "role", "agreement", "label"}
    return [one for one in filters(kind, on) if one.param not in live]


def _party_filters(on):
    lines = models.RecipientLine.objects
    as_role = {role.value: (role.label, usage.named_by(lines.filter(role=role), "party")) for role in law.RecipientRole}
    more = {
        "client": (_("Controller we work for"), usage.named_by(models.ClientLine.objects, "party")),
        "supplier": (_("Supplier of a system"), usage.named_by(models.System.objects, "supplier")),
        "source": (_("Source of data"), usage.named_by(models.DataLine.objects, "source_party")),
    }
    lacking = agreement_state.without_agreement_q(on)
    return [
        FieldFilter("kind", _("Kind"), "kind"),
        ConditionFilter("role", _("Role"), as_role | more),
        FieldFilter("country", _("Country"), "country", COUNTRY_NAMES),
        ConditionFilter("agreement", _("Agreement"), {"lacking": (_("Needed and not in force"), lacking)}),
        FieldFilter("label", _("Label"), "label_rows__label", ("name",)),
    ]


def _agreement_filter(on):
    conditions = {state.key: (state.label, agreement_state.state_q(state.key, on)) for state in agreement_state.STATES}
    return ConditionFilter("state_on", _("State"), conditions)


def _transfer_filter(on):
    codes = sorted({decision.country for decision in adequacy.all_decisions() if decision.holds_on(on)})
    eea, decided = Q(eea=True), Q(eea=False, code__in=codes)
    return ConditionFilter(
        "transfer",
        _("Transfer today"),
        {
            "eea": (_("EEA"), eea),
            "adequate": (_("Adequacy decision"), decided),
            "safeguard": (_("Needs a safeguard"), ~eea & ~decided),
            "organisation": (_("International organisations"), Q(is_international_organisation=True)),
        },
    )
