from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from . import guards

        connection_created.connect(guards.fit_the_door, dispatch_uid="core.guards.fit_the_door")
        post_migrate.connect(guards.put_back, dispatch_uid="core.guards.put_back")
