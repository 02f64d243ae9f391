"""What people do to the register. Each act is one function, one transaction, one `Change` with its reason.

`at` is the aware moment of the act, `by` the user (None for the system itself).
"""
