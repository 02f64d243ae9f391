"""The only place where a role meets a permission. The roles page prints `GRANTS` as it stands here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    DPO = "dpo", _("Data protection officer")
    APPROVER = "approver", _("Approver")
    EDITOR = "editor", _("Editor")
    REPORTER = "reporter", _("Reporter")
    AUDITOR = "auditor", _("Auditor")


ROLE_NOTES = {
    Role.ADMINISTRATOR: _("Runs the installation: organisation, members, roles and events. Reads the register."),
    Role.PRIVACY_OFFICER: _("Does everything operational: keeps the register, establishes, imports and exports."),
    Role.DPO: _(
        "Reads everything, advises and inspects, and keeps the register unless the organisation says otherwise."
    ),
    Role.APPROVER: _("Stands for the activities: sees what changed, approves or sends back."),
    Role.EDITOR: _("Keeps the activities of their own departments, or of all, up to date."),
    Role.REPORTER: _("Reports data breaches and sees their own reports."),
    Role.AUDITOR: _("Reads and downloads, until a date."),
}


class Permission(TextChoices):
    ORGANISATION_VIEW = "organisation.view", _("See the organisation and its dashboard")
    REGISTER_VIEW = "register.view", _("Read the register")
    REGISTER_EDIT = "register.edit", _("Draft and change activities, parties, systems and agreements")
    REGISTER_ESTABLISH = "register.establish", _("Establish and end activities")
    REGISTER_APPROVE = "register.approve", _("Approve activities or send them back")
    REGISTER_EXPORT = "register.export", _("Make and download PDFs and exports")
    REGISTER_IMPORT = "register.import", _("Bring in a register from a file")
    LIBRARY_EDIT = "library.edit", _("Change the library and labels, merge look-alikes")
    FINDINGS_SETTLE = "findings.settle", _("Accept findings with a reason, and choose which rules count")
    LAW_EDIT = "law.edit", _("Add values to the facts of law, and say that they were checked")
    ADVICE_GIVE = "advice.give", _("Record the DPO's advice")
    ADVICE_ANSWER = "advice.answer", _("Answer advice: followed, or not and why")
    HISTORY_VIEW = "history.view", _("Read the change log and look back to any day")
    ORGANISATION_EDIT = "organisation.edit", _("Change the organisation, its controllers and departments")
    CONNECT = "organisation.connect", _("Let other systems in: keys of the API and webhooks")
    MEMBERS_VIEW = "members.view", _("See the members and the table of roles")
    MEMBERS_EDIT = "members.edit", _("Invite members and change roles")
    EVENTS_VIEW = "events.view", _("See who signed in, downloaded or exported")
    OWN_REPORTS = "reports.own", _("Report a data breach and follow the own report")
    BREACHES_VIEW = "breaches.view", _("Read the register of data breaches, without names and hidden notes")
    BREACHES_HANDLE = "breaches.handle", _("Examine, assess and notify data breaches, with names and files")
    BREACHES_DECIDE = "breaches.decide", _("Decide whether the authority and the people are told of a breach")
    CONSENT_VIEW = "consent.view", _("See what people are asked consent for, and in which words")
    CONSENT_EDIT = "consent.edit", _("Write and publish wordings of consent, and erase a person")
    CONSENT_RECORD = "consent.record", _("See the consents of one person, and record what they say")


P = Permission
_READ = {P.ORGANISATION_VIEW, P.REGISTER_VIEW, P.HISTORY_VIEW, P.MEMBERS_VIEW}
_KEEP = {
    P.REGISTER_EDIT,
    P.REGISTER_ESTABLISH,
    P.REGISTER_IMPORT,
    P.LIBRARY_EDIT,
    P.REGISTER_EXPORT,
    P.FINDINGS_SETTLE,
    P.CONSENT_EDIT,
}

GRANTS = {
    Role.ADMINISTRATOR: _READ | {P.ORGANISATION_EDIT, P.MEMBERS_EDIT, P.EVENTS_VIEW, P.OWN_REPORTS},
    Role.PRIVACY_OFFICER: _READ
    | _KEEP
    | {P.ORGANISATION_EDIT, P.CONNECT, P.LAW_EDIT, P.ADVICE_ANSWER, P.EVENTS_VIEW, P.OWN_REPORTS}
    | {P.BREACHES_VIEW, P.BREACHES_HANDLE, P.BREACHES_DECIDE}
    | {P.CONSENT_VIEW, P.CONSENT_RECORD},
    Role.DPO: _READ
    | _KEEP
    | {P.LAW_EDIT, P.ADVICE_GIVE, P.EVENTS_VIEW, P.OWN_REPORTS}
    | {P.BREACHES_VIEW, P.BREACHES_HANDLE}
    | {P.CONSENT_VIEW, P.CONSENT_RECORD},
    Role.APPROVER: _READ
    | {P.REGISTER_APPROVE, P.FINDINGS_SETTLE, P.REGISTER_EXPORT, P.ADVICE_ANSWER, P.OWN_REPORTS}
    | {P.BREACHES_VIEW, P.BREACHES_DECIDE, P.CONSENT_VIEW},
    Role.EDITOR: _READ | {P.REGISTER_EDIT, P.OWN_REPORTS, P.CONSENT_VIEW, P.CONSENT_RECORD},
    Role.REPORTER: {P.ORGANISATION_VIEW, P.OWN_REPORTS},
    Role.AUDITOR: _READ | {P.REGISTER_EXPORT, P.EVENTS_VIEW, P.BREACHES_VIEW, P.CONSENT_VIEW},
}

STANDING_IN = frozenset({P.BREACHES_VIEW, P.BREACHES_HANDLE})
"""What whoever stands in for the DPO may do meanwhile, besides what their own role may: never advise nor decide."""
MAY_STAND_IN = tuple(role for role in Role if role != Role.AUDITOR and P.REGISTER_VIEW in GRANTS[role])
"""An auditor only reads; who cannot read the register would open pages full of links to nowhere."""
WITHOUT_KEEPING = _KEEP - {P.REGISTER_EXPORT}


def granted(role, *, dpo_keeps_register=True, administrator_keeps_register=False):
    """What `role` may do; a DPO who does not keep the register reads, exports and advises only (Art. 38-39).

    Where one person does everything, the administrator is a privacy officer too.
    """
    permissions = GRANTS[role]
    if role is Role.ADMINISTRATOR and administrator_keeps_register:
        permissions = permissions | GRANTS[Role.PRIVACY_OFFICER]
    if role is Role.DPO and not dpo_keeps_register:
        permissions = permissions - WITHOUT_KEEPING
    return frozenset(permissions)
