"""The limbs of Art. 30(1)(a)-(g) and 30(2)(a)-(d) as printed, in the order of the law, from one entry.

The one rule: every limb gives something, whatever is missing in the entry. What a limb prints stands in the entry by
value; the details of the organisation's own controllers are in another part (docs/decisions/), to which (a) refers.
"""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from register import law, models

from .blocks import Facts, Grid, Limb, facts, labelled, listed, missing
from .wording import (
    both,
    choice,
    contact,
    day,
    item,
    joined,
    label,
    law_and_article,
    lines,
    noted,
    people,
    period,
    stacked,
    typed,
)


def controller_limbs(entry):
    """Art. 30(1)."""
    return (
        Limb(_("Controller"), _who(entry), "a", "Art. 30(1)(a)"),
        Limb(_("Purposes"), _purposes(entry), "b", "Art. 30(1)(b)"),
        Limb(_("Data subjects and personal data"), _what(entry), "c", "Art. 30(1)(c)"),
        Limb(_("Recipients"), recipients(entry), "d", "Art. 30(1)(d)"),
        Limb(_("Transfers outside the EEA"), _transfers(entry), "e", "Art. 30(1)(e)"),
        Limb(_("Time limits for erasure"), _retention(entry), "f", "Art. 30(1)(f)"),
        Limb(_("Security measures"), _measures(entry), "g", "Art. 30(1)(g)"),
    )


def processor_limbs(entry):
    """Art. 30(2)."""
    return (
        Limb(_("Processor"), _on_behalf(entry), "a", "Art. 30(2)(a)"),
        Limb(_("Categories of processing for each controller"), _processing(entry), "b", "Art. 30(2)(b)"),
        Limb(_("Transfers outside the EEA"), _transfers(entry), "c", "Art. 30(2)(c)"),
        Limb(_("Security measures"), _measures(entry), "d", "Art. 30(2)(d)"),
    )


def not_recorded():
    return format_html('<span class="missing">{}</span>', _("Not recorded"))


def _own(entry, title):
    """Our own organisation in (a): by name, with the way to its details."""
    if entry.controller is None:
        return Facts(((title, not_recorded()),))
    where = format_html(
        '<a href="#controller-{}">{}</a>',
        entry.controller.id,
        _("In the part “Controllers”, as they stood on the day of this document"),
    )
    return Facts(
        ((title, format_html("<strong>{}</strong>", entry.controller.name)), (_("Contact, representative, DPO"), where))
    )


def _who(entry):
    joint = tuple(
        (
            contact(line.party) if line.party else both(line.description_nl, line.description_en),
            stacked([lines(line.party.representative), lines(line.party.dpo)]) if line.party else "",
            _agreed(line),
        )
        for line in entry.joint_controllers
    )
    headings = (_("Joint controller"), _("Its representative and DPO"), _("Arrangement, Art. 26"))
    answer = listed(
        entry.joint_answer,
        (Grid("joint", headings, joint),) if joint else (),
        no=_("No joint controllers"),
        some=_("There are joint controllers; which ones was not recorded."),
    )
    return (_own(entry, _("Controller")), *(_titled(_("Joint controllers"), answer)))


def _titled(title, blocks):
    """An answer that would not say what it is about gets its title before it."""
    if len(blocks) == 1 and blocks[0].shape == "answer":
        answer = blocks[0]
        mark = format_html('<span class="{}">{}</span>', answer.kind, answer.text)
        return (Facts(((title, noted(mark, answer.reason)),)),)
    return blocks


def _agreed(line):
    if line.agreement is None:
        return typed(line.ground)
    signed = labelled(_("signed"), day(line.agreement.signed_on))
    return stacked([line.agreement.title, line.agreement.reference, signed, typed(line.ground)])


def _purposes(entry):
    rows = tuple(
        (both(purpose.text_nl, purpose.text_en) or not_recorded(), stacked(_basis(purpose)) or not_recorded())
        for purpose in entry.purposes
    )
    return (Grid("purposes", (_("Purpose"), _("Lawful basis*")), rows),) if rows else (missing(),)


def _basis(purpose):
    written = law_and_article(purpose.basis_law, purpose.basis_article)
    special = joined(
        [
            choice(law.SpecialGround, purpose.special_ground),
            law_and_article(purpose.special_law, purpose.special_article),
        ]
    )
    criminal = joined([choice(law.CriminalGround, purpose.criminal_ground), typed(purpose.criminal_note)])
    number = law_and_article(purpose.national_id_law, purpose.national_id_article)
    reuse = choice(models.Purpose.Compatibility, purpose.compatibility)
    return [
        choice(law.Basis, purpose.basis),
        written,
        typed(purpose.contract),
        labelled(_("Interest"), joined([both(purpose.interest_nl, purpose.interest_en), typed(purpose.interest_of)])),
        labelled(_("Assessment"), typed(purpose.interest_assessment)),
        labelled(_("Consent"), typed(purpose.consent_note)),
        typed(purpose.vital_note),
        typed(purpose.basis_note),
        labelled(_("Special data"), special),
        labelled(_("Criminal data"), criminal),
        labelled(_("National number"), number),
        labelled(_("Further use"), joined([reuse, typed(purpose.compatibility_note)])),
    ]


def _what(entry):
    data = gathered((_data(line), (_kind(line.category), _whose(line))) for line in entry.data)
    which = Grid("data", (_("Personal data"), _("Kind"), _("Of whom")), data)
    return (
        *facts((_("People"), joined(_people(line) for line in entry.subjects) or not_recorded())),
        *((which,) if data else _titled(_("Personal data"), (missing(),))),
    )


