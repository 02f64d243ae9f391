"""What sites and apps put on, or read from, the equipment of a visitor: cookies, pixels and the like (Art. 11.7a Tw).

`kinds` the words, `needs` whether it takes consent, `recognising` and `lifetimes` what lists of others say, `found`,
`lists` and `har` what a file says, `table` for the notice, `klaro` for the banner, `watch` for the rules. Nothing here
changes a row; that is `consent.actions.trackers` and `consent.actions.scans`.
"""
