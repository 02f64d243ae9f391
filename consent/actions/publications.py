"""Saying where an image was published, who can be seen in it, and that it came down.

The one rule: the acts name a publication, and people only by their random id.
"""

from django.utils.translation import gettext as _

from accounts.history import act, create_many
from consent.models import Appearance, Publication
from core.refusal import Refused


def publish(publication, *, by, at):
    """Keep a new publication (unsaved)."""
    details = {"title": publication.title}
    with act(publication.organisation, by=by, at=at, kind="consent.publication_made", details=details) as going_on:
        publication.save()
        going_on.touch(publication.purpose.activity_id)
    return publication


def change(publication, values, *, by, at):
    details = {"title": publication.title}
    with act(publication.organisation, by=by, at=at, kind="consent.publication_changed", details=details):
        row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    return row


def show_in(publication, people, *, by, at, on):
    """These people can be seen in it; returns how many were not named yet."""
    details = {"title": publication.title}
    with act(publication.organisation, by=by, at=at, kind="consent.people_shown", details=details) as going_on:
        Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
        there = set(publication.appearances.filter(down_on=None).values_list("person_id", flat=True))
        new = [
            Appearance(organisation=publication.organisation, publication=publication, person=person, added_on=on)
            for person in people
            if person.pk not in there
        ]
        create_many(new)
        going_on.details["count"] = len(new)
    return len(new)


def take_down(appearance, *, note, by, at, on):
    """The image of this person is down there; once."""
    publication = appearance.publication
    details = {"title": publication.title}
    with act(publication.organisation, by=by, at=at, kind="consent.taken_down", details=details):
        row = Appearance.objects.select_for_update(of=("self",)).get(pk=appearance.pk)
        if row.down_on is not None:
            raise Refused(_("It was taken down already."))
        row.down_on, row.note = on, note
        row.save()
    return row
