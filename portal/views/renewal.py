"""Where somebody answers who is asked for their consent again: the new text, yes and no.

The one rule: both answers are one press away and look alike; opening the page answers nothing.
"""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from accounts import events
from accounts.links import LinkClosed, requires_link
from consent import covering, standing
from consent.actions import rounds, versions
from consent.kinds import Channel, GivenBy
from core.htmx import page
from portal.closed import closed, whose
from portal.speaking import speak

YES, NO = "yes", "no"


@requires_link(rounds.PURPOSE, nobody=closed, whose=whose)
def renewal(request, link, slug):
    now = timezone.now()
    row = rounds.asked_by(link, slug)
    if row is None:
        raise LinkClosed
    speak(request, row.person)
    language, said, needs_tick = get_language()[:2], request.POST.get("answer"), False
    if said in (YES, NO):
        try:
            rounds.answer(
                row,
                is_yes=said == YES,
                is_confirmed=request.POST.get("confirmed") == "on",
                version=request.POST.get("version", ""),
                language=language,
                address=events.address_of(request),
                at=now,
            )
            return redirect(request.get_full_path())
        except rounds.Unticked:
            needs_tick = True
    return page(
        request,
        "portal/preferences/renewal.html",
        _context(row, needs_tick, language, at=now),
        status=422 if needs_tick else None,
    )


def _context(row, needs_tick, language, *, at):
    wording = row.round.before.wording
    version = versions.in_use(wording, at)
    if version is None:
        raise LinkClosed
    shown = rounds.language_for(version, language)
    state = standing.current(row.person, wording.purpose, row.channel, at=at)
    return {
        "organisation_shown": row.round.organisation,
        "row": row,
        "channel": Channel(row.channel),
        "given_by": "" if row.given_by == GivenBy.SUBJECT else GivenBy(row.given_by).label,
        "name": wording.purpose.name(language),
        "is_explicit": wording.purpose.is_explicit,
        "version": version,
        "language_shown": shown,
        "text": version.content.get("texts", {}).get(shown, {}),
        "before": row.round.before.content.get("texts", {}).get(shown, {}),
        "controllers": [covering.name(one, language) for one in version.content.get("controllers", ())],
        "recipients": [covering.name(one, language) for one in version.content.get("recipients", ())],
        "notice": version.content.get("notice"),
        "answered": state if state.happened_at and state.happened_at >= row.at and not state.is_open else None,
        "needs_tick": needs_tick,
    }
