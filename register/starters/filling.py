"""A template with answers as a draft: rows in memory, with the organisation's own parties and library items in them.

Nothing is stored here. What the organisation lacks is made in memory too and stands in `Filler.made`, in the order in
which it can be stored. What a file names and the library no longer has is taken from the starter library by its key.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from core.dates import add_months
from register import adequacy, legal, models, reading
from register import sections as layout
from register.imports.matching import Matcher
from register.library_loading import FILES, values_of
from register.models import Activity
from register.starter import starter_items

from .reading import by_nation, is_bilingual, of_language

FILE_OF = {model: name for name, model in FILES.items()}
MADE = (*FILES.values(), models.Party, models.System)
"""What a template may make, in the order in which it can be stored."""
ALIASES = {
    "law": "basis_law",
    "article": "basis_article",
    "of": "subject",
    "keep": "retention",
    "kept": "retention_note",
    "why": "necessity_reason",
}
NOBODY, INSIDE = "none", "eea"
"""Answers to where a party keeps the data: there is no such party; inside the EEA. Otherwise a country, or ""."""
SET = {lines.name: lines for lines in layout.LINE_SETS}


@dataclass
class Plan:
    """A draft before it is stored: the activity, and its lines by the name they have in `reading.LINES`."""

    starter: str
    activity: Activity
    rows: dict = field(default_factory=dict)

    def entry(self):
        rows = {name: self.rows.get(name, []) for name in reading.LINES}
        return reading.entry(self.activity, rows)

    def add(self, name, **values):
        found = self.rows.setdefault(name, [])
        found.append(reading.LINES[name][0](activity=self.activity, position=len(found), **values))


class Filler:
    """Fills templates for one organisation. Reads each shared table once, whatever the number of templates."""

    def __init__(self, organisation, *, at):
        self.organisation, self.at = organisation, at
        self.on = timezone.localdate(at)
        self.language = organisation.main_language
        self.matcher = Matcher(organisation, self.language)

    @property
    def made(self):
        return {model: self.matcher.made[model] for model in MADE if self.matcher.made[model]}

    def plan(self, starter, answers, *, nation=None, **fields):
        """The draft of a template. `fields` are those of the activity that the template does not give, or gives
        otherwise.
        """
        return _Filling(self, starter, answers, nation or self.organisation.country).plan(fields)

    def activity(self, **fields):
        fields.setdefault("review_on", add_months(self.on, self.organisation.review_after_months))
        fields.setdefault("controller", self.matcher.only_controller())
        return Activity(organisation=self.organisation, number=0, language=self.language, **fields)

    def item(self, model, key):
        """The organisation's library item of this key; made from the starter library when it never came in."""
        row = self.matcher.with_key(model, key)
        if row is not None and row.retired_on is None:
            return row
        item = next(item for item in starter_items(FILE_OF[model]) if item["key"] == key)
        if model is models.Country:
            return self.country(item["code"])
        named = [self.matcher.find(model, item[name]) for name in ("name_nl", "name_en")]
        in_use = next((other for other in named if other is not None and other.retired_on is None), None)
        if in_use is not None or row is not None:
            return in_use or row
        return self._made(model, item)

    def country(self, code):
        found = self.matcher.find(models.Country, code)
        if found is not None:
            return found
        item = next(item for item in starter_items("countries") if item["code"] == code)
        return self._made(models.Country, item)

    def decision(self, code):
        """The adequacy decision that holds for a country, as this organisation has the facts of law. Two queries."""
        held = legal.in_force(self.organisation, self.on)
        for decision in adequacy.decisions(code, self.on):
            said = held.get(legal.DECISION + decision.key)
            if said is not None and said.value == "in_force":
                return decision
        return None

    def party(self, name, kind="", country=""):
        found = self.matcher.find(models.Party, name)
        if found is not None:
            return found
        where = self.country(country) if country else None
        return self.matcher.make(models.Party, name, kind=kind, country=where)

    def _made(self, model, item):
        values = values_of(model, item)
        row = self.matcher.make(model, values.pop("name_nl"), "nl", **values)
        self.matcher.known[model, "keys"][row.key] = row
        return row


