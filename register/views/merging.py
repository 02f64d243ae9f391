"""Pages for making one of two look-alike parties or systems."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from core.components.words import not_recorded
from core.forms import HouseForm
from core.htmx import page
from register import kinds, showing, usage
from register.actions import merge as acts
from register.models import Activity

from .columns import label_tag
from .shared import hidden_uses

SHOWN = 100
RELATED = {"parties": ("country",), "systems": ("supplier", "hosting_country")}


class OtherForm(HouseForm, forms.Form):
    """Which one to merge into this one."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ModelChoiceField(
            rows,
            label=gettext_lazy("The one that goes"),
            widget=forms.Select(attrs={"data-pick": ""}),
            help_text=gettext_lazy("On the next page you choose per field what stays. Nothing changes yet."),
        )


@require_safe
@requires(P.LIBRARY_EDIT)
def look_alikes(request, organisation, kind):
    """Groups that may be one and the same, with how often each is used."""
    kind = kinds.BY_SLUG[kind]
    groups = acts.look_alikes(kind.model, organisation)
    counts = usage.counts(kind.model, [row.pk for group in groups for row in group])
    context = {
        "kind": kind,
        "list_url": kind.list_url(organisation),
        "groups": [_group(kind, organisation, group, counts) for group in groups],
    }
    return page(request, "register/shared/look_alikes.html", context)


def _group(kind, organisation, group, counts):
    """The most used one is suggested as the one that stays."""
    rows = sorted(group, key=lambda row: (-counts[row.pk], row.name))
    return [
        {
            "row": row,
            "url": kind.url(organisation, row.pk),
            "uses": counts[row.pk],
            "merge_url": _merge_url(kind, organisation, rows[0], row) if row is not rows[0] else "",
        }
        for row in rows
    ]


@requires(P.LIBRARY_EDIT)
def merge_with(request, organisation, kind, **keys):
    """Choose by hand what is merged into this row."""
    kind, kept = _kept(organisation, kind, keys)
    rows = kind.model.objects.of(organisation).in_use().exclude(pk=kept.pk).order_by("name")
    form = OtherForm(request.POST or None, rows=rows)
    if form.is_valid():
        return redirect(_merge_url(kind, organisation, kept, form.cleaned_data["other"]))
    context = {"kind": kind, "row": kept, "form": form, **_around(kind, organisation, kept)}
    return page(request, "register/shared/merge_with.html", context)


@requires(P.LIBRARY_EDIT)
def merge(request, organisation, kind, other, **keys):
    """Both side by side; per field a choice; what will change; and then the act."""
    kind, kept = _kept(organisation, kind, keys)
    other = get_object_or_404(kind.model.objects.of(organisation).select_related(*RELATED[kind.slug]), pk=other)
    if request.method == "POST":
        return _do(request, organisation, kind, kept, other)
    visible = Activity.objects.visible_to(request.membership)
    changing = usage.activities_using(other).filter(pk__in=visible.values("pk")).order_by("number")
    context = {
        "kind": kind,
        "row": kept,
        "other": other,
        "fields": _fields(kept, other),
        "labels": [[label_tag(link.label) for link in row.label_rows.select_related("label")] for row in (kept, other)],
        "changing": changing[:SHOWN],
        "count": changing.count(),
        "hidden_uses": hidden_uses(other, visible),
        "swap_url": _merge_url(kind, organisation, other, kept) if other.retired_on is None else "",
        **_around(kind, organisation, kept),
    }
    return page(request, "register/shared/merge.html", context)


def _do(request, organisation, kind, kept, other):
    take = [field.name for field in acts.choosable(kind.model) if request.POST.get(f"take-{field.name}") == "other"]
    reason = request.POST.get("why", "").replace("\0", "")[:500]
    moved = acts.merge(
        kept, other, take=take, by=request.user, at=timezone.now(), on=timezone.localdate(), reason=reason
    )
    words = ngettext(
        "%(other)s was merged; %(count)s place now names the one that stays.",
        "%(other)s was merged; %(count)s places now name the one that stays.",
        moved,
    )
    messages.success(request, words % {"other": other.name, "count": moved})
    return redirect(kind.url(organisation, kept.pk))


def _kept(organisation, kind, keys):
    kind = kinds.BY_SLUG[kind]
    [key] = keys.values()
    return kind, get_object_or_404(kind.model.objects.of(organisation).select_related(*RELATED[kind.slug]), pk=key)


def _merge_url(kind, organisation, kept, other):
    return f"{kind.url(organisation, kept.pk, 'merge_with')}{other.pk}/"


def _around(kind, organisation, kept):
    return {"back_url": kind.url(organisation, kept.pk), "list_url": kind.list_url(organisation)}


def _fields(kept, other):
    """Per field both values; the other one's is suggested where the kept one has nothing."""
    found = []
    for field in acts.choosable(type(kept)):
        mine, theirs = getattr(kept, field.attname), getattr(other, field.attname)
        empty = mine in (None, "")
        if empty and theirs in (None, ""):
            continue
        found.append(
            {
                "name": f"take-{field.name}",
                "label": showing.label(type(kept), field.name),
                "mine": showing.words(kept, field.name) or not_recorded(),
                "theirs": showing.words(other, field.name) or not_recorded(),
                "same": mine == theirs,
                "take": empty,
            }
        )
    return found
