"""A migration operation for the first migration of an app with many tables."""

from django.db.migrations.operations import SeparateDatabaseAndState


class CreateTogether(SeparateDatabaseAndState):
    """Make the tables of many models at once, after all of them are known.

    Django makes every model anew, with all that is related to it, after each single operation. Where nearly everything
    points at an organisation and a change, as here, that took half a minute for each new database, mostly in tests.
    Holds CreateModel and what is added to these same models, and nothing else.
    """

    def __init__(self, state_operations):
        super().__init__(state_operations=state_operations)

    def deconstruct(self):
        return self.__class__.__name__, [self.state_operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # a cached property: made again once, when next asked for
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def models(self, app_label, state):
        created = [operation.name for operation in self.state_operations if hasattr(operation, "managers")]
        return [state.apps.get_model(app_label, name) for name in created]
