from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from accounts import history, wording  # apps must be loaded before a table can be named
        from core import guards
        from register import change_log

        from .wording import FAMILY, NAMES, SENTENCES

        wording.add(SENTENCES)
        change_log.FAMILIES["publication"] = FAMILY
        change_log.NAMES.update({self.get_model(model): name for model, name in NAMES.items()})
        for table in history.tables("portal"):
            guards.append_only(table)
