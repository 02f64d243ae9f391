"""Two invented organisations that show a record after two years: a Dutch school foundation and a Belgian web shop.

The data are in `school_*.py` and `shop*.py`, as plain values with keys of the starter library; `build.py` plays them
through the real acts, in the order in which they would have happened.
"""
