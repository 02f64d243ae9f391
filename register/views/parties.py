"""Pages of parties, agreements, systems and documents."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import files
from accounts.access import requires
from accounts.permissions import Permission as P
from core import uploads
from core.htmx import page
from register import agreement_state, kinds, law, models, showing
from register.forms.parties import AgreementForm, DocumentForm, PartyForm, SystemForm

from . import shared
from .columns import label_tag

PARTY, SYSTEM = kinds.BY_MODEL[models.Party], kinds.BY_MODEL[models.System]
AGREEMENT, DOCUMENT = kinds.BY_MODEL[models.Agreement], kinds.BY_MODEL[models.Document]
FORMS = {"parties": PartyForm, "systems": SystemForm, "agreements": AgreementForm, "documents": DocumentForm}
RELATED = {
    "parties": ("country", "merged_into"),
    "systems": ("supplier", "hosting_country", "merged_into"),
    "agreements": ("party", "document"),
    "documents": ("file",),
}


def _row(organisation, kind, **keys):
    """The row that the address names; the name of its key says only which kind it is."""
    [key] = keys.values()
    return shared.row_or_404(kinds.BY_SLUG[kind], organisation, key, *RELATED[kind])


def _as_it_stood(request, organisation, kind, key, day):
    return shared.past_page(request, organisation, kind, key, day, FORMS[kind.slug], *RELATED[kind.slug])


@require_safe
@requires(P.REGISTER_VIEW)
def rows(request, organisation, kind):
    return shared.list_page(request, organisation, kinds.BY_SLUG[kind])


@requires(P.REGISTER_EDIT)
def new(request, organisation, kind):
    initial = {"party": request.GET["party"]} if kind == "agreements" and _is_id(request.GET.get("party")) else None
    keep = _keep_file(request) if kind == "documents" else None
    return shared.form_page(request, organisation, kinds.BY_SLUG[kind], FORMS[kind], keep=keep, initial=initial)


@requires(P.REGISTER_EDIT)
def edit(request, organisation, kind, **keys):
    row = _row(organisation, kind, **keys)
    keep = _keep_file(request) if kind == "documents" else None
    return shared.form_page(request, organisation, kinds.BY_SLUG[kind], FORMS[kind], row=row, keep=keep)


@requires(P.REGISTER_EDIT)
def retire(request, organisation, kind, **keys):
    return shared.retire_page(request, organisation, kinds.BY_SLUG[kind], _row(organisation, kind, **keys))


@require_POST
@requires(P.REGISTER_EDIT)
def bring_back(request, organisation, kind, **keys):
    return shared.return_act(request, organisation, kinds.BY_SLUG[kind], _row(organisation, kind, **keys))


@requires(P.REGISTER_EDIT)
def delete(request, organisation, kind, **keys):
    return shared.delete_page(request, organisation, kinds.BY_SLUG[kind], _row(organisation, kind, **keys))


@require_safe
@requires(P.REGISTER_VIEW)
def party(request, organisation, party):
    if past := shared.past_day(request):
        return _as_it_stood(request, organisation, PARTY, party, past)
    row = _row(organisation, "parties", key=party)
    on = timezone.localdate()
    current = list(row.agreements.filter(retired_on=None).select_related("document").order_by("-valid_from", "pk"))
    roles = models.RecipientLine.objects.order_by().filter(party=row).exclude(role="").values_list("role", flat=True)
    roles = sorted(set(roles))
    context = shared.detail(request, organisation, PARTY, row) | {
        "facts": _facts(row, PartyForm, organisation),
        "labels": _labels(row),
        "roles": [law.RecipientRole(role).label for role in roles],
        "agreement_state": agreement_state.party_state(roles, current, on),
        "agreements": [_agreement_view(one, organisation, on) for one in current],
        "new_agreement_url": f"{AGREEMENT.new_url(organisation)}?party={row.pk}",
        "systems": [(one, SYSTEM.url(organisation, one.pk)) for one in row.systems.order_by("name")],
        "merged": [(one, PARTY.url(organisation, one.pk)) for one in row.merged.order_by("name")],
        "merged_into_url": PARTY.url(organisation, row.merged_into_id) if row.merged_into_id else "",
        "merge_url": PARTY.url(organisation, row.pk, "merge_with"),
    }
    return page(request, "register/parties/detail.html", context)


@require_safe
@requires(P.REGISTER_VIEW)
def system(request, organisation, system):
    if past := shared.past_day(request):
        return _as_it_stood(request, organisation, SYSTEM, system, past)
    row = _row(organisation, "systems", key=system)
    context = shared.detail(request, organisation, SYSTEM, row) | {
        "facts": _facts(row, SystemForm, organisation),
        "labels": _labels(row),
        "merged": [(one, SYSTEM.url(organisation, one.pk)) for one in row.merged.order_by("name")],
        "merged_into_url": SYSTEM.url(organisation, row.merged_into_id) if row.merged_into_id else "",
        "merge_url": SYSTEM.url(organisation, row.pk, "merge_with"),
    }
    return page(request, "register/systems/detail.html", context)


@require_safe
@requires(P.REGISTER_VIEW)
def agreement(request, organisation, agreement):
    if past := shared.past_day(request):
        return shared.past_page(
            request, organisation, AGREEMENT, agreement, past, AgreementForm, *RELATED["agreements"]
        )
    row = _row(organisation, "agreements", key=agreement)
    terms = ["sub_processors", "breach_notice_hours"]
    context = shared.detail(request, organisation, AGREEMENT, row) | {
        "facts": _facts(row, AgreementForm, organisation, terms),
        "terms": showing.facts(row, terms, organisation, AgreementForm.references),
        **_agreement_view(row, organisation, timezone.localdate()),
    }
    return page(request, "register/agreements/detail.html", context)


@require_safe
@requires(P.REGISTER_VIEW)
def document(request, organisation, document):
    if past := shared.past_day(request):
        return _as_it_stood(request, organisation, DOCUMENT, document, past)
    row = _row(organisation, "documents", key=document)
    related = models.Agreement.objects.of(organisation).filter(document=row).select_related("party")
    context = shared.detail(request, organisation, DOCUMENT, row) | {
        "facts": _facts(row, DocumentForm, organisation),
        "file": row.file,
        "file_url": DOCUMENT.url(organisation, row.pk, "file"),
        "agreements": [(one, AGREEMENT.url(organisation, one.pk)) for one in related],
    }
    return page(request, "register/documents/detail.html", context)


@require_safe
@requires(P.REGISTER_VIEW)
def document_file(request, organisation, document):
    """The kept file itself; that it was handed out is recorded."""
    row = _row(organisation, "documents", key=document)
    if row.file is None:
        raise Http404
    return files.hand_out(request, row.file)


def _facts(row, form_class, organisation, without=("name", "title")):
    """All fields but the one that is the heading of the page."""
    names = [name for name in form_class.Meta.fields if name not in without]
    return showing.facts(row, names, organisation, form_class.references)


def _labels(row):
    return [label_tag(link.label) for link in row.label_rows.select_related("label").order_by("label__name")]


def _agreement_view(row, organisation, on):
    """An agreement with its state and checklist, for its own page and that of its party."""
    return {
        "agreement": row,
        "agreement_url": AGREEMENT.url(organisation, row.pk),
        "state": agreement_state.state(row, on),
        "checklist": _checklist(row),
        "missing": len(row.missing_clauses()),
    }


def _checklist(row):
    if row.kind != models.Agreement.Kind.PROCESSING:
        return []
    return [(clause.label, row.clauses.get(clause.value, "")) for clause in law.AgreementClause]


def _keep_file(request):
    def keep(form, row):
        upload = form.cleaned_data.get("upload")
        if upload:
            row.file = files.keep(
                row.organisation,
                uploads.safe_name(upload.name),
                upload,
                content_type=form.content_type,
                by=request.user,
                at=timezone.now(),
            )

    return keep


def _is_id(text):
    try:
        models.Party._meta.pk.to_python(text)
    except Exception:  # an address may say anything
        return False
    return bool(text)
