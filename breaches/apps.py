from django.apps import AppConfig

FROZEN = ("Advice", "Assessment", "Communication", "Decision", "LogEntry", "Notification")


class BreachesConfig(AppConfig):
    name = "breaches"

    def ready(self):
        from accounts import history, permissions, sweeps, wording  # apps must be loaded before a table can be named
        from core import guards
        from register import activity_findings, change_log, extensions
        from register import findings as of_register

        from . import findings, rules
        from .actions import drafts, warning
        from .on_dashboard import OnDashboard
        from .room import DataBreaches
        from .wording import FAMILY, NAMES, SENTENCES

        wording.add(SENTENCES)
        rules.declare_all()
        of_register.PAGES[findings.CAUSE] = ("breaches:breach", permissions.Permission.BREACHES_VIEW)
        activity_findings.ELSEWHERE["B010"] = "upkeep"
        extensions.add(DataBreaches())
        change_log.FAMILIES["breach"] = FAMILY
        change_log.BY_NEED["breach."] = permissions.Permission.BREACHES_VIEW
        change_log.NAMES.update({self.get_model(model): name for model, name in NAMES.items()})
        extensions.add(OnDashboard())
        sweeps.add("breaches.warnings", warning.remind, every=60)
        sweeps.add("breaches.old_drafts", drafts.forget_old, every=3600)
        for table in history.tables("breaches"):
            guards.append_only(table)
        for model in FROZEN:
            guards.append_only(self.get_model(model)._meta.db_table)
