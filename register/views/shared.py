"""Pages that all shared rows have: the list, the form, retire, bring back, delete. One set for twelve kinds.

The address says which kind; `register.urls` hands it over. The gate is put on in `views.parties` and `views.library`,
since the library needs another permission than parties do.
"""

from contextlib import nullcontext

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission
from core.htmx import page
from register import extensions, past_rows, reading, row_history, showing, usage
from register.actions import shared
from register.models import Activity

from . import columns, filters, lists

USES_PER_PAGE = 25


def list_page(request, organisation, kind, *, more=None):
    """The list of a kind, today or on a past day. Its template is the same for all."""
    past = past_day(request)
    listing, rows = _past_list(request, organisation, kind, past) if past else _list(request, organisation, kind)
    on = f"?on={past.isoformat()}" if past else ""
    context = {
        "kind": kind,
        "listing": listing,
        "rows": [
            (row, kind.url(organisation, row.pk) + on, [(column, column.cell(row)) for column in listing.columns])
            for row in rows
        ],
        "nothing": lists.nothing_found(listing),
        "may_edit": request.membership.can(kind.permission) and not past,
        "new_url": kind.new_url(organisation),
        "list_url": kind.list_url(organisation),
        "past": past,
        **(more or {}),
    }
    return page(request, "register/shared/list.html", context, fragment="register/shared/_results.html")


def _list(request, organisation, kind):
    on = timezone.localdate()
    listing = lists.listing(
        request,
        kind,
        columns.fetch(kind, organisation),
        filters=filters.filters(kind, on),
        columns=columns.COLUMNS[kind.model],
        sorts=columns.sorts(kind),
    )
    rows = list(listing.page.object_list)
    columns.prepare(kind, rows, on)
    return listing, rows


def _past_list(request, organisation, kind, day):
    related = columns.RELATED.get(kind.model, ())
    records = past_rows.as_they_stood(kind.model, organisation, reading.end_of(day))
    listing = lists.listing(
        request,
        kind,
        records.select_related(*related),
        filters=filters.of_the_past(kind, day),
        columns=[column for column in columns.COLUMNS[kind.model] if not column.live],
        sorts=columns.sorts(kind),
    )
    rows = [past_rows.as_row(record, related) for record in listing.page.object_list]
    columns.prepare_past(kind, rows, day)
    return listing, rows


def past_day(request):
    """The past day that is asked for by somebody who may look back."""
    if not request.membership.can(Permission.HISTORY_VIEW):
        return None
    return past_rows.asked_day(request.GET.get("on"), timezone.localdate())


def past_page(request, organisation, kind, key, day, form_class, *related):
    """One row as it stood at the end of a day: what it said, and nothing that can be done."""
    records = past_rows.as_they_stood(kind.model, organisation, reading.end_of(day)).select_related(*related)
    row = past_rows.as_row(get_object_or_404(records, id=key), related)
    context = {
        "kind": kind,
        "row": row,
        "past": day,
        "facts": showing.facts(row, form_class.Meta.fields, organisation, form_class.references),
        "list_url": kind.list_url(organisation),
    }
    return page(request, "register/shared/past.html", context)


def row_or_404(kind, organisation, key, *related):
    return get_object_or_404(kind.model.objects.of(organisation).select_related(*related), pk=key)


def detail(request, organisation, kind, row):
    """What every page of one row shows: where it is used, its history, what may be done with it."""
    visible = Activity.objects.visible_to(request.membership)
    uses = Paginator(usage.activities_with(row, visible=visible), USES_PER_PAGE).get_page(request.GET.get("page"))
    uses.object_list = usage.uses_of(row, uses.object_list)
    hidden = hidden_uses(row, visible)
    steps, more = row_history.story(row, latest=None if "history" in request.GET else row_history.LATEST)
    act_urls = {act: kind.url(organisation, row.pk, act) for act in ("edit", "retire", "return", "delete")}
    return {
        "kind": kind,
        "row": row,
        "uses": uses,
        "hidden_uses": hidden,
        "elsewhere": extensions.usages(type(row), [row.pk], request.membership).get(row.pk, ()),
        "steps": steps,
        "more_steps": more,
        "urls": act_urls,
        "list_url": kind.list_url(organisation),
        "may_edit": request.membership.can(kind.permission),
        "may_delete": not hidden and not uses.paginator.count and not usage.is_used(row),
    }


