"""What Art. 30 still asks of an entry, as points for a meter of completeness. Pure functions over the read model.

The one rule: a gap never stops anybody from stating a fact. Only `BLOCKING` gaps keep an entry from being established,
because without them there is no entry to speak of.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

BLOCKING = frozenset({"name", "controller", "purposes", "subjects", "data", "clients"})


@dataclass(frozen=True)
class Gap:
    """Something not filled in: which section of the form holds the answer, and the limb of Art. 30 that asks for it."""

    key: str
    section: str
    article: str

    @property
    def blocks(self):
        return self.key in BLOCKING

    @property
    def message(self):
        return MESSAGES[self.key]


MESSAGES = {
    "name": _("The activity has no name."),
    "controller": _("No controller is named."),
    "joint": _("It is not said whether there are joint controllers."),
    "joint_unnamed": _("There are joint controllers, but none is named."),
    "purposes": _("No purpose is given."),
    "purpose_text_nl": _("A purpose has no text in Dutch."),
    "purpose_text_en": _("A purpose has no text in English."),
    "subjects": _("No data subjects are named."),
    "data": _("No personal data are named."),
    "recipients": _("It is not said who receives the data, or that nobody does."),
    "recipients_unnamed": _("There are recipients, but none is named."),
    "transfers": _("It is not said whether data leave the European Economic Area, or where to."),
    "transfers_unnamed": _("There are transfers, but no country or organisation is named."),
    "safeguards": _("A transfer under Art. 49(1), second subparagraph, has no documented safeguards."),
    "retention": _("For some data it is not said how long they are kept, nor why that cannot be said."),
    "measures": _("No security measures are described, nor why that cannot be done."),
    "clients": _("No controller is named on whose behalf the processing is done."),
    "processing": _("For a controller the categories of processing are not described."),
}


def gaps(entry, languages=("nl",)):
    """What is missing of Art. 30(1), or of Art. 30(2) for a processor record, in the order of the limbs."""
    return list(_processor_gaps(entry) if entry.is_processor_record else _controller_gaps(entry, languages))


LIMBS = {"controller": 10, "processor": 5}


def limbs(entry):
    """How many points of Art. 30 apply to this kind of entry, for a meter of completeness."""
    return LIMBS[entry.kind]


def _controller_gaps(entry, languages):
    if not entry.name.strip():
        yield Gap("name", "identity", "30(1)")
    if entry.controller is None:
        yield Gap("controller", "controller", "30(1)(a)")
    yield from _listed("joint", entry.joint_answer, entry.joint_controllers, "controller", "30(1)(a)")
    if not any(purpose.text_nl or purpose.text_en for purpose in entry.purposes):
        yield Gap("purposes", "purposes", "30(1)(b)")
    else:
        missing = [code for code in languages if not all(getattr(line, f"text_{code}") for line in entry.purposes)]
        yield from (Gap(f"purpose_text_{code}", "purposes", "30(1)(b)") for code in missing[:1])
    if not entry.subjects:
        yield Gap("subjects", "people", "30(1)(c)")
    if not entry.data:
        yield Gap("data", "data", "30(1)(c)")
    yield from _listed("recipients", entry.recipients_answer, entry.recipients, "recipients", "30(1)(d)")
    yield from _transfer_gaps(entry, "30(1)(e)")
    if (
        entry.data
        and not entry.retention_reason
        and not all(line.retention or line.retention_note for line in entry.data)
    ):
        yield Gap("retention", "data", "30(1)(f)")
    yield from _measure_gaps(entry, "30(1)(g)")


def _processor_gaps(entry):
    if not entry.name.strip():
        yield Gap("name", "identity", "30(2)")
    if entry.controller is None:
        yield Gap("controller", "clients", "30(2)(a)")
    if not entry.clients:
        yield Gap("clients", "clients", "30(2)(a)")
    elif any(not (client.processing_nl or client.processing_en) for client in entry.clients):
        yield Gap("processing", "clients", "30(2)(b)")
    yield from _transfer_gaps(entry, "30(2)(c)")
    yield from _measure_gaps(entry, "30(2)(d)")


def _listed(key, answer, lines, section, article):
    if not answer and not lines:
        yield Gap(key, section, article)
    elif answer == "some" and not lines:
        yield Gap(f"{key}_unnamed", section, article)


def _transfer_gaps(entry, article):
    yield from _listed("transfers", entry.transfers_answer, entry.transfers, "transfers", article)
    if any(line.country is None and line.party is None for line in entry.transfers):
        yield Gap("transfers_unnamed", "transfers", article)
    if any(line.mechanism == "compelling" and not line.safeguards and not line.document for line in entry.transfers):
        yield Gap("safeguards", "transfers", article)


def _measure_gaps(entry, article):
    if not (entry.measures or entry.measures_text or entry.measures_reason):
        yield Gap("measures", "security", article)
