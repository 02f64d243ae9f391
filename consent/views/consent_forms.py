"""Building forms on which people give consent: words, choices, what keeps one from being published, publishing."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import form_figures, offering
from consent.actions import consent_forms as acts
from consent.actions import versions
from consent.forms.consent_forms import ChoiceForm, EditForm, StartForm
from consent.models import ConsentForm, FormVersion, Wording
from core.addresses import full_address, in_full
from core.htmx import page
from core.refusal import Refused
from register.views.editing import edited

from .wordings import revision_seen


def form_of(request, key):
    """The form that the address names. One query."""
    seen = ConsentForm.objects.visible_to(request.membership)
    return get_object_or_404(seen.select_related("organisation", "notice", "point"), pk=key)


@require_safe
@requires(P.CONSENT_VIEW)
def index(request, organisation):
    seen = ConsentForm.objects.visible_to(request.membership)
    in_use = FormVersion.objects.filter(form__in=seen, valid_until=None).select_related("form")
    shown = {version.form_id: version for version in in_use}
    behind = offering.behind(in_use, on=timezone.localdate())
    rows = [(row, row.titled(get_language()), shown.get(row.pk)) for row in seen]
    can_ask = bool(rows) or _wordings(request).filter(versions__valid_until=None, versions__isnull=False).exists()
    return page(request, "consent/forms.html", {"rows": rows, "behind": behind, "can_ask": can_ask})


@requires(P.CONSENT_EDIT)
def new(request, organisation):
    form = StartForm(request.POST or None, instance=ConsentForm(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        row = acts.make(form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("The form is there. Now choose what people are asked."))
        return redirect("consent:form", organisation.slug, row.pk)
    return page(request, "consent/form_new.html", {"form": form}, status=422 if form.errors else None)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, consent_form):
    row = form_of(request, consent_form)
    return _shown(request, row, ChoiceForm(wordings=_wordings(request)))


def _shown(request, row, form, status=None):
    at = timezone.now()
    choices = acts.choices_of(row, at=at, language=get_language())
    notice = offering.notice_in_force(row, timezone.localdate(at))
    version = versions.in_use(row, at)
    street = [row.organisation.slug, row.slug]
    page_address = full_address("portal:consent_form", *street)
    blockers = offering.blockers(row, choices, notice)
    outdated = list(offering.outdated(version, notice, at=at)) if version else []
    changed = bool(version) and not blockers and not offering.is_as_published(version, row, choices, notice)
    context = {
        "row": row,
        "title": row.titled(get_language()),
        "choices": choices,
        "form": form,
        "blockers": blockers,
        "version": version,
        "outdated": outdated,
        "changed": changed and not outdated and not row.retired_on,
        "can_publish": not blockers and (changed or version is None),
        "versions": form_figures.of_versions(row),
        "page_address": page_address,
        "fragment_address": full_address("portal:consent_fragment", *street),
        "script": _script(page_address, row.titled(get_language())),
    }
    return page(request, "consent/form.html", context, status=status)


def _script(address, title):
    """What somebody puts into their own page: a link, which the script turns into the form. Under the script's plain
    name: it stays the same when the file changes."""
    source = in_full(f"{settings.STATIC_URL}js/embed.js")
    return f'<a href="{address}" data-dertig-form>{escape(title)}</a>\n<script src="{source}" async></script>'


def _wordings(request):
    return Wording.objects.visible_to(request.membership).filter(retired_on=None)


@requires(P.CONSENT_EDIT)
def edit(request, organisation, consent_form):
    found = _open(form_of(request, consent_form))
    return edited(
        request,
        found,
        lock=acts.locked,
        form_of=lambda row, data=None: EditForm(data, instance=row),
        save=lambda form: acts.change(found, form.values(), by=request.user, at=timezone.now()),
        template="consent/form_edit.html",
        context={"row": found},
        back=reverse("consent:form", args=[organisation.slug, found.pk]),
        said=_("Saved. People see it after you publish it."),
    )


@requires(P.CONSENT_EDIT)
def add_choice(request, organisation, consent_form):
    row = _open(form_of(request, consent_form))
    if request.method != "POST":
        return redirect("consent:form", organisation.slug, row.pk)
    form = ChoiceForm(request.POST, wordings=_wordings(request))
    if not form.is_valid():
        return _shown(request, row, form, status=422)
    said = form.cleaned_data
    acts.add_choice(row, said["wording"], said["channel"], by=request.user, at=timezone.now())
    return redirect("consent:form", organisation.slug, row.pk)


@require_POST
@requires(P.CONSENT_EDIT)
def change_choice(request, organisation, consent_form, choice):
    """Take a choice away, or move it up."""
    row = _open(form_of(request, consent_form))
    found = get_object_or_404(row.choices.select_related("form__organisation"), pk=choice)
    act = acts.move_up if request.POST.get("act") == "up" else acts.remove_choice
    act(found, by=request.user, at=timezone.now())
    return redirect("consent:form", organisation.slug, row.pk)


@requires(P.CONSENT_EDIT)
def publish(request, organisation, consent_form):
    """What people will see, and what stops it; then it is done."""
    row = _open(form_of(request, consent_form))
    at = timezone.now()
    if request.method == "POST":
        version = acts.publish(row, revision=revision_seen(request), by=request.user, at=at)
        messages.success(request, _("Version %(number)d is what people see now.") % {"number": version.number})
        return redirect("consent:form", organisation.slug, row.pk)
    choices = acts.choices_of(row, at=at, language=get_language())
    notice = offering.notice_in_force(row, timezone.localdate(at))
    blockers = offering.blockers(row, choices, notice)
    content = None if blockers else offering.content(row, choices, notice)
    context = {
        "row": row,
        "blockers": blockers,
        "preview": preview(request, content, lambda language: acts.shown(content, language)) if content else None,
        "before": versions.in_use(row, at),
    }
    return page(request, "consent/form_publish.html", context)


def preview(request, content, boxes):
    """The form as people see it, in one language at a time: `boxes` gives its HTML, made by `acts.shown`."""
    languages = list(content["texts"])
    asked = request.GET.get("language", get_language())
    language = asked if asked in languages else languages[0]
    return {
        "language": language,
        "languages": languages,
        "text": content["texts"][language],
        "boxes": mark_safe(boxes(language)),
    }


@requires(P.CONSENT_EDIT)
def end(request, organisation, consent_form):
    row = _open(form_of(request, consent_form))
    if request.method == "POST":
        acts.end(row, by=request.user, at=timezone.now(), on=timezone.localdate())
        messages.success(request, _("The form is taken away. What was given with it stays."))
        return redirect("consent:forms", organisation.slug)
    return page(request, "consent/form_end.html", {"row": row})


def _open(row):
    if row.retired_on is not None:
        raise Refused(_("This form was taken away, so it can no longer be changed."))
    return row
