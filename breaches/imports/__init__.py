"""An existing register of breaches, from a spreadsheet: read with the tools of the register's own imports.

`reading` finds the table and proposes what each column means, `rows` says what each row becomes, and
`actions.importing` takes it in. The one rule: nothing is made up and nothing is lost. What no field takes is kept word
for word, sealed, and of what an old row only claims ("notified: yes") no act is invented.
"""
