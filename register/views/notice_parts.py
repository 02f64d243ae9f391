"""What a privacy notice is called and about, its parts and its own sentences: each changed by one at a time."""

from statistics import mode

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register.actions import notices as acts
from register.checks.transparency import FROM_OTHERS
from register.forms.notices import ActivitiesForm, NoticeForm, PartsForm, SentenceForm, own_timing
from register.models import Activity, DataLine, NoticeBlock, NoticeLine, NoticeSentence
from register.notices import reading

from .editing import edited
from .notices import notice_of


@requires(Permission.REGISTER_ESTABLISH)
def edit(request, organisation, notice):
    return _edited(
        request,
        notice_of(organisation, notice),
        form_of=lambda row, data=None: NoticeForm(data, instance=row),
        save=lambda form: acts.change(form.save(commit=False), by=request.user, at=timezone.now()),
        template="register/notices/edit.html",
    )


def _edited(request, notice, **how):
    """A form of a notice, or of what belongs to it."""
    return edited(
        request,
        notice,
        lock=acts.locked,
        context={"notice": notice} | how.pop("context", {}),
        back=reverse("register:notice", args=[notice.organisation.slug, notice.pk]),
        **how,
    )


@requires(Permission.REGISTER_ESTABLISH)
def activities(request, organisation, notice):
    """Tick what it is about; what is proposed for these people stands on top."""
    notice = notice_of(organisation, notice)
    offered, lines = _offered(request, notice), notice.lines.values("activity")
    proposed = reading.proposed(organisation, notice.audience, on=timezone.localdate())
    return _edited(
        request,
        notice,
        form_of=lambda row, data=None: _activities_form(request, row, data),
        save=lambda form: _choose(request, form),
        template="register/notices/activities.html",
        context={"left_out": offered.filter(pk__in=proposed).exclude(pk__in=lines)},
        records=NoticeLine.history.filter(notice_id=notice.pk),
    )


def _offered(request, notice):
    chosen = Q(pk__in=notice.lines.values("activity"))
    seen = Activity.objects.visible_to(request.membership)
    return seen.filter(Q(kind="controller", ended_on=None) | chosen).order_by("number")


def _activities_form(request, notice, data):
    offered = _offered(request, notice)
    lines = dict(notice.lines.filter(activity__in=offered).values_list("activity", "timing"))
    usual = mode([timing for timing in lines.values() if timing] or [""])
    first = {"activities": list(lines), "timing": usual}
    first |= {own_timing(key): timing for key, timing in lines.items() if timing != usual}
    from_others = DataLine.objects.filter(activity__in=list(lines), source__in=FROM_OTHERS)
    apart = offered.filter(pk__in=from_others.values("activity"))
    return ActivitiesForm(data, instance=notice, offered=offered, apart=apart, initial=first)


def _choose(request, form):
    """What the member may not see stays as it was."""
    hidden = form.instance.lines.exclude(activity__in=form.offered).values_list("activity", "timing")
    acts.choose(form.instance, form.chosen() | dict(hidden), by=request.user, at=timezone.now())


@requires(Permission.REGISTER_ESTABLISH)
def parts(request, organisation, notice):
    notice = notice_of(organisation, notice)
    return _edited(
        request,
        notice,
        form_of=lambda row, data=None: PartsForm(data, instance=row),
        save=lambda form: acts.set_blocks(form.instance, form.chosen(), by=request.user, at=timezone.now()),
        template="register/notices/parts.html",
        records=NoticeBlock.history.filter(notice_id=notice.pk),
    )


@requires(Permission.REGISTER_ESTABLISH)
def sentence_new(request, organisation, notice):
    notice = notice_of(organisation, notice)
    form = _sentence_form(request, NoticeSentence(notice=notice), request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.save_sentence(form.save(), by=request.user, at=timezone.now())
        return redirect("register:notice", organisation.slug, notice.pk)
    context = {"form": form, "notice": notice, "row": None}
    return page(request, "register/notices/sentence.html", context, status=422 if form.errors else None)


@requires(Permission.REGISTER_ESTABLISH)
def sentence(request, organisation, notice, sentence):
    notice = notice_of(organisation, notice)
    row = get_object_or_404(notice.own_sentences.all(), pk=sentence)
    return _edited(
        request,
        notice,
        form_of=lambda notice, data=None: _sentence_form(request, notice.own_sentences.get(pk=row.pk), data),
        save=lambda form: acts.save_sentence(form.save(), by=request.user, at=timezone.now()),
        template="register/notices/sentence.html",
        context={"row": row},
        records=NoticeSentence.history.filter(id=row.pk),
    )


def _sentence_form(request, row, data):
    text = reading.draft(row.notice, on=timezone.localdate())
    return SentenceForm(data, instance=row, text=text, section=request.GET.get("section", ""))


@require_POST
@requires(Permission.REGISTER_ESTABLISH)
def sentence_remove(request, organisation, notice, sentence):
    row = get_object_or_404(notice_of(organisation, notice).own_sentences.select_related("notice"), pk=sentence)
    acts.remove_sentence(row, by=request.user, at=timezone.now())
    messages.success(request, _("The sentence is gone."))
    return redirect("register:notice", organisation.slug, notice)
