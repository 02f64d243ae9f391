"""Where images were published, who can be seen, and what must come down."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event, Membership
from accounts.permissions import Permission as P
from consent.actions import publications as acts
from consent.actions import recording
from consent.forms.publications import DownForm, PublicationForm, SeenForm, SomebodyForm
from consent.models import Appearance, ClassList, ConsentPurpose, Publication, Pupil
from consent.school import pupils, take_downs
from core.htmx import page
from register.views.editing import edited


def publication_of(request, key):
    seen = Publication.objects.visible_to(request.membership).select_related("organisation", "purpose", "owner")
    return get_object_or_404(seen, pk=key)


@require_safe
@requires(P.CONSENT_RECORD)
def index(request, organisation):
    """The places, and on top what must come down."""
    at = timezone.now()
    seen = Publication.objects.visible_to(request.membership)
    people = Count("appearances", filter=Q(appearances__down_on=None))
    rows = list(seen.select_related("purpose", "owner").annotate(people=people))
    for row in rows:
        row.purpose_name = row.purpose.name(get_language())
    tasks = take_downs.of(Appearance.objects.visible_to(request.membership), organisation, at=at)
    context = {"rows": rows, "tasks": tasks, "on": timezone.localdate(at)}
    return page(request, "consent/publications.html", context)


@requires(P.CONSENT_RECORD)
def make(request, organisation):
    publication = Publication(organisation=organisation, owner=request.user)
    form = _form(request, publication, request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.publish(form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("The place is there. Now say who can be seen in it."))
        return redirect("consent:publication", organisation.slug, form.instance.pk)
    context = {"form": form, "publication": None}
    return page(request, "consent/publication_form.html", context, status=422 if form.errors else None)


@requires(P.CONSENT_RECORD)
def edit(request, organisation, publication):
    found = publication_of(request, publication)
    rows = Publication.objects.select_for_update(of=("self",)).select_related("organisation")
    return edited(
        request,
        found,
        lock=lambda row: rows.get(pk=row.pk),
        form_of=lambda row, data=None: _form(request, row, data),
        save=lambda form: acts.change(found, form.values(), by=request.user, at=timezone.now()),
        template="consent/publication_form.html",
        context={"publication": found},
        back=reverse("consent:publication", args=[organisation.slug, found.pk]),
    )


def _form(request, publication, data=None):
    on = timezone.localdate()
    return PublicationForm(
        data,
        instance=publication,
        purposes=ConsentPurpose.objects.visible_to(request.membership),
        members=Membership.objects.on(on).of(publication.organisation).values("user"),
        language=get_language(),
        initial={"published_on": on} if publication._state.adding else None,
    )


@requires(P.CONSENT_RECORD)
def show(request, organisation, publication):
    """Who can be seen; POST adds somebody by address or number."""
    found, at = publication_of(request, publication), timezone.now()
    form = SomebodyForm(request.POST or None, country=organisation.country, initial={"kind": "number"})
    if request.method == "POST" and form.is_valid():
        who = (organisation, form.cleaned_data["kind"], form.cleaned_data["value"])
        person = recording.find_or_add(*who, at=at, country=organisation.country)
        return _added(request, found, [person], at)
    rows = list(found.appearances.select_related("person").order_by("added_on", "pk"))
    open_ = found.appearances.filter(down_on=None)
    tasks = {task.appearance.pk: task for task in take_downs.of(open_, organisation, at=at)}
    names = _names(rows)
    if names:
        events.record(Event.Kind.PERSON_SEEN, request=request, subject=found.pk, details={"people": len(names)}, at=at)
    people = [(row, names.get(row.person_id, ""), tasks.get(row.pk)) for row in rows]
    context = {
        "publication": found,
        "purpose_name": found.purpose.name(get_language()),
        "people": people,
        "classes": ClassList.objects.of(organisation).filter(pupils__isnull=False).distinct(),
        "form": form,
        "on": timezone.localdate(at),
    }
    return page(request, "consent/publication.html", context, status=422 if form.errors else None)


def _names(rows):
    listed = Pupil.objects.filter(person__in=[row.person_id for row in rows]).select_related("person__key_row")
    called = pupils.told_apart({pupil: pupils.known_of(pupil)[0] for pupil in listed})
    return {pupil.person_id: name for pupil, name in called.items()}


@requires(P.CONSENT_RECORD)
def add(request, organisation, publication, class_list):
    """Pupils of a class who can be seen, by ticking them."""
    found, at = publication_of(request, publication), timezone.now()
    chosen = get_object_or_404(ClassList.objects.of(organisation), pk=class_list)
    rows = pupils.rows(Pupil.objects.filter(class_list=chosen), [found.purpose], organisation, at=at)
    form = SeenForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        return _added(request, found, form.chosen(), at)
    events.record(Event.Kind.PERSON_SEEN, request=request, subject=chosen.pk, details={"people": len(rows)}, at=at)
    context = {"publication": found, "class_list": chosen, "form": form}
    return page(request, "consent/publication_people.html", context, status=422 if form.errors else None)


def _added(request, publication, people, at):
    count = acts.show_in(publication, people, by=request.user, at=at, on=timezone.localdate(at))
    words = ngettext("%(count)d person was added.", "%(count)d people were added.", count) % {"count": count}
    messages.success(request, words)
    return redirect("consent:publication", publication.organisation.slug, publication.pk)


@requires(P.CONSENT_RECORD)
def take_down(request, organisation, appearance):
    seen = Appearance.objects.visible_to(request.membership)
    found = get_object_or_404(seen.select_related("publication__organisation"), pk=appearance)
    back = reverse("consent:publication", args=[organisation.slug, found.publication_id])
    form, at = DownForm(request.POST if request.method == "POST" else None), timezone.now()
    if request.method == "POST" and form.is_valid():
        acts.take_down(found, note=form.cleaned_data["note"], by=request.user, at=at, on=timezone.localdate(at))
        messages.success(request, _("It is recorded that the image is down."))
        return redirect(back)
    context = {
        "title": _("The image is down"),
        "question": _("Is the image of this person gone from “%(place)s”?") % {"place": found.publication.place},
        "kept": [_("where and when it was published, and that it was taken down today")],
        "action_label": _("It is down"),
        "cancel_url": back,
        "form": form,
    }
    return page(request, "consent/publication_confirm.html", context, status=422 if form.errors else None)
