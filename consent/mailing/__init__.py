"""For those who mail: is everybody on this list to be written to, who is missing from it, and who must go from it.

The one rule: an address that comes in with a list leaves again with the answer and stays nowhere; what is kept of it
for a day is encrypted with a key that is destroyed afterwards.
"""
