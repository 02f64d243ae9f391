"""Files of a breach: for those who handle it only, handed out as downloads, each of which is recorded."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from breaches.actions import attaching
from breaches.forms.report import FilesForm

from .found import breach_of, shown


@requires(Permission.BREACHES_HANDLE)
def files(request, organisation, breach):
    found = breach_of(request, breach)
    form = FilesForm(None, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["files"]
        if uploads:
            for upload in uploads:
                attaching.attach(found, upload, by=request.user, at=timezone.now())
            messages.success(request, _("The files are kept, encrypted."))
            return redirect("breaches:files", organisation.slug, found.pk)
        form.add_error("files", forms.ValidationError(_("Choose a file first.")))
    context = {"form": form, "files": attaching.named(found), "details_gone": found.key_row.key is None}
    return shown(request, found, "breaches/files.html", context, status=422 if form.errors else None)


@require_safe
@requires(Permission.BREACHES_HANDLE)
def file(request, organisation, breach, attachment):
    found = breach_of(request, breach)
    row = get_object_or_404(
        found.attachments.select_related("file", "breach__key_row", "breach__organisation"), pk=attachment
    )
    return attaching.hand_out(request, row)
