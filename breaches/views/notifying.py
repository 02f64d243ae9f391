"""Recording that an authority was notified, and reading again what was answered there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission as P
from breaches import filling, form_pdf
from breaches.actions import notifying
from breaches.authority_forms import gathering, reading
from breaches.forms.notifying import NotificationForm, starting
from breaches.law import NotificationKind
from core.refusal import Refused

from .authority_forms import filled_for, form_of, handed_out, kinds_of, language_of
from .found import breach_of, shown


@require_safe
@requires(P.BREACHES_HANDLE)
def overview(request, organisation, breach):
    """Which form to fill in, and what went out so far."""
    found = breach_of(request, breach)
    on = timezone.localdate()
    controller, _is_sure = gathering.controller_of(found, on)
    own = controller.get("authority", "").lower()
    forms = sorted(reading.forms(on).values(), key=lambda form: (form.authority != own, form.code))
    language = language_of(request)
    context = {
        "forms": [_offered(form, found, own, language) for form in forms],
        "notifications": found.notification_rows.select_related("by"),
    }
    return shown(request, found, "breaches/notify.html", context)


@requires(P.BREACHES_HANDLE)
def record(request, organisation, breach, form):
    found = breach_of(request, breach)
    asked = form_of(form, timezone.localdate())
    at = timezone.now()
    kind, filled = filled_for(request, found, asked)
    seen = _seen(found, asked, kind, at, request.membership)
    given = NotificationForm(request.POST or None, filled=filled, initial=starting(kind, seen, at))
    if request.method == "POST" and given.is_valid():
        sent = given.sent(gathering.asked_of(request.user))
        try:
            row = notifying.notify(found, asked, sent, membership=request.membership, at=at)
        except Refused as refused:
            given.add_error(None, str(refused))
            given.data = given.data.copy()
            given.data["seen"] = seen
        else:
            messages.success(request, _("The notification is kept as it was sent."))
            return redirect("breaches:notification", organisation.slug, found.pk, row.pk)
    context = {"asked": asked, "given": given, "kind_label": NotificationKind(kind).label, "filled": filled}
    return shown(request, found, "breaches/record.html", context, status=422 if given.errors else None)


@require_safe
@requires(P.BREACHES_HANDLE)
def notification(request, organisation, breach, notification):
    found = breach_of(request, breach)
    row = get_object_or_404(found.notification_rows.select_related("by"), pk=notification)
    previous = _before(found, row)
    kept = {one.row.pk: one for one in notifying.kept([row, *filter(None, [previous])], language_of(request))}
    this, earlier = kept[row.pk], kept.get(previous.pk) if previous else None
    is_comparable = bool(earlier and earlier.filled and this.filled)
    context = {
        "kept": this,
        "previous": previous,
        "differences": filling.differences(earlier.filled, this.filled) if is_comparable else (),
        "is_comparable": is_comparable,
    }
    return shown(request, found, "breaches/notification.html", context)


@require_safe
@requires(P.BREACHES_HANDLE)
def notification_pdf(request, organisation, breach, notification):
    found = breach_of(request, breach)
    row = get_object_or_404(found.notification_rows.select_related("by"), pk=notification)
    (kept,) = notifying.kept([row], language_of(request))
    if kept.filled is None:
        raise Refused(_("The details of this breach were destroyed."))
    return handed_out(request, found, form_pdf.of_notification(found, kept), f"{row.form}-{row.kind}")


def _seen(breach, form, kind, at, membership):
    plain = notifying.filled_in(breach, form, notifying.Sent(kind, at), membership=membership)
    return notifying.fingerprint(plain)


def _before(breach, row):
    """What was sent to the same authority just before."""
    earlier = breach.notification_rows.filter(authority=row.authority, sent_at__lt=row.sent_at)
    return earlier.order_by("-sent_at").first()


def _offered(form, breach, own, language):
    kinds = kinds_of(breach, form.authority)
    return {
        "form": form,
        "title": form.title[language],
        "note": form.note.get(language, ""),
        "is_own": form.authority == own,
        "kind": kinds[0].label,
        "url": reverse("breaches:form", args=[breach.organisation.slug, breach.pk, form.code]),
    }
