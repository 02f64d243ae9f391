"""Plays what happened to a demo organisation through the real acts, oldest first."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Membership
from breaches import assessment, letters, terms
from breaches.actions import (
    assessing,
    closing,
    controllers,
    deciding,
    drills,
    facts,
    lines,
    notifying,
    reporting,
    telling,
)
from breaches.authority_forms import gathering, reading
from breaches.models import Breach, BreachActivity, BreachSystem, Drill, Measure
from breaches.suggestion import suggest
from register.models import Activity, Party, System


class Play:
    """`content` holds BREACHES and DRILLS; `people` maps a short name to a User; `now` is the moment of loading.

    A breach says how many hours `ago` it was noticed, and a step how many hours later it was done.
    """

    def __init__(self, content, organisation, people, now):
        self.content, self.organisation, self.people = content, organisation, people
        self.now = now.replace(second=0, microsecond=0)
        self.keeper = people[content.KEEPER]
        self.breaches, self.drills = {}, {}

    def play(self):
        for moment, _order, step in sorted(self._steps(), key=lambda step: step[:2]):
            step(moment)

    def _steps(self):
        """(moment, order, act)"""
        found = []
        for key, data in self.content.DRILLS.items():
            start = self.now - timedelta(hours=data["ago"])
            found += [(start, self._start_drill(key, data)), (start + timedelta(hours=72), self._end_drill(key, data))]
        for key, data in self.content.BREACHES.items():
            noticed = self.now - timedelta(hours=data["ago"])
            told = noticed + timedelta(hours=data.get("told_after", 0))
            found.append((told, self._report(key, data, noticed)))
            for hours, kind, *more in data["life"]:
                found.append((noticed + timedelta(hours=hours), self._step(key, kind, more)))
        return ((moment, order, step) for order, (moment, step) in enumerate(found))

    def _step(self, key, kind, more):
        return lambda at: getattr(self, f"_{kind}")(self.breaches[key], at, *more)

    def _start_drill(self, key, data):
        def step(at):
            drill = Drill(organisation=self.organisation, title=data["title"], scenario=data["scenario"])
            self.drills[key] = drills.start(drill, by=self.keeper, at=at)

        return step

    def _end_drill(self, key, data):
        def step(at):
            drills.end(self.drills[key], by=self.keeper, at=at)
            drills.learn(self.drills[key], data["lessons"], by=self.keeper, at=at)

        return step

    def _report(self, key, data, noticed):
        """`before`: hours between what happened and its being noticed. `knew_before`: since when a processor knew."""

        def step(at):
            more = dict(data["report"])
            if "before" in data:
                more["occurred_from"] = noticed - timedelta(hours=data["before"])
            if "knew_before" in data:
                more |= {
                    "processor_aware_at": noticed - timedelta(hours=data["knew_before"]),
                    "processor_told_at": noticed,
                    "processor": self._named(Party, data["processor"]),
                }
            if "drill" in data:
                more |= {"is_drill": True, "drill": self.drills[data["drill"]]}
            breach = Breach(organisation=self.organisation, first_signal_at=noticed, **more)
            texts = {f"report.{name}": text for name, text in data["texts"].items()}
            self.breaches[key] = reporting.report(breach, texts, by=self.people[data["by"]], at=at)

        return step

    def _named(self, model, name):
        return model.objects.get(organisation=self.organisation, name=name)

    def _examine(self, breach, at):
        facts.examine(breach, by=self.keeper, at=at)

    def _facts(self, breach, at, section, values):
        facts.change(breach, values, by=self.keeper, at=at, section=section)

    def _hits(self, breach, at, activity, system=""):
        for model, name, of in ((BreachActivity, activity, Activity), (BreachSystem, system, System)):
            if name:
                lines.hit(breach, model, by=self.keeper, at=at, **{of._meta.model_name: self._named(of, name)})

    def _assess(self, breach, at, answers, asked, reasoning):
        breach.refresh_from_db()
        known = dict.fromkeys(assessment.ASKED_HERE) | asked
        found = assessment.facts_of(breach, answers, is_financial=False, **known)
        suggestion = suggest(found, terms.of(self.organisation, timezone.localdate(breach.aware_at)))
        assessing.assess(breach, facts=found, suggestion=suggestion, reasoning=reasoning, by=self.keeper, at=at)

    def _advise(self, breach, at, text):
        deciding.advise(breach, text=text, by=self.people["dpo"], at=at)

    def _decide(self, breach, at, about, tell, reason, exemption=""):
        by = self.people[self.content.DECIDER]
        deciding.decide(breach, about=about, tell=tell, reason=reason, exemption=exemption, by=by, at=at)

    def _notify(self, breach, at, kind, reference, follows="", days=0):
        """By the form of the organisation's own country; what follows does so within so many `days`."""
        breach.refresh_from_db()
        day = timezone.localdate(at)
        sent = notifying.Sent(
            kind,
            at,
            reference=reference,
            is_complete=not follows,
            follow_up_on=day + timedelta(days=days) if follows else None,
            follows=follows,
            asked=gathering.asked_of(self.keeper),
        )
        form = reading.forms(day)[self.content.FORM]
        notifying.notify(breach, form, sent, membership=self._membership(day), at=at)

    def _membership(self, day):
        return (
            Membership.objects.on(day)
            .select_related("organisation", "user")
            .get(organisation=self.organisation, user=self.keeper)
        )

    def _tell(self, breach, at, channel, people):
        """With the letter that comes of the facts."""
        breach.refresh_from_db()
        found = gathering.facts_of(breach, membership=self._membership(timezone.localdate(at)), at=at)
        told = telling.Told(timezone.localdate(at), channel, "nl", people)
        telling.tell(breach, told, letters.letter(found, "nl"), by=self.keeper, at=at)

    def _measure(self, breach, at, kind, text, owner, days):
        """Due after so many days, and by then done."""
        day = timezone.localdate(at) + timedelta(days=days)
        row = Measure(
            organisation=self.organisation,
            breach=breach,
            kind=kind,
            text=text,
            owner=self.people[owner],
            due_on=day,
            done_on=day if day <= timezone.localdate(self.now) else None,
        )
        lines.save(row, by=self.keeper, at=at)

    def _log(self, breach, at, text):
        lines.log(breach, text=text, happened_at=at, by=self.keeper, at=at)

    def _controllers(self, breach, at, *names):
        told = {self._named(Party, name): at for name in names}
        controllers.change(breach, told, by=self.keeper, at=at)

    def _close(self, breach, at):
        closing.close(breach, by=self.keeper, at=at)

    def _no_breach(self, breach, at, reason):
        closing.find_no_breach(breach, reason=reason, by=self.keeper, at=at)

    def _withdraw(self, breach, at, reason):
        closing.withdraw(breach, reason=reason, by=self.keeper, at=at)
