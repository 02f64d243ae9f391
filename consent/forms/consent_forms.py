"""Building a consent form: its words and settings, and its choices one by one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.kinds import Channel
from consent.models import ConsentForm, Wording
from core.forms import HouseForm, RecordForm
from register.forms.conflict import Remembering
from register.models import CollectionPoint, Notice

WORDS = ("title_nl", "title_en", "intro_nl", "intro_en")
WHO = ("asks_email", "asks_phone", "asks_number", "asks_name", "confirms_by_mail", "keeps_refused")
AROUND = ("notice", "point", "kept_nl", "kept_en")
EXAMPLES = {
    "title_nl": "Onze nieuwsbrief",
    "title_en": "Our newsletter",
    "kept_nl": "Wij bewaren dit papier zolang uw toestemming geldt, en daarna vijf jaar.",
    "kept_en": "We keep this paper for as long as your consent holds, and five years after that.",
}


class StartForm(RecordForm):
    examples = EXAMPLES

    class Meta:
        model = ConsentForm
        fields = ("title_nl", "title_en", "notice")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self)


class EditForm(Remembering, RecordForm):
    examples = EXAMPLES
    references = {"notice": _("Art. 13"), "confirms_by_mail": _("Art. 7(1)")}

    class Meta:
        model = ConsentForm
        fields = (*WORDS, *WHO, *AROUND)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self)
        for name in ("intro_nl", "intro_en"):
            self.fields[name].widget.attrs["rows"] = 4
        for name in ("kept_nl", "kept_en"):
            self.fields[name].widget.attrs["rows"] = 2

    @property
    def words(self):
        return [self[name] for name in WORDS]

    @property
    def who(self):
        return [self[name] for name in WHO]

    @property
    def around(self):
        return [self[name] for name in AROUND]

    def values(self):
        """{column: value} for `actions.consent_forms.change`."""
        said = dict(self.cleaned_data)
        for name in ("notice", "point"):
            row = said.pop(name)
            said[f"{name}_id"] = row.pk if row else None
        return {name: said[name] for name in said if name != "base"}


def offer(form):
    """What can be chosen in the organisation of the row, and what was chosen before."""
    organisation = form.instance.organisation
    form.fields["notice"].empty_label = _("Choose")
    form.fields["notice"].queryset = Notice.objects.of(organisation).published()
    if form.instance.notice_id:
        form.fields["notice"].queryset |= Notice.objects.filter(pk=form.instance.notice_id)
    if "point" in form.fields:
        form.fields["point"].queryset = CollectionPoint.objects.of(organisation).in_use()
        if form.instance.point_id:
            form.fields["point"].queryset |= CollectionPoint.objects.filter(pk=form.instance.point_id)


class ChoiceForm(HouseForm, forms.Form):
    """One more box: `wordings` are those that this member may see."""

    wording = forms.ModelChoiceField(label=_("Wording"), queryset=Wording.objects.none())
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)

    def __init__(self, *args, wordings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wording"].queryset = wordings
        self.fields["wording"].widget.attrs["data-pick"] = ""
