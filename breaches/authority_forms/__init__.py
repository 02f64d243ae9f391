"""The notification forms of authorities, each one data file; to add one needs no code (`docs/authority_forms.md`).

`reading` reads and checks the files, `sources` says what of a breach feeds an answer, `gathering` fetches that, and
`breaches.filling` brings them together.
"""
