"""A name for a list that somebody wants back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from register.models import SavedView


class SavedViewForm(RecordForm):
    """The query travels along; a view that the same person gave this name before is replaced on purpose, not by
    accident.
    """

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    examples = {"name": _("Student records without a review date")}

    class Meta:
        model = SavedView
        fields = ("name", "shared", "query")
