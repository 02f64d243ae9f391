"""What cells about others become: recipients, processors, clients, systems, transfers. See `cells`."""

from django.utils.translation import gettext_noop as _

from register.law import Answer, Mechanism

from . import values
from .proposal import Ref

PARTY_NAME_WORDS = 8
LISTED = {"ja hier genoemd", "yes listed here"}
"""What our own exports say where lines follow."""
MECHANISMS = {
    **dict.fromkeys(
        (
            *("scc", "sccs", "scc s", "standaardcontractbepalingen", "standard contractual clauses", "modelcontract"),
            *(
                "standaardbepalingen",
                "modelcontractbepalingen",
                "clauses contractuelles types",
                "standardvertragsklauseln",
            ),
        ),
        Mechanism.SCC.value,
    ),
    **dict.fromkeys(
        (
            *("adequaatheidsbesluit", "adequacy decision", "decision d adequation", "angemessenheitsbeschluss"),
            *("eu us data privacy framework", "data privacy framework", "decision de adecuacion"),
        ),
        Mechanism.ADEQUACY.value,
    ),
}


def recipients(proposal, found):
    """A short name is a party; a longer text describes recipients. "UWV — for the benefit" gives the reason as well."""
    if _answered(proposal, found, "recipients_answer", "recipients"):
        return
    for text in values.several(found.words):
        named, ground = values.name_and_rest(text)
        if len(named.split()) <= PARTY_NAME_WORDS and len(named) <= 100:
            proposal.add(found, "recipients", became=text, party=Ref(named, found), ground=ground)
        else:
            proposal.add(found, "recipients", became=text, **{proposal.in_language("description"): text})


def recipient_categories(proposal, found):
    described(proposal, found, role="")


def internal_recipients(proposal, found):
    described(proposal, found, role="internal")


def described(proposal, found, role):
    if _answered(proposal, found, "recipients_answer", "recipients"):
        return
    for text in values.several(found.words):
        named, ground = values.name_and_rest(text)
        more = {proposal.in_language("description"): named, "ground": ground, "role": role}
        proposal.add(found, "recipients", became=text, **more)


def joint_controllers(proposal, found):
    if not _answered(proposal, found, "joint_answer", "joint_controllers"):
        for text in values.several(found.words):
            party = Ref(text, found)
            proposal.add(found, "joint_controllers", became=text, party=party, role="joint_controller")


def processors(proposal, found):
    if values.is_answer(found.words):
        return
    for text in values.several(found.words):
        named, ground = values.name_and_rest(text)
        party = Ref(named, found)
        proposal.add(found, "recipients", became=text, party=party, role="processor", ground=ground)


def processor_details(detail):
    """The reader of a list that runs beside the processors: as many values as there are names, in the same order."""

    def read(proposal, found):
        lines = [line for line in proposal.lines_for("recipients") if line.get("role") == "processor"]
        parts = _in_parallel(found.words, len(lines))
        if not lines or len(parts) != len(lines):
            proposal.note(found, _("There are not as many of these as there are processors."))
            return
        for line, text in zip(lines, parts, strict=True):
            line["party"].details.setdefault("party", []).append((detail, text, found))
        found.take("party", found.words)

    return read


def _in_parallel(text, count):
    """As many values as there are lines: divided by line ends, or else by semicolons, or else by commas."""
    divided = [[part.strip() for part in text.split(sign)] for sign in "\n;,"]
    return next((parts for parts in divided if len(parts) == count), divided[0])


def systems(proposal, found):
    if _answered(proposal, found, "systems_answer", "systems"):
        return
    for text in values.several(found.words):
        named, use = values.name_and_rest(text)
        proposal.add(found, "systems", became=text, system=Ref(named, found), use=use)


def transfers(proposal, found):
    """Yes, no, or countries. A country is looked up; other words are kept with a transfer whose country is open."""
    if _answered(proposal, found, "transfers_answer", "transfers"):
        return
    parts = values.several(found.words, "\n;,")
    if any(values.yes_no(part) for part in parts) or len(found.words) > 120:
        parts = [found.words]
    for text in parts:
        proposal.add(found, "transfers", became=text, country=Ref(text, found, {"else": "note"}))


def safeguards(proposal, found):
    for line in proposal.lines_for("transfers"):
        line.setdefault("safeguards", found.words)
        line.setdefault("mechanism", MECHANISMS.get(values.plain(found.words), ""))
        if line["safeguards"] == found.words:
            found.take("transfers")


def clients(proposal, found):
    for text in [] if values.is_answer(found.words) else values.several(found.words):
        proposal.add(found, "clients", became=text, party=Ref(text, found))


def client_processing(proposal, found):
    for line in proposal.lines_for("clients"):
        line[proposal.in_language("processing")] = found.words
        found.take("clients")


def _answered(proposal, found, answer, lines):
    """Take "none" or a bare "yes" as the answer to a list; True when the cell said one of these."""
    listed = values.plain(found.words) in LISTED
    if not listed and not values.is_none(found.words) and values.yes_no(found.words) != "yes":
        return False
    if proposal.lines.get(lines) or not proposal.has_home(answer):
        return True
    said = Answer.NONE if values.is_none(found.words) else Answer.SOME
    proposal.set(found, answer, said.value, became=said.label)
    if said is Answer.SOME and not listed:
        found.remark(_("It does not say which."))
    return True
