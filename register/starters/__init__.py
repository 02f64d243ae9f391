"""Templates of activities to start from. Each is one data file; to add one needs no code (`docs/starters.md`).

`reading` reads the files, `filling` turns a template and answers into a draft that is not stored yet, `own` does the
same for what an organisation made a template itself, `path` leads a small organisation along ten questions.
"""
