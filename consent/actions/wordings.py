"""Wordings: drafted per language, checked, published as versions that stay as they are, and ended.

The one rule: a version holds by value what the person was shown and what stood behind it, so that it proves the same
in ten years; its digest is the SHA-256 of that in canonical form.
"""

from contextlib import contextmanager

from django.utils.translation import gettext as _

from accounts import files
from accounts.history import act
from consent import covering, noticing, terms, validity
from consent.models import Wording, WordingText
from core.dates import add_months
from core.refusal import Refused

from . import purposes, versions

SCHEMA = 2  # since then with the notice, and the form as shown
TEXTS = ("text", "withdrawal", "script")
EMPTY = dict.fromkeys(TEXTS, "")


def start(wording, *, by, at):
    """A new wording (unsaved) with nothing in it yet."""
    purpose = wording.purpose
    details = {"name": wording.name}
    with act(purpose.organisation, by=by, at=at, kind="consent.wording_made", details=details) as going_on:
        if purpose.retired_on is not None:
            raise Refused(_("This purpose is no longer asked, so it gets no new wording."))
        wording.organisation = purpose.organisation
        wording.save()
        going_on.touch(purpose.activity_id)
    return wording


def locked(wording):
    """The wording as it stands now, for writing; its purpose is not retired meanwhile. Inside a transaction."""
    rows = Wording.objects.select_for_update(of=("self", "purpose"), no_key=True)
    return rows.select_related("organisation", "purpose__organisation").get(pk=wording.pk)


def texts_of(wording):
    """{language: {"text", "withdrawal", "script"}} of the draft. One query."""
    return {row.language: {name: getattr(row, name) for name in TEXTS} for row in wording.texts.all()}


def save_texts(wording, *, name, texts, by, at):
    """Keep the draft: its name, and texts as `texts_of` gives them."""
    with _acting(wording, by=by, at=at, kind="consent.wording_changed", name=name) as row:
        row.name = name
        before = {text.language: text for text in row.texts.all()}
        for language, said in texts.items():
            kept = before.get(language) or WordingText(wording=row, language=language)
            if {field: getattr(kept, field) for field in TEXTS} != said:
                for field, value in said.items():
                    setattr(kept, field, value)
                kept.save()
    return row


def save_checklist(wording, answers, *, by, at):
    """Keep the answers to the questions of `validity`."""
    with _acting(wording, by=by, at=at, kind="consent.wording_changed", name=wording.name) as row:
        row.checklist = {key: value for key, value in answers.items() if key in validity.KEYS and value}
    return row


def asked_of(purpose, standing=None, line=None):
    """What of a purpose, and of its activity and line as established, decides which questions apply."""
    children = standing is not None and standing.entry.children == "yes"
    explicit = line is not None and covering.must_be_explicit(standing.entry, line)
    return validity.Asked(purpose.is_explicit, purpose.is_online_service or children, explicit)


def blockers(wording, standing, line):
    """Why the draft cannot be published yet. `standing` and `line`: as established, or None. One query."""
    return validity.blockers(wording.checklist, texts_of(wording), asked_of(wording.purpose, standing, line))


def publish(wording, *, revision, by, at, on, notice=None, snapshot=None):
    """Make a version of the draft that is shown from this moment on; the version before ends. `revision` is what the
    person saw, `notice` the id of the privacy notice within reach there, `snapshot` a checked upload of the form or
    script as people see it. Raises `Refused` when something blocks it. Returns the version.
    """
    with _acting(wording, by=by, at=at, kind="consent.wording_published", name=wording.name) as row:
        if row.revision != revision:
            raise Refused(_("Somebody changed this wording meanwhile."), remedy=_("Look at it once more."))
        found = purposes.standings([row.purpose], on=on).get(row.purpose_id)
        if found is None or row.purpose.retired_on is not None:
            raise Refused(
                _("The activity is not established with this purpose and consent as its basis."),
                remedy=_("Establish the activity first."),
            )
        stopping = blockers(row, *found)
        if stopping:
            raise Refused(str(stopping[0].why), where=str(stopping[0].about))
        content = _content(row, found) | _notice(row, notice, on)
        kept = None
        if snapshot is not None:
            kept = files.keep(
                row.organisation, snapshot.name, snapshot, content_type=snapshot.content_type, by=by, at=at
            )
            content["shown"] = noticing.shown(kept)
        review_on = add_months(on, terms.of(row.organisation, on).review_months)
        version = versions.publish(row, content, by=by, at=at, shown=kept, review_on=review_on)
        row.revision += 1
    return version


def end(wording, *, by, at, on):
    """Nobody is shown it any more; what was given with it stays."""
    with _acting(wording, by=by, at=at, kind="consent.wording_ended", name=wording.name) as row:
        versions.end(row, at)
        row.retired_on = on
    return row


def is_as_published(version, checklist, texts):
    """Does the draft (`texts` as `texts_of` gives them) ask what a version asks?"""
    return (checklist, _written(texts)) == (version.content["checklist"], version.content["texts"])


@contextmanager
def _acting(wording, *, by, at, kind, name):
    """One act on a wording that was not ended; gives the locked row, which is saved when it or its texts changed."""
    with act(wording.organisation, by=by, at=at, kind=kind, details={"name": name}) as going_on:
        row = locked(wording)
        if row.retired_on is not None:
            raise Refused(_("This wording was ended, so it can no longer be changed."))
        before = _plain(row)
        yield row
        if _plain(row) != before:
            row.revision += 1
            row.save()
            going_on.touch(row.purpose.activity_id)


def _plain(row):
    return row.name, row.checklist, row.revision, row.retired_on, texts_of(row)


def _notice(row, notice, on):
    """The notice that was chosen, as it is in force; one is needed as soon as one speaks of the activity."""
    activity = row.purpose.activity_id
    offered = {version.notice_id: version for version in noticing.offered(row.organisation, activity, on=on)}
    speaking = [key for key, version in offered.items() if noticing.speaks_of(version, activity)]
    if notice is not None:
        if notice not in offered:
            raise Refused(_("People cannot read this privacy notice now."), remedy=_("Choose another one."))
        if speaking and notice not in speaking:
            raise Refused(
                _("This privacy notice says nothing of the activity, and another one does."),
                remedy=_("Choose another one."),
            )
        return {"notice": noticing.frozen(offered[notice], activity)}
    if speaking:
        raise Refused(
            _("A privacy notice speaks of this activity, and none was chosen."),
            remedy=_("Choose the notice that people can read where they are asked."),
        )
    return {}


def _written(texts):
    return {language: said for language, said in texts.items() if said["text"].strip()}


def _content(row, found):
    standing, line = found
    purpose = row.purpose
    names = ("code", "name_nl", "name_en", "kind", "event_kind", "is_explicit", "is_online_service")
    return {
        "schema": SCHEMA,
        "wording": {"id": str(row.pk), "name": row.name},
        "texts": _written(texts_of(row)),
        "purpose": {"id": str(purpose.pk), **{name: getattr(purpose, name) for name in names}},
        **covering.facts(standing, line),
        "checklist": row.checklist,
    }
