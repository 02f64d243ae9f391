"""What this room tells the register, through `register.extensions`."""

from register.extensions import Extension

from . import demo


class Consents(Extension):
    def demo(self, organisation, people, *, at):
        demo.fill(organisation, people, at=at)
