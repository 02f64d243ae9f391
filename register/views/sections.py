"""Editing one section: in its place on the sheet with htmx, on a page of its own without."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import asks_for_part, go, is_page_of, page
from core.refusal import Refused
from register import activity_findings, clashes, editing, impact, reading, sheet
from register import sections as layout
from register.actions import saving
from register.actions.activities import Conflict
from register.forms.pickers import CREATABLE
from register.forms.pickers import made as made_row
from register.forms.rearranging import edited
from register.forms.sections import SectionForm, opened, sealed
from register.models import DataLine
from register.record import Standing

from .found import activity_of


@requires(Permission.REGISTER_EDIT)
def edit(request, organisation, pk, section):
    """GET asks; POST saves, or only rearranges the lines of the form (`_edit`), or settles a conflict (`pack`)."""
    activity = activity_of(request, pk)
    chosen = layout.BY_KEY.get(section)
    if chosen is None or chosen not in layout.for_kind(activity.kind):
        raise Http404
    if activity.ended_on is not None:
        raise Refused(_("This activity has ended and can no longer be changed."))
    if request.method == "POST":
        return _settled(request, activity, chosen) if "pack" in request.POST else _posted(request, activity, chosen)
    if "close" in request.GET and asks_for_part(request):
        if is_page_of(request):
            return go(request, _way_back(request, activity, chosen))
        return page(request, "register/activity/_section.html", _gathered(request, activity, chosen))
    form = SectionForm(activity, chosen, membership=request.membership, sensitivities=_kinds(activity))
    moved = form.show_line(request.GET.get("line", ""))
    return _asked(request, activity, form, moved=moved, added=bool(moved))


def _kinds(activity):
    """The kinds of data in the working copy; they decide which grounds a purpose needs. One query."""
    return set(DataLine.objects.filter(activity=activity).values_list("category__sensitivity", flat=True))


def _posted(request, activity, section):
    data, moved = request.POST, ""
    act, _sep, rest = data.get("_edit", "").partition(":")
    if act:
        name, _sep, index = rest.partition(":")
        if name not in section.line_names or act not in ("add", "open", "remove", "up", "down", "many"):
            raise Http404
        place = int(index[:9]) if index.isdecimal() else 0
        data = edited(data, name, act, place)
        moved = f"{name}-{_new_place(act, place, data, name)}"
    form = SectionForm.started(
        activity, section, membership=request.membership, data=data, sensitivities=_kinds(activity)
    )
    if form is None:
        raise Refused(_("This form cannot be read any more."), remedy=_("Open the section again and fill it in anew."))
    if act:
        form.hush()
        return _asked(request, activity, form, moved=moved, added=act in ("add", "many", "open"))
    if not form.is_valid():
        return _wrong(request, activity, form)
    if "_effect" in data:
        return _considered(request, activity, form)
    return _saved(request, activity, section, form.snapshot(), form.base, form.made, form=form)


def _wrong(request, activity, form):
    """The form with its mistakes takes the place of the form, also when only a look ahead was asked."""
    response = _asked(request, activity, form, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = f"#{form.section.key}", "outerHTML"
    return response


def _considered(request, activity, form):
    """What saving would change; nothing is saved."""
    try:
        effect = impact.of_saving(activity, form, request.membership, by=request.user, at=timezone.now())
    except ValidationError as error:
        form.blame(error)
        return _wrong(request, activity, form)
    form.hush()
    context = {"activity": activity, "section": form.section, "effect": effect}
    if request.headers.get("HX-Target", "").endswith("-effect"):
        return page(request, "register/findings/_effect.html", context)
    return _asked(request, activity, form, effect=effect)


def _new_place(act, place, data, name):
    last = int(data[f"{name}-total"]) - 1
    return {"add": last, "many": last, "up": max(place - 1, 0), "down": min(place + 1, last)}.get(act, min(place, last))


def _saved(request, activity, section, mine, base, made, *, choices=None, seen=None, form=None):
    try:
        merged = saving.save_section(
            activity, section.key, mine, base, made=made, by=request.user, at=timezone.now(), choices=choices
        )
    except Conflict as conflict:
        pack = {"mine": mine, "base": base, "chosen": choices or {}, "seen": seen or {}}
        return _conflict(request, activity, section, conflict.merged.clashes, made, pack)
    except ValidationError as error:
        if form is None:
            raise Refused(" ".join(error.messages)) from error
        form.blame(error)
        return _asked(request, activity, form, status=422)
    others = [clashes.told(clash, activity) for clash in merged.theirs]
    return _done(request, activity, section, others)


def _done(request, activity, section, others):
    if is_page_of(request) or not asks_for_part(request):
        saved = _("“%(section)s” of %(code)s is saved.")
        messages.success(request, saved % {"section": section.title, "code": activity.code})
        for other in others:
            messages.info(request, _other_words(other))
        return go(request, _way_back(request, activity, section))
    context = _gathered(request, activity_of(request, activity.pk), section)
    context |= {"oob": True, "just_saved": True, "others": [_other_words(other) for other in others]}
    return page(request, "register/activity/_saved.html", context)


def _asked_back(request):
    return request.POST.get("back") or request.GET.get("back", "")


def _way_back(request, activity, section):
    """The findings from which the form was opened, or else the sheet."""
    slug, back = activity.organisation.slug, _asked_back(request)
    if back.startswith(reverse("register:findings", args=[slug])):
        return back
    return f"{reverse('register:activity', args=[slug, activity.pk])}#{section.key}"


def _gathered(request, activity, section):
    standing = Standing(entry=reading.draft(activity))
    context = sheet.gathered(activity, standing, request.membership, on=timezone.localdate(), at=timezone.now())
    return context | {"view": next(view for view in context["sections"] if view.section == section)}


def _other_words(other):
    words = {"who": other.who or _("Somebody else"), "label": other.label, "before": other.base, "now": other.theirs}
    return _("Meanwhile %(who)s changed “%(label)s” from “%(before)s” to “%(now)s”.") % words


def _asked(request, activity, form, *, status=None, moved="", added=False, effect=None):
    context = {"activity": activity, "form": form, "section": form.section, "moved": moved, "added": added}
    context |= {"effect": effect, "back": _asked_back(request)} | _remarks(activity, form)
    return page(
        request,
        "register/activity/section.html",
        context,
        fragment="register/activity/_section_form.html",
        status=status,
    )


def _remarks(activity, form):
    """What the rules say about this section as it is saved. One query."""
    beside = activity_findings.of_section(activity, form.section, form.places, on=timezone.localdate())
    return {
        "findings": [one for one in beside if not one.accepted],
        "findings_accepted": [one for one in beside if one.accepted],
    }


def _conflict(request, activity, section, found, made, pack):
    """Somebody saved the same places meanwhile. Everything that was written travels along, signed."""
    pack |= {
        "of": [str(activity.pk), section.key, str(request.user.pk)],
        "made": [[row._meta.model_name, str(row.pk), str(row)] for row in made],
        "seen": pack["seen"] | {clash.key: clash.theirs for clash in found},
    }
    context = {
        "activity": activity,
        "section": section,
        "choices": [clashes.told(clash, activity, made) for clash in found],
        "unanswered": "pack" in request.POST,
        "pack": sealed(pack),
    }
    return page(
        request, "register/activity/conflict.html", context, fragment="register/activity/_conflict.html", status=409
    )


def _settled(request, activity, section):
    """A choice counts for the text that was shown beside it; what changed since is asked about again."""
    pack = opened(request.POST["pack"])
    if not pack or pack.get("of") != [str(activity.pk), section.key, str(request.user.pk)]:
        raise Refused(_("This form cannot be read any more."), remedy=_("Open the section again and fill it in anew."))
    found = editing.merge(pack["base"], pack["mine"], editing.snapshot(activity, section)).clashes
    given = pack["chosen"] | {
        clash.key: request.POST.get("all") or request.POST.get(f"choice-{clash.key}") or pack["chosen"].get(clash.key)
        for clash in found
    }
    shown = pack["seen"]
    choices = {clash.key: given[clash.key] for clash in found if shown.get(clash.key, ...) == clash.theirs}
    made = [_remade(activity, *row) for row in pack["made"]]
    return _saved(request, activity, section, pack["mine"], pack["base"], made, choices=choices, seen=shown)


def _remade(activity, model_name, key, name):
    model = next(model for model in CREATABLE if model._meta.model_name == model_name)
    row = made_row(model, activity.organisation, name, activity.language)
    row.pk = uuid.UUID(key)
    return row
