"""Measurements of the register at size: `python -m benchmarks`."""

FORM = 2
"""Goes up when the made-up register changes, so that an older one is not measured."""
