"""Putting the starter library into an organisation.

The one rule: additive. An item comes in once, known by its `key`; what an organisation renamed, changed, retired or
threw away is left as it is, also when a later version of Dertig brings more items.
"""

from accounts import history

from .models import Country, DataCategory, InternalRole, Law, Measure, RetentionRule, SubjectCategory
from .starter import starter_items

FILES = {
    "data_categories": DataCategory,
    "subject_categories": SubjectCategory,
    "measures": Measure,
    "retention_rules": RetentionRule,
    "laws": Law,
    "countries": Country,
    "internal_roles": InternalRole,
}


def load(organisation, *, by, at):
    """Bring in what the organisation never had; returns how many items. Four queries per kind."""
    with history.act(organisation, by=by, at=at, kind="library.loaded") as act:
        added = sum(len(_load_kind(organisation, name, model)) for name, model in FILES.items())
        act.details["count"] = added
    return added


def waiting(organisation):
    """How many starter items the organisation never had. A query or two per kind."""
    return sum(len(_new_items(organisation, name, model)) for name, model in FILES.items())


def _load_kind(organisation, name, model):
    items = _new_items(organisation, name, model)
    return history.create_many([model(organisation=organisation, **values_of(model, item)) for item in items])


def _new_items(organisation, name, model):
    """The history knows also what was deleted or renamed. Two countries with one code are the same country."""
    known = set(model.history.filter(organisation=organisation).exclude(key="").values_list("key", flat=True))
    items = [item for item in starter_items(name) if item["key"] not in known]
    if model is Country and items:
        codes = set(Country.objects.of(organisation).values_list("code", flat=True))
        items = [item for item in items if item["code"] not in codes]
    return items


def values_of(model, item):
    """The fields of a row for a starter item, by name."""
    names = {field.name for field in model._meta.concrete_fields}
    values = {name: value for name, value in item.items() if name in names}
    if model is Country:
        values["is_international_organisation"] = item["kind"] == "international_organisation"
    return values
