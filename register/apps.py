from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"

    def ready(self):
        from accounts import history, verification  # apps must be loaded before a table can be named
        from core import guards, search

        from .actions import establish
        from .reading import names_of

        guards.append_only("register_activityversion")
        verification.add_chain(self.get_model("ActivityVersion"), key="activity_id", digest=establish.version_digest)
        verification.add_names(names_of)
        for table in history.tables("register"):
            guards.append_only(table)
        search.declare("register_activity", "search_text")
