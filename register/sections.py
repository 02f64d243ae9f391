"""The sections of an entry, in the order of Art. 30(1)(a)-(g) and then what other articles need.

One list for the fact sheet, the edit forms, comparisons and the timeline: which fields and which lines belong together,
and which limb of Art. 30 they answer.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import models

CONTROLLER, PROCESSOR = "controller", "processor"


@dataclass(frozen=True)
class LineSet:
    """Lines of one kind: `name` is their field on `Entry`; `only`/`never` narrow recipient lines by role."""

    name: str
    model: type
    title: object
    fields: tuple
    answer: str = ""
    only: dict = None
    never: dict = None

    def rows(self, activity):
        found = self.model.objects.filter(activity=activity, **(self.only or {}))
        if self.never:
            found = found.exclude(**self.never)
        return found.order_by("position", "id")


@dataclass(frozen=True)
class Section:
    key: str
    title: object
    article: str
    fields: tuple = ()
    lines: tuple = ()
    parts: tuple = (CONTROLLER, PROCESSOR)

    @property
    def line_names(self):
        return [lines.name for lines in self.lines]

    def article_for(self, kind):
        """Of what the section answers only the limbs of one part of the register."""
        other = "30(1)" if kind == PROCESSOR else "30(2)"
        return ", ".join(part for part in self.article.split(", ") if not part.startswith(other))


PURPOSE_FIELDS = (
    "text_nl text_en category basis basis_law basis_article contract consent_note vital_note interest_nl interest_en "
    "interest_of interest_assessment basis_note basis_recorded_on special_ground special_law special_article "
    "criminal_ground criminal_note national_id_law national_id_article compatibility compatibility_note"
)
RECIPIENT_FIELDS = "party description_nl description_en role country agreement ground"

PURPOSES = LineSet("purposes", models.Purpose, _("Purposes"), tuple(PURPOSE_FIELDS.split()))
SUBJECTS = LineSet("subjects", models.SubjectLine, _("People"), ("category", "number_min", "number_max", "note"))
DATA = LineSet(
    "data",
    models.DataLine,
    _("Data"),
    (
        "category",
        "subject",
        "detail",
        "retention",
        "retention_note",
        "source",
        "source_party",
        "source_note",
        "necessity",
        "necessity_reason",
        "provision",
    ),
)
JOINT = LineSet(
    "joint_controllers",
    models.RecipientLine,
    _("Joint controllers"),
    tuple(RECIPIENT_FIELDS.split()),
    answer="joint_answer",
    only={"role": "joint_controller"},
)
RECIPIENTS = LineSet(
    "recipients",
    models.RecipientLine,
    _("Recipients"),
    tuple(RECIPIENT_FIELDS.split()),
    answer="recipients_answer",
    never={"role": "joint_controller"},
)
TRANSFERS = LineSet(
    "transfers",
    models.TransferLine,
    _("Transfers"),
    (
        "party",
        "country",
        "mechanism",
        "adequacy_reference",
        "scope_checked_on",
        "clause_module",
        "signed_on",
        "assessment_on",
        "assessment_note",
        "frequency",
        "safeguards",
        "copy_contact",
        "document",
        "note",
    ),
    answer="transfers_answer",
)
SYSTEMS = LineSet("systems", models.SystemLine, _("Systems"), ("system", "use"), answer="systems_answer")
MEASURES = LineSet("measures", models.MeasureLine, _("Measures"), ("measure", "note"))
ACCESS = LineSet("access", models.AccessLine, _("Access inside"), ("role", "data", "purpose", "note"))
DOCUMENTS = LineSet("documents", models.DocumentLine, _("Documents"), ("document", "note"))
CLIENTS = LineSet(
    "clients",
    models.ClientLine,
    _("Controllers we work for"),
    ("party", "processing_nl", "processing_en", "agreement", "since", "until"),
)
NOTES = LineSet("notes", models.NoteLine, _("Kept from the import"), ("heading", "text", "origin"))

LINE_SETS = (
    PURPOSES,
    SUBJECTS,
    DATA,
    JOINT,
    RECIPIENTS,
    TRANSFERS,
    SYSTEMS,
    MEASURES,
    ACCESS,
    DOCUMENTS,
    CLIENTS,
    NOTES,
)

SECTIONS = (
    Section(
        "identity",
        _("Name and place"),
        "",
        (
            "name",
            "language",
            "description",
            "reference",
            "department",
            "owner",
            "owner_function",
            "contact",
            "parent",
            "started_on",
            "medium",
        ),
    ),
    Section("controller", _("Controller"), "30(1)(a)", ("controller", "joint_answer"), (JOINT,), (CONTROLLER,)),
    Section("clients", _("Controllers we work for"), "30(2)(a)-(b)", ("controller",), (CLIENTS,), (PROCESSOR,)),
    Section("purposes", _("Purposes and lawful basis"), "30(1)(b)", (), (PURPOSES,), (CONTROLLER,)),
    Section(
        "people",
        _("People"),
        "30(1)(c)",
        (
            "people_min",
            "people_max",
            "large_scale",
            "scale_note",
            "vulnerable",
            "children",
            "children_ages",
        ),
        (SUBJECTS,),
        (CONTROLLER,),
    ),
    Section("data", _("Data and retention"), "30(1)(c), (f)", ("retention_reason",), (DATA,), (CONTROLLER,)),
    Section("recipients", _("Recipients"), "30(1)(d)", ("recipients_answer",), (RECIPIENTS,)),
    Section("transfers", _("Transfers outside the EEA"), "30(1)(e), 30(2)(c)", ("transfers_answer",), (TRANSFERS,)),
    Section("security", _("Security"), "30(1)(g), 30(2)(d)", ("measures_text", "measures_reason"), (MEASURES,)),
    Section("systems", _("Systems"), "", ("systems_answer",), (SYSTEMS,)),
    Section("access", _("Who inside sees what"), "29, 32(4)", (), (ACCESS,), (CONTROLLER,)),
    Section(
        "collection",
        _("Collection and information"),
        "5(1), 13, 14",
        (
            "collection",
            "provision",
            "provision_consequence",
            "informed",
            "informed_how",
            "accuracy",
            "aggregated_only",
        ),
        (),
        (CONTROLLER,),
    ),
    Section(
        "automated",
        _("Automated decisions and profiling"),
        "22, 13(2)(f)",
        (
            "automated",
            "profiling",
            "automated_ground",
            "automated_logic",
            "automated_consequences",
            "automated_intervention",
            "ai_use",
        ),
        (),
        (CONTROLLER,),
    ),
    Section(
        "assessment",
        _("DPIA and participation"),
        "35",
        (
            "assessment",
            "assessment_on",
            "assessment_note",
            "council",
            "council_asked_on",
            "council_decided_on",
            "council_note",
        ),
        (),
        (CONTROLLER,),
    ),
    Section("documents", _("Documents"), "5(2)", ("codes_of_conduct",), (DOCUMENTS,)),
    Section("remarks", _("Remarks"), "", ("remarks",), (NOTES,)),
    Section("end", _("End"), "", ("ended_on", "end_reason", "successor")),
)

BY_KEY = {section.key: section for section in SECTIONS}


def for_kind(kind):
    """The sections of a controller's or a processor's entry that people fill in, in order."""
    return [section for section in SECTIONS if kind in section.parts and section.key != "end"]


def field_label(model, name):
    """The words for a field, from its model."""
    return model._meta.get_field(name).verbose_name


def choice_label(model, name, value):
    """The words for a code of a choice field; the value itself when the field has no choices."""
    choices = model._meta.get_field(name).choices
    return dict(choices).get(value, value) if choices else value
