"""For who mails with a program of their own: each address that may be written to, with the links for its mails."""

from itertools import chain

from consent import links

from . import consenting, results


def run(asked, target, *, language, progress):
    """Write addresses with their links to `target`; gives {"lines"}."""
    writer = results.Writer(target, language)
    writer.write(["address", "unsubscribe_url", "preferences_url"])
    done = 0
    for group in chain(consenting.agreed(asked), consenting.customers(asked)):
        for person, _kind, address in group:
            if address:
                out = links.unsubscribe_url(person, asked.purpose, asked.channel)
                writer.write([address, out, links.preferences_url(person, asked.organisation)])
                done += 1
        progress(done, done)
    writer.finish()
    return {"lines": done}
