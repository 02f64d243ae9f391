"""Writing a file that is there under its name when all of it is on disk, and not before.

The one rule: an older file of that name stays until then, and of one that was not finished nothing stays.
"""

import contextlib
import os
import tempfile
from pathlib import Path


@contextlib.contextmanager
def whole(path):
    """The file to write, for its owner alone."""
    try:
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".unfinished")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
