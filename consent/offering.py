"""What a form may ask of people: why it cannot be published yet, what a version of it freezes, and which of its choices
people can still make.

The one rule: a choice stands on the street only as long as the version of its wording is in use. What ended is left
out, and asks for a new version of the form.
"""

from dataclasses import dataclass

from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from register.models import NoticeVersion
from register.notices.text import LANGUAGES

from . import noticing
from .kinds import BY_PHONE, Channel
from .models import WordingVersion
from .validity import Blocker, bundles_terms, no_terms

SCHEMA = 1
NEEDED = {Channel.EMAIL: "asks_email", **dict.fromkeys(BY_PHONE, "asks_phone")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a draft with all that decides whether it may be asked: `row` as `overview` gives its wording,
    `children` is True when the activity is about children."""

    choice: object
    row: object
    name: str
    children: bool = False

    @property
    def wording(self):
        return self.choice.wording

    @property
    def asks_age(self):
        return self.wording.purpose.is_online_service or self.children


def languages_of(form):
    """The languages that a form is published in: those in which it has a title."""
    return [language for language in LANGUAGES if getattr(form, f"title_{language}").strip()]


def texts_of(form, language):
    return {name: getattr(form, f"{name}_{language}").strip() for name in ("title", "intro", "kept")}


def notice_in_force(form, on):
    """The version of its notice that people can read on a day, read with what `noticing.frozen` needs, or None. One
    query."""
    if form.notice_id is None or form.notice.ended_at is not None:
        return None
    found = NoticeVersion.objects.filter(notice=form.notice_id).in_force(on)
    return found.select_related("notice", "organisation").first()


def blockers(form, choices, notice):
    """Why a form cannot be published: `choices` as `Choice`, `notice` as `notice_in_force` gives it."""
    return (*_of_form(form, notice), *_of_texts(form), *_of_choices(form, choices, notice))


def _of_form(form, notice):
    if form.organisation.main_language not in languages_of(form):
        yield Blocker("title", _("Title"), _("Give a title in the main language of your organisation."))
    if form.notice_id is None:
        yield Blocker("notice", _("Privacy notice"), _("Choose the notice that people can read there (Art. 13)."))
    elif notice is None:
        yield Blocker("notice", _("Privacy notice"), _("This notice is not published, so nobody can read it. Art. 13."))


def _of_texts(form):
    for language in LANGUAGES:
        said = texts_of(form, language)
        if bundles_terms(f"{said['title']} {said['intro']}"):
            yield Blocker(f"intro_{language}", _("Introduction"), no_terms())


def _of_choices(form, choices, notice):
    if not choices:
        yield Blocker("choices", _("Choices"), _("There is nothing to choose yet."))
    seen = set()
    for one in choices:
        about = f"{one.wording.name} ({Channel(one.choice.channel).label})"
        key = (one.wording.purpose_id, one.choice.channel)
        if key in seen:
            why = _("The same purpose over the same channel stands there twice: one choice is one question.")
            yield Blocker("choices", about, why)
        seen.add(key)
        yield from (Blocker("choices", about, why) for why in _of_choice(form, one))
        if notice is not None and not noticing.speaks_of(notice, one.wording.purpose.activity_id):
            why = _("The privacy notice says nothing of the activity behind it: let it, or choose another notice.")
            yield Blocker("notice", about, why)


def _of_choice(form, one):
    version = one.row.version if one.row else None
    if version is None:
        yield _("This wording has no published version in use: publish it first.")
        return
    if one.row.moved.is_stale:
        yield _("This wording no longer covers what is done: publish a new one first.")
    texts = version.content.get("texts", {})
    for language in languages_of(form):
        if language not in texts:
            yield _("This wording says nothing in %(language)s, and the form does.") % {
                "language": get_language_info(language)["name_local"]
            }
    if any(bundles_terms(said.get("text", "")) for said in texts.values()):
        yield no_terms()
    needed = NEEDED.get(one.choice.channel)
    if needed and not getattr(form, needed):
        yield _("The form does not ask for the address or number that this channel needs.")


def content(form, choices, notice):
    """What a version freezes, without how it is shown. JSON-ready."""
    languages = languages_of(form)
    asks = {name: getattr(form, f"asks_{name}") for name in ("email", "phone", "number", "name")}
    return {
        "schema": SCHEMA,
        "form": {"id": str(form.pk), "slug": form.slug},
        "texts": {language: texts_of(form, language) for language in languages},
        "asks": asks | {"age": any(one.asks_age for one in choices)},
        "confirms_by_mail": form.confirms_by_mail,
        "keeps_refused": form.keeps_refused,
        "notice": noticing.frozen(notice, choices[0].wording.purpose.activity_id),
        "point": {"id": str(form.point_id), "name": form.point.name} if form.point_id else None,
        "choices": [_frozen(one, languages, choices) for one in choices],
    }


def is_as_published(version, form, choices, notice):
    """Whether a working copy that nothing blocks says what a version says: publishing it would change nothing."""
    kept = {name: said for name, said in version.content.items() if name != "shown"}
    return kept == content(form, choices, notice)


def _frozen(one, languages, choices):
    version, purpose = one.row.version, one.wording.purpose
    texts = version.content["texts"]
    names = ("code", "name_nl", "name_en", "is_online_service")
    return {
        "wording": str(version.pk),
        "number": version.number,
        "digest": version.digest,
        "name": one.wording.name,
        "channel": one.choice.channel,
        "purpose": {"id": str(purpose.pk), **{name: getattr(purpose, name) for name in names}},
        "texts": {
            language: {
                "text": _apart(one, language, choices),
                "withdrawal": texts[language].get("withdrawal", ""),
            }
            for language in languages
        },
    }


def _apart(one, language, choices):
    """What people read at a box; two that read alike are told apart by their channels."""
    text = _said(one, language)
    if [_said(each, language) for each in choices].count(text) == 1:
        return text
    with override(language):
        return f"{text} ({Channel(one.choice.channel).label})"


def _said(one, language):
    return one.row.version.content["texts"][language]["text"]


def open_choices(version, *, at):
    """{place: WordingVersion} of the choices of a version of a form that people can make at a moment. One query."""
    ids = [choice["wording"] for choice in version.content["choices"]]
    rows = WordingVersion.objects.filter(pk__in=ids, valid_from__lte=at).select_related(
        "wording__purpose__organisation"
    )
    found = {str(row.pk): row for row in rows if row.holds_at(at)}
    return {place: found[key] for place, key in enumerate(ids) if key in found}


def behind(versions, *, on):
    """The ids of those versions of forms, read with their form, that should be published again, for the reasons that
    `outdated` gives of one. Two queries."""
    asked = {version.pk: {choice["wording"] for choice in version.content["choices"]} for version in versions}
    rows = WordingVersion.objects.filter(pk__in=set().union(*asked.values()), valid_until=None)
    open_ones = {str(key) for key in rows.values_list("pk", flat=True)}
    notices = NoticeVersion.objects.filter(notice__in={version.form.notice_id for version in versions})
    read_now = dict(notices.filter(notice__ended_at=None).in_force(on).values_list("notice", "pk"))
    return {
        version.pk
        for version in versions
        if asked[version.pk] - open_ones or str(read_now.get(version.form.notice_id)) != version.content["notice"]["id"]
    }


def outdated(version, notice, *, at):
    """Why a published form should be published again: sentences, none when it is as it should be. One query."""
    open_ones = open_choices(version, at=at)
    if len(open_ones) < len(version.content["choices"]):
        yield _("The wording of a choice was published anew or ended, so that choice is not offered to people now.")
    kept = version.content["notice"]
    if notice is None:
        yield _("Its privacy notice is no longer in force.")
    elif str(notice.pk) != kept["id"]:
        yield _("Its privacy notice has a newer version.")
