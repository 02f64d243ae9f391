"""Starting an activity from a template: its questions beside what it will say, and the organisation's own templates."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import checks
from register.actions import starting
from register.forms.starters import ActivityFieldsForm, OwnStarterForm, StartForm, offered_names
from register.models import OwnStarter
from register.starters import own as own_starters
from register.starters.filling import Filler
from register.starters.reading import of_language, starters
from register.words import language

from .found import activity_of

PREVIEW = "register/starters/_preview.html"


@requires(Permission.REGISTER_EDIT)
def starter(request, organisation, starter):
    """GET asks, and with answers in the address shows what they make of it; POST makes the draft."""
    chosen = starters().get(starter)
    if chosen is None:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET or None
    form = StartForm(sent, starter=chosen, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        made = starting.from_starter(
            organisation, chosen, form.answers(), by=request.user, at=timezone.now(), **form.given()
        )
        return _made(request, made)
    context = {
        "starter": chosen,
        "about": of_language(chosen.about, language()),
        "form": form,
        "names": offered_names(organisation, chosen.questions),
    }
    return _page(request, "register/starters/starter.html", context, _entry(form, chosen))


def _entry(form, chosen):
    """What the draft will say with the answers so far; the proposed ones when nothing was answered yet."""
    filler = Filler(form.organisation, at=timezone.now())
    if not form.is_bound:
        return filler.plan(chosen, {}).entry()
    given = form.given()  # reads the form, also where it is not valid yet
    return filler.plan(chosen, form.answers(), **given).entry()


def _page(request, template, context, entry):
    gaps = checks.gaps(entry, context["form"].organisation.language_codes)
    context |= {"entry": entry, "gaps": gaps}
    status = 422 if request.method == "POST" else None
    return page(request, template, context, fragment=PREVIEW, status=status)


def _made(request, made):
    messages.success(
        request, _("%(code)s is made. Read it through and correct what is different with you.") % {"code": made.code}
    )
    return redirect("register:activity", made.organisation.slug, made.pk)


@requires(Permission.REGISTER_EDIT)
def own(request, organisation, own):
    """The same for a template of the organisation itself, which asks nothing but whose the draft is."""
    chosen = get_object_or_404(OwnStarter.objects.of(organisation).in_use(), pk=own)
    form = ActivityFieldsForm(request.POST or None, membership=request.membership, initial={"name": chosen.name})
    if request.method == "POST" and form.is_valid():
        made = starting.from_own(chosen, by=request.user, at=timezone.now(), **form.of_activity())
        return _made(request, made)
    entry = own_starters.plan(Filler(organisation, at=timezone.now()), chosen).entry()
    return _page(request, "register/starters/own.html", {"own": chosen, "form": form}, entry)


@require_POST
@requires(Permission.LIBRARY_EDIT)
def retire(request, organisation, own):
    chosen = get_object_or_404(OwnStarter.objects.of(organisation).in_use(), pk=own)
    starting.retire_own(chosen, by=request.user, at=timezone.now(), on=timezone.localdate())
    messages.success(request, _("“%(name)s” is no longer offered.") % {"name": chosen.name})
    return redirect("register:activity_new", organisation.slug)


@requires(Permission.LIBRARY_EDIT)
def make(request, organisation, pk):
    """A template of an activity, for everybody who makes activities here."""
    found = activity_of(request, pk)
    form = OwnStarterForm(request.POST or None, activity=found)
    if request.method == "POST" and form.is_valid():
        starting.make_own(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The template “%(name)s” is made.") % form.cleaned_data)
        return redirect("register:activity_new", organisation.slug)
    context = {"activity": found, "form": form}
    return page(request, "register/starters/make.html", context, status=422 if form.errors else None)
