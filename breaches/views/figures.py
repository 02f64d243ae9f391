"""Figures over the register of breaches: causes, kinds, months and times, as charts with tables and as CSV."""

import io
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from breaches import figures
from breaches.exports import figures as figures_file
from breaches.exports import making
from core import uploads
from core.forms import HouseForm
from core.htmx import page


class PeriodForm(HouseForm, forms.Form):
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=gettext_lazy("Up to and including"), required=False, widget=forms.DateInput)

    def clean(self):
        given = super().clean()
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The end must not be before the beginning."))
        return given


@require_safe
@requires(Permission.BREACHES_VIEW)
def show(request, organisation):
    at = timezone.now()
    today = timezone.localdate(at)
    form = PeriodForm(_asked(request, today))
    given = form.cleaned_data if form.is_valid() else {}
    found = figures.of(organisation, figures.Period(given.get("since"), given.get("until")))
    if form.is_valid() and request.GET.get("format") == "csv":
        return _as_csv(request, organisation, found, at)
    context = {
        "form": form,
        "found": found,
        "periods": _periods(request, form, figures.years(organisation), today),
        "csv_url": f"{request.path}?{urlencode(_query(given) | {'format': 'csv'})}",
    }
    return page(request, "breaches/figures.html", context, status=422 if form.errors else None)


def _asked(request, today):
    """What the address says; the last twelve months when it says nothing."""
    if "since" in request.GET or "until" in request.GET:
        return request.GET
    return _query({"since": _year_ago(today)})


def _year_ago(today):
    """The first day of the month eleven months before this one."""
    year, month = divmod(12 * today.year + today.month - 12, 12)
    return date(year, month + 1, 1)


def _query(given):
    """Both, so that an open end stays open."""
    days = {name: given.get(name) for name in ("since", "until")}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def _periods(request, form, years, today):
    offered = [(_("Last twelve months"), {"since": _year_ago(today)})]
    offered += [(str(year), {"since": date(year, 1, 1), "until": date(year, 12, 31)}) for year in years[:10]]
    offered.append((_("All years"), {}))
    chosen = _query(form.cleaned_data) if form.is_valid() else None
    return [
        {"label": label, "url": f"{request.path}?{urlencode(_query(days))}", "active": _query(days) == chosen}
        for label, days in offered
    ]


def _as_csv(request, organisation, found, at):
    language = get_language()
    content = figures_file.to_csv(found, language)
    name = making.file_name(organisation, at, language, "csv", _("figures"))
    making.note_taken(
        organisation, name, content, format="csv", language=language, count=found.total, at=at, request=request
    )
    return uploads.attachment(io.BytesIO(content), name, making.CONTENT_TYPES["csv"])
