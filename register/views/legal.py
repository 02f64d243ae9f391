"""The dated facts of law: what each says today and said before, its source, and who checked it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from register import legal
from register.actions import legal as actions
from register.forms.legal import LegalValueForm
from register.models import LegalValue

from .library import tabs


@require_safe
@requires(Permission.REGISTER_VIEW)
def facts(request, organisation):
    on = timezone.localdate()
    shown = [_told(fact, on) for fact in legal.facts(organisation)]
    shown.sort(key=lambda told: told["name"].lower())
    doubtful = [told for told in shown if told["open"]]
    only_open = request.GET.get("checked") == "no"
    listed = doubtful if only_open else shown
    context = {
        "numbers": [told for told in listed if not told["fact"].is_decision],
        "decisions": [told for told in listed if told["fact"].is_decision],
        "doubtful": len(doubtful),
        "only_open": only_open,
        "tabs": tabs(organisation),
    }
    return page(request, "register/legal/facts.html", context)


@require_safe
@requires(Permission.REGISTER_VIEW)
def fact(request, organisation, fact):
    """One fact: every value it had, and what can be done about it."""
    on = timezone.localdate()
    found = _fact(organisation, fact)
    context = _told(found, on) | {
        "values": [_said(found, said, on) for said in found.values],
        "may_edit": request.membership.can(Permission.LAW_EDIT),
    }
    return page(request, "register/legal/fact.html", context)


@requires(Permission.LAW_EDIT)
def new(request, organisation, fact):
    found = _fact(organisation, fact)
    row = LegalValue(organisation=organisation, fact=found.code)
    form = LegalValueForm(request.POST or None, instance=row, fact=found)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        actions.add(row, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The value is kept. It stays on the dashboard until somebody has checked it."))
        return redirect("register:legal_fact", organisation.slug, found.code)
    context = _told(found, timezone.localdate()) | {"form": form}
    return page(request, "register/legal/new.html", context, status=422 if form.errors else None)


@require_POST
@requires(Permission.LAW_EDIT)
def confirm(request, organisation, fact):
    now = timezone.now()
    found = _fact(organisation, fact)
    said = _posted(request, found)
    actions.confirm(organisation, found, said, by=request.user, at=now, on=timezone.localdate(now))
    messages.success(request, _("Noted: you checked this value against its source."))
    return redirect("register:legal_fact", organisation.slug, found.code)


@require_POST
@requires(Permission.LAW_EDIT)
def doubt(request, organisation, fact):
    found = _fact(organisation, fact)
    actions.doubt(organisation, found, _posted(request, found), by=request.user, at=timezone.now())
    messages.success(request, _("Noted: this value is not checked any more."))
    return redirect("register:legal_fact", organisation.slug, found.code)


@require_POST
@requires(Permission.LAW_EDIT)
def remove(request, organisation, fact):
    found = _fact(organisation, fact)
    actions.remove(found, _posted(request, found), by=request.user, at=timezone.now())
    messages.success(request, _("The value is taken away. Its history stays."))
    return redirect("register:legal_fact", organisation.slug, found.code)


def _fact(organisation, code):
    found = next((one for one in legal.facts(organisation) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _posted(request, found):
    """The value that was meant; without a word about which, the one that holds or comes last."""
    key = request.POST.get("value", found.values[0].key)
    said = next((one for one in found.values if one.key == key), None)
    if said is None:
        raise Http404
    return said


def _told(found, on):
    """A fact in the reader's language, with what holds today; `open` when something of it was never checked."""
    language, now = get_language() or "nl", found.on(on)
    return {
        "fact": found,
        "name": found.named(language),
        "scope": found.scope(language),
        "now": _said(found, now, on) if now else None,
        "coming": next((_said(found, said, on) for said in reversed(found.values) if said.valid_from > on), None),
        "open": any(not said.confirmed for said in found.values if said.valid_until is None or said.valid_until > on),
    }


def _said(found, said, on):
    return {
        "said": said,
        "words": found.words(said.value),
        "note": said.note(get_language() or "nl"),
        "holds": said.holds_on(on),
        "coming": said.valid_from > on,
    }
