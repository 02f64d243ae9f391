"""How the invented organisations ask: a purpose of an established activity, and a wording of it that people are shown.

The one rule: all goes by the same acts as on the pages, so that the demo holds nothing that nobody could have made.
"""

from django.utils import timezone

from . import noticing, validity
from .actions import purposes, wordings
from .models import ConsentPurpose, Wording


def make_purpose(organisation, activity, *, by, at, **fields):
    """A purpose of the activity with this name."""
    on = timezone.localdate(at)
    found = next(one for one in purposes.candidates(organisation, on=on) if one.standing.entry.name == activity)
    entry, line = found.standing.entry, found.line
    purpose = ConsentPurpose(organisation=organisation, activity_id=entry.id, line=line.id, **fields)
    return purposes.make(purpose, by=by, at=at, on=on)


def publish_wording(purpose, name, texts, *, by, at, reason=""):
    """A wording of which every question has a good answer; with a `reason` for those that take one. Its version."""
    on = timezone.localdate(at)
    wording = wordings.start(Wording(purpose=purpose, name=name), by=by, at=at)
    wordings.save_texts(wording, name=name, texts=texts, by=by, at=at)
    [standing, _line] = purposes.standings([purpose], on=on)[purpose.pk]
    answers = {
        question.key: question.good or (validity.YES if reason else validity.NO)
        for question in validity.applying(wordings.asked_of(purpose, standing))
    }
    wording = wordings.save_checklist(wording, answers | {validity.REASON: reason}, by=by, at=at)
    notice = next(iter(noticing.offered(purpose.organisation, purpose.activity_id, on=on)), None)
    chosen = notice.notice_id if notice else None
    return wordings.publish(wording, revision=wording.revision, by=by, at=at, on=on, notice=chosen)
