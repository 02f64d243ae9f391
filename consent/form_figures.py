"""How many people gave, refused and withdrew on each version of a form, in all and by month.

The one rule is that of `figures`: never a number for fewer than ten people, nor numbers from which such a one can be
worked out. So what one version hides may hide the smallest other one too.
"""

from django.db.models import Count, F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.spreadsheets import write_csv

from . import counted
from .figures import COLUMNS, LEAVING, given_before, hide, per_month
from .kinds import GIVING, Happening
from .models import ConsentEvent


def of_versions(form):
    """[(version, {column: people or None})], latest first. Four queries."""
    versions = list(form.versions.select_related("published_by"))
    if not versions:
        return []
    numbers = counted.once("versions", versions[0].pk, lambda: _of_versions(versions))
    return [(version, numbers[version.pk]) for version in versions]


def _of_versions(versions):
    numbers = {version.pk: {} for version in versions}
    for column, events in columns_of(versions).items():
        people = dict(events.values_list("on_form").annotate(people=Count("person", distinct=True)).order_by())
        for key, shown in hide({key: people.get(key, 0) for key in numbers}).items():
            numbers[key][column] = shown
    return numbers


def by_month(version):
    """[(a moment in it, given, refused, withdrawn)], latest first, None for what may not be told. Three queries."""
    return counted.once("version", version.pk, lambda: per_month(columns_of([version])))


def to_csv(form, language):
    """Totals of every version, and its months."""
    headings = (_("Version"), _("Month"), _("Gave"), _("Refused"), _("Withdrew"))
    return write_csv((headings, *_rows(form)), language)


def _rows(form):
    for version, numbers in of_versions(form):
        yield (version.number, _("in all"), *(_told(numbers[name]) for name in COLUMNS))
        for month, *people in by_month(version):
            yield (version.number, date_format(month, "Y-m"), *(_told(number) for number in people))


def _told(number):
    return _("not shown") if number is None else number


def columns_of(versions):
    """{column: events with `on_form`, the version they count for}; who withdraws counts for what they had given."""
    ids = [version.pk for version in versions]
    purposes = {choice["purpose"]["id"] for version in versions for choice in version.content["choices"]}
    named = ConsentEvent.objects.filter(form__in=ids).annotate(on_form=F("form"))
    left = ConsentEvent.objects.filter(kind__in=LEAVING, purpose__in=purposes)
    left = left.annotate(on_form=given_before("form"))
    return {
        "given": named.filter(kind__in=GIVING),
        "refused": named.filter(kind=Happening.REFUSED),
        "withdrawn": left.filter(on_form__in=ids),
    }
