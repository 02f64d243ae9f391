"""Class lists and images of pupils: what two parents and the pupil each said, the lists and letters on paper, and what
must be taken down.

The one rule: whether somebody may be shown is worked out from the ledger here, where every voice counts, and never from
the last event alone. Nothing here changes a row; that is `consent.actions.class_lists` and its neighbours.
"""
