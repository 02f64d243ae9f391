"""What happened to the two demo organisations of the register: breaches in every state, and a drill.

The data are in `school.py` and `shop.py`, as hours before now and plain values; `play.py` plays them through the real
acts. Nobody in them exists.
"""

from . import play, school, shop

CONTENT = {"school": school, "webshop": shop}


def fill(organisation, people, *, at):
    """The breaches of a demo organisation that was just made; none for another one."""
    content = CONTENT.get(organisation.slug)
    if content is not None:
        play.Play(content, organisation, people, at).play()
