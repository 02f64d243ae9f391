from django.apps import AppConfig

PAGES = (
    ("consent", "purpose"),
    ("wording", "wording"),
    ("site", "site"),
    ("tracker", "tracker"),
)
"""The page where a finding with this kind of cause is put right."""


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self):
        from accounts import backup, permissions, wording  # apps must be loaded to name a table
        from register import change_log, extensions
        from register import findings as of_register

        from . import erasures, identifiers, rules
        from .mailing import tasks as _lists  # noqa: F401 - what is done with a list registers itself
        from .on_dashboard import FailingWebhooks, Images, Requests
        from .room import Consents
        from .wording import FAMILY, NAMES, SENTENCES

        identifiers.keys()  # wrong ones are said at the start, and not to the first visitor of a form
        wording.add(SENTENCES)
        change_log.FAMILIES["consent"] = FAMILY
        change_log.BY_NEED["consent."] = permissions.Permission.CONSENT_VIEW
        change_log.NAMES.update({self.get_model(model): name for model, name in NAMES.items()})
        rules.declare_all()
        of_register.PAGES.update(
            {kind: (f"consent:{page}", permissions.Permission.CONSENT_VIEW) for kind, page in PAGES}
        )
        for room in (Consents, FailingWebhooks, Requests, Images):
            extensions.add(room())
        backup.leave_out(rebuild=erasures.replay)
        self._sweep()
        self._guard()

    def _sweep(self):
        """What the worker looks at again and again."""
        from accounts import sweeps

        from . import delivering, recount
        from .actions import addresses, forgetting, reminding, rounds, unconfirmed
        from .mailing import work

        sweeps.add("consent.class_reminders", reminding.remind, every=3600, reminds=True)
        sweeps.add("consent.unconfirmed_addresses", addresses.forget_unconfirmed, every=3600)
        sweeps.add("consent.figures", recount.ask, every=3600)
        sweeps.add("consent.webhooks", delivering.deliver, every=10)
        sweeps.add("consent.old_proof", forgetting.destroy_old_proof, every=3600)
        sweeps.add("consent.rounds", rounds.end_due, every=3600)
        sweeps.add("consent.who_left", forgetting.reduce_who_left, every=86_400)
        sweeps.add("consent.old_lists", work.forget_old, every=600)
        sweeps.add("consent.unconfirmed", unconfirmed.forget_unconfirmed, every=3600)

    def _guard(self):
        """What the database refuses."""
        from accounts import history
        from core import guards

        from . import stream
        from .guards import SaidOnce, WithinValidity

        events, versions, wordings = (
            self.get_model(name)._meta for name in ("ConsentEvent", "WordingVersion", "Wording")
        )
        only_added = (self.get_model(name)._meta.db_table for name in ("CustomerRelation", "ParentVoice", "TakenOver"))
        for table in (*history.tables("consent"), events.db_table, *only_added):
            guards.append_only(table)
        for said in (versions, self.get_model("FormVersion")._meta):
            others = tuple(field.column for field in said.concrete_fields if field.name != "valid_until")
            guards.declare(SaidOnce(said.db_table, "valid_until", others))
        guards.declare(stream.Tide(events.db_table))
        guards.declare(WithinValidity(events.db_table, versions.db_table, wordings.db_table))
