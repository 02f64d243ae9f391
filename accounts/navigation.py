"""The menu: one list for all rooms, by URL name only, so that a room appears as soon as its address exists.

The one rule: an item without a permission is for whoever is signed in; any other is shown to those who may open it.
"""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .models import Membership
from .permissions import Permission as P
from .workers import is_anybody_working

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Item:
    """One line of the menu. Pages whose address starts with this one's keep it lit, unless a longer one fits better."""

    label: str
    url_name: str = ""
    icon: str = ""
    permission: str = ""
    children: tuple = field(default=())


ROOMS = (
    Item(_("Dashboard"), "register:dashboard", "columns-gap", P.ORGANISATION_VIEW),
    Item(
        _("Register"),
        children=(
            Item(_("Processing activities"), "register:activities", "journal-text", P.REGISTER_VIEW),
            Item(_("Findings"), "register:findings", "card-checklist", P.REGISTER_VIEW),
            Item(_("Processors and recipients"), "register:parties", "people", P.REGISTER_VIEW),
            Item(_("Agreements"), "register:agreements", "file-earmark-text", P.REGISTER_VIEW),
            Item(_("Systems"), "register:systems", "hdd-stack", P.REGISTER_VIEW),
            Item(_("Documents"), "register:documents", "paperclip", P.REGISTER_VIEW),
            Item(_("Privacy notices"), "register:notices", "chat-square-text", P.REGISTER_VIEW),
            Item(_("Library"), "register:library", "book", P.REGISTER_VIEW),
            Item(_("Bring in a file"), "register:imports", "upload", P.REGISTER_IMPORT),
            Item(_("Advice of the DPO"), "register:advice", "chat-left-text", P.REGISTER_VIEW),
            Item(_("Questions to owners"), "register:attestations", "envelope-open", P.REGISTER_EDIT),
            Item(_("My approvals"), "register:approvals", "check-circle", P.REGISTER_APPROVE),
        ),
    ),
    Item(
        _("Data breaches"),
        children=(
            Item(_("Data breaches"), "breaches:breaches", "shield-exclamation", P.BREACHES_VIEW),
            Item(_("Report a data breach"), "breaches:report", "megaphone", P.OWN_REPORTS),
            Item(_("My reports"), "breaches:reports", "send-check", P.OWN_REPORTS),
        ),
    ),
    Item(
        _("Consent"),
        children=(
            Item(_("Purposes and wordings"), "consent:purposes", "ui-checks", P.CONSENT_VIEW),
            Item(_("Cookies and trackers"), "consent:trackers", "fingerprint", P.CONSENT_VIEW),
            Item(_("Forms"), "consent:forms", "card-checklist", P.CONSENT_VIEW),
            Item(_("Find a person"), "consent:find", "person-check", P.CONSENT_RECORD),
            Item(_("Mailings"), "consent:mailings", "envelope", P.CONSENT_RECORD),
            Item(_("Type in papers"), "consent:papers", "file-earmark-text", P.CONSENT_RECORD),
            Item(_("Class lists"), "consent:class_lists", "people", P.CONSENT_RECORD),
            Item(_("Requests of people"), "consent:requests", "inbox", P.CONSENT_EDIT),
            Item(_("Published images"), "consent:publications", "image", P.CONSENT_RECORD),
            Item(_("Tell a friend"), "consent:tells", "envelope", P.CONSENT_VIEW),
        ),
    ),
    Item(
        _("Look back and hand over"),
        children=(
            Item(_("Change log"), "register:history", "clock-history", P.HISTORY_VIEW),
            Item(_("Between two days"), "register:changes", "arrow-left-right", P.HISTORY_VIEW),
            Item(_("Public register"), "portal:desk", "globe2", P.REGISTER_ESTABLISH),
            Item(_("Exports"), "register:exports", "download", P.REGISTER_EXPORT),
        ),
    ),
    Item(
        _("Organisation"),
        children=(
            Item(_("Organisation"), "accounts:organisation", "building", P.ORGANISATION_VIEW),
            Item(_("Members"), "accounts:members", "person-gear", P.MEMBERS_VIEW),
            Item(_("Roles"), "accounts:roles", "shield-check", P.MEMBERS_VIEW),
            Item(_("Keys of the API"), "accounts:api_keys", "key", P.ORGANISATION_EDIT),
            Item(_("Webhooks"), "consent:webhooks", "send", P.CONNECT),
            Item(_("Events"), "accounts:events", "list", P.EVENTS_VIEW),
        ),
    ),
)

