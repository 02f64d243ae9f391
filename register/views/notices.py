"""Privacy notices: the list, what one would say now beside what is published, and everything that is done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import sections
from register.actions import notices as acts
from register.forms.notices import (
    EndNoticeForm,
    NoticeForm,
    PublishForm,
)
from register.models import Activity, Notice
from register.notices import drift, reading, writing

PER_PAGE = 50


def notice_of(organisation, pk):
    return get_object_or_404(Notice.objects.of(organisation).select_related("organisation"), pk=pk)


def _language(request, notice):
    """In which language the text is shown: the one asked for, else the reader's, as far as the notice has it."""
    has = notice.organisation.language_codes
    wanted = request.GET.get("language") or (get_language() or "nl")[:2]
    return wanted if wanted in has else has[0]


@require_safe
@requires(Permission.REGISTER_VIEW)
def index(request, organisation):
    """Every notice with its version, and how many sentences no longer match the register."""
    found = Notice.objects.of(organisation).annotate(latest=Max("versions__number")).order_by("ended_at", "slug")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    versions = reading.latest([notice.pk for notice in shown])
    live = [versions[notice.pk] for notice in shown if notice.pk in versions and notice.ended_at is None]
    moved = reading.drifts(live, organisation, on=timezone.localdate())
    found = [(notice, versions.get(notice.pk)) for notice in shown]
    rows = [(notice, version, len(moved.get(version.pk, ())) if version else 0) for notice, version in found]
    return page(request, "register/notices/index.html", {"page": shown, "rows": rows})


@requires(Permission.REGISTER_ESTABLISH)
def new(request, organisation):
    """Choose for whom; the activities that are about these people are chosen for a start."""
    form = NoticeForm(request.POST or None, instance=Notice(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        ids = reading.proposed(organisation, form.cleaned_data["audience"], on=timezone.localdate())
        activities = Activity.objects.visible_to(request.membership).filter(pk__in=ids)
        given = {name: form.cleaned_data[name] for name in form.tracked} | {"activities": activities}
        notice = acts.create(organisation, **given, by=request.user, at=timezone.now())
        return redirect("register:notice_activities", organisation.slug, notice.pk)
    return page(request, "register/notices/edit.html", {"form": form}, status=422 if form.errors else None)


@require_safe
@requires(Permission.REGISTER_VIEW)
def show(request, organisation, notice):
    """What it would say now, what is missing, and sentence by sentence what differs from what is published."""
    notice = notice_of(organisation, notice)
    language = _language(request, notice)
    state = reading.state(notice, on=timezone.localdate())
    lines = notice.lines.select_related("activity").order_by("activity__number")
    visible = set(Activity.objects.visible_to(request.membership).values_list("pk", flat=True))
    context = {
        "notice": notice,
        "language": language,
        "languages": notice.organisation.language_codes,
        "state": state,
        "text": state.draft,
        "gaps": _gaps(organisation, state.draft, visible, language),
        "drift": [_moved(organisation, one, visible) for one in state.drift],
        "lines": lines,
        "visible": visible,
        "own": list(notice.own_sentences.all()),
        "versions": notice.versions.defer("content").order_by("-number"),
        "points": notice.points.filter(retired_on=None),
        "today": timezone.localdate(),
    }
    return page(request, "register/notices/show.html", context)


def _gaps(organisation, text, visible, language):
    """(gap, where it is filled in) of what is missing in this language; the same of several activities stands once."""
    found = {}
    for gap in text.gaps:
        if gap.language in ("", language):
            same = gap.section, gap.key, repr(gap.parameters), gap.language
            found.setdefault(same, (gap, []))[1].extend(gap.origins)
    return [(gap, _places(organisation, origins, visible)) for gap, origins in found.values()]


def _places(organisation, origins, visible):
    """Each place once, however much of it matters."""
    return list(dict.fromkeys(_where(organisation, one, visible) for one in origins))


def _where(organisation, origin, visible):
    """(words, address) of the field behind something; no address for what the member may not see."""
    if origin.controller:
        return _("Controller"), reverse("accounts:controller", args=[organisation.slug, origin.controller])
    if origin.activity is None:  # a table of a room above the register
        return writing.heading(origin.place).of(get_language()), ""
    if origin.activity not in visible:
        return _("another activity"), ""
    url = reverse("register:activity", args=[organisation.slug, origin.activity])
    words, section = f"{origin.code} {origin.name}", sections.BY_KEY.get(origin.place)
    return (f"{words}: {section.title}", f"{url}#{section.key}") if section else (words, url)


def _moved(organisation, one, visible):
    return {"one": one, "causes": _places(organisation, one.origins, visible)}


@requires(Permission.REGISTER_ESTABLISH)
def publish(request, organisation, notice):
    """What still misses, what changes, and the button; gaps hold nothing up."""
    notice = notice_of(organisation, notice)
    today = timezone.localdate()
    latest = notice.versions.aggregate(number=Max("number"))["number"] or 0
    form = PublishForm(request.POST or None, initial={"valid_from": today, "after": latest})
    if request.method == "POST" and form.is_valid():
        version = acts.publish(notice, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
        return redirect("register:notice", organisation.slug, notice.pk)
    state = reading.state(notice, on=today)
    visible = set(Activity.objects.visible_to(request.membership).values_list("pk", flat=True))
    context = {
        "form": form,
        "notice": notice,
        "state": state,
        "language": _language(request, notice),
        "gaps": [
            row
            for language in notice.organisation.language_codes
            for row in _gaps(organisation, state.draft, visible, language)
            if row[0].language or language == notice.organisation.main_language
        ],
    }
    return page(request, "register/notices/publish.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def end(request, organisation, notice):
    notice = notice_of(organisation, notice)
    form = EndNoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.end(notice, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("The notice has ended. Its public address says so."))
        return redirect("register:notice", organisation.slug, notice.pk)
    context = {
        "form": form,
        "notice": notice,
        "title": _("End this notice"),
        "question": _("End “%(title)s”?") % {"title": notice},
        "losses": [_("People no longer find it at its public address.")],
        "kept": [_("Every published version, and the history.")],
        "action_label": _("End this notice"),
        "cancel_url": reverse("register:notice", args=[organisation.slug, notice.pk]),
    }
    return page(request, "register/notices/end.html", context, status=422 if form.errors else None)


@require_safe
@requires(Permission.REGISTER_VIEW)
def version(request, organisation, notice, number):
    """What was published, and what differs from another version: the one before, or the one that is asked for."""
    notice = notice_of(organisation, notice)
    row = get_object_or_404(notice.versions.select_related("published_by"), number=number)
    others = notice.versions.exclude(number=number).defer("content").order_by("-number")
    asked = request.GET.get("with", str(number - 1))
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    other = notice.versions.filter(number=int(asked)).first()
    text = reading.text_of(row)
    visible = set(Activity.objects.visible_to(request.membership).values_list("pk", flat=True))
    before, after = sorted([row, other], key=lambda one: one.number) if other else (None, row)
    found = drift.differences(reading.text_of(before), reading.text_of(after)) if other else []
    context = {
        "notice": notice,
        "row": row,
        "other": other,
        "others": others,
        "text": text,
        "language": _language(request, notice),
        "drift": [_moved(organisation, one, visible) for one in found],
    }
    return page(request, "register/notices/version.html", context)
