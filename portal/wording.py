"""The sentence for people of each kind of change to what is public; see `accounts.wording`, which shows them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def _made(details):
    if details["count"] == 1:
        return _("Made %(code)s public") % {"code": details["codes"][0]}
    return _("Made %(count)s activities public") % details


NAMES = {"PublicRegister": gettext_lazy("Public register"), "Publication": gettext_lazy("Publication")}
FAMILY = (gettext_lazy("What is public"), ("publication.",))
SENTENCES = {
    "publication.made": _made,
    "publication.withdrawn": gettext_lazy("Took the public page of %(code)s %(name)s away"),
    "publication.settings": gettext_lazy("Changed what of the register is public"),
}
