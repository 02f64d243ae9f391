from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"

    def ready(self):
        from accounts import history  # apps must be loaded before a table can be named
        from core import guards, search

        guards.append_only("register_activityversion")
        for table in history.tables("register"):
            guards.append_only(table)
        search.declare("register_activity", "search_text")
