from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from core import guards  # apps must be loaded before a table can be named

        from . import history

        for table in ("accounts_change", "accounts_changesubject", "accounts_changeschema", "accounts_event"):
            guards.append_only(table)
        guards.append_only("accounts_controllerversion")
        for table in history.tables("accounts"):
            guards.append_only(table)
        guards.no_overlap("accounts_membership", keys=["user_id", "organisation_id"])
