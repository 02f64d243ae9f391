"""The form of an authority, filled from a breach, in its own order: to copy from, and to take along as PDF."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts import events
from accounts.access import requires
from accounts.models import Event
from accounts.permissions import Permission as P
from breaches import filling, form_pdf, places
from breaches.actions.notifying import standing
from breaches.authority_forms import gathering, reading
from breaches.law import NotificationKind

from .found import breach_of, shown

COMMON = "common"
WIDTH, HIGHEST = 74, 14  # characters on a line, and lines, of a field to copy from


@dataclass(frozen=True)
class Line:
    """An answer on the page: where it is filled in, and how high its field is."""

    answer: filling.Answer
    url: str

    @property
    def rows(self):
        lines = self.answer.text.split("\n")
        return min(sum(len(line) // WIDTH + 1 for line in lines), HIGHEST)


@require_safe
@requires(P.BREACHES_HANDLE)
def form(request, organisation, breach, form):
    found = breach_of(request, breach)
    asked = form_of(form, timezone.localdate())
    kind, filled = filled_for(request, found, asked)
    context = {
        "form": asked,
        "filled": filled,
        "note": asked.note.get(filled.language, ""),
        "kind_label": NotificationKind(kind).label,
        "page_language": page_language(),
        "sections": [(one, [_line(found, answer) for answer in one.answers]) for one in filled.sections],
        "missing": [_line(found, answer) for answer in filled.missing],
        "tabs": _tabs(found, asked),
        "languages": _languages(request, filled.language),
        "is_common": request.GET.get("order") == COMMON,
        "order_url": _with(request, order="form" if request.GET.get("order") == COMMON else COMMON),
        "record_url": _address("form_record", found, asked, kind),
        "pdf_url": reverse("breaches:form_pdf", args=[organisation.slug, found.pk, asked.code])
        + _with(request, kind=kind, language=filled.language),
    }
    return shown(request, found, "breaches/form.html", context)


@require_safe
@requires(P.BREACHES_HANDLE)
def pdf(request, organisation, breach, form):
    found = breach_of(request, breach)
    _kind, filled = filled_for(request, found, form_of(form, timezone.localdate()))
    return handed_out(request, found, form_pdf.of_working_copy(found, filled, at=timezone.now()), filled.form)


def form_of(code, on):
    found = reading.forms(on).get(code)
    if found is None:
        raise Http404
    return found


def kinds_of(breach, authority):
    """What can be notified next at this authority: a first notification, or something after it."""
    rows = [row for row in breach.notification_rows.all() if row.authority == authority]
    if standing(rows) is None:
        return (NotificationKind.FIRST,)
    return (NotificationKind.FOLLOW_UP, NotificationKind.WITHDRAWAL)


def kind_of(request, breach, form):
    possible = kinds_of(breach, form.authority)
    asked = request.GET.get("kind")
    return asked if asked in possible else possible[0]


def language_of(request):
    asked = request.GET.get("language")
    return asked if asked in reading.LANGUAGES else page_language()


def page_language():
    return (get_language() or "nl")[:2]


def filled_for(request, breach, form):
    """(the kind of notification, the form filled for it in the language of the page)."""
    kind = kind_of(request, breach, form)
    facts = gathering.facts_of(
        breach,
        membership=request.membership,
        at=timezone.now(),
        kind=kind,
        authority=form.authority,
        asked=gathering.asked_of(request.user),
    )
    filled = filling.fill(form, facts, language_of(request))
    if request.GET.get("order") == COMMON:
        filled = filling.in_common_order(filled, reading.common_sections())
    return kind, filled


def handed_out(request, breach, content, name):
    """A PDF, and the event that somebody took it along."""
    events.record(Event.Kind.DOWNLOADED, request=request, subject=f"{breach.code} {name}", at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{breach.code}-{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _line(breach, answer):
    return Line(answer, places.address(breach, answer.place))


def _tabs(breach, asked):
    args = [breach.organisation.slug, breach.pk]
    return [
        {
            "label": form.short,
            "url": reverse("breaches:form", args=[*args, form.code]),
            "active": form == asked,
            "count": 0,
        }
        for form in reading.forms(timezone.localdate()).values()
    ]


def _languages(request, chosen):
    return [
        {"code": code, "url": _with(request, language=code), "active": code == chosen} for code in reading.LANGUAGES
    ]


def _with(request, **more):
    """The question of this page, with something else asked."""
    query = request.GET.copy()
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _address(name, breach, form, kind):
    address = reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, form.code])
    return f"{address}?kind={kind}"
