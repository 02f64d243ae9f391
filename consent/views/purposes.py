"""The list of what people are asked consent for, and the page of one purpose."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from consent import figures, overview
from consent.actions import purposes as acts
from consent.forms.purposes import ChangeForm, MakeForm
from consent.models import ConsentPurpose
from core.htmx import page
from register.models import Activity
from register.views.editing import edited


def purpose_of(request, key):
    """The purpose that the address names. One query."""
    seen = ConsentPurpose.objects.visible_to(request.membership).select_related("organisation", "activity")
    return get_object_or_404(seen, pk=key)


@require_safe
@requires(P.CONSENT_VIEW)
def index(request, organisation):
    rows = ConsentPurpose.objects.visible_to(request.membership).select_related("organisation", "activity")
    found = overview.of(list(rows), language=get_language(), at=timezone.now())
    context = {
        "rows": [row for row in found if row.purpose.retired_on is None],
        "retired": [row for row in found if row.purpose.retired_on is not None],
    }
    return page(request, "consent/purposes.html", context)


@requires(P.CONSENT_EDIT)
def make(request, organisation):
    on = timezone.localdate()
    visible = Activity.objects.visible_to(request.membership)
    candidates = acts.candidates(organisation, on=on, visible=visible)
    form = MakeForm(request.POST or None, instance=ConsentPurpose(organisation=organisation), candidates=candidates)
    if request.method == "POST" and form.is_valid():
        purpose = acts.make(form.instance, by=request.user, at=timezone.now(), on=on)
        messages.success(request, _("The purpose is there. Now write what people read."))
        return redirect("consent:wording_new", organisation.slug, purpose.pk)
    context = {"form": form, "candidates": candidates}
    return page(request, "consent/purpose_new.html", context, status=422 if form.errors else None)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, purpose):
    found = purpose_of(request, purpose)
    [row] = overview.of([found], language=get_language(), at=timezone.now())
    wordings = [one.wording for one in row.wordings]
    numbers = figures.of_wordings(wordings)
    context = {"row": row, "purpose": found, "rows": [(one, numbers[one.wording.pk]) for one in row.wordings]}
    return page(request, "consent/purpose.html", context)


@requires(P.CONSENT_EDIT)
def edit(request, organisation, purpose):
    found = purpose_of(request, purpose)
    settled = acts.was_published(found)
    return edited(
        request,
        found,
        lock=lambda row: ConsentPurpose.objects.select_for_update(of=("self",)).get(pk=row.pk),
        form_of=lambda row, data=None: ChangeForm(data, instance=row, is_settled=settled),
        save=lambda form: acts.change(found, form.values(), by=request.user, at=timezone.now()),
        template="consent/purpose_edit.html",
        context={"purpose": found},
        back=reverse("consent:purpose", args=[organisation.slug, found.pk]),
    )


@require_POST
@requires(P.CONSENT_EDIT)
def retire(request, organisation, purpose):
    found = purpose_of(request, purpose)
    acts.retire(found, by=request.user, at=timezone.now(), on=timezone.localdate())
    messages.success(request, _("Nobody is asked for this any more. What was given stays, and can be withdrawn."))
    return redirect("consent:purpose", organisation.slug, found.pk)
