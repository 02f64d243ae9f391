from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from accounts import history, wording  # apps must be loaded before a table can be named
        from core import guards
        from register import change_log

        from .wording import FAMILY, SENTENCES

        wording.add(SENTENCES)
        change_log.FAMILIES["publication"] = FAMILY
        for table in history.tables("portal"):
            guards.append_only(table)
