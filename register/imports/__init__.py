"""Registers in: from a file that somebody else made to drafts, without losing a word.

The one rule: what fits no field is kept word for word as a note, and what was interpreted keeps its original in the
report. The way through this room, in the order of the work:

- what the file is: `shapes` proposes a `plan` (`skipping`, `heading_rows`, `headings` with `heading_words*`, `columns`,
  `form_sheets`, `sharing`); people may change it;
- cells to proposals, by that plan: `reading` opens the file, `records` says which cells are about one activity (`grid`,
  `picking`, `joined`), `rows` has each read (`cells`, `data_cells`, `party_cells`, `line_fields`) into a `proposal`;
- words to values, pure: `values`, `bases`, `periods`, `days`, `special`, `personal`;
- proposals to rows: `building` by `matching` and `parties`, written in one act by `apply`, told by `report`;
- through the browser: `staging` lets rows wait as plain values (`packing`), `deciding` and `showing` (`words`) serve
  its pages, `taking` takes in, `undoing` takes back, `forgetting` throws files away;
- files that need no plan: `own_*` for what we exported ourselves, `government*` (`leaves`) for the Dutch
  government's tool.
"""
