"""The sentence for people of each kind of change to the register; see `accounts.wording`, which shows them."""

import datetime

from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from . import kinds, legal, sections
from .checks.engine import Group
from .models import Activity, Advice
from .starters.reading import starters


def _day(text):
    return formats.date_format(datetime.date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _section_saved(details):
    title = sections.BY_KEY[details["section"]].title
    return _("Changed “%(section)s” of %(code)s %(name)s") % {**details, "section": title}


def _upkeep(details):
    fields = ", ".join(str(sections.field_label(Activity, name)) for name in details["fields"])
    if details["count"] == 1:
        return _("Set %(fields)s of %(code)s") % {"fields": fields, "code": details["codes"][0]}
    return _("Set %(fields)s of %(count)s activities") % {"fields": fields, "count": details["count"]}


def _labelled(details):
    words = {"added": ", ".join(details["add"]), "removed": ", ".join(details["remove"])}
    codes = details["codes"]
    count = details["count"]
    words["where"] = codes[0] if count == 1 else _("%(count)s activities") % {"count": count}
    if not details["remove"]:
        return _("Labelled %(where)s: %(added)s") % words
    if not details["add"]:
        return _("Took a label off %(where)s: %(removed)s") % words
    return _("Labelled %(where)s: %(added)s; taken off: %(removed)s") % words


def _reviewed(details):
    if details["count"] == 1:
        return _("Reviewed %(code)s: nothing changed") % {"code": details["codes"][0]}
    return _("Reviewed %(count)s activities: nothing changed") % details


def _established(details):
    day = _day(details["valid_from"])
    if details["count"] != 1:
        return _("Established %(count)s activities, valid from %(day)s") % {"count": details["count"], "day": day}
    version = details["versions"][0]
    return _("Established version %(number)s of %(code)s, valid from %(day)s") % {**version, "day": day}


def _sent_for_approval(details):
    if details["count"] == 1:
        return _("Sent %(code)s for approval") % {"code": details["codes"][0]}
    return _("Sent %(count)s activities for approval") % details


def _approved(details):
    if not details.get("versions"):
        return _("Approved %(code)s %(name)s") % details
    words = {**details, "number": details["versions"][0]["number"]}
    return _("Approved %(code)s %(name)s, which established version %(number)s") % words


def _ended(details):
    return _("Ended %(code)s %(name)s on %(day)s") % {**details, "day": _day(details["on"])}


def _advised(details):
    if "code" in details:
        return _("Advised on %(code)s: %(subject)s") % details
    return _("Gave advice: %(subject)s") % details


def _advice_answered(details):
    answer = Advice.Answer(details["answer"]).label
    return _("Answered the advice “%(subject)s”: %(answer)s") % {**details, "answer": answer}


def _owners_asked(details):
    words = ngettext(
        "Asked %(count)s owner whether the register is still true",
        "Asked %(count)s owners whether the register is still true",
        details["owners"],
    )
    return words % {"count": details["owners"]}


def _notice_published(details):
    words = _("Published version %(number)s of the privacy notice “%(title)s”, valid from %(day)s")
    return words % {**details, "day": _day(details["day"])}


def _stopped(details):
    words = _("Answered by the link that was mailed to %(owner)s: %(code)s %(name)s stopped on %(day)s")
    return words % {**details, "day": _day(details["on"])}


def _shared(text):
    """A sentence about a shared row, which names its kind."""

    def sentence(details):
        singular = next(kind.singular for kind in kinds.KINDS if kind.model._meta.model_name == details["model"])
        return str(text) % {**details, "kind": singular}

    return sentence


def _law(text):
    """A sentence about a dated value of a fact of law."""

    def sentence(details):
        fact = next(fact for fact in legal.shipped() if fact.code == details["fact"])
        words = {"name": fact.named(get_language() or "nl"), "value": fact.words(details["value"])}
        return str(text) % (words | {"day": _day(details["day"])})

    return sentence


def _library_loaded(details):
    count = details["count"]
    return ngettext(
        "Loaded %(count)s item of the starter library", "Loaded %(count)s items of the starter library", count
    ) % {"count": count}


def _imported(details):
    text = ngettext(
        "Imported %(count)s activity from %(file)s",
        "Imported %(count)s activities from %(file)s",
        details["count"],
    )
    return text % {"count": details["count"], "file": details["file"]}


def _import_undone(details):
    text = ngettext(
        "Undid the import of %(file)s: %(count)s activity taken away",
        "Undid the import of %(file)s: %(count)s activities taken away",
        details["count"],
    )
    return text % {"count": details["count"], "file": details["file"]}


def _started(details):
    if "own" in details:
        starter = details["own"]
    else:
        known = starters().get(details["starter"])
        starter = known.named(get_language() or "nl") if known else details["starter"]
    return _("Added %(code)s %(name)s from the template “%(starter)s”") % {**details, "starter": starter}


def _register_started(details):
    return ngettext(
        "Began the register with %(count)s activity", "Began the register with %(count)s activities", details["count"]
    ) % {"count": details["count"]}


def _accepted(details):
    words = {"count": details["count"], "rules": ", ".join(details["rules"])}
    if details.get("until"):
        text = ngettext(
            "Accepted %(count)s finding (%(rules)s) until %(day)s",
            "Accepted %(count)s findings (%(rules)s) until %(day)s",
            details["count"],
        )
        return text % {**words, "day": _day(details["until"])}
    return (
        ngettext("Accepted %(count)s finding (%(rules)s)", "Accepted %(count)s findings (%(rules)s)", details["count"])
        % words
    )


def _acceptance_withdrawn(details):
    text = ngettext(
        "No longer accepted %(count)s finding (%(rules)s)",
        "No longer accepted %(count)s findings (%(rules)s)",
        details["count"],
    )
    return text % {"count": details["count"], "rules": ", ".join(details["rules"])}


def _rule_switched(details):
    code = details["code"]
    if code in Group:
        on, off = _("Switched on the rules about “%(name)s”"), _("Switched off the rules about “%(name)s”")
        return (on if details["on"] else off) % {"name": Group(code).label}
    return (_("Switched on rule %(name)s") if details["on"] else _("Switched off rule %(name)s")) % {"name": code}


SENTENCES = {
    "activity.created": gettext_lazy("Added %(code)s %(name)s"),
    "activity.section_saved": _section_saved,
    "activity.answered": _upkeep,
    "activity.upkeep": _upkeep,
    "activity.labelled": _labelled,
    "activity.reviewed": _reviewed,
    "activity.duplicated": gettext_lazy("Copied %(of)s to %(code)s %(name)s"),
    "activity.established": _established,
    "activity.ended": _ended,
    "activity.sent_for_approval": _sent_for_approval,
    "activity.approved": _approved,
    "activity.sent_back": gettext_lazy("Sent %(code)s %(name)s back"),
    "activity.approval_withdrawn": gettext_lazy("Withdrew the question for approval of %(code)s"),
    "attestation.asked": _owners_asked,
    "attestation.resent": gettext_lazy("Mailed %(owner)s a new link"),
    "attestation.reminded": gettext_lazy("Reminded %(owner)s of the question whether the register is still true"),
    "attestation.withdrawn": gettext_lazy("Took back the question to %(owner)s whether the register is still true"),
    "attestation.confirmed": gettext_lazy(
        "Answered by the link that was mailed to %(owner)s: %(code)s %(name)s is still true"
    ),
    "attestation.corrected": gettext_lazy(
        "Answered by the link that was mailed to %(owner)s: something is wrong in %(code)s %(name)s"
    ),
    "attestation.ended": _stopped,
    "attestation.taken_over": gettext_lazy("Took the owner's correction of %(code)s %(name)s into the working copy"),
    "attestation.declined": gettext_lazy("Left %(code)s %(name)s as it is, against what its owner said"),
    "notice.created": gettext_lazy("Added the privacy notice “%(title)s”"),
    "notice.changed": gettext_lazy("Changed the privacy notice “%(title)s”"),
    "notice.published": _notice_published,
    "notice.ended": gettext_lazy("Ended the privacy notice “%(title)s”"),
    "point.saved": gettext_lazy("Changed the collection point “%(name)s”"),
    "point.checked": gettext_lazy("Checked the collection point “%(name)s”: the notice is there"),
    "point.retired": gettext_lazy("Retired the collection point “%(name)s”"),
    "advice.given": _advised,
    "advice.answered": _advice_answered,
    "findings.accepted": _accepted,
    "findings.acceptance_withdrawn": _acceptance_withdrawn,
    "rules.switched": _rule_switched,
    "shared.added": _shared(gettext_lazy("%(kind)s added: %(name)s")),
    "shared.changed": _shared(gettext_lazy("%(kind)s changed: %(name)s")),
    "shared.retired": _shared(gettext_lazy("%(kind)s retired: %(name)s")),
    "shared.returned": _shared(gettext_lazy("%(kind)s brought back: %(name)s")),
    "shared.deleted": _shared(gettext_lazy("%(kind)s deleted: %(name)s")),
    "shared.merged": _shared(gettext_lazy("%(kind)s merged: %(other)s into %(name)s")),
    "library.loaded": _library_loaded,
    "law.added": _law(gettext_lazy("%(name)s: %(value)s from %(day)s")),
    "law.removed": _law(gettext_lazy("%(name)s: took away %(value)s from %(day)s")),
    "law.confirmed": _law(gettext_lazy("%(name)s: checked %(value)s from %(day)s")),
    "law.doubted": _law(gettext_lazy("%(name)s: took back the check of %(value)s from %(day)s")),
    "register.imported": _imported,
    "register.import_undone": _import_undone,
    "activity.started": _started,
    "register.started": _register_started,
    "starter.made": gettext_lazy("Made the template “%(name)s” of %(code)s"),
    "starter.retired": gettext_lazy("Retired the template “%(name)s”"),
}
