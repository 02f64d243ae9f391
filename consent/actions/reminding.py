"""Mails to the people of the organisation: images that must come down, and parents to be reminded this school year.

The one rule: a mail names no pupil and no parent, only what to do and where; each goes once per thing and stage.
"""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mail
from accounts.history import act
from accounts.models import Membership, Organisation, OutgoingMail
from accounts.permissions import Role
from consent.kinds import Purpose
from consent.models import Appearance, ConsentPurpose, Pupil, YearReminder
from consent.school import school_years, take_downs
from core.addresses import full_address
from core.refusal import Refused


def reminded(purpose, *, by, at, on):
    """The parents were reminded of a purpose in the school year of that day."""
    year = school_years.school_year(on)
    details = {"code": purpose.code, "year": school_years.named(year)}
    with act(purpose.organisation, by=by, at=at, kind="consent.parents_reminded", details=details):
        ConsentPurpose.objects.select_for_update(of=("self",)).get(pk=purpose.pk)
        if YearReminder.objects.filter(purpose=purpose, school_year=year).exists():
            raise Refused(_("That parents were reminded this school year is recorded already."))
        return YearReminder.objects.create(
            organisation=purpose.organisation, purpose=purpose, school_year=year, done_on=on
        )


def remind(at):
    """Mail what is due and was not mailed yet; returns how many mails that made. A query when there is nothing."""
    has_pupils = Pupil.objects.filter(organisation=OuterRef("pk"))
    has_images = Appearance.objects.filter(organisation=OuterRef("pk"), down_on=None)
    organisations = list(Organisation.objects.filter(Exists(has_pupils) | Exists(has_images)))
    if not organisations:
        return 0
    before = OutgoingMail.objects.count()
    for organisation in organisations:
        members = Membership.objects.on(timezone.localdate(at)).of(organisation).filter(user__is_active=True)
        present = list(members.select_related("user"))
        _yearly(organisation, _officers(present), at)
        _images(organisation, present, at)
    return OutgoingMail.objects.count() - before


def _officers(present):
    """The privacy officers; where there is none the administrators, who keep the register then."""
    of_role = {role: [member.user for member in present if member.role == role] for role in Role}
    return of_role[Role.PRIVACY_OFFICER] or of_role[Role.ADMINISTRATOR]


def _yearly(organisation, officers, at):
    on = timezone.localdate(at)
    asked = ConsentPurpose.objects.of(organisation).in_use().filter(kind=Purpose.PUBLICATION)
    waiting = school_years.waiting(asked.order_by("code"), on=on)
    if not waiting:
        return
    year = school_years.school_year(on)
    for user in officers:
        _write(
            "class_reminder",
            user,
            thing=f"class_lists:{organisation.pk}",
            stage=f"year:{year}",
            at=at,
            organisation=organisation,
            year=school_years.named(year),
            purposes=[purpose.name(user.language) for purpose in waiting],
            url=_url("consent:class_lists", organisation),
        )


def _images(organisation, present, at):
    """To whoever takes it down; when that somebody has left, to the privacy officers."""
    on = timezone.localdate(at)
    for task in take_downs.of(Appearance.objects.of(organisation), organisation, at=at):
        is_late = task.is_late(on)
        owner = [member.user for member in present if member.user_id == task.publication.owner_id]
        for user in owner or _officers(present):
            _write(
                "take_down",
                user,
                thing=f"appearance:{task.appearance.pk}",
                stage=f"{'late' if is_late else 'down'}:{task.since:%Y-%m-%d}",
                at=at,
                organisation=organisation,
                task=task,
                is_late=is_late,
                url=_url("consent:publication", organisation, task.publication.pk),
            )


def _url(name, organisation, *arguments):
    return full_address(name, organisation.slug, *arguments)


def _write(name, user, *, thing, stage, at, **context):
    mail.write(name, thing=thing, stage=stage, recipient=user.email, language=user.language, at=at, context=context)
