"""The library: one page per kind of item, and the starter set."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from core.htmx import page
from register import adequacy, kinds, library_loading, models, showing
from register.forms import library as forms

from . import shared
from .columns import label_tag

FORMS = {
    form.Meta.model: form
    for form in (
        forms.DataCategoryForm,
        forms.SubjectCategoryForm,
        forms.MeasureForm,
        forms.RetentionRuleForm,
        forms.LawForm,
        forms.CountryForm,
        forms.InternalRoleForm,
        forms.LabelForm,
    )
}


def _kind(slug):
    kind = kinds.BY_SLUG.get(slug)
    if kind is None or not kind.in_library:
        raise Http404
    return kind


def tabs(organisation, active=None):
    return [
        {"url": kind.list_url(organisation), "label": kind.title, "active": kind is active, "count": None}
        for kind in kinds.LIBRARY
    ]


@require_safe
@requires(P.REGISTER_VIEW)
def library(request, organisation):
    """What there is of each kind, and whether Dertig has something new to bring."""
    shelves = []
    for kind in kinds.LIBRARY:
        counts = kind.model.objects.of(organisation).aggregate(
            current=Count("pk", filter=Q(retired_on=None)), retired=Count("pk", filter=Q(retired_on__isnull=False))
        )
        shelves.append({"kind": kind, "url": kind.list_url(organisation), **counts})
    may_edit = request.membership.can(P.LIBRARY_EDIT)
    context = {
        "shelves": shelves,
        "waiting": library_loading.waiting(organisation) if may_edit else 0,
        "may_edit": may_edit,
    }
    return page(request, "register/library/overview.html", context)


@require_POST
@requires(P.LIBRARY_EDIT)
def library_load(request, organisation):
    added = library_loading.load(organisation, by=request.user, at=timezone.now())
    words = ngettext("%(count)s item was added to your library.", "%(count)s items were added to your library.", added)
    messages.success(request, words % {"count": added})
    return redirect("register:library", organisation.slug)


@require_safe
@requires(P.REGISTER_VIEW)
def rows(request, organisation, kind):
    kind = _kind(kind)
    return shared.list_page(request, organisation, kind, more={"tabs": tabs(organisation, kind)})


@require_safe
@requires(P.REGISTER_VIEW)
def item(request, organisation, kind, item):
    kind = _kind(kind)
    form = FORMS[kind.model]
    if past := shared.past_day(request):
        return shared.past_page(request, organisation, kind, item, past, form)
    row = shared.row_or_404(kind, organisation, item)
    context = shared.detail(request, organisation, kind, row) | {
        "facts": showing.facts(row, form.Meta.fields, organisation, form.references),
        "others": _others(row, organisation),
    }
    if kind.model is models.Country:
        context |= {"decisions": _decisions(row, timezone.localdate())}
    if kind.model is models.Label:
        context |= {"look": label_tag(row)}
    return page(request, "register/library/detail.html", context)


@requires(P.LIBRARY_EDIT)
def new(request, organisation, kind):
    kind = _kind(kind)
    return shared.form_page(request, organisation, kind, FORMS[kind.model])


@requires(P.LIBRARY_EDIT)
def edit(request, organisation, kind, item):
    kind = _kind(kind)
    row = shared.row_or_404(kind, organisation, item)
    return shared.form_page(request, organisation, kind, FORMS[kind.model], row=row)


@requires(P.LIBRARY_EDIT)
def retire(request, organisation, kind, item):
    kind = _kind(kind)
    return shared.retire_page(request, organisation, kind, shared.row_or_404(kind, organisation, item))


@require_POST
@requires(P.LIBRARY_EDIT)
def bring_back(request, organisation, kind, item):
    kind = _kind(kind)
    return shared.return_act(request, organisation, kind, shared.row_or_404(kind, organisation, item))


@requires(P.LIBRARY_EDIT)
def delete(request, organisation, kind, item):
    kind = _kind(kind)
    return shared.delete_page(request, organisation, kind, shared.row_or_404(kind, organisation, item))


OTHERS = {
    models.Country: ((models.Party, "country"), (models.System, "hosting_country")),
    models.Label: ((models.Party, "label_rows__label"), (models.System, "label_rows__label")),
}
SHOWN = 50


def _others(row, organisation):
    """Parties and systems that use an item: (kind, first fifty with their address, how many). Two queries each."""
    found = []
    for model, path in OTHERS.get(type(row), ()):
        kind = kinds.BY_MODEL[model]
        using = model.objects.of(organisation).filter(**{path: row}).order_by("name")
        count = using.count()
        if count:
            found.append((kind, [(one, kind.url(organisation, one.pk)) for one in using[:SHOWN]], count))
    return found


def _decisions(country, on):
    return [_fact_of_law(one, on) for one in adequacy.decisions_ever(country.code)]


def _fact_of_law(one, on):
    """A dated fact in the reader's language, and whether it holds today."""
    language = get_language() or "nl"
    scope = one.scope(language) if isinstance(one, adequacy.Decision) else ""
    words = {"name": one.named(language), "note": one.note(language), "scope": scope}
    return {"fact": one, "holds": one.holds_on(on), **words}