class _Filling:
    def __init__(self, filler, starter, answers, nation):
        self.filler, self.starter, self.answers = filler, starter, answers
        self.nation = nation if nation in starter.nations else min(starter.nations)
        self.outside, self.unsure = {}, False

    def plan(self, given):
        starter, language = self.starter, self.filler.language
        fields = {name: self._text(value) for name, value in by_nation(starter.fields, self.nation).items()}
        fields |= {"name": starter.named(language), "owner_function": of_language(starter.owner, language)}
        fields["remarks"] = "\n".join(of_language(tip, language) for tip in self._chosen(starter.tips))
        fields |= {name: value for name, value in given.items() if value}
        self.result = Plan(starter.key, self.filler.activity(**fields))
        for line in self._chosen(starter.lines["purposes"]):
            self._add("purposes", line)
        for line in self._chosen(starter.lines["subjects"]):
            self._add("subjects", line if isinstance(line, dict) else {"category": line})
        for line in self._chosen(starter.lines["data"]):
            self._data(line)
        for line in self._chosen(starter.lines["recipients"]):
            self._recipient(line)
        for line in self._chosen(starter.lines["measures"]):
            self._add("measures", line if isinstance(line, dict) else {"measure": line})
        for line in self._chosen(starter.lines["access"]):
            self._add("access", line if isinstance(line, dict) else {"role": line})
        self._transfers()
        self._answers()
        return self.result

    def _chosen(self, lines):
        """The lines that hold for these answers, without their condition."""
        for line in by_nation(lines, self.nation):
            if not isinstance(line, dict):
                if line:
                    yield line
            elif self._holds(line.get("when", {})):
                yield {name: value for name, value in line.items() if name != "when"}

    def _holds(self, conditions):
        return all(self._answered(name, wanted) for name, wanted in conditions.items())

    def _answered(self, name, wanted):
        answer = self.nation if name == "nation" else self.answers.get(name) or self._first(name)
        if isinstance(answer, dict):
            answer = answer.get("where", "")
        given = set(answer) if isinstance(answer, list) else {answer}
        return bool(given & set(wanted if isinstance(wanted, list) else [wanted]))

    def _first(self, name):
        question = self.starter.question(name)
        return question.first if question else ""

    def _data(self, line):
        line = {"source": "subject"} | line
        if line.get("why"):
            line["necessity"] = "needed"
        categories = line.pop("category")
        for category in categories if isinstance(categories, list) else [categories]:
            self._add("data", {"category": category} | line)

    def _recipient(self, line):
        where = self.answers.get(line["party"][1:], {}).get("where", "") if _asks(line.get("party")) else INSIDE
        if where == NOBODY:
            return
        self._add("recipients", line)
        if where == "":
            self.unsure = True
        elif where != INSIDE:
            row = self.result.rows["recipients"][-1]
            self.outside[where, row.party.name if row.party else ""] = row.party

    def _add(self, name, line):
        """A line of a file as a row: aliases, keys and answers in their place."""
        model, values = reading.LINES[name][0], {}
        names = {field.name: field for field in model._meta.concrete_fields}
        for given, value in line.items():
            place = ALIASES.get(given, given)
            if place not in names:
                values |= self._pair(place, value)
            elif names[place].is_relation:
                values |= self._related(names[place], value)
            else:
                values[place] = self._text(value)
        if name == "recipients" and not values.get("party") and not values.get("description_nl"):
            values |= {"description_nl": values.get("ground", ""), "description_en": values.get("ground", "")}
        self.result.add(name, **values)

    def _pair(self, name, value):
        """A text for data subjects, in both languages: {nl, en} or an answer, which is in one."""
        if is_bilingual(value):
            return {f"{name}_{code}": text for code, text in value.items()}
        return {f"{name}_{self.filler.language}": self._text(value)}

    def _text(self, value):
        if isinstance(value, str) and value.startswith("@"):
            return self.answers.get(value[1:]) or self._first(value[1:])
        return of_language(value, self.filler.language)

    def _related(self, link, value):
        model = link.related_model
        if model is models.Party:
            return {link.name: self._party(value)}
        if _asks(value):
            return self._term(value[1:])
        return {link.name: self.filler.item(model, value)} if value else {}

    def _term(self, name):
        """The rule of retention that was chosen, or own words."""
        answer = self.answers.get(name) or self._first_rule(name)
        known = {item["key"] for item in starter_items("retention_rules")}
        if answer in known:
            return {"retention": self.filler.item(models.RetentionRule, answer)}
        return {"retention_note": answer} if answer else {}

    def _first_rule(self, name):
        rules = by_nation(self.starter.question(name).rules, self.nation)
        return rules[0] if rules else ""

    def _party(self, value):
        if _asks(value):
            answer = self.answers.get(value[1:], {})
            if not answer.get("name"):
                return None
            known = {one["name"].casefold(): one for one in self.starter.question(value[1:]).suggestions}
            return self.filler.party(**known.get(answer["name"].casefold(), {"name": answer["name"]}))
        return self.filler.party(**value)

    def _transfers(self):
        for (code, _name), party in self.outside.items():
            decision = self.filler.decision(code)
            values = {"mechanism": "adequacy", "adequacy_reference": decision.reference} if decision else {}
            self.result.add(
                "transfers", party=party, country=self.filler.country(code), frequency="structural", **values
            )

    def _answers(self):
        """None is an answer too; where somebody does not know yet where the data go, nothing is said."""
        activity, rows = self.result.activity, self.result.rows
        joint = [line for line in rows.get("recipients", ()) if line.role == "joint_controller"]
        others = len(rows.get("recipients", ())) > len(joint)
        activity.joint_answer = "some" if joint else "none"
        activity.recipients_answer = "some" if others else "none"
        activity.transfers_answer = "some" if self.outside else "" if self.unsure else "none"


def _asks(value):
    return isinstance(value, str) and value.startswith("@")
