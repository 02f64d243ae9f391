"""Requests that only the organisation can answer: for all data (Art. 15), or to be erased (Art. 17).

The one rule: asking twice is asking once, and from the first time the term of Art. 12(3) runs, in calendar months.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consent import terms, vault
from consent.kinds import Answered, Asking, Method
from consent.models import PersonRequest
from consent.receipts import mailing
from core.dates import add_months
from core.refusal import Refused

from . import leaving


@transaction.atomic
def ask(person, kind, text, *, at):
    """Returns the request; the person gets a mail that says by when it is answered."""
    on = timezone.localdate(at)
    found, is_new = PersonRequest.objects.get_or_create(
        person=person,
        kind=kind,
        settled_at=None,
        defaults={
            "organisation_id": person.organisation_id,
            "sealed": vault.seal(person, text) if text else "",
            "asked_at": at,
            "due_on": add_months(on, terms.of(person.organisation, on).answer_months),
        },
    )
    if is_new:
        mailing.write("consent_asked", person, stage=f"asked {found.pk.hex}", at=at, context={"asked": found})
    return found


@transaction.atomic
def settle(asked, *, outcome, text, by, at):
    """Answer a request. To say yes to erasing erases; the mail about that is the answer."""
    row = PersonRequest.objects.select_for_update(of=("self",)).select_related(
        "person__organisation", "person__key_row"
    )
    row = row.get(pk=asked.pk)
    if row.settled_at is not None:
        raise Refused(_("This request was answered already."))
    if row.kind == Asking.ERASURE and outcome == Answered.DONE:
        leaving.erase(row.person, at=at, method=Method.DESK, by=by)
        row.refresh_from_db()
        return row
    row.outcome, row.settled_at, row.settled_by = outcome, at, by
    if row.person.erased_at is None:
        row.sealed_answer = vault.seal(row.person, text)
        context = {"asked": row, "text": text}
        mailing.write("consent_answer", row.person, stage=f"answer {row.pk.hex}", at=at, context=context)
    row.save(update_fields=["outcome", "settled_at", "settled_by", "sealed_answer"])
    return row
