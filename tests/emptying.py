"""The tables emptied after a test with real transactions, as Django's own flush would, but many times as fast.

What migrate itself fills stays: no test writes there, and making it again takes longer than all the rest.
"""

from django.db import connections

from core import guards

FILLED_BY_MIGRATE = {"django_content_type", "auth_permission"}


def empty(using):
    """Foreign keys are looked at when it is over, so the order of the tables does not matter."""
    connection = connections[using]
    with guards.open_door("the tables of a test are emptied", using=using), connection.cursor() as cursor:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = [connection.ops.quote_name(name) for name in sorted(set(names) - FILLED_BY_MIGRATE)]
        if connection.vendor == "postgresql":  # wait for what the server of the tests may still be writing
            cursor.execute(f"LOCK TABLE {', '.join(tables)}")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
