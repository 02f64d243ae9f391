"""Working on very much at once.

The one rule: nothing is left switched off for longer than the work takes.
"""

import gc
from contextlib import contextmanager


@contextmanager
def without_collecting():
    """Leave out the search for forgotten rings of objects: while very many values are made and kept, it looks through
    all of them again and again and finds nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
