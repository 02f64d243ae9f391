"""Sites, trackers, what somebody saw on a consent layer, and the files that are brought in."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consent.models import Site, Tracker
from consent.trackers import needs
from consent.trackers.kinds import LAYER, Ground
from core.forms import HouseForm, RecordForm, UploadField
from register import models as register
from register.forms.conflict import Remembering
from register.law import YesNo

MAIN = ("name", "kind", "domain", "provider", "party", "lifetime", "seen_on")
ABOUT = ("category", "purpose_nl", "purpose_en", "data")
CONSENT = ("ground", "reason", "purpose", "before_consent")
REGISTER = ("activity", "recipient", "transfer", "country")


class SiteForm(Remembering, RecordForm):
    examples = {"name": _("Our web shop"), "domain": "www.example.org"}
    references = {"rule": _("Art. 11.7a Tw; Art. 10/2 Belgian act of 30 July 2018")}

    class Meta:
        model = Site
        fields = ("name", "domain", "rule", "notice")
        help_texts = {
            "rule": _("Belgian law has no exception for statistics."),
            "notice": _("Which notice lists the trackers. Left empty: every notice with a part about cookies."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisation = self.instance.organisation
        self.fields["notice"].queryset = register.Notice.objects.of(organisation).running()

    def clean_domain(self):
        return self.cleaned_data["domain"].strip().casefold()


class LookForm(HouseForm, forms.Form):
    """What somebody saw on the layer that asks for consent."""

    on = forms.DateField(label=_("Looked on"))

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        asks, _exempts = needs.ARTICLES[site.rule]
        self.references = {
            "refuses_first": asks,
            "refuses_equally": "Art. 4(11)",
            "starts_empty": "Art. 4(11)",
            "withdraws_easily": "Art. 7(3)",
        }
        for name in LAYER:
            self.fields[name] = forms.ChoiceField(
                label=capfirst(Site._meta.get_field(name).verbose_name),
                choices=YesNo.choices,
                required=False,
                initial=getattr(site, name),
                widget=forms.RadioSelect,
            )

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in LAYER}


class TrackerForm(Remembering, RecordForm):
    """One tracker. `activities` and `purposes` are what this member may choose from."""

    groups = (
        (_("What it is"), MAIN),
        (_("What it is for"), ABOUT),
        (_("Consent"), CONSENT),
        (_("In the register"), REGISTER),
    )
    examples = {"name": "_ga_*", "lifetime": _("13 months"), "domain": "www.example.org", "data": _("Pages visited")}
    references = {"transfer": "Art. 44", "activity": "Art. 30", "data": "Art. 13"}

    class Meta:
        model = Tracker
        fields = (*MAIN, *ABOUT, *CONSENT, *REGISTER)
        widgets = {
            "purpose_nl": forms.Textarea(attrs={"rows": 2, "lang": "nl"}),
            "purpose_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
            "data": forms.Textarea(attrs={"rows": 2}),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "before_consent": forms.RadioSelect,
            "transfer": forms.RadioSelect,
        }
        help_texts = {
            "name": _("End it with * when it stands for all that begin so."),
            "domain": _("The host that puts it on or reads it."),
            "lifetime": _("A term such as 13 months, or session."),
            "purpose_nl": _("One plain sentence for visitors; it stands in the notice."),
            "ground": _("Without an exception, consent is needed, also when it concerns no personal data."),
            "reason": _("Why the exception holds here. Without a reason it does not count."),
            "purpose": _("For which visitors can say yes or no; the banner asks for it by its code."),
            "before_consent": _("Somebody looked whether it is there before the visitor said anything."),
        }

    def __init__(self, *args, activities, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        organisation = self.instance.organisation
        self.references = self.references | {"ground": needs.ARTICLES[self.instance.site.rule][1]}
        self.fields["activity"].queryset = activities
        self.fields["purpose"].queryset = purposes
        self.fields["recipient"].queryset = register.Party.objects.of(organisation).in_use().order_by("name")
        self.fields["country"].queryset = (
            register.Country.objects.of(organisation).in_use().filter(eea=False).order_by("name_nl")
        )
        for name in ("activity", "purpose", "recipient", "country"):
            self.fields[name].widget.attrs["data-pick"] = ""

    def clean_domain(self):
        return self.cleaned_data["domain"].strip().casefold().lstrip(".")

    def clean(self):
        given = super().clean()
        ground, category = given.get("ground"), given.get("category")
        if ground and category not in needs.SUITS[Ground(ground)]:
            self.add_error("ground", _("This exception cannot hold for a tracker of this category."))
        elif ground and not given.get("reason"):
            self.add_error("reason", _("Write down why the exception holds."))
        if given.get("country") and given.get("transfer") == YesNo.NO:
            self.add_error("country", _("Choose no country when the data do not leave the European Economic Area."))
        return given

    @property
    def parts(self):
        """[(heading, [fields])], as the page draws them."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]


class FileForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".har", ".json"),
        label=_("File"),
        help_text=_(
            "A list of cookies (CSV, XLSX or ODS), or what a browser recorded of one visit (HAR). "
            "Values of cookies are not kept, nor is the file."
        ),
    )


class KnownForm(HouseForm, forms.Form):
    file = UploadField(
        kinds=(".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"),
        label=_("File"),
        help_text=_("CSV, XLSX or ODS with headings such as Name, Domain, Category, Description and Retention period."),
    )


class TakeForm(HouseForm, forms.Form):
    mark_gone = forms.BooleanField(label=_("Mark what the list no longer names as gone"), required=False, initial=False)
    before_consent = forms.BooleanField(
        label=_("Nobody had consented on this visit"),
        help_text=_("Then all of this was loaded before consent, and that is written down with each."),
        required=False,
    )