def hidden_uses(row, visible):
    """How many activities outside this member's sight use the row."""
    return usage.activities_using(row).exclude(pk__in=visible.values("pk")).count()


def form_page(request, organisation, kind, form_class, *, row=None, keep=None, initial=None):
    """Add or change a row. `keep(form, row)` runs inside the act's transaction, for what is not a plain field."""
    at, title = timezone.now(), str(row) if row else kind.add_label
    with transaction.atomic() if request.method == "POST" else nullcontext():
        if row is not None and request.method == "POST":
            row = kind.model.objects.select_for_update(of=("self",)).get(pk=row.pk)
        form = form_class(
            request.POST or None, request.FILES or None, instance=row, organisation=organisation, initial=initial
        )
        if form.is_valid():
            act = shared.add if row is None else shared.change
            saved = form.instance
            if keep is not None:
                keep(form, saved)
            act(saved, by=request.user, at=at, reason=form.cleaned_data["why"], labels=form.labels_chosen)
            _say_saved(request, form, saved)
            return redirect(kind.url(organisation, saved.pk))
    context = {
        "kind": kind,
        "row": row,
        "title": title,
        "form": form,
        "back_url": kind.url(organisation, row.pk) if row else kind.list_url(organisation),
        "list_url": kind.list_url(organisation),
        "last": row_history.last_change(row) if form.clashes else None,
    }
    return page(request, "register/shared/form.html", context, status=409 if form.clashes else None)


def _say_saved(request, form, row):
    messages.success(request, _("Saved: %(name)s") % {"name": row})
    if form.others:
        words = ngettext(
            "Somebody else changed this field meanwhile; that was kept: %(fields)s.",
            "Somebody else changed these fields meanwhile; that was kept: %(fields)s.",
            len(form.others),
        )
        messages.info(request, words % {"fields": ", ".join(form.others)})


def retire_page(request, organisation, kind, row):
    """Ask before retiring, with everything that uses the row; it stays there."""
    if request.method == "POST":
        reason = request.POST.get("why", "").replace("\0", "")[:500]
        shared.retire(row, by=request.user, at=timezone.now(), on=timezone.localdate(), reason=reason)
        messages.success(request, _("Retired: %(name)s") % {"name": row})
        return redirect(kind.url(organisation, row.pk))
    return page(request, "register/shared/retire.html", _asked(request, organisation, kind, row))


def return_act(request, organisation, kind, row):
    shared.bring_back(row, by=request.user, at=timezone.now())
    messages.success(request, _("Brought back: %(name)s") % {"name": row})
    return redirect(kind.url(organisation, row.pk))


def delete_page(request, organisation, kind, row):
    """Ask before deleting. What is used or was ever established cannot go."""
    if request.method == "POST":
        shared.delete(row, by=request.user, at=timezone.now())
        messages.success(request, _("Deleted: %(name)s") % {"name": row})
        return redirect(kind.list_url(organisation))
    context = _asked(request, organisation, kind, row) | {
        "may_delete": shared.may_be_deleted(row),
        "title": _("Delete %(name)s?") % {"name": row},
        "question": _("It is used nowhere and was never part of an established version."),
        "losses": [_("It disappears from the lists and cannot be brought back.")],
        "kept": [_("The change log keeps what it said, and who deleted it.")],
        "action_label": _("Delete"),
        "cancel_url": kind.url(organisation, row.pk),
    }
    if row.retired_on is None:
        context["alternative"] = {
            "label": _("Retire"),
            "url": context["retire_url"],
            "text": _("Retire it: then it is no longer offered, and you can bring it back."),
        }
    return page(request, "register/shared/delete.html", context)


def _asked(request, organisation, kind, row):
    visible = Activity.objects.visible_to(request.membership)
    return {
        "kind": kind,
        "row": row,
        "uses": usage.uses_of(row, usage.activities_with(row, visible=visible)[:USES_PER_PAGE]),
        "count": usage.activities_using(row).count(),
        "back_url": kind.url(organisation, row.pk),
        "list_url": kind.list_url(organisation),
        "retire_url": kind.url(organisation, row.pk, "retire"),
    }
