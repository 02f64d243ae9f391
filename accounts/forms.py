from core.forms import RecordForm

from .models import User


class ProfileForm(RecordForm):
    class Meta:
        model = User
        fields = ["name", "job_title", "language", "theme"]
