"""The kinds of shared rows: what each is called, and where its pages are.

One list for menus, tabs, links and the generic pages. Those of the library are found by the slug of their kind; the
others have addresses of their own. `model_name` is what a `Change` says in its details.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission

from . import models


@dataclass(frozen=True)
class Kind:
    slug: str
    model: type
    title: str
    singular: str
    icon: str
    lead: str
    add_label: str
    page: str = "item"
    search: tuple = ("name_nl", "name_en", "note_nl", "note_en")

    @property
    def permission(self):
        """What somebody needs to change rows of this kind."""
        return Permission.LIBRARY_EDIT if self.in_library else Permission.REGISTER_EDIT

    @property
    def in_library(self):
        return self.page == "item"

    @property
    def has_labels(self):
        return self.model in (models.Party, models.System)

    @property
    def can_merge(self):
        return self.has_labels

    def list_url(self, organisation):
        if self.in_library:
            return reverse("register:library_items", args=[organisation.slug, self.slug])
        return reverse(f"register:{self.slug}", args=[organisation.slug])

    def new_url(self, organisation):
        return reverse(f"register:{self.page}_new", args=[organisation.slug, *self._slug])

    def url(self, organisation, key, act=""):
        """The page of the row with this id, or of an act on it ("edit", "retire", "return", "delete", "merge")."""
        name = f"register:{self.page}_{act}" if act else f"register:{self.page}"
        return reverse(name, args=[organisation.slug, *self._slug, key])

    @property
    def _slug(self):
        return [self.slug] if self.in_library else []


KINDS = (
    Kind(
        "parties",
        models.Party,
        _("Processors and recipients"),
        _("Party"),
        "people",
        _("Everyone outside your organisation who receives data or supplies it, each once."),
        _("Add party"),
        "party",
        ("name", "registration_number", "contact", "email", "website", "address"),
    ),
    Kind(
        "agreements",
        models.Agreement,
        _("Agreements"),
        _("Agreement"),
        "file-earmark-text",
        _("What was agreed with processors, joint controllers and others, and until when."),
        _("Add agreement"),
        "agreement",
        ("title", "reference", "party__name"),
    ),
    Kind(
        "systems",
        models.System,
        _("Systems"),
        _("System"),
        "hdd-stack",
        _("The programs, servers and cabinets in which personal data are kept."),
        _("Add system"),
        "system",
        ("name", "kind", "description", "owner", "supplier__name"),
    ),
    Kind(
        "documents",
        models.Document,
        _("Documents"),
        _("Document"),
        "paperclip",
        _("Evidence: a file that is kept here, or the place where it can be found."),
        _("Add document"),
        "document",
        ("title", "kind", "url", "file__name"),
    ),
    Kind(
        "data-categories",
        models.DataCategory,
        _("Data"),
        _("Category of data"),
        "card-list",
        _("Kinds of personal data, such as name or salary. Art. 30(1)(c)."),
        _("Add category of data"),
    ),
    Kind(
        "people",
        models.SubjectCategory,
        _("People"),
        _("Category of people"),
        "people",
        _("Whose data they are, such as pupils or customers. Art. 30(1)(c)."),
        _("Add category of people"),
    ),
    Kind(
        "measures",
        models.Measure,
        _("Measures"),
        _("Measure"),
        "shield-check",
        _("How data are protected, by the headings of Art. 32. Activities choose from these."),
        _("Add measure"),
        search=("name_nl", "name_en", "note_nl", "note_en", "owner"),
    ),
    Kind(
        "retention-rules",
        models.RetentionRule,
        _("Retention"),
        _("Retention rule"),
        "hourglass-split",
        _("How long data are kept, counted from when, and on which ground. Art. 30(1)(f)."),
        _("Add retention rule"),
        search=("name_nl", "name_en", "note_nl", "note_en", "source"),
    ),
    Kind(
        "laws",
        models.Law,
        _("Laws"),
        _("Law"),
        "bank",
        _("Laws that a lawful basis or a retention rule can rest on."),
        _("Add law"),
        search=("name_nl", "name_en", "short_nl", "short_en", "note_nl", "note_en"),
    ),
    Kind(
        "countries",
        models.Country,
        _("Countries"),
        _("Country or international organisation"),
        "globe2",
        _("Countries and international organisations, and whether data may go there. Chapter V."),
        _("Add country or organisation"),
        search=("name_nl", "name_en", "code"),
    ),
    Kind(
        "functions",
        models.InternalRole,
        _("Functions"),
        _("Function"),
        "person-badge",
        _("Functions inside your organisation that may see data. Art. 29 and 32(4)."),
        _("Add function"),
    ),
    Kind(
        "labels",
        models.Label,
        _("Labels"),
        _("Label"),
        "tags",
        _("Your own words with a colour, for activities, parties and systems."),
        _("Add label"),
        search=("name",),
    ),
)

BY_SLUG = {kind.slug: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
LIBRARY = tuple(kind for kind in KINDS if kind.in_library)


def url_of(row, organisation):
    """The page of a shared row."""
    return BY_MODEL[type(row)].url(organisation, row.pk)
