from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership
from accounts.permissions import Permission, granted
from accounts.permissions import Role as MemberRole
from breaches.models import BreachSettings
from core.forms import RecordForm
from register.forms.conflict import Remembering

SEEING = [role for role in MemberRole if Permission.BREACHES_VIEW in granted(role)]


class SettingsForm(Remembering, RecordForm):
    """Only who may see breaches can stand in: the mails lead to pages that others may not open."""

    class Meta:
        model = BreachSettings
        fields = ("stand_in", "away_from", "away_until", "details_years", "is_financial")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        able = Membership.objects.on(timezone.localdate()).filter(
            organisation=self.instance.organisation_id, role__in=SEEING
        )
        field = self.fields["stand_in"]
        field.queryset = field.queryset.filter(Q(pk__in=able.values("user")) | Q(pk=self.instance.stand_in_id))
        field.widget.attrs["data-pick"] = ""
