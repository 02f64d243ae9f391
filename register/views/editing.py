"""Editing what somebody else may be editing too.

The one rule: what is sent is held against the row as it stands now, locked: two people overwrite nothing unseen.
"""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.htmx import page
from register import row_history


def edited(request, found, *, lock, form_of, save, template, context, back, said=None, records=None):
    """The form of a row: shown, or saved and then on to `back`. `lock(found)` reads the row for writing, `form_of(row,
    data=None)` makes the form (with `register.forms.conflict.Remembering`), `save(form)` does the act. `records` is the
    history of what the form writes, when that is not the row itself.
    """
    if request.method == "POST":
        with transaction.atomic():
            form = form_of(lock(found), request.POST)
            if form.is_valid():
                save(form)
        if not form.errors:
            messages.success(request, said or _("Saved."))
            return redirect(back)
        status = 409 if form.clashes else 422
    else:
        form, status = form_of(found), None
    last = None
    if form.clashes:
        last = row_history.last_of(records) if records and records.exists() else row_history.last_change(found)
    return page(request, template, {**context, "form": form, "last": last}, status=status)
