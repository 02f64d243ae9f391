"""How the fields of each section and of each kind of line stand together on their form. Data only."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LINES = "lines"  # where the lines of a section stand among its fields


@dataclass(frozen=True)
class Group:
    """Fields side by side. `when` ("basis=a|b") shows them with a choice made on the same form, `needs` with a kind of
    data in the entry; `fold` puts what is seldom needed behind its title."""

    fields: tuple
    title: object = ""
    when: str = ""
    needs: str = ""
    fold: bool = False


def group(names, title="", **more):
    return Group(tuple(names.split()), title, **more)


SECTIONS = {
    "identity": (
        group("name"),
        group("description"),
        group("department owner owner_function"),
        group("contact reference parent"),
        group("started_on medium language"),
    ),
    "controller": (group("controller"), group("joint_answer"), LINES),
    "clients": (group("controller"), LINES),
    "purposes": (LINES,),
    "people": (
        LINES,
        group("people_min people_max", _("How many people in all")),
        group("large_scale vulnerable children"),
        group("children_ages", when="children=yes"),
        group("scale_note"),
    ),
    "data": (LINES, group("retention_reason")),
    "recipients": (group("recipients_answer"), LINES),
    "transfers": (group("transfers_answer"), LINES),
    "security": (LINES, group("measures_text"), group("measures_reason")),
    "systems": (group("systems_answer"), LINES),
    "access": (LINES,),
    "collection": (
        group("collection"),
        group("provision"),
        group("provision_consequence", when="provision=statutory|contractual"),
        group("informed"),
        group("informed_how"),
        group("accuracy"),
        group("aggregated_only"),
    ),
    "automated": (
        group("automated profiling"),
        group("automated_ground", when="automated=yes"),
        group("automated_logic automated_consequences automated_intervention"),
        group("ai_use"),
    ),
    "assessment": (
        group("assessment assessment_on", _("DPIA, Art. 35")),
        group("assessment_note"),
        group("council council_asked_on council_decided_on", _("Works council or participation council")),
        group("council_note"),
    ),
    "documents": (LINES, group("codes_of_conduct")),
    "remarks": (group("remarks"), LINES),
}

_RECIPIENT = (
    group("party role country"),
    group("description_nl description_en"),
    group("agreement ground", _("Agreement and reason"), fold=True),
)

LINE_SETS = {
    "purposes": (
        group("text_nl text_en"),
        group("basis category"),
        group("consent_note", _("Needed with consent"), when="basis=a"),
        group("contract", _("Needed with a contract"), when="basis=b"),
        group("basis_law basis_article", _("Needed with a legal obligation or public task"), when="basis=c|e"),
        group("vital_note", _("Needed with vital interests"), when="basis=d"),
        group(
            "interest_nl interest_en interest_of interest_assessment",
            _("Needed with a legitimate interest"),
            when="basis=f",
        ),
        group(
            "special_ground special_law special_article",
            _("Needed because special categories are processed, Art. 9"),
            needs="special",
        ),
        group(
            "criminal_ground criminal_note", _("Needed because criminal data are processed, Art. 10"), needs="criminal"
        ),
        group(
            "national_id_law national_id_article",
            _("Needed because a national number is processed, Art. 87"),
            needs="national_id",
        ),
        group(
            "basis_note basis_recorded_on compatibility compatibility_note",
            _("Explanation, date and further use"),
            fold=True,
        ),
    ),
    "subjects": (group("category number_min number_max note"),),
    "data": (
        group("category subject retention source"),
        group("necessity necessity_reason"),
        group(
            "detail retention_note source_party source_note provision",
            _("Details of these data, their retention and source"),
            fold=True,
        ),
    ),
    "joint_controllers": (
        group("party country"),
        group("description_nl description_en"),
        group("agreement ground", _("Arrangement and reason"), fold=True),
    ),
    "recipients": _RECIPIENT,
    "transfers": (
        group("party country mechanism"),
        group("adequacy_reference scope_checked_on", _("Needed with an adequacy decision"), when="mechanism=adequacy"),
        group("clause_module signed_on", _("Needed with standard clauses"), when="mechanism=scc|scc_authority|ad_hoc"),
        group(
            "assessment_on assessment_note",
            _("Needed with safeguards of Art. 46"),
            when="mechanism=scc|scc_authority|ad_hoc|bcr_c|bcr_p|code_of_conduct|certification|binding_instrument|administrative",
        ),
        group(
            "safeguards", _("Needed with compelling legitimate interests, Art. 30(1)(e)"), when="mechanism=compelling"
        ),
        group("frequency copy_contact document note", _("How often, copy, document and explanation"), fold=True),
    ),
    "systems": (group("system use"),),
    "measures": (group("measure note"),),
    "access": (group("role data purpose note"),),
    "documents": (group("document note"),),
    "clients": (group("party agreement"), group("processing_nl processing_en"), group("since until")),
    "notes": (group("heading text"),),
}

REQUIRED = {
    "subjects": "category",
    "data": "category",
    "systems": "system",
    "measures": "measure",
    "access": "role",
    "documents": "document",
    "clients": "party",
    "notes": "heading",
}
ONCE = {
    "subjects": "category",
    "systems": "system",
    "measures": "measure",
    "documents": "document",
    "clients": "party",
}
MANY = {"data": "category", "subjects": "category", "measures": "measure", "systems": "system"}

LINE_WORDS = {
    "purposes": _("Purpose"),
    "subjects": _("People"),
    "data": _("Data"),
    "joint_controllers": _("Joint controller"),
    "recipients": _("Recipient"),
    "transfers": _("Transfer"),
    "systems": _("System"),
    "measures": _("Measure"),
    "access": _("Function"),
    "documents": _("Document"),
    "clients": _("Controller"),
    "notes": _("Note"),
}
ADD_WORDS = {
    "purposes": _("Add a purpose"),
    "subjects": _("Add people"),
    "data": _("Add data"),
    "joint_controllers": _("Add a joint controller"),
    "recipients": _("Add a recipient"),
    "transfers": _("Add a transfer"),
    "systems": _("Add a system"),
    "measures": _("Add a measure"),
    "access": _("Add a function"),
    "documents": _("Add a document"),
    "clients": _("Add a controller"),
    "notes": _("Add a note"),
}
MANY_WORDS = {
    "data": _("Add several kinds of data at once"),
    "subjects": _("Add several groups of people at once"),
    "measures": _("Add several measures at once"),
    "systems": _("Add several systems at once"),
}
