"""Finding a shared row's counterpart in another organisation when an activity is copied there; making it when there is
none.
"""

from register.models import Agreement, Country, Document
from register.models.library import LibraryItem


def counterpart(row, organisation):
    """The row of `organisation` that means the same as this row of another one: same starter item, or same name.

    Agreements and documents belong to one organisation and have no counterpart (None). Inside an act only.
    """
    if isinstance(row, Agreement | Document):
        return None
    model = type(row)
    mine = model.objects.of(organisation)
    if isinstance(row, Country):
        found = mine.filter(code=row.code).first()
    elif isinstance(row, LibraryItem):
        found = (row.key and mine.filter(key=row.key).first()) or mine.filter(
            name_nl=row.name_nl, name_en=row.name_en
        ).first()
    else:
        found = mine.filter(name=row.name).order_by("retired_on").first()
        if found and found.merged_into_id:
            found = found.merged_into
    return found or _made(row, organisation)


def _made(row, organisation):
    left_out = {"id", "organisation", "retired_on", "merged_into", "notes", "evidence", "owner"}
    values = {}
    for field in row._meta.concrete_fields:
        if field.name in left_out:
            continue
        value = getattr(row, field.name)
        if field.is_relation and value is not None:
            value = counterpart(value, organisation)
        values[field.name] = value
    new = type(row)(organisation=organisation, **values)
    new.save()
    return new
