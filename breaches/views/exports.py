"""The register of breaches as a file, and one breach as a PDF. Each download is recorded."""

import io

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from breaches.exports import making, pdf, reading
from breaches.models import Breach
from core import uploads
from core.forms import HouseForm
from core.htmx import page
from register.forms.exports import LANGUAGES

from .found import breach_of


class ExportForm(HouseForm, forms.Form):
    format = forms.ChoiceField(
        label=_("Format"),
        choices=list(making.FORMATS.items()),
        help_text=_(
            "PDF is what an authority asks for. Excel has a sheet for each kind of thing, CSV one row for each breach. "
            "JSON is for other programs."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


@require_safe
@requires(Permission.BREACHES_VIEW)
def register(request, organisation):
    asked = "format" in request.GET
    form = ExportForm(request.GET if asked else None, initial={"language": organisation.main_language})
    rows = Breach.objects.visible_to(request.membership).on_register()
    if asked and form.is_valid():
        at, format, language = timezone.now(), form.cleaned_data["format"], form.cleaned_data["language"]
        found = reading.read(organisation, rows, at=at)
        content = making.make(found, format, language)
        return _handed_out(request, found, content, format, language)
    context = {"form": form, "count": rows.count()}
    return page(request, "breaches/exports.html", context, status=422 if asked else None)


@require_safe
@requires(Permission.BREACHES_VIEW)
def single(request, organisation, breach):
    found = breach_of(request, breach)
    languages = dict(LANGUAGES)
    language = request.GET.get("language", "")
    language = language if language in languages else organisation.main_language
    rows = Breach.objects.visible_to(request.membership).filter(pk=found.pk)
    read = reading.read(organisation, rows, at=timezone.now())
    return _handed_out(request, read, pdf.single(read, language), "pdf", language, code=found.code)


def _handed_out(request, found, content, format, language, code=""):
    name = making.file_name(found.organisation, found.at, language, format, code)
    making.note_taken(
        found.organisation,
        name,
        content,
        format=format,
        language=language,
        count=len(found.entries),
        at=found.at,
        request=request,
    )
    return uploads.attachment(io.BytesIO(content), name, making.CONTENT_TYPES[format])
