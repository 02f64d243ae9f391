"""What people do to privacy notices and to the places where people give their data.

The one rule: what was published stays as it was; everything else is a working copy, which may be incomplete.
"""

from django.utils import formats, timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.history import act
from core import canonical
from core.refusal import Refused
from register import derived
from register.models import Activity, Notice, NoticeBlock, NoticeLine, NoticeSentence, NoticeVersion
from register.notices import reading, text

SIGNED = (
    "notice_id",
    "number",
    "schema",
    "content",
    "activities",
    "summary",
    "valid_from",
    "published_at",
    "published_by_id",
    "reason",
    "previous",
)


def version_digest(version):
    """SHA-256 over everything a version says and the digest of the version before it."""
    return canonical.digest({name: getattr(version, name) for name in SIGNED})


def create(organisation, *, audience, title_nl="", title_en="", activities=(), by, at):
    """Begin a notice about these activities. Its address is made of its title and stays."""
    with act(organisation, by=by, at=at, kind="notice.created") as going_on:
        notice = Notice(organisation=organisation, audience=audience, title_nl=title_nl, title_en=title_en)
        notice.slug = _free_slug(organisation, title_nl or title_en or audience)
        notice.full_clean(exclude=["organisation"])
        notice.save()
        for activity in activities:
            NoticeLine(notice=notice, activity=activity).save()
        going_on.details.update(title=str(notice))
    return notice


def _free_slug(organisation, title):
    first = slugify(title)[:50].strip("-") or "privacy"
    taken = set(Notice.objects.of(organisation).filter(slug__startswith=first).values_list("slug", flat=True))
    number = 1
    while (found := first if number == 1 else f"{first}-{number}") in taken:
        number += 1
    return found


def locked(notice):
    """The notice as it stands now, which nobody else changes until this transaction ends."""
    return Notice.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=notice.pk)


def change(notice, *, by, at):
    """Save what a notice is called and for whom it is."""
    with _changing(notice, by=by, at=at):
        notice.save()


def choose(notice, chosen, *, by, at):
    """Let the notice be about exactly these activities: {id: timing}."""
    with _changing(notice, by=by, at=at):
        present = {line.activity_id: line for line in notice.lines.all()}
        for key in present.keys() - chosen.keys():
            present[key].delete()
        for key, timing in chosen.items():
            line = present.get(key) or NoticeLine(notice=notice, activity_id=key, timing=None)
            if line.timing != timing:
                line.timing = timing
                line.save()


def set_blocks(notice, chosen, *, by, at):
    """Let exactly these parts be switched on: {kind: (Dutch, English)}; empty words are those that came with Dertig."""
    with _changing(notice, by=by, at=at):
        present = {row.kind: row for row in notice.blocks.all()}
        for kind in present.keys() - chosen.keys():
            present[kind].delete()
        for kind, (dutch, english) in chosen.items():
            row = present.get(kind) or NoticeBlock(notice=notice, kind=kind, text_nl=None)
            if (row.text_nl, row.text_en) != (dutch, english):
                row.text_nl, row.text_en = dutch, english
                row.save()


def save_sentence(sentence, *, by, at):
    """Put an own sentence in its place, or change it."""
    with _changing(sentence.notice, by=by, at=at):
        if sentence._state.adding:
            sentence.position = NoticeSentence.objects.filter(notice=sentence.notice).count()
        sentence.save()
    return sentence


def remove_sentence(sentence, *, by, at):
    with _changing(sentence.notice, by=by, at=at):
        sentence.delete()


def _changing(notice, *, by, at):
    _refuse_ended(notice)
    return act(notice.organisation, by=by, at=at, kind="notice.changed", details={"title": str(notice)})


def _refuse_ended(notice):
    if notice.ended_at is not None:
        raise Refused(_("This notice has ended and can no longer be changed."))


