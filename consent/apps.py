from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self):
        from accounts import backup, history  # apps must be loaded before a table can be named
        from core import guards

        from . import erasures
        from .guards import SaidOnce, WithinValidity

        events, versions, wordings = (
            self.get_model(name)._meta for name in ("ConsentEvent", "WordingVersion", "Wording")
        )
        for table in (*history.tables("consent"), events.db_table):
            guards.append_only(table)
        others = tuple(field.column for field in versions.concrete_fields if field.name != "valid_until")
        guards.declare(SaidOnce(versions.db_table, "valid_until", others))
        guards.declare(WithinValidity(events.db_table, versions.db_table, wordings.db_table))
        backup.leave_out(rebuild=erasures.replay)
