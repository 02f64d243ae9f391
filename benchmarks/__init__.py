"""Measurements of the register at size: `python -m benchmarks`."""
