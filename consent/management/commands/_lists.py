"""What the commands for lists share: what went wrong is said in one line."""

import contextlib

from django.core.management.base import CommandError

from core.refusal import Refused


@contextlib.contextmanager
def saying_what_is_wrong(file):
    """`file` is blamed where the system names none."""
    try:
        yield
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
    except OSError as error:
        raise CommandError(f"{error.filename or file}: {error.strerror or error}") from None
