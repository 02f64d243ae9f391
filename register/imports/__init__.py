"""Registers in: from a file that somebody else made to drafts, without losing a word.

`reading` turns a file into proposals, pure values; `apply` makes drafts of them in one act; `report` says what became
of every cell. The one rule: what fits no field is kept word for word as a note, and what was interpreted keeps its
original in the report.
"""
