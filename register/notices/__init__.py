"""What people are told about their data (Art. 12-14 and 21(4)): a text written from the established register.

`text` is the value, `sentences` the words, `writing` makes the one from the record with the other, `drift` compares two
texts, `reading` fetches. Nothing here changes a row; that is `register.actions.notices`.
"""
