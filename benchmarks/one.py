"""Fill the database that DATABASE_URL names, measure it, and print JSON: `python -m benchmarks.one SIZE`."""

import json
import os
import sys
from dataclasses import asdict

import django


def main(size):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from django.db import connection

    from . import filling, measuring

    organisation = filling.organisation_with(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps([asdict(measured) for measured in measuring.measure(organisation)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
