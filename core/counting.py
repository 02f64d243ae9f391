"""How often something was done lately, counted in a cache: for bounds that need not be exact.

The one rule: the name of a count holds the hour or minute it is of, so that nothing has to be set back to nothing.
"""

from django.core.cache import caches


def one_more(name, *, seconds, cache="default"):
    """One more; how many there are now. In "default" all web workers count together, in "worker" each alone."""
    counts = caches[cache]
    counts.add(name, 0, seconds)
    try:
        return counts.incr(name)
    except ValueError:  # a full cache made room and dropped it
        return 1