OWN = (
    Item(_("My organisations"), "accounts:organisations", "buildings"),
    Item(
        _("My account"),
        children=(
            Item(_("Profile"), "accounts:profile", "person-circle"),
            Item(_("E-mail address"), "account_email", "envelope"),
            Item(_("Password"), "account_change_password", "key"),
            Item(_("Two-step sign-in"), "mfa_index", "shield-lock"),
            Item(_("Where you are signed in"), "usersessions_list", "globe2"),
        ),
    ),
)


def front_door(membership):
    """The first page of an organisation that this member may open."""
    for name in ("register:dashboard", "accounts:organisation"):
        url = _address(name, membership.organisation.slug)
        if url:
            return url
    raise NoReverseMatch("accounts:organisation")


def menu(request):
    """For `base.html`: the rail, the switcher of organisations and the way home. Asks the database only when drawn."""
    membership = getattr(request, "membership", None)
    user = getattr(request, "user", None)
    if membership is not None:
        slug = membership.organisation.slug
        return {
            "rail": _rail(ROOMS, request.path, slug, membership.permissions),
            "organisations": SimpleLazyObject(lambda: _organisations(membership)),
            "dashboard_url": front_door(membership),
            "search_url": _address("register:activities", slug) if membership.can(P.REGISTER_VIEW) else "",
            "environment_note": "",
            "notices": SimpleLazyObject(lambda: list(_notices(membership))),
        }
    if user is not None and user.is_authenticated:
        return {"rail": _rail(OWN, request.path, None, ()), "organisations": [], "dashboard_url": "/", "search_url": ""}
    return {"rail": [], "organisations": [], "dashboard_url": "", "search_url": ""}


def _notices(membership):
    """What a member should know on the first page: templates include `accounts/_notices.html`. At most two queries."""
    keeps = membership.permissions & {P.REGISTER_EDIT, P.REGISTER_ESTABLISH, P.MEMBERS_EDIT}
    if keeps and not Authenticator.objects.filter(user=membership.user, type__in=SECOND_FACTORS).exists():
        yield "second_factor"
    if keeps and not is_anybody_working(timezone.now()):
        yield "worker"


def _rail(items, path, slug, permissions):
    rail = [line for line in (_line(item, slug, permissions) for item in items) if line]
    lines = [line for top in rail for line in (top, *top["children"]) if line["url"]]
    here = max(
        (line for line in lines if path.startswith(line["url"])), key=lambda line: len(line["url"]), default=None
    )
    if here:
        here["active"] = True
    return rail


def _line(item, slug, permissions):
    if item.permission and item.permission not in permissions:
        return None
    url = _address(item.url_name, slug) if item.url_name else ""
    children = [line for line in (_line(child, slug, permissions) for child in item.children) if line]
    if not url and not children:
        return None
    return {
        "url": url,
        "label": item.label,
        "icon": item.icon,
        "active": False,
        "children": children,
        "count": 0,
    }


def _address(name, slug):
    """Nothing for a room that is not built yet."""
    try:
        return reverse(name, args=[slug] if slug else [])
    except NoReverseMatch:
        return ""


def _organisations(membership):
    """The user's organisations for the switcher; nothing when there is only one. One query."""
    others = Membership.objects.on(timezone.localdate()).filter(user=membership.user).select_related("organisation")
    found = [
        {
            "name": other.organisation.name,
            "url": front_door(other),
            "active": other.organisation_id == membership.organisation_id,
        }
        for other in others.order_by("organisation__name")
    ]
    return found if len(found) > 1 else []