def publish(notice, *, by, at, reason="", valid_from=None, after=None):
    """Freeze what the notice would say now as its next version, for everybody to read from `valid_from`.

    Gaps hold nothing up: they are kept in the version. Refused when there is nothing to say, or when the latest version
    is not number `after` any more (0: none), so that two people at once publish once.
    """
    on = timezone.localdate(at)
    with act(notice.organisation, by=by, at=at, kind="notice.published", reason=reason) as going_on:
        notice = locked(notice)
        _refuse_ended(notice)
        before = notice.versions.order_by("-number").first()
        _refuse_second(before, after)
        version = _version(notice, before, by=by, at=at, on=on, reason=reason, valid_from=valid_from or on)
        _refuse_too_early(version, before)
        version.change_id = going_on.change_id
        version.digest = version_digest(version)
        version.save(force_insert=True)
        going_on.wrote(version)
        going_on.details.update(title=str(notice), number=version.number, day=version.valid_from.isoformat())
        going_on.touch(notice)
        _judge(going_on, {*version.activities, *(before.activities if before else ())}, at=at)
    return version


def _version(notice, before, *, by, at, on, reason, valid_from):
    lines = {str(line.activity_id): line.timing for line in notice.lines.all()}
    standings = reading.established(notice.organisation, on=on, ids=list(lines))
    now = reading.draft(notice, on=on)
    if not standings:
        raise Refused(
            _("There is nothing to say yet: no activity of this notice is established and running."),
            remedy=_("Choose activities, or establish them first."),
        )
    return NoticeVersion(
        organisation_id=notice.organisation_id,
        notice=notice,
        number=before.number + 1 if before else 1,
        schema=text.SCHEMA,
        content=text.plain(now),
        activities={
            str(one.entry.id): {"version": one.version, "timing": lines[str(one.entry.id)]} for one in standings
        },
        summary={
            "title": {"nl": notice.title_nl, "en": notice.title_en},
            "audience": notice.audience,
            "languages": notice.organisation.language_codes,
            "sections": [section.key for section in now.sections],
            "keys": sorted({sentence.key for sentence in now.sentences.values()}),
            "gaps": len(now.gaps),
        },
        valid_from=valid_from,
        published_at=at,
        published_by=by,
        reason=reason,
        previous=before.digest if before else "",
    )


def _refuse_second(before, after):
    number = before.number if before else 0
    if after is not None and number != after:
        raise Refused(
            _("Version %(number)s was published meanwhile.") % {"number": number},
            remedy=_("Look at it first: perhaps nothing is left to publish."),
        )


def _refuse_too_early(version, before):
    if before and version.valid_from < before.valid_from:
        day = formats.date_format(before.valid_from, "SHORT_DATE_FORMAT")
        raise Refused(_("The version before is valid from %(day)s; this one cannot start earlier.") % {"day": day})


def _judge(going_on, ids, *, at):
    activities = list(Activity.objects.filter(pk__in=ids).select_related("organisation"))
    going_on.touch(*activities)
    derived.judge_again(activities, at=at)


def end(notice, *, reason, by, at):
    """Take the notice out of use: its public address says from now on that it is gone; its versions stay."""
    if not reason.strip():
        raise Refused(_("Say why it ends: the reason stays in the history."))
    with act(notice.organisation, by=by, at=at, kind="notice.ended", reason=reason) as going_on:
        notice = locked(notice)
        _refuse_ended(notice)
        notice.ended_at, notice.end_reason = at, reason
        notice.save()
        before = notice.versions.order_by("-number").first()
        going_on.details.update(title=str(notice))
        _judge(going_on, set(before.activities) if before else set(), at=at)
    return notice


def save_point(point, *, by, at):
    """Bring in a collection point, or change it."""
    with act(point.organisation, by=by, at=at, kind="point.saved", details={"name": point.name}):
        point.save()
    return point


def check_point(point, *, on, by, at):
    """Somebody looked and saw that the notice is there."""
    if point.notice_id is None:
        raise Refused(_("Say first which notice it links to."))
    with act(point.organisation, by=by, at=at, kind="point.checked", details={"name": point.name}):
        point.checked_on, point.checked_by = on, by
        point.save()


def retire_point(point, *, on, by, at):
    if point.retired_on is not None:
        raise Refused(_("This has been retired already."))
    with act(point.organisation, by=by, at=at, kind="point.retired", details={"name": point.name}):
        point.retired_on = on
        point.save()
