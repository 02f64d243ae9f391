from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.permissions import MAY_STAND_IN, Permission
from breaches.models import BreachSettings
from core.forms import RecordForm
from register.forms.conflict import Remembering

LONGEST = timedelta(days=92)
"""What is lent to a stand-in ends by itself; a longer absence asks an administrator for another role."""


class SettingsForm(Remembering, RecordForm):
    """Whoever cannot handle breaches by their own role is lent that while the DPO is away: both days must be known."""

    class Meta:
        model = BreachSettings
        fields = ("stand_in", "away_from", "away_until", "details_years", "is_financial")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.on(timezone.localdate()).filter(
            organisation=self.instance.organisation_id, role__in=MAY_STAND_IN
        )
        self.members = {row.user_id: row for row in members.select_related("organisation")}
        field = self.fields["stand_in"]
        field.queryset = field.queryset.filter(pk__in=self.members)
        field.help_text = _(
            "Gets the same mails. While the DPO is away they may open and handle breaches, names and files too. "
            "They do not advise, and decide only if their own role does."
        )
        field.widget.attrs["data-pick"] = ""

    def clean(self):
        given = super().clean()
        if not self.errors and given.get("stand_in"):
            self._ask_period(self.members[given["stand_in"].pk], given["away_from"], given["away_until"])
        return given

    def _ask_period(self, member, start, end):
        if Permission.BREACHES_HANDLE in member.own_permissions:
            return
        if start is None or end is None:
            words = _("Say from when until when: this person may handle breaches only while the DPO is away.")
            self.add_error("away_from" if start is None else "away_until", words)
        elif end - start > LONGEST:
            self.add_error("away_until", _("At most 92 days. For longer, an administrator gives another role."))