def _people(line):
    return noted(item(line.category), joined([people(line.number_min, line.number_max), typed(line.note)]))


def _data(line):
    return noted(item(line.category), typed(line.detail))


def _whose(line):
    return item(line.subject) or _("everyone above")


def gathered(pairs):
    """Lines that say the same become one row: (what it is about, joined; then what is said)."""
    rows = {}
    for about, said in pairs:
        rows.setdefault(said, []).append(about)
    return tuple((joined(dict.fromkeys(abouts)), *said) for said, abouts in rows.items())


def _kind(category):
    if category.special_kind:
        return noted(_("Special, Art. 9"), choice(law.SpecialKind, category.special_kind))
    return _KINDS[category.sensitivity]() if category.sensitivity in _KINDS else category.sensitivity


_KINDS = {
    "ordinary": lambda: _("Ordinary"),
    "sensitive": lambda: _("Sensitive"),
    "special": lambda: _("Special, Art. 9"),
    "criminal": lambda: _("Criminal, Art. 10"),
    "national_id": lambda: _("National number, Art. 87"),
}


def recipients(entry):
    rows = tuple(
        (
            stacked([line.party.name if line.party else "", both(line.description_nl, line.description_en)]),
            choice(law.RecipientRole, line.role),
            _country(line.where),
            _agreed(line),
        )
        for line in entry.recipients
    )
    headings = (_("Recipient or category"), _("Role"), _("Country"), _("Agreement or reason"))
    return listed(
        entry.recipients_answer,
        (Grid("recipients", headings, rows),) if rows else (),
        no=_("No recipients"),
        some=_("There are recipients; which ones was not recorded."),
    )


def _country(country):
    if country is None:
        return ""
    return item(country) if country.eea else noted(item(country), _("outside the EEA"))


def _transfers(entry):
    rows = tuple(
        (
            stacked([item(line.country) or _("Country not recorded"), line.party.name if line.party else ""]),
            stacked(
                [
                    choice(law.Mechanism, line.mechanism) or _("Mechanism not recorded"),
                    line.adequacy_reference,
                    choice(law.ClauseModule, line.clause_module),
                    labelled(_("signed"), day(line.signed_on)),
                ]
            ),
            stacked(
                [
                    typed(line.safeguards) or _no_safeguards(line),
                    labelled(label(models.TransferLine, "assessment_on"), day(line.assessment_on)),
                    line.document.name if line.document else "",
                    choice(models.TransferLine.Frequency, line.frequency),
                    typed(line.note),
                ]
            ),
        )
        for line in entry.transfers
    )
    headings = (_("To"), _("Mechanism"), _("Safeguards"))
    return listed(
        entry.transfers_answer,
        (Grid("transfers", headings, rows),) if rows else (),
        no=_("No transfers to a third country or international organisation"),
        some=_("There are transfers; which ones was not recorded."),
    )


def _no_safeguards(line):
    """Art. 30(1)(e) and 30(2)(c) ask for documented safeguards under Art. 49(1), second subparagraph, only."""
    if line.mechanism != law.Mechanism.COMPELLING:
        return ""
    return format_html('<span class="missing">{}</span>', _("Safeguards not recorded"))


def _retention(entry):
    rows = gathered(
        (_data(line), (_whose(line), _kept(line) or not_recorded(), _afterwards(line.retention))) for line in entry.data
    )
    reason = missing(typed(entry.retention_reason))
    if not rows:
        return (reason,)
    grid = Grid("retention", (_("Personal data"), _("Of whom"), _("Kept"), _("Then, and by which source")), rows)
    without = any(not _kept(line) for line in entry.data)
    return (grid, *facts((_("Why not recorded"), typed(entry.retention_reason)))) if without else (grid,)


def _afterwards(rule):
    return stacked([choice(law.EndAction, rule.end_action), rule.source]) if rule else ""


def _kept(line):
    return stacked([period(line.retention) if line.retention else "", typed(line.retention_note)])


def _measures(entry):
    """By heading of Art. 32, in general words: explanations and evidence are for insiders."""
    found = {}
    for use in entry.measures:
        found.setdefault(use.measure.heading, []).append(use.measure)
    pairs = [
        (
            choice(law.MeasureHeading, heading) or _("Other measures"),
            joined(_measure(measure) for measure in found[heading]),
        )
        for heading in sorted(found)
    ]
    blocks = facts(*pairs, name="measures") + facts((_("In own words"), typed(entry.measures_text)))
    return blocks or (missing(typed(entry.measures_reason)),)


def _measure(measure):
    return noted(item(measure), _("planned")) if measure.status == models.Measure.Status.PLANNED else item(measure)


def _on_behalf(entry):
    rows = tuple(
        (
            contact(line.party),
            lines(line.party.representative) or not_recorded(),
            lines(line.party.dpo) or not_recorded(),
            stacked(
                [
                    line.agreement.title if line.agreement else "",
                    labelled(_("since"), day(line.since)),
                    labelled(_("until"), day(line.until)),
                ]
            ),
        )
        for line in entry.clients
    )
    headings = (_("Controller"), _("Its representative"), _("Its DPO"), _("Agreement"))
    grid = (Grid("clients", headings, rows),) if rows else _titled(_("Controllers"), (missing(),))
    return (_own(entry, _("Processor")), *grid)


def _processing(entry):
    rows = tuple(
        (line.party.name, both(line.processing_nl, line.processing_en) or not_recorded()) for line in entry.clients
    )
    return (Grid("processing", (_("Controller"), _("Categories of processing")), rows),) if rows else (missing(),)
