"""Who else gets the data, in which countries, and what a computer decides."""

from django.utils.translation import gettext_lazy as _

from register.law import Mechanism

from .sentences import ROLES
from .text import Words
from .writer import together, typed

ORGANISATION, ABROAD = _("an organisation"), _("a country outside the European Economic Area")
EXCEPTIONS = ("derogation_a", "derogation_b", "derogation_c", "derogation_d", "derogation_e", "derogation_f")
EXCEPTIONS += ("derogation_g", "compelling", "judgment")
COPY = {"scc", "scc_authority", "bcr_c", "bcr_p", "ad_hoc", "code_of_conduct", "certification", "compelling"}
COPY |= {"binding_instrument", "administrative"}


def recipients(writer):
    """Art. 13(1)(e): outside the organisation, by role. Joint controllers stand where we say who we are."""
    entries = writer.material.entries
    lines = [(entry, line) for entry in entries for line in entry.recipients if line.role != "internal"]
    for entry in entries:
        outside = any(line.role != "internal" for line in entry.recipients)
        if not outside and entry.recipients_answer != "none" and not _only_inside(entry):
            writer.lack("recipients", writer.origin(entry, "recipients"))
    by_role = together((_role(line), (entry, line)) for entry, line in lines)
    for role in [role for role in ROLES if role in by_role]:
        alike = together(((_who(line), _what(line)), (entry, line)) for entry, line in by_role[role])
        if any(who or what for who, what in alike):
            writer.say("recipients", role, text=ROLES[role])
        for (who, what), found in alike.items():
            _recipient(writer, role, who, what, found)
    if not lines and entries and all(_nobody(entry) for entry in entries):
        writer.say("recipients_none", origins=[writer.origin(entry, "recipients") for entry in entries])


def _nobody(entry):
    return entry.recipients_answer == "none" or _only_inside(entry)


def _only_inside(entry):
    return bool(entry.recipients) and all(line.role == "internal" for line in entry.recipients)


def _role(line):
    role = "processor" if line.role == "sub_processor" else line.role
    return role if role in ROLES else "other"


def _recipient(writer, role, who, what, found):
    origins, line = _origins(writer, found, "recipients"), found[0][1]
    said = {"id": f"{line.party.id if line.party else line.id}", "origins": origins, "role": role}
    if not who and not what:
        writer.lack("recipient", *origins)
    elif who and what:
        writer.item("recipient_what", who=who, what=what, **said)
    else:
        writer.item("recipient", who=who or what, **said)


def _who(line):
    return line.party.name if line.party else ""


def _what(line):
    return Words(line.description_nl.strip(), line.description_en.strip()) or None


def _origins(writer, pairs, place):
    return [writer.origin(entry, place, line) for entry, line in pairs]


def transfers(writer):
    """Art. 13(1)(f): to which country, resting on what, and where to get a copy of the safeguards."""
    entries = writer.material.entries
    lines = [(entry, line) for entry in entries for line in entry.transfers]
    for entry in entries:
        if not entry.transfers and entry.transfers_answer != "none":
            writer.lack("transfers", writer.origin(entry, "transfers"))
    if lines:
        writer.say("transfers_some")
    elif entries and all(entry.transfers_answer == "none" for entry in entries):
        writer.say("transfers_none", origins=[writer.origin(entry, "transfers") for entry in entries])
    for (who, country, mechanism), found in together((_to(line), (entry, line)) for entry, line in lines).items():
        _transfer(writer, who, country, mechanism, found)
    copies = together((line.copy_contact.strip(), (entry, line)) for entry, line in lines)
    for contact in filter(None, copies):
        origins = _origins(writer, copies[contact], "transfers")
        writer.say("transfer_copy", contact[:80].casefold(), origins=origins, contact=contact)


def _to(line):
    country = line.country or (line.party.country if line.party else None)
    return line.party.name if line.party else "", country, line.mechanism


def _transfer(writer, who, country, mechanism, found):
    origins, line = _origins(writer, found, "transfers"), found[0][1]
    about = f"{line.party.id}:{country.id if country else ''}" if line.party else str(line.id)
    said = {"id": about, "origins": origins, "who": who or ORGANISATION, "country": country or ABROAD}
    if not mechanism:
        writer.item("transfer", **said)
        writer.lack("mechanism", *origins)
    elif mechanism == Mechanism.ADEQUACY:
        writer.item("transfer_adequacy", **said)
    else:
        key = "transfer_exception" if mechanism in EXCEPTIONS else "transfer_safeguards"
        writer.item(key, mechanism=Mechanism(mechanism).label, **said)
    if country is None:
        writer.lack("country", *origins)
    without = [(entry, one) for entry, one in found if mechanism in COPY and not one.copy_contact.strip()]
    if without:
        writer.lack("copy", *_origins(writer, without, "transfers"))


def automated(writer):
    """Art. 13(2)(f): the logic, and what it means for people."""
    entries = writer.material.entries
    deciding = [entry for entry in entries if entry.automated == "yes"]
    for entry in entries:
        if not entry.automated:
            writer.lack("automated", writer.origin(entry, "automated"))
    if deciding:
        writer.say("automated", origins=[writer.origin(entry, "automated") for entry in deciding])
    elif entries and all(entry.automated == "no" for entry in entries):
        writer.say("automated_none", origins=[writer.origin(entry, "automated") for entry in entries])
    for entry in deciding:
        _deciding(writer, entry)
    if deciding:
        writer.say("automated_rights", origins=[writer.origin(entry, "automated") for entry in deciding])
    profiling = [entry for entry in entries if entry.profiling == "yes"]
    if profiling:
        writer.say("profiling", origins=[writer.origin(entry, "automated") for entry in profiling])


def _deciding(writer, entry):
    origin = writer.origin(entry, "automated")
    for key in ("logic", "consequences", "intervention"):
        text = getattr(entry, f"automated_{key}").strip()
        if text:
            writer.item(key, entry.id, origins=[origin], **{key: typed(entry, text)})
        elif key != "intervention":
            writer.lack(key, origin)


def joint(writer):
    """Art. 26(2): with whom we decide together, and what was agreed."""
    lines = [(entry, line) for entry in writer.material.entries for line in entry.joint_controllers]
    for entry in writer.material.entries:
        if entry.joint_answer == "some" and not entry.joint_controllers:
            writer.lack("joint_unnamed", writer.origin(entry, "controller"))
    for who, found in together((_who(line) or _what(line), (entry, line)) for entry, line in lines).items():
        origins, line = _origins(writer, found, "controller"), found[0][1]
        if not who:
            writer.lack("recipient", *origins)
            continue
        about = line.party.id if line.party else line.id
        writer.say("joint", about, origins=origins, party=who)
        agreed = {typed(entry, one.ground): None for entry, one in found if one.ground.strip()}
        for number, essence in enumerate(agreed):
            writer.say("joint_essence", f"{about}:{number}", origins=origins, party=who, essence=essence)
        if not agreed:
            writer.lack("essence", *origins, party=who)
    if lines:
        writer.say("joint_rights", origins=_origins(writer, lines, "controller"))
