"""How many people gave, refused and withdrew at a collection point, over all forms that name it.

The one rule is that of `figures`; and since a form tells its own numbers, a sum is not told when subtracting those
would leave fewer than ten people of another form.
"""

from collections import defaultdict

from django.db.models import Count
from django.db.models.functions import TruncMonth

from core import canonical

from . import counted, figures, form_figures
from .figures import COLUMNS, FEWEST, Figures
from .models import FormVersion


def of_forms(forms):
    """Figures of these forms together, with their months, latest first. Thirteen queries."""
    versions = list(FormVersion.objects.filter(form__in=forms))
    about = ",".join(sorted(str(version.pk) for version in versions))
    return counted.once("point", canonical.digest(about), lambda: _of_versions(versions))


def _of_versions(versions):
    totals, months = {}, defaultdict(dict)
    for column, events in form_figures.columns_of(versions).items():
        totals[column] = _total(events, versions)
        for month, people in _months(events).items():
            months[month][column] = people
    rows = tuple((month, *(months[month].get(name) for name in COLUMNS)) for month in sorted(months, reverse=True))
    return Figures(**totals, months=rows)


def _total(events, versions):
    people = dict(events.order_by().values_list("on_form").annotate(people=Count("person", distinct=True)))
    of_form = defaultdict(dict)
    for version in versions:
        of_form[version.form_id][version.pk] = people.get(version.pk, 0)
    if leaves_few(of_form.values()):
        return None
    total = events.aggregate(people=Count("person", distinct=True))["people"]
    return total if total >= FEWEST else None


def _months(events):
    dated = events.annotate(month=TruncMonth("happened_at")).order_by()
    of_version = defaultdict(dict)
    for version, month, people in dated.values_list("on_form", "month").annotate(people=Count("person", distinct=True)):
        of_version[version][month] = people
    hidden = defaultdict(int)
    for numbers in of_version.values():
        for month, shown in figures.hide(numbers).items():
            hidden[month] += numbers[month] if shown is None else 0
    together = dict(dated.values_list("month").annotate(people=Count("person", distinct=True)))
    return figures.hide(together, {month for month, people in hidden.items() if 0 < people < FEWEST})


def leaves_few(groups):
    """Whether what these groups hide of themselves is together somebody, and fewer than ten."""
    hidden = sum(numbers[key] for numbers in groups for key, shown in figures.hide(numbers).items() if shown is None)
    return 0 < hidden < FEWEST
