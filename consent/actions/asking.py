"""What comes in from a form of consent: recorded at once, or asked about in a mail first (double opt-in).

The one rule: the answer to whoever fills in a form is the same whether the address is known or not, and what nobody
confirmed is no consent. A mail asks, in the person's language, and holds no marketing.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import links, mail
from consent import identifiers, offering, terms, vault
from consent.kinds import BY_PHONE, GivenBy, Happening, IdentifierKind, Method
from consent.models import ConfirmationRequest, ConsentEvent, Person
from consent.receipts import mailing
from core.addresses import full_address
from core.refusal import Refused

from . import ticking
from .recording import Said, record

LINK = "consent_confirm"
ASKED = "asked:"
PER_HOUR, PER_DAY = 1, 3  # mails to one address


def thing(request):
    """What the mail about a request is called in the outbox."""
    return f"{LINK}:{request.pk}"


def reference(request, place=""):
    """The reference of the event that says that somebody was asked; without a place how those of a request begin."""
    return f"{ASKED}{request.pk}:{place}"


def asked_events(request):
    """The events that say that somebody was asked; who looks for details finds what was filled in."""
    return ConsentEvent.objects.filter(person=request.person_id, reference__startswith=reference(request))


@transaction.atomic
def take(version, filled, *, method, network, at):
    """Keep what somebody filled in (`forms.asking.Filled`); True when a mail asks them, or a parent, to confirm.

    Raises `Refused` when a choice is no longer open.
    """
    if not version.holds_at(at):
        raise changed()
    wordings = offering.open_choices(version, at=at)
    if set(filled.ticked) - set(wordings):
        raise changed()
    facts = {name: getattr(filled, name) for name in ("name", "phone", "number", "parent")}
    facts["network"] = network
    if filled.parent or version.content["confirms_by_mail"]:
        _ask(version, wordings, filled, facts, method, at)
        return True
    person = ticking.who(version.organisation, filled, at)
    said = {"language": filled.language, "age": filled.age, "method": method}
    held = ticking.held(version, wordings, person, filled.ticked, facts, at)
    ticking.give(version, wordings, person, filled.ticked, facts, at, held=held, **said)
    mailed = tuple(place for place in held if version.content["choices"][place]["channel"] not in BY_PHONE)
    if filled.email:
        again, facts = replace(filled, ticked=mailed or filled.ticked), facts | {"network": network}
        _ask(version, wordings, again, facts, method, at, person=person, is_meant=bool(mailed))
    return False


def changed():
    """What is said to whoever read another version than people are shown now."""
    return Refused(_("This form was changed meanwhile."), remedy=_("Read it once more and send it again."))


def _ask(version, wordings, filled, facts, method, at, *, person=None, is_meant=True):
    """Mail somebody to confirm. Where no mail is meant, or enough went there, the same work is done and undone: the
    time that an answer takes must not tell.
    """
    organisation = version.organisation
    recipient = filled.parent or filled.email
    _version, mark = identifiers.newest(organisation, IdentifierKind.EMAIL, recipient)
    before = transaction.savepoint()
    person = person or ticking.who(organisation, filled, at)
    Person.objects.select_for_update().get(pk=person.pk)  # before counting: somebody may send the form at this moment
    is_enough = _mailed_enough(organisation, mark, at)
    request = ConfirmationRequest.objects.create(
        organisation=organisation,
        version=version,
        person=person,
        choices=list(filled.ticked),
        language=filled.language,
        method=method,
        given_by=GivenBy.PARENT if filled.parent else GivenBy.SUBJECT,
        age=filled.age,
        recipient=mark,
        asked_at=at,
    )
    _record(request, wordings, facts, at)
    _mail(request, recipient, at)
    finish = transaction.savepoint_commit if is_meant and not is_enough else transaction.savepoint_rollback
    finish(before)


def _record(request, wordings, facts, at):
    """That somebody was asked; with nothing ticked, all that is refused is asked about."""
    for place in request.choices or wordings:
        asked = Said(
            Happening.ASKED,
            wordings[place].wording.purpose,
            request.version.content["choices"][place]["channel"],
            request.method,
            at,
            wording=wordings[place],
            form=request.version,
            language=request.language,
            given_by=request.given_by,
            age=request.age,
            reference=reference(request, place),
            facts=facts,
        )
        record(request.person, asked, at=at)


def _mailed_enough(organisation, mark, at):
    """No more mail to this address now: one an hour and three a day, whoever fills it in. Two queries."""
    mailed = ConfirmationRequest.objects.filter(organisation=organisation, recipient=mark)
    lately = [mailed.filter(asked_at__gt=at - span).count() for span in (timedelta(hours=1), timedelta(days=1))]
    return lately[0] >= PER_HOUR or lately[1] >= PER_DAY


def _mail(request, recipient, at):
    organisation = request.organisation
    hours = terms.of(organisation, timezone.localdate(at)).confirm_hours
    expires_at = at + timedelta(hours=hours)
    _link, token = links.make(organisation, purpose=LINK, subject=request, expires_at=expires_at, by=None, at=at)
    mail.write(
        "consent_confirm",
        thing=thing(request),
        stage="ask",
        recipient=recipient,
        is_private=True,
        language=request.language,
        at=at,
        context={
            "organisation": organisation,
            "title": request.version.title(request.language),
            "by_parent": request.given_by == GivenBy.PARENT,
            "url": full_address("portal:consent_confirm", organisation.slug, token),
            "expires_at": expires_at,
        },
    )


def waiting(link):
    """The request that a link is about, or None when it is over. One query."""
    found = ConfirmationRequest.objects.select_related(
        "organisation", "version__form", "version__organisation", "person__key_row", "person__organisation"
    )
    return found.filter(pk=link.subject_id, person__erased_at=None).first()


def choices_now(request, *, at):
    """{place: WordingVersion} of what was ticked and can still be given. One query."""
    wordings = offering.open_choices(request.version, at=at)
    return {place: wordings[place] for place in request.choices if place in wordings}


@transaction.atomic
def confirm(request, *, network, at):
    """Give what was ticked, once; returns the places that were given, none when somebody confirmed already.

    What is no longer offered is left out: nobody consents to a text that has ended.
    """
    Person.objects.select_for_update().get(pk=request.person_id)
    mine = ConfirmationRequest.objects.filter(pk=request.pk, confirmed_at=None).update(confirmed_at=at)
    if not mine:
        return ()
    wordings = offering.open_choices(request.version, at=at)
    places = tuple(place for place in request.choices if place in wordings)
    facts = _facts(request) | {"network": network}
    unproved = [place for place in places if not _is_own_word(request, place)]
    held = ticking.held(request.version, wordings, request.person, unproved, facts, at)
    recorded = ticking.give(
        request.version,
        wordings,
        request.person,
        places,
        facts,
        at,
        language=request.language,
        age=request.age,
        held=held,
        given_by=request.given_by,
        method=Method.CONFIRMED,
    )
    mailing.tell(request.person, [event for event in recorded if event.person_id == request.person_id])
    return places


def _facts(request):
    """What was filled in when it was asked."""
    event = asked_events(request).select_related("detail").first()
    detail = getattr(event, "detail", None)
    return vault.facts_of(request.person, detail.sealed) if detail else {}


def _is_own_word(request, place):
    """Whether the mail that was answered went to the very person whose consent it is, over this very address."""
    channel = request.version.content["choices"][place]["channel"]
    return request.given_by == GivenBy.SUBJECT and channel not in BY_PHONE
