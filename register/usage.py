"""Where a shared row (a party, system, agreement, document, library item or label) is used.

The one rule: a row that is used anywhere, or was part of an established version, is never deleted. Activities are found
through `PLACES`: every way in which a line can lead to a shared row, also by way of another shared row.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import CASCADE, CharField, F, IntegerField, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.history import Tracked

from . import law, models
from .models import Activity, ActivityVersion


@dataclass(frozen=True)
class Place:
    """`path` leads from a line to the shared row; `word` says as what it is used there."""

    line: type
    path: str
    word: str

    def lines_of(self, row):
        return self.line.objects.filter(**{self.path: row})


@dataclass
class Use:
    """One activity that uses a row: as what, in its working copy, in its established version, or in both."""

    activity: Activity
    words: list = field(default_factory=list)
    draft: bool = False
    established: bool = False


PLACES = {
    models.Party: (
        Place(models.RecipientLine, "party", _("Recipient")),
        Place(models.TransferLine, "party", _("Transfer")),
        Place(models.DataLine, "source_party", _("Source of data")),
        Place(models.ClientLine, "party", _("Controller we work for")),
        Place(models.SystemLine, "system__supplier", _("Supplier of a system")),
    ),
    models.System: (Place(models.SystemLine, "system", _("System")),),
    models.Agreement: (
        Place(models.RecipientLine, "agreement", _("Agreement with a recipient")),
        Place(models.ClientLine, "agreement", _("Agreement with a controller")),
    ),
    models.Document: (
        Place(models.DocumentLine, "document", _("Document")),
        Place(models.TransferLine, "document", _("Proof of a transfer")),
    ),
    models.DataCategory: (
        Place(models.DataLine, "category", _("Data")),
        Place(models.AccessLine, "data", _("Access")),
    ),
    models.SubjectCategory: (
        Place(models.SubjectLine, "category", _("People")),
        Place(models.DataLine, "subject", _("People in the table of data")),
    ),
    models.Measure: (Place(models.MeasureLine, "measure", _("Measure")),),
    models.RetentionRule: (Place(models.DataLine, "retention", _("Retention")),),
    models.Law: (
        Place(models.Purpose, "basis_law", _("Lawful basis")),
        Place(models.Purpose, "special_law", _("Ground for special data")),
        Place(models.Purpose, "national_id_law", _("Ground for the national number")),
    ),
    models.Country: (
        Place(models.TransferLine, "country", _("Transfer")),
        Place(models.RecipientLine, "country", _("Recipient")),
        Place(models.RecipientLine, "party__country", _("Country of a recipient")),
        Place(models.TransferLine, "party__country", _("Country of a recipient")),
        Place(models.ClientLine, "party__country", _("Country of a controller")),
        Place(models.DataLine, "source_party__country", _("Country of a source")),
        Place(models.SystemLine, "system__hosting_country", _("Hosting of a system")),
    ),
    models.InternalRole: (Place(models.AccessLine, "role", _("Access")),),
    models.Label: (Place(models.ActivityLabel, "label", _("Label")),),
}
"""What is a line of an activity, and how it leads to each kind of shared row."""


def activities_using(row):
    """The activities whose working copy uses `row`, as a queryset."""
    found = Q(pk__in=[])
    for place in PLACES[type(row)]:
        found |= Q(pk__in=place.lines_of(row).values("activity"))
    return Activity.objects.filter(found)


def activities_with(row, *, visible):
    """The activities within the queryset `visible` that use `row`, now or as established, by number; a queryset."""
    drafts = activities_using(row).values("pk")
    only_established = _latest_holding(row).exclude(activity__in=drafts).values("activity")
    return visible.filter(Q(pk__in=drafts) | Q(pk__in=only_established)).order_by("number")


def uses_of(row, activities):
    """As what these activities use `row`: those of one page, or all. Two queries besides that of the activities."""
    activities = list(activities)
    ids = [activity.pk for activity in activities]
    words = _words_of(row, ids)
    established = set(_latest_holding(row).filter(activity__in=ids).values_list("activity", flat=True))
    return [
        Use(activity, sorted(words.get(activity.pk, ())), activity.pk in words, activity.pk in established)
        for activity in activities
    ]


def _words_of(row, ids):
    """Per activity the words for what it uses `row` as. One query."""
    places = PLACES[type(row)]
    parts = [
        place.lines_of(row)
        .filter(activity__in=ids)
        .order_by()
        .annotate(place=Value(index, IntegerField()), as_role=_role(place))
        .values_list("activity_id", "place", "as_role")
        for index, place in enumerate(places)
    ]
    words = defaultdict(set)
    for activity, index, role in parts[0].union(*parts[1:]):
        word = law.RecipientRole(role).label if role else places[index].word
        words[activity].add(str(word))
    return words


def _role(place):
    named = place.line is models.RecipientLine and place.path == "party"
    return F("role") if named else Value("", CharField())


def _latest_holding(row):
    """The latest established versions that hold `row` by value.

    The history of the lines tells which activities can have one; only the versions of these are read.
    """
    ever = Q(pk__in=[])
    for place in PLACES[type(row)]:
        if issubclass(place.line, models.ActivityLabel):
            return ActivityVersion.objects.none()  # labels are no part of what is established
        past = place.line.history.model.objects.filter(**{place.path: row})
        ever |= Q(activity__in=past.values("activity"))
    return _holding(ActivityVersion.objects.filter(ever, number=F("activity__established_number")), row)


def was_ever_established(row):
    """Whether any version of the organisation holds `row`. Reads them all; asked only before a delete."""
    return _holding(ActivityVersion.objects.filter(organisation=row.organisation_id), row).exists()


def _holding(versions, row):
    return versions.annotate(text=Cast("content", TextField())).filter(text__contains=str(row.pk)).order_by()


def counts(model, ids):
    """How many activities use each of these rows in their working copies, by id. One query, counted by the database."""
    parts = [
        place.line.objects.order_by()
        .filter(**{f"{place.path}__in": ids})
        .annotate(shared=F(place.path))
        .values_list("shared", "activity_id")
        for place in PLACES[model]
    ]
    found = dict.fromkeys(ids, 0)
    if ids:
        sql, params = parts[0].union(*parts[1:]).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT shared, COUNT(*) FROM ({sql}) AS used GROUP BY shared", params)
            found |= {model._meta.pk.to_python(key): count for key, count in cursor.fetchall()}
    return found


def references(model):
    """Every (model, foreign key) anywhere that points at `model`, histories and its own parts left out."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and relation.on_delete is not CASCADE  # its own parts, such as the labels on it
        and not issubclass(relation.related_model, Tracked)
    ]


def is_used_q(model):
    """Condition on a queryset of `model`: something points at the row. For "in use" and "not used" in lists."""
    used = Q()
    for other, name in references(model):
        used |= named_by(other.objects.all(), name)
    return used


def named_by(rows, name):
    """Condition: some of these rows name it in this foreign key. Asked once for a whole list, not once per row."""
    return Q(pk__in=rows.order_by().filter(**{f"{name}__isnull": False}).values(name))


def is_used(row):
    """Whether anything points at `row`. One query."""
    return type(row).objects.filter(is_used_q(type(row)), pk=row.pk).exists()
