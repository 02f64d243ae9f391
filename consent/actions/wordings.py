"""Wordings: drafted per language, checked, published as versions that stay as they are, and ended.

The one rule: a version holds by value what the person was shown and what stood behind it, so that it proves the same
in ten years; its digest is the SHA-256 of that in canonical form.
"""

from contextlib import contextmanager

from django.utils.translation import gettext as _

from accounts.history import act, current
from consent import covering, terms, validity
from consent.models import Wording, WordingText, WordingVersion
from core import canonical
from core.dates import add_months
from core.refusal import Refused

from . import purposes

SCHEMA = 1
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
    """The wording as it stands now, for writing; inside a transaction."""
    rows = Wording.objects.select_for_update(of=("self",)).select_related("organisation", "purpose__organisation")
    return rows.get(pk=wording.pk)


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


def asked_of(purpose, standing=None):
    """What of a purpose, and of its activity as established, decides which questions apply."""
    children = standing is not None and standing.entry.children == "yes"
    return validity.Asked(purpose.is_explicit, purpose.is_online_service or children)


def blockers(wording, standing):
    """Why the draft cannot be published yet. `standing`: its activity as established, or None. One query."""
    return validity.blockers(wording.checklist, texts_of(wording), asked_of(wording.purpose, standing))


def publish(wording, *, revision, by, at, on):
    """Make a version of the draft that is shown from this moment on; the version before ends. `revision` is what the
    person saw. Raises `Refused` when something blocks it. Returns the version.
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
        stopping = blockers(row, found[0])
        if stopping:
            raise Refused(str(stopping[0].why), where=str(stopping[0].about))
        content = _content(row, found)
        latest = row.versions.first()
        _end(latest, at)
        version = WordingVersion.objects.create(
            organisation=row.organisation,
            wording=row,
            number=latest.number + 1 if latest else 1,
            content=content,
            digest=canonical.digest(content),
            valid_from=at,
            review_on=add_months(on, terms.of(row.organisation, on).review_months),
            published_at=at,
            published_by=by,
        )
        row.revision += 1
        current().details |= {"number": version.number, "digest": version.digest}
    return version


def end(wording, *, by, at, on):
    """Nobody is shown it any more; what was given with it stays."""
    with _acting(wording, by=by, at=at, kind="consent.wording_ended", name=wording.name) as row:
        _end(row.versions.first(), at)
        row.retired_on = on
    return row


def in_use(wording, moment):
    """The version that people were shown at a moment, or None. One query."""
    started = wording.versions.filter(valid_from__lte=moment)
    found = started.order_by("-valid_from", "-number").first()
    ended = found is not None and found.valid_until is not None and found.valid_until <= moment
    return None if ended else found


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


def _end(version, at):
    if version is not None and version.valid_until is None:
        version.valid_until = at
        version.save(update_fields=["valid_until"])


def _content(row, found):
    standing, line = found
    purpose = row.purpose
    names = ("code", "name_nl", "name_en", "kind", "event_kind", "is_explicit", "is_online_service")
    return {
        "schema": SCHEMA,
        "wording": {"id": str(row.pk), "name": row.name},
        "texts": {language: said for language, said in texts_of(row).items() if said["text"].strip()},
        "purpose": {"id": str(purpose.pk), **{name: getattr(purpose, name) for name in names}},
        **covering.facts(standing, line),
        "checklist": row.checklist,
    }
