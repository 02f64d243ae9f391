"""Privacy notices: the list, what one would say now beside what is published, and everything that is done with it."""

from statistics import mode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import sections
from register.actions import notices as acts
from register.checks.transparency import FROM_OTHERS
from register.forms.notices import (
    ActivitiesForm,
    EndNoticeForm,
    NoticeForm,
    PartsForm,
    PublishForm,
    SentenceForm,
    own_timing,
)
from register.models import Activity, DataLine, Notice, NoticeSentence
from register.notices import drift, reading, writing

PER_PAGE = 50


def _notice(organisation, pk):
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
        given = form.cleaned_data | {"activities": activities}
        notice = acts.create(organisation, **given, by=request.user, at=timezone.now())
        return redirect("register:notice_activities", organisation.slug, notice.pk)
    return page(request, "register/notices/edit.html", {"form": form}, status=422 if form.errors else None)


@require_safe
@requires(Permission.REGISTER_VIEW)
def show(request, organisation, notice):
    """What it would say now, what is missing, and sentence by sentence what differs from what is published."""
    notice = _notice(organisation, notice)
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
    """(section, gap, where it is filled in) of what is missing in this language."""
    return [
        (gap.section, gap, [_where(organisation, origin, visible) for origin in _once(gap.origins)])
        for gap in text.gaps
        if gap.language in ("", language)
    ]


def _once(origins):
    """One per place that somebody can open."""
    return {(one.activity, one.controller, one.place): one for one in origins}.values()


def _where(organisation, origin, visible):
    """(words, address) of the field behind something; no address for what the member may not see."""
    if origin.controller:
        return _("Controller"), reverse("accounts:controller", args=[organisation.slug, origin.controller])
    if origin.activity is None:  # a table of a room above the register
        return writing.heading(origin.place).of(get_language()), ""
    if origin.activity not in visible:
        return _("another activity"), ""
    url = reverse("register:activity", args=[organisation.slug, origin.activity])
    place = f"#{origin.place}" if origin.place in sections.BY_KEY else ""
    return f"{origin.code} {origin.name}", url + place


def _moved(organisation, one, visible):
    return {"one": one, "causes": [_where(organisation, origin, visible) for origin in one.origins]}


@requires(Permission.REGISTER_ESTABLISH)
def edit(request, organisation, notice):
    notice = _notice(organisation, notice)
    form = NoticeForm(request.POST or None, instance=notice)
    if request.method == "POST" and form.is_valid():
        acts.change(form.save(commit=False), by=request.user, at=timezone.now())
        return redirect("register:notice", organisation.slug, notice.pk)
    context = {"form": form, "notice": notice}
    return page(request, "register/notices/edit.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def activities(request, organisation, notice):
    """Tick what it is about; what is proposed for these people stands on top."""
    notice = _notice(organisation, notice)
    lines = {line.activity_id: line.timing for line in notice.lines.all()}
    seen = Activity.objects.visible_to(request.membership)
    offered = seen.filter(Q(kind="controller", ended_on=None) | Q(pk__in=list(lines))).order_by("number")
    proposed = reading.proposed(organisation, notice.audience, on=timezone.localdate())
    usual = mode([timing for timing in lines.values() if timing] or [""])
    first = {"activities": list(lines), "timing": usual}
    first |= {own_timing(key): timing for key, timing in lines.items() if timing != usual}
    from_others = DataLine.objects.filter(activity__in=list(lines), source__in=FROM_OTHERS)
    apart = offered.filter(pk__in=from_others.values("activity"))
    form = ActivitiesForm(request.POST or None, offered=offered, apart=apart, initial=first)
    if request.method == "POST" and form.is_valid():
        hidden = lines.keys() - set(offered.values_list("pk", flat=True))
        chosen = form.chosen() | {key: lines[key] for key in hidden}
        acts.choose(notice, chosen, by=request.user, at=timezone.now())
        return redirect("register:notice", organisation.slug, notice.pk)
    left_out = offered.filter(pk__in=proposed - lines.keys())
    context = {"form": form, "notice": notice, "left_out": left_out}
    return page(request, "register/notices/activities.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def parts(request, organisation, notice):
    notice = _notice(organisation, notice)
    form = PartsForm(request.POST or None, notice=notice)
    if request.method == "POST" and form.is_valid():
        acts.set_blocks(notice, form.chosen(), by=request.user, at=timezone.now())
        return redirect("register:notice", organisation.slug, notice.pk)
    context = {"form": form, "notice": notice}
    return page(request, "register/notices/parts.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def sentence_new(request, organisation, notice):
    notice = _notice(organisation, notice)
    return _sentence(request, notice, NoticeSentence(notice=notice))


@requires(Permission.REGISTER_ESTABLISH)
def sentence(request, organisation, notice, sentence):
    notice = _notice(organisation, notice)
    return _sentence(request, notice, get_object_or_404(notice.own_sentences.all(), pk=sentence))


def _sentence(request, notice, row):
    text = reading.draft(notice, on=timezone.localdate())
    form = SentenceForm(request.POST or None, instance=row, text=text, section=request.GET.get("section", ""))
    if request.method == "POST" and form.is_valid():
        acts.save_sentence(form.save(), by=request.user, at=timezone.now())
        return redirect("register:notice", notice.organisation.slug, notice.pk)
    context = {"form": form, "notice": notice, "row": None if row._state.adding else row}
    return page(request, "register/notices/sentence.html", context, status=422 if form.errors else None)


@require_POST
@requires(Permission.REGISTER_ESTABLISH)
def sentence_remove(request, organisation, notice, sentence):
    row = get_object_or_404(_notice(organisation, notice).own_sentences.select_related("notice"), pk=sentence)
    acts.remove_sentence(row, by=request.user, at=timezone.now())
    messages.success(request, _("The sentence is gone."))
    return redirect("register:notice", organisation.slug, notice)


@requires(Permission.REGISTER_ESTABLISH)
def publish(request, organisation, notice):
    """What still misses, what changes, and the button; gaps hold nothing up."""
    notice = _notice(organisation, notice)
    today = timezone.localdate()
    form = PublishForm(request.POST or None, initial={"valid_from": today})
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
            if row[1].language or language == notice.organisation.main_language
        ],
    }
    return page(request, "register/notices/publish.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def end(request, organisation, notice):
    notice = _notice(organisation, notice)
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
    notice = _notice(organisation, notice)
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
