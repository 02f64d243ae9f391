from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self):
        from accounts import backup, history, permissions, sweeps, wording  # apps must be loaded to name a table
        from core import guards
        from register import change_log, extensions

        from . import erasures
        from .actions import forgetting
        from .guards import SaidOnce, WithinValidity
        from .room import Consents
        from .wording import FAMILY, NAMES, SENTENCES

        wording.add(SENTENCES)
        extensions.add(Consents())
        change_log.FAMILIES["consent"] = FAMILY
        change_log.BY_NEED["consent."] = permissions.Permission.CONSENT_VIEW
        change_log.NAMES.update({self.get_model(model): name for model, name in NAMES.items()})
        sweeps.add("consent.old_proof", forgetting.destroy_old_proof, every=3600)

        events, versions, wordings = (
            self.get_model(name)._meta for name in ("ConsentEvent", "WordingVersion", "Wording")
        )
        for table in (*history.tables("consent"), events.db_table):
            guards.append_only(table)
        others = tuple(field.column for field in versions.concrete_fields if field.name != "valid_until")
        guards.declare(SaidOnce(versions.db_table, "valid_until", others))
        guards.declare(WithinValidity(events.db_table, versions.db_table, wordings.db_table))
        backup.leave_out(rebuild=erasures.replay)
