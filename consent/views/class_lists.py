"""Class lists: who may be shown where, on screen and on paper.

The one rule: each look at names is recorded as an event, by the id of the class and never by a name.
"""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent.actions import class_lists as acts
from consent.forms.class_lists import PupilFileForm, PupilForm, SettingsForm, ShownForm
from consent.models import ClassList, Pupil
from consent.school import list_pdf, pupil_files, pupils, school_years
from core import uploads
from core.htmx import page
from core.spreadsheets import BadFile
from register.views.editing import edited

PER_PAGE = 500  # more than any class has


def class_of(request, key):
    return get_object_or_404(ClassList.objects.of(request.membership.organisation), pk=key)


@require_safe
@requires(P.CONSENT_RECORD)
def index(request, organisation):
    classes = ClassList.objects.of(organisation).annotate(size=Count("pupils")).filter(size__gt=0).order_by("name")
    purposes = pupils.purposes_of(request.membership)
    context = {
        "classes": classes,
        "purposes": _named(purposes),
        "waiting": _named(school_years.waiting(purposes, on=timezone.localdate())),
    }
    return page(request, "consent/class_lists.html", context)


@require_safe
@requires(P.CONSENT_RECORD)
def show(request, organisation, class_list):
    found = class_of(request, class_list)
    return _shown(request, organisation, Pupil.objects.filter(class_list=found), found)


@require_safe
@requires(P.CONSENT_RECORD)
def everybody(request, organisation):
    return _shown(request, organisation, Pupil.objects.filter(organisation=organisation), None)


def _shown(request, organisation, listed, class_list):
    purposes, language = list(pupils.purposes_of(request.membership)), get_language()
    rows = pupils.rows(listed, purposes, organisation, at=timezone.now())
    events.record(Event.Kind.PERSON_SEEN, request=request, subject=_subject(class_list), details={"people": len(rows)})
    form = ShownForm(request.GET, purposes=purposes, language=language)
    context = {
        "class_list": class_list,
        "rows": Paginator(form.narrow_rows(rows), PER_PAGE).get_page(request.GET.get("page")),
        "total": len(rows),
        "purposes": _named(purposes),
        "form": form,
    }
    return page(request, "consent/class_list.html", context)


@require_safe
@requires(P.CONSENT_RECORD)
def paper(request, organisation, class_list):
    """The whole class as a PDF, one table per class."""
    found, at, language = class_of(request, class_list), timezone.now(), get_language()
    purposes = list(pupils.purposes_of(request.membership))
    rows = pupils.rows(Pupil.objects.filter(class_list=found), purposes, organisation, at=at)
    content = list_pdf.make(found, rows, purposes, language=language, at=at)
    details = {"format": "pdf", "people": len(rows)}
    events.record(Event.Kind.DOWNLOADED, request=request, subject=_subject(found), details=details, at=at)
    name = f"{organisation.slug}-class-{timezone.localdate(at).isoformat()}.pdf"
    return uploads.attachment(io.BytesIO(content), name, "application/pdf")


@requires(P.CONSENT_RECORD)
def add(request, organisation):
    """One pupil by hand; who has the number already is changed."""
    at = timezone.now()
    form = PupilForm(request.POST or None, on=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        line = form.line()
        acts.bring_in(organisation, [line], by=request.user, at=at)
        messages.success(request, _("The pupil is on the list."))
        return redirect("consent:class_list", organisation.slug, _class_named(organisation, line.class_name).pk)
    return page(request, "consent/pupil_new.html", {"form": form}, status=422 if form.errors else None)


@requires(P.CONSENT_RECORD)
def bring_in(request, organisation):
    """All pupils of a file, or none with a sentence for each line that is wrong."""
    at, wrong = timezone.now(), ()
    form = PupilFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = pupil_files.read(file, file.name, on=timezone.localdate(at))
        except pupil_files.BadLines as refusal:
            form.add_error(None, refusal.message)
            wrong = refusal.lines
        except BadFile as refusal:
            form.add_error("file", str(refusal))
        else:
            with transaction.atomic():  # the pupils with what tells who brought them in, or neither
                new, changed = acts.bring_in(organisation, lines, by=request.user, at=at)
                details = {"lines": len(lines), "new": new, "changed": changed}
                if form.cleaned_data["is_whole"]:
                    details["off"] = acts.take_off_absent(organisation, lines, by=request.user, at=at, request=request)
                events.record(Event.Kind.IMPORTED, request=request, subject="class lists", details=details, at=at)
            messages.success(request, _brought_in(len(lines), new, changed))
            if details.get("off"):
                messages.success(request, _taken_off(details["off"]))
            return redirect("consent:class_lists", organisation.slug)
    context = {"form": form, "wrong": wrong}
    return page(request, "consent/pupils_file.html", context, status=422 if form.errors else None)


@requires(P.CONSENT_EDIT)
def settings(request, organisation):
    return edited(
        request,
        acts.settings_of(organisation),
        lock=lambda row: acts.settings_of(organisation, is_locked=True),
        form_of=lambda row, data=None: SettingsForm(data, instance=row),
        save=lambda form: acts.change_settings(organisation, form.values(), by=request.user, at=timezone.now()),
        template="consent/class_settings.html",
        context={},
        back=reverse("consent:class_lists", args=[organisation.slug]),
    )


def _class_named(organisation, name):
    found = ClassList.objects.of(organisation).filter(name=name).first()
    if found is None:
        raise Http404
    return found


def _subject(class_list):
    return class_list.pk if class_list else "class lists"


def _named(purposes):
    return [(purpose, purpose.name(get_language())) for purpose in purposes]


def _brought_in(count, new, changed):
    words = ngettext(
        "%(count)d pupil read: %(new)d new, %(changed)d changed.",
        "%(count)d pupils read: %(new)d new, %(changed)d changed.",
        count,
    )
    return words % {"count": count, "new": new, "changed": changed}


def _taken_off(count):
    words = ngettext("%(count)d pupil was taken off the list.", "%(count)d pupils were taken off the lists.", count)
    return words % {"count": count}
