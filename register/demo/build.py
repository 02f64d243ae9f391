"""Plays the life of a demo organisation through the real acts, oldest first."""

import datetime
import uuid
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.actions import members, organisations
from accounts.history import act
from accounts.models import Controller, Department, Organisation
from register import editing, library_loading, models
from register import sections as layout
from register.actions import activities, approval, establish

from . import notices

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(day, hour=10):
    """A moment on a day ("2025-03-04"), in office hours."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour), AMSTERDAM)


def empty_of(section):
    return {"fields": {}, "lines": {part.name: {} for part in section.lines}}


class Demo:
    """One organisation being built. `content` is a module with the data; `people` maps a short name to a User."""

    def __init__(self, content, people):
        self.content, self.people = content, people
        self.keeper = people[content.KEEPER]
        self.parties, self.systems, self.agreements, self.documents, self.labels = {}, {}, {}, {}, {}
        self.departments, self.activities = {}, {}

    def build(self):
        at = moment(self.content.STARTED)
        self.organisation = organisations.create(Organisation(**self.content.ORGANISATION), by=None, at=at)
        for person, role, since, until, *departments in self.content.MEMBERS:
            self._member(person, role, since, until, departments)
        library_loading.load(self.organisation, by=self.keeper, at=at)
        self.countries = {row.code: row for row in models.Country.objects.of(self.organisation)}
        self.library = {
            model: {row.key: row for row in model.objects.of(self.organisation)}
            for model in (
                models.DataCategory,
                models.SubjectCategory,
                models.Measure,
                models.RetentionRule,
                models.Law,
                models.InternalRole,
            )
        }
        self._controllers()
        with act(self.organisation, by=self.keeper, at=at, kind="library.loaded"):
            self._shared(at)
        for day, _order, step in sorted(self._steps(), key=lambda step: step[:2]):
            step(moment(day))
        return self.organisation

    def _member(self, person, role, since, until, departments):
        for name in departments:
            self._department(name)
        members.start(
            self.organisation,
            user=self.people[person],
            role=role,
            by=None,
            at=moment(since),
            valid_until=until and datetime.date.fromisoformat(until),
            departments=[self._department(name) for name in departments],
        )

    def _department(self, name):
        if name and name not in self.departments:
            row = Department(organisation=self.organisation, name=name)
            organisations.save_department(row, by=None, at=moment(self.content.STARTED))
            self.departments[name] = row
        return self.departments.get(name)

    def _controllers(self):
        self.controllers = {}
        for position, (key, versions) in enumerate(self.content.CONTROLLERS.items()):
            row = None
            for day, reason, values in versions:
                row = row or Controller(organisation=self.organisation, position=position)
                for name, value in values.items():
                    setattr(row, name, value)
                organisations.save_controller(row, by=self.keeper, at=moment(day))
                organisations.establish_controller(
                    row,
                    valid_from=datetime.date.fromisoformat(day),
                    reason=reason,
                    by=self.keeper,
                    at=moment(day),
                )
            self.controllers[key] = row

    def _shared(self, at):
        for name, colour in self.content.LABELS:
            self.labels[name] = self._save(models.Label(organisation=self.organisation, name=name, colour=colour))
        for key, (name, country, values) in self.content.PARTIES.items():
            self.parties[key] = self._save(
                models.Party(organisation=self.organisation, name=name, country=self.countries[country], **values)
            )
        for key, (title, values) in self.content.DOCUMENTS.items():
            self.documents[key] = self._save(models.Document(organisation=self.organisation, title=title, **values))
        for key, (party, values) in self.content.AGREEMENTS.items():
            row = models.Agreement(organisation=self.organisation, party=self.parties[party], **values)
            self.agreements[key] = self._save(row)
        for key, (name, supplier, country, values) in self.content.SYSTEMS.items():
            self.systems[key] = self._save(
                models.System(
                    organisation=self.organisation,
                    name=name,
                    supplier=self.parties.get(supplier),
                    hosting_country=self.countries.get(country),
                    **values,
                )
            )
        for key, values in self.content.MEASURES.items():
            row = self.library[models.Measure][key]
            for name, value in values.items():
                setattr(row, name, value)
            self._save(row)

    def _save(self, row):
        row.full_clean(exclude=["organisation"])
        row.save()
        return row

    def _steps(self):
        order = 0
        for key, data in self.content.ACTIVITIES.items():
            for day, kind, *more in data["life"]:
                order += 1
                yield day, order, self._step(kind, key, data, more)
                if kind == "advice" and more[2:]:
                    later = datetime.date.fromisoformat(day) + datetime.timedelta(days=9)
                    yield later.isoformat(), order, self._step("answer", key, data, more)
        for day, step in notices.steps(self, self.content.NOTICES):
            order += 1
            yield day, order, step

    def _step(self, kind, key, data, more):
        acts = {
            "make": self._make,
            "save": self._save_again,
            "establish": self._establish,
            "end": self._end,
            "ask": self._ask,
            "send_back": self._send_back,
            "advice": self._advise,
            "answer": self._answer,
            "review": self._review,
        }
        return lambda at: acts[kind](key, data, at, *more)

    def _make(self, key, data, at):
        kind = data.get("kind", "controller")
        fields = dict(data.get("fields", {}))
        content = {}
        for section in layout.for_kind(kind):
            given = {part.name: data[part.name] for part in section.lines if data.get(part.name)}
            if given:
                content[section.key] = self._snapshot(section, given, {}, empty_of(section))
                fields |= content[section.key]["fields"]
        row = activities.create(
            self.organisation,
            by=self._by(data),
            at=at,
            content={section: found | {"fields": {}} for section, found in content.items()},
            name=data["name"],
            kind=kind,
            language=self.organisation.main_language,
            controller=self.controllers[data.get("controller", next(iter(self.controllers)))],
            department=self._department(data.get("department", "")),
            owner=self.people.get(data.get("owner")),
            parent=self.activities.get(data.get("parent")),
            **fields,
        )
        self.activities[key] = row
        if data.get("labels"):
            activities.set_labels([row], add=[self.labels[name] for name in data["labels"]], by=self._by(data), at=at)

    def _snapshot(self, section, given, fields, base):
        """What a section should say: what it says now (`base`), these fields, and these lines added."""
        wanted = {
            "fields": base["fields"] | fields,
            "lines": {name: dict(rows) for name, rows in base["lines"].items()},
        }
        for part in section.lines:
            for values in given.get(part.name, ()):
                position = len(wanted["lines"][part.name])
                wanted["lines"][part.name][str(uuid.uuid4())] = self._values(part, values) | {"position": position}
                if part.answer:
                    wanted["fields"][part.answer] = "some"
        return wanted

    def _values(self, part, values):
        """Short keys of the data become ids of rows."""
        found = {}
        for name, value in values.items():
            found[name] = str(self._row(part, name, value).pk) if self._points(part, name) else value
        if part.only:
            found |= part.only
        return found

    def _points(self, part, name):
        return part.model._meta.get_field(name).is_relation

    def _row(self, part, name, value):
        target = part.model._meta.get_field(name).related_model
        own = {
            models.Party: self.parties,
            models.System: self.systems,
            models.Agreement: self.agreements,
            models.Document: self.documents,
            models.Country: self.countries,
        }
        return (own.get(target) or self.library[target])[value]

    def _save_again(self, key, data, at, section_key, fields=None, lines=None):
        section = layout.BY_KEY[section_key]
        row = self.activities[key]
        row.refresh_from_db()
        base = editing.snapshot(row, section)
        mine = self._snapshot(section, lines or {}, fields or {}, base)
        activities.save_section(row, section.key, mine, base, by=self._by(data), at=at)

    def _establish(self, key, data, at, reason):
        row = models.Activity.objects.select_related("organisation").get(pk=self.activities[key].pk)
        establish.establish(row, by=self.keeper, at=at, reason=reason, approved=True)

    def _end(self, key, data, at, reason, successor=None):
        row = models.Activity.objects.get(pk=self.activities[key].pk)
        establish.end(
            row,
            on=timezone.localdate(at),
            reason=reason,
            by=self.keeper,
            at=at,
            successor=self.activities.get(successor),
        )

    def _ask(self, key, data, at, reason, *names):
        row = models.Activity.objects.get(pk=self.activities[key].pk)
        approval.ask([row], approvers=[self.people[name] for name in names], by=self._by(data), at=at, reason=reason)

    def _send_back(self, key, data, at, by, comment):
        question = models.ApprovalRound.objects.get(activity=self.activities[key], state="open")
        approval.answer(question, by=self.people[by], at=at, approve=False, comment=comment)

    def _advise(self, key, data, at, subject, advice, *answer):
        activities.give_advice(
            self.organisation,
            activity=self.activities[key],
            subject=subject,
            advice=advice,
            by=self.people[self.content.ADVISER],
            at=at,
            given_on=timezone.localdate(at),
        )

    def _answer(self, key, data, at, subject, advice, answer, why=""):
        given = models.Advice.objects.select_related("organisation").get(activity=self.activities[key], subject=subject)
        activities.answer_advice(
            given, answer=answer, answer_reason=why, by=self.keeper, at=at, on=timezone.localdate(at)
        )

    def _review(self, key, data, at):
        row = models.Activity.objects.select_related("organisation").get(pk=self.activities[key].pk)
        activities.mark_reviewed([row], by=self.people.get(data.get("owner"), self.keeper), at=at)

    def _by(self, data):
        return self.people.get(data.get("owner")) or self.keeper
