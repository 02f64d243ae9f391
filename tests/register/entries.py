"""Records as hypothesis makes them up: every field of `register.record` filled or empty, codes as the models allow.

A record is consistent in itself, as one that the program wrote: what bears one id is one thing with one value.
"""

import dataclasses
import datetime
import typing
import uuid

from hypothesis import strategies as st

from register import interchange, record
from register import sections as layout
from register.law import RecipientRole

DAYS = st.dates(datetime.date(2016, 1, 1), datetime.date(2030, 12, 31))
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t")
ONCE = ("subjects", "systems", "measures", "documents", "clients")


def words(longest, least=0):
    """Text of any script; ends in nothing that a form or a cell would take off."""
    return (
        st.text(SIGNS, min_size=least, max_size=min(longest or 30, 30))
        .map(str.strip)
        .filter(lambda text: len(text) >= least)
    )


@st.composite
def registers(draw, largest=3):
    """Some entries that share parties, systems and items."""
    pool = Pool(draw)
    numbers = draw(st.lists(st.integers(1, 9999), min_size=1, max_size=largest, unique=True))
    return [pool.entry(number) for number in sorted(numbers)]


class Pool:
    """What the entries of one record name, made when first asked for; three of each kind at most."""

    def __init__(self, draw):
        self.draw, self.made, self.entries = draw, {}, []

    def one(self, kind, name=""):
        made = self.made.setdefault((kind, name), [])
        if len(made) < 3 and (not made or self.draw(st.booleans())):
            made.append(self.value(kind, number=len(made)))
        return self.draw(st.sampled_from(made))

    def value(self, kind, number=0, **given):
        hints = typing.get_type_hints(kind)
        found = {
            field.name: self.of(kind, field.name, hints[field.name])
            for field in dataclasses.fields(kind)
            if field.name not in given
        }
        return kind(**self.lawful(kind, found | given, number))

    def of(self, kind, name, hint):
        """A value for one field, by its annotation and by its column."""
        options = [one for one in typing.get_args(hint) if one is not type(None)] or [hint]
        if len(options) < len(typing.get_args(hint)) and self.draw(st.booleans()):
            return None
        wanted = options[0]
        if typing.get_origin(hint) is tuple:
            return ()
        if wanted is uuid.UUID:
            return self.draw(st.uuids(version=4)) if name == "id" else None
        if dataclasses.is_dataclass(wanted):
            return self.one(wanted, name if wanted is record.Named else "")
        if wanted is datetime.date:
            return self.draw(DAYS)
        if wanted is bool:
            return self.draw(st.booleans())
        return self.plain(kind, name, wanted)

    def plain(self, kind, name, wanted):
        column = interchange.column(kind, name)
        if column is not None and column.choices:
            codes = [code for code, _label in column.flatchoices]
            return self.draw(st.sampled_from([code for code in codes if code not in ("", None)] + self.empty(column)))
        if wanted is int:
            return self.draw(st.integers(0, 30_000))
        needed = column is not None and not column.blank
        return self.draw(words(getattr(column, "max_length", None), least=int(needed)))

    @staticmethod
    def empty(column):
        return ([None] if column.null else [""]) if column.blank else []

    def lawful(self, kind, found, number):
        """What the constraints of the database ask."""
        if "nl" in found and "en" in found:
            found["nl"] = f"{number} {found['nl']}".strip()
        if "name" in found:
            found["name"] = f"{number} {found['name']}".strip()
        for least, most in (("number_min", "number_max"), ("people_min", "people_max")):
            if None not in (found.get(least), found.get(most)):
                found[least], found[most] = sorted((found[least], found[most]))
        if kind is record.Named:
            found["code"] = ""
        if kind is record.CountryItem:
            found["code"] = ("NL", "US", "EPO")[number]
        if kind is record.RetentionItem and (found["period_value"] is None or not found["period_unit"]):
            found["period_value"], found["period_unit"] = None, ""
        if kind is record.PartyValue:
            found["name"] = ("Noord", "Zuid", "Oost")[number] + " " + found["name"]
        if kind is record.AgreementValue:
            found = self.agreed(found)
        if kind is record.RecipientValue and found["party"] is None:
            found["description_nl"] = found["description_nl"] or "x"
            found["agreement"] = None
        if kind is record.SystemValue:
            found["supplier"] = self.draw(st.sampled_from(["", self.one(record.PartyValue).name]))
        return found

    @staticmethod
    def agreed(found):
        if found["status"] == "signed" and found["signed_on"] is None:
            found["status"] = "requested"
        if None not in (found["valid_from"], found["valid_until"]):
            found["valid_from"], found["valid_until"] = sorted((found["valid_from"], found["valid_until"]))
            if found["valid_from"] == found["valid_until"]:
                found["valid_until"] = None
        return found

    def entry(self, number):
        hints = typing.get_type_hints(record.Entry)
        lines = {}
        for one in layout.LINE_SETS:
            kind = typing.get_args(hints[one.name])[0]
            lines[one.name] = [self.line(kind, one.name, lines) for _ in range(self.draw(st.integers(0, 2)))]
            if one.name in ONCE:
                lines[one.name] = list({self.listed(one.name, line): line for line in lines[one.name]}.values())
        found = self.value(record.Entry, number=number, **{name: tuple(made) for name, made in lines.items()})
        ended = (
            found.ended_on if found.started_on is None or not found.ended_on else max(found.started_on, found.ended_on)
        )
        related = {name: self.related() for name in ("parent", "successor")}
        found = dataclasses.replace(
            found,
            number=number,
            ended_on=ended,
            end_reason=(found.end_reason or "x") if ended else found.end_reason,
            owner=None,
            **related,
        )
        self.entries.append(found)
        return found

    def related(self):
        """Another activity of the record, or none."""
        if not self.entries or self.draw(st.booleans()):
            return None
        other = self.draw(st.sampled_from(self.entries))
        return record.Named(other.id, other.name, other.code)

    def line(self, kind, name, lines):
        given = {}
        if kind is record.RecipientValue:
            roles = [role for role in RecipientRole.values if role != "joint_controller"]
            given["role"] = "joint_controller" if name == "joint_controllers" else self.draw(st.sampled_from(roles))
        if kind is record.AccessValue:
            purposes = [line.id for line in lines["purposes"]]
            given["purpose"] = self.draw(st.sampled_from([None, *purposes]))
            given["role"] = self.one(record.Item)
        made = self.value(kind, **given)
        return self.fitting(made)

    def fitting(self, made):
        """An agreement belongs to one party: that of the first line that names it."""
        agreement = getattr(made, "agreement", None)
        if agreement is None:
            return made
        owner = self.made.setdefault(("of", agreement.id), made.party)
        return made if owner == made.party else dataclasses.replace(made, agreement=None)

    @staticmethod
    def listed(name, line):
        part = {"subjects": "category", "systems": "system", "measures": "measure", "documents": "document"}
        return getattr(line, part.get(name, "party")).id
