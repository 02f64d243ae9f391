"""The record on its way out: documents made of standings, and nothing else.

`selection` says what is asked for, `gathering` reads it, `sheets` makes the sheet of one activity (a pure function of
its version), `document` puts sheets, cover, contents and annexes together, `making` keeps the result.
"""
