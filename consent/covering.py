"""What a consent covers, as the record says it: frozen in each published wording, and compared with the record now.

The one rule: another purpose, controller, or recipient who decides for itself asks for new consent; a processor, or
somebody fewer, asks for a new notice only. Pure: entries and plain values in, sentences out.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.languages import in_language
from register.law import Basis, Mechanism, RecipientRole, SpecialGround

DECIDING = (RecipientRole.CONTROLLER, RecipientRole.GROUP)
"""Recipients who decide for themselves what they do with the data."""
PROCESSING = (RecipientRole.PROCESSOR, RecipientRole.SUB_PROCESSOR)


@dataclass(frozen=True, slots=True)
class Moved:
    """How far the record has moved away from what a wording says: sentences. `breaks`: the consent no longer covers
    what is done; `notes`: the privacy notice and the next wording must say it."""

    breaks: tuple = ()
    notes: tuple = ()

    @property
    def is_stale(self):
        return bool(self.breaks)


def line_of(entry, line):
    """The purpose of an entry with this id, when its basis is consent; else None."""
    found = next((purpose for purpose in entry.purposes if purpose.id == line), None)
    return found if found is not None and found.basis == Basis.CONSENT else None


def must_be_explicit(entry, line):
    """Whether this consent is the exception that lets the activity use special data, decide by computer, or send data
    outside Europe: Art. 9(2)(a), 22(2)(c), 49(1)(a). The last two name no purpose, so only when there is just this one.
    """
    alone = sum(purpose.basis == Basis.CONSENT for purpose in entry.purposes) == 1
    abroad = any(transfer.mechanism == Mechanism.DEROGATION_A for transfer in entry.transfers)
    return line.special_ground == SpecialGround.A or (alone and (entry.automated_ground == "c" or abroad))


def facts(standing, line):
    """What a wording freezes of the record: `standing` is an activity as established (`register.reading`), `line` a
    purpose of it. JSON-ready."""
    entry = standing.entry
    return {
        "activity": {
            "id": str(entry.id),
            "code": entry.code,
            "name": entry.name,
            "version": standing.version,
            "digest": standing.digest,
        },
        "line": {"id": str(line.id), "nl": line.text_nl, "en": line.text_en},
        "controllers": _parties(([entry.controller] if entry.controller else []), entry.joint_controllers),
        "recipients": _parties((), (one for one in entry.recipients if one.role in DECIDING)),
        "processors": _parties((), (one for one in entry.recipients if one.role in PROCESSING)),
        "data": [
            {"id": str(one.id), "nl": one.nl, "en": one.en, "sensitivity": one.sensitivity}
            for one in dict.fromkeys(line.category for line in entry.data)
        ],
        "places": [
            {"id": str(one.id), "nl": one.nl, "en": one.en, "code": one.code}
            for one in dict.fromkeys(use.system.hosting_country for use in entry.systems)
            if one is not None
        ],
    }


def _parties(named, recipients):
    found = [{"id": str(one.id), "nl": one.name, "en": one.name} for one in named]
    for one in recipients:
        if one.party is not None:
            found.append({"id": str(one.party.id), "nl": one.party.name, "en": one.party.name})
        else:
            found.append({"id": "", "nl": one.description_nl, "en": one.description_en})
    return list({_key(one): one for one in found}.values())


def _key(item):
    return item["id"] or f"{item['nl']}|{item['en']}"


def name(item, language):
    return in_language(item["nl"], item["en"], language)


def named(content, language):
    """[(label, names)] of who and what else the record said then; no names where it said nothing, or was not asked."""
    labels = (
        ("controllers", _("Controllers")),
        ("recipients", _("Recipients who decide for themselves")),
        ("processors", _("Processors")),
        ("data", _("Data")),
        ("places", _("Countries of the systems")),
    )
    return [(label, [name(item, language) for item in content.get(key, ())]) for key, label in labels]


def compare(content, now, language):
    """How far the record has moved since: `content` of a version, `now` as `facts` gives it, or None when the activity
    no longer has this purpose with consent as its basis."""
    if "line" not in content:
        return Moved()
    if now is None:
        return Moved(breaks=(_("The activity no longer has this purpose with consent as its basis."),))
    breaks, notes = [], []
    if not _says_the_same(content["line"], now["line"]):
        breaks.append(_("The purpose in the register reads otherwise."))
    for kind, added, gone in (
        ("controllers", _("%(name)s became a controller."), _("%(name)s is no longer a controller.")),
        ("recipients", _("%(name)s receives the data and decides for itself."), _("%(name)s no longer receives them.")),
    ):
        more, fewer = _apart(content[kind], now[kind])
        breaks += [added % {"name": name(item, language)} for item in more]
        notes += [gone % {"name": name(item, language)} for item in fewer]
    for kind, added, gone in (
        ("processors", _("%(name)s became a processor."), _("%(name)s is no longer a processor.")),
        ("data", _("“%(name)s” is used too."), _("“%(name)s” is no longer used.")),
    ):
        more, fewer = _apart(content[kind], now[kind])
        notes += [added % {"name": name(item, language)} for item in more]
        notes += [gone % {"name": name(item, language)} for item in fewer]
    return Moved(tuple(breaks), tuple(notes))


def _says_the_same(before, after):
    """In every language in which both were written: a translation that came or went changes nothing of what is done."""
    words = [tuple(" ".join(one[language].split()) for one in (before, after)) for language in ("nl", "en")]
    shared = [(then, now) for then, now in words if then and now]
    return all(then == now for then, now in shared) and (bool(shared) or not any(map(any, words)))


def _is_same(one, other):
    if one["id"] and other["id"]:
        return one["id"] == other["id"]
    return _says_the_same(one, other)


def _apart(before, after):
    """What came and what went, in the order in which they stand."""
    came = [item for item in after if not any(_is_same(item, one) for one in before)]
    return came, [item for item in before if not any(_is_same(item, one) for one in after)]
