"""The rules about breaches as the register knows them: article, severity, and what they say to people."""

from django.utils.translation import gettext_lazy as _

from register.checks.engine import Scope, Severity, declare

SAID = {
    "B001": {
        "article": "33(5)",
        "severity": Severity.HIGH,
        "message": _("Data breach %(code)s is not documented: %(lacking)s."),
        "question": _("Data breach %(code)s is not documented yet: %(lacking)s."),
        "remedy": _("Write down the facts, the effects and what was done, whether or not anybody is notified."),
    },
    "B002": {
        "article": "33(1)",
        "severity": Severity.HIGH,
        "message": _("The risk of data breach %(code)s was not assessed within %(hours)s hours."),
        "remedy": _("Assess the risk now; what is not known yet counts as the worst."),
    },
    "B003": {
        "article": "33(1)",
        "severity": Severity.CRITICAL,
        "message": _("%(hours)s hours have passed, and data breach %(code)s was not notified."),
        "remedy": _("Notify it with the reason for the delay, or decide with reasons that a risk is unlikely."),
    },
    "B004": {
        "article": "33(1)",
        "severity": Severity.HIGH,
        "message": _("Data breach %(code)s was notified after more than %(hours)s hours, and it is not said why."),
        "remedy": _("Write down the reason for the delay, and send it to the authority."),
    },
    "B006": {
        "article": "34",
        "severity": Severity.CRITICAL,
        "message": _("The people hit by data breach %(code)s were not told, and no exception of the law covers that."),
        "remedy": _("Tell the people and record how, or decide with a ground and a reason not to."),
    },
    "B007": {
        "article": "33(4)",
        "severity": Severity.MEDIUM,
        "message": _("The follow-up on the notification of data breach %(code)s was due on %(day)s."),
        "question": _("It is not recorded when the follow-up on the notification of data breach %(code)s is due."),
        "remedy": _("Send the authority what is still missing, and record it."),
    },
    "B008": {
        "article": "33(2)",
        "severity": Severity.MEDIUM,
        "message": _("A processor reported data breach %(code)s, and it is not recorded when it told you."),
        "remedy": _("Record when the processor told you: your own time runs from there."),
    },
    "B009": {
        "article": "55-56",
        "severity": Severity.MEDIUM,
        "message": _("Data breach %(code)s hit people in other countries, and the lead authority is not determined."),
        "remedy": _("Determine which authority leads, and record it."),
    },
    "B010": {
        "scope": Scope.ENTRY,
        "article": "32(1)(d)",
        "severity": Severity.MEDIUM,
        "message": _("This activity was not reviewed since data breach %(code)s, which was closed on %(day)s."),
        "remedy": _("Look whether its security still suffices, and mark the activity as reviewed."),
    },
    "B011": {
        "article": "32",
        "severity": Severity.MEDIUM,
        "message": _("%(count)s data breaches in %(months)s months have the same cause: %(codes)s."),
        "remedy": _("Take a measure that ends this cause, and record it with the activities."),
    },
    "B012": {
        "article": "UAVG 42",
        "severity": Severity.INFORMATION,
        "message": _("A Dutch financial undertaking need not tell the people of data breach %(code)s."),
        "remedy": _("Check whether the duty of care of financial law asks to tell them all the same."),
    },
}
"""B005 is not here: the database refuses a decision without reasons."""


def declare_all():
    """Make the rules known to the register, which asks `room` for what they say."""
    for id, about in SAID.items():
        declare(id, **{"scope": Scope.ORGANISATION} | about)
