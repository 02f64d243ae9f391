"""Forms of consent: built, published as versions that stay as they are, and taken away.

The one rule: what people are shown is a version; the working copy reaches nobody. Publishing refuses, and says why.
"""

from contextlib import contextmanager

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.history import act
from consent import offering, overview
from consent.forms.asking import AskForm
from consent.models import ConsentForm, FormChoice
from core.refusal import Refused

from . import versions


def make(form, *, by, at):
    """Keep a new form (unsaved), at an address of its own."""
    with act(form.organisation, by=by, at=at, kind="consent.form_made", details={"name": str(form)}):
        form.slug = _free_slug(form)
        form.save()
    return form


def _free_slug(form):
    stem = slugify(str(form))[:50] or "form"
    taken = set(ConsentForm.objects.of(form.organisation).filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if slug not in taken)


def locked(form):
    """The form as it stands now, for writing; inside a transaction."""
    rows = ConsentForm.objects.select_for_update(of=("self",)).select_related("organisation", "notice", "point")
    return rows.get(pk=form.pk)


def change(form, values, *, by, at):
    """Change the working copy: {column: value}."""
    with _acting(form, by=by, at=at, kind="consent.form_changed") as row:
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            _save(row)
    return row


def add_choice(form, wording, channel, *, by, at):
    """Put one more empty box at the end."""
    with _acting(form, by=by, at=at, kind="consent.form_changed") as row:
        if row.choices.filter(wording__purpose=wording.purpose_id, channel=channel).exists():
            raise Refused(_("This purpose over this channel stands on the form already."))
        last = row.choices.last()
        choice = FormChoice.objects.create(
            form=row, wording=wording, channel=channel, position=last.position + 1 if last else 1
        )
        _save(row)
    return choice


def remove_choice(choice, *, by, at):
    with _acting(choice.form, by=by, at=at, kind="consent.form_changed") as row:
        choice.delete()
        _save(row)


def move_up(choice, *, by, at):
    """Change places with the choice before it; the first one stays."""
    with _acting(choice.form, by=by, at=at, kind="consent.form_changed") as row:
        order = list(row.choices.all())
        place = order.index(choice) if choice in order else 0  # somebody may have taken it away meanwhile
        if place:
            order[place - 1], order[place] = order[place], order[place - 1]
            for position, one in enumerate(order, start=1):
                if one.position != position:
                    one.position = position
                    one.save()
            _save(row)


def choices_of(form, *, at, language):
    """[offering.Choice] of the working copy. Four queries."""
    rows = list(form.choices.select_related("wording__purpose__organisation", "wording__purpose__activity"))
    purposes = list({row.wording.purpose_id: row.wording.purpose for row in rows}.values())
    found, children = {}, {}
    for one in overview.of(purposes, language=language, at=at):
        children[one.purpose.pk] = one.standing is not None and one.standing.entry.children == "yes"
        found |= {(one.purpose.pk, row.wording.pk): (one.name, row) for row in one.wordings}
    shown = []
    for row in rows:
        name, wording = found.get((row.wording.purpose_id, row.wording_id), ("", None))
        shown.append(offering.Choice(row, wording, name, children[row.wording.purpose_id]))
    return shown


def publish(form, *, revision, by, at):
    """Make a version of the working copy that is shown from this moment on; the version before ends. `revision` is what
    the person saw. Raises `Refused` when something blocks it. Returns the version.
    """
    with _acting(form, by=by, at=at, kind="consent.form_published") as row:
        if row.revision != revision:
            raise Refused(_("Somebody changed this form meanwhile."), remedy=_("Look at it once more."))
        choices = choices_of(row, at=at, language=translation.get_language())
        notice = offering.notice_in_force(row, timezone.localdate(at))
        stopping = offering.blockers(row, choices, notice)
        if stopping:
            raise Refused(str(stopping[0].why), where=str(stopping[0].about))
        content = offering.content(row, choices, notice)
        content["shown"] = {language: shown(content, language) for language in content["texts"]}
        version = versions.publish(row, content, by=by, at=at)
        _save(row)
    return version


def publish_again(forms, *, by, at):
    """Publish these forms as they stand, with what their wordings and notices are now. Returns [(form, why not)] of
    those that something blocks; they stay as they were.
    """
    blocked = []
    for form in forms:
        try:
            publish(form, revision=form.revision, by=by, at=at)
        except Refused as refusal:
            blocked.append((form, refusal))
    return blocked


def shown(content, language):
    """The boxes and fields as people see them, as HTML: the very part that the public page includes."""
    places = range(len(content["choices"]))
    with translation.override(language):
        form = AskForm(content=content, places=places, language=language)
        return render_to_string("consent/_asked.html", {"form": form, "language": language})


def end(form, *, by, at, on):
    """Nobody is asked with it any more; what was given with it stays."""
    with _acting(form, by=by, at=at, kind="consent.form_ended") as row:
        versions.end(row, at)
        row.retired_on = on
        _save(row)
    return row


@contextmanager
def _acting(form, *, by, at, kind):
    """One act on a form that was not taken away; gives the locked row."""
    with act(form.organisation, by=by, at=at, kind=kind, details={"name": str(form)}):
        row = locked(form)
        if row.retired_on is not None:
            raise Refused(_("This form was taken away, so it can no longer be changed."))
        yield row


def _save(row):
    row.revision += 1
    row.save()
