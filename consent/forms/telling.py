"""Tell a friend: setting the page up, which asks for rewards and refuses them, and the form of the visitor."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import identifiers
from consent.kinds import IdentifierKind
from consent.models import TellAFriend
from core.forms import HouseForm, RecordForm
from core.refusal import Refused
from register.forms.conflict import Remembering

YES, NO = "yes", "no"
YES_OR_NO = ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))
COUNTRIES = (
    ("NL", gettext_lazy("In the Netherlands")),
    ("BE", gettext_lazy("In Belgium")),
    ("elsewhere", gettext_lazy("Elsewhere")),
)
NO_NAME = re.compile(r"[@/:\\<>\n\r]|www\.|\.\w{2,}\b", re.IGNORECASE)


def _question(label, **options):
    return forms.ChoiceField(label=label, choices=YES_OR_NO, widget=forms.RadioSelect, **options)


GOOD = {"sender_reward": NO, "friend_reward": NO, "own_initiative": YES}
"""The answers that let a page be kept, and so those that were given for one that is there."""


class TellForm(Remembering, RecordForm):
    sender_reward = _question(
        gettext_lazy("Does whoever sends the mail get anything, or a chance of it?"),
        help_text=gettext_lazy("Discount, points, a gift, a prize draw."),
    )
    friend_reward = _question(gettext_lazy("Does the friend get anything, or a chance of it?"))
    own_initiative = _question(gettext_lazy("Do visitors send it wholly on their own initiative?"))
    examples = {"slug": "tell", "site": "https://shop.example"}
    untracked = tuple(GOOD)

    class Meta:
        model = TellAFriend
        fields = ("name", "slug", "site", "text_nl", "text_en")

    def clean(self):
        cleaned = super().clean()
        for name, good in GOOD.items():
            if cleaned.get(name) and cleaned[name] != good:
                self.add_error(name, refusal())
        return cleaned


def refusal():
    return _(
        "Then it is advertising of the site itself, and the friend must consent first: nobody may get anything for it, "
        "and the sender decides alone (joint ruling of OPTA and CBP, December 2008)."
    )


class FriendForm(HouseForm, forms.Form):
    """One visitor and one friend; nothing of it is kept."""

    sender = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, help_text=gettext_lazy("Your friend reads who sent the mail.")
    )
    friend = forms.CharField(label=gettext_lazy("E-mail address of your friend"), max_length=254)
    country = forms.ChoiceField(
        label=gettext_lazy("Where does your friend live?"), choices=COUNTRIES, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sender"].widget.attrs["autocomplete"] = "name"
        self.fields["friend"].widget.attrs |= {"autocomplete": "off", "inputmode": "email"}

    def clean_sender(self):
        name = " ".join(unicodedata.normalize("NFKC", self.cleaned_data["sender"]).split())
        if NO_NAME.search(name) or any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn") for sign in name):
            raise forms.ValidationError(_("Give your name only, without addresses or signs such as @ and /."))
        return name

    def clean_friend(self):
        try:
            return identifiers.normalised(IdentifierKind.EMAIL, self.cleaned_data["friend"])
        except Refused as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean(self):
        cleaned = super().clean()
        is_belgian = cleaned.get("friend", "").endswith(".be")
        if cleaned.get("country") in ("BE", "elsewhere") or is_belgian:
            name = "friend" if is_belgian else "country"
            self.add_error(name, _("We may send this only to somebody in the Netherlands. Tell your friend yourself."))
        return cleaned
