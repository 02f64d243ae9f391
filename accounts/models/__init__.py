"""Who may do what, for which organisation, and the record of what was done.

Everything above needs an organisation, a person and a role; files, jobs and outgoing mail live here for the same
reason.
"""

from .access_links import AccessLink
from .api_keys import ApiKey, Scope
from .changes import ChainHead, Change, ChangeSchema, ChangeSubject, Event
from .files import StoredFile
from .memberships import Invitation, Membership, MembershipDepartment
from .organisations import Controller, ControllerVersion, Counter, Department, Organisation
from .users import User
from .work import Job, OutgoingMail, SweepSlot, WorkerBeat

__all__ = [
    "AccessLink",
    "ApiKey",
    "ChainHead",
    "Change",
    "ChangeSchema",
    "ChangeSubject",
    "Controller",
    "ControllerVersion",
    "Counter",
    "Department",
    "Event",
    "Invitation",
    "Job",
    "Membership",
    "MembershipDepartment",
    "Organisation",
    "OutgoingMail",
    "Scope",
    "StoredFile",
    "SweepSlot",
    "User",
    "WorkerBeat",
]
