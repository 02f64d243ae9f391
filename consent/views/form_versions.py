"""One published version of a consent form: as people saw it, on paper, and in figures."""

import io

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from consent import form_figures, paper
from consent.kinds import Channel
from consent.models import ConsentForm, FormVersion, WordingVersion
from core import uploads
from core.htmx import page

from .consent_forms import form_of, preview


def version_of(request, consent_form, number):
    """The form and its version that the address names. Two queries."""
    row = form_of(request, consent_form)
    found = row.versions.select_related("organisation", "form", "published_by")
    return row, get_object_or_404(found, number=number)


@require_safe
@requires(P.CONSENT_VIEW)
def show(request, organisation, consent_form, number):
    row, version = version_of(request, consent_form, number)
    content = version.content
    wordings = WordingVersion.objects.in_bulk([choice["wording"] for choice in content["choices"]])
    by_id = {str(key): found for key, found in wordings.items()}
    context = {
        "row": row,
        "title": row.titled(get_language()),
        "version": version,
        "content": content,
        "choices": [
            (choice, Channel(choice["channel"]).label, by_id.get(choice["wording"])) for choice in content["choices"]
        ],
        "preview": preview(request, content, content["shown"].get),
        "papers": version.papers,
        "code": paper.code(version),
        "months": form_figures.by_month(version),
    }
    return page(request, "consent/form_version.html", context)


@require_safe
@requires(P.CONSENT_VIEW)
def on_paper(request, organisation, consent_form, number):
    """The printed form, in the language asked for."""
    _row, version = version_of(request, consent_form, number)
    language = request.GET.get("language", version.languages[0])
    if language not in version.languages:
        raise Http404
    content = paper.make(version, language)
    name = f"{version.form.slug}-{version.number}-{language}.pdf"
    return uploads.attachment(io.BytesIO(content), name, "application/pdf")


@require_safe
@requires(P.CONSENT_VIEW)
def figures_file(request, organisation, consent_form):
    """The figures of all versions as CSV; that it was taken along is an event."""
    row = form_of(request, consent_form)
    content = form_figures.to_csv(row, get_language())
    events.record(Event.Kind.DOWNLOADED, request=request, subject=row.pk, details={"form": row.slug, "what": "figures"})
    return uploads.attachment(io.BytesIO(content), f"{row.slug}-{_('figures')}.csv", "text/csv")


@require_safe
@requires(P.CONSENT_VIEW)
def found(request, organisation):
    """From the code on a paper to the version that it shows; back to the list when there is none."""
    said = paper.read_code(request.GET.get("code", ""))
    if said is not None:
        slug, number = said
        seen = ConsentForm.objects.visible_to(request.membership).filter(slug=slug)
        version = FormVersion.objects.filter(form__in=seen, number=number).first()
        if version is not None:
            return redirect("consent:form_version", organisation.slug, version.form_id, version.number)
    messages.error(request, _("No form has this code. It stands beside the square on the paper: “newsletter/3”."))
    return redirect("consent:forms", organisation.slug)
