"""The rules about consent as the register knows them: article, severity, and what they say to people."""

from django.utils.translation import gettext_lazy as _

from register.checks.engine import Scope, Severity, declare

SAID = {
    "C001": {
        "article": "7(1)",
        "severity": Severity.CRITICAL,
        "message": _(
            "Consents for %(code)s were given on paper or by word of mouth, with no note or scan: %(people)s people."
        ),
        "remedy": _("Add the paper or a note of what was said, or ask these people again."),
    },
    "C003": {
        "article": "7, 13",
        "severity": Severity.HIGH,
        "message": _("The wording “%(name)s” was published without the privacy notice that people can read there."),
        "remedy": _("Publish a notice about this activity, and publish the wording anew with it."),
    },
    "C004": {
        "article": "rec. 32, 43",
        "severity": Severity.HIGH,
        "message": _("The wording “%(name)s” asks for more than one thing at once. %(why)s"),
        "remedy": _("Make a wording for each purpose, with a choice of its own."),
    },
    "C005": {
        "article": "4(11)",
        "severity": Severity.CRITICAL,
        "message": _("People do not say yes themselves to the wording “%(name)s”. %(why)s"),
        "remedy": _("Put it right where people are asked, and ask again who was asked like that."),
    },
    "C006": {
        "article": "7(2), 7(4)",
        "severity": Severity.HIGH,
        "message": _("The wording “%(name)s” is tied to something else. %(why)s"),
        "remedy": _("Take it apart where people are asked, and ask again who was asked like that."),
    },
    "C007": {
        "article": "7(3)",
        "severity": Severity.CRITICAL,
        "message": _("Withdrawing is harder than giving with the wording “%(name)s”. %(why)s"),
        "remedy": _("Make withdrawing as easy as giving, and say it before people consent."),
    },
    "C008": {
        "article": "EDPB 05/2020",
        "severity": Severity.MEDIUM,
        "message": _("“%(name)s” was to be looked at again: wording or consents are older than %(months)s months."),
        "remedy": _("Publish the wording anew when it still fits, and consider asking people again. Nothing lapsed."),
    },
    "C009": {
        "article": "7(3)",
        "severity": Severity.CRITICAL,
        "message": _(
            "People who withdrew or objected were on the list that was last checked for %(code)s: %(people)s."
        ),
        "remedy": _("Take them off the list, and record that it was cleaned, or check the list again."),
    },
    "C010": {
        "article": "7(3), 12(3)",
        "severity": Severity.MEDIUM,
        "message": _("The list “%(name)s” for %(code)s was not cleaned within %(hours)s hours of a withdrawal."),
        "remedy": _("Take over the withdrawals, and record until when they were taken over."),
    },
    "C012": {
        "article": "8; UAVG 5",
        "severity": Severity.CRITICAL,
        "message": _("Children under %(age)s consented to %(code)s without a parent: %(people)s people."),
        "remedy": _("Ask a parent, or erase what rests on this consent."),
    },
    "C013": {
        "article": "Tw 11.7; KB 4.4.2003",
        "severity": Severity.HIGH,
        "message": _(
            "For %(code)s some customers cannot be mailed as existing customers (%(people)s people): the sale, the "
            "similar offer or the chance to refuse is not recorded."
        ),
        "remedy": _("Record what is missing when it was so, else ask for consent."),
    },
    "C016": {
        "article": "7, 4(11)",
        "severity": Severity.HIGH,
        "message": _(
            "Version %(number)s of the wording “%(name)s” no longer covers what is done; consents that rest on it: "
            "%(people)s people."
        ),
        "remedy": _("Publish a new wording, and ask these people again before doing what is new."),
    },
    "C017": {
        "article": "7(1)",
        "severity": Severity.HIGH,
        "message": _("Consents for %(code)s were brought in without proof, and count for nothing: %(people)s people."),
        "remedy": _("Find the proof and bring it in, or ask these people again."),
    },
    "C018": {
        "article": "12(1)",
        "severity": Severity.LOW,
        "message": _("The wording “%(name)s” has no text in a language of your organisation: %(lacking)s."),
        "remedy": _("Write the text in that language too, when people there read it."),
    },
    "C021": {
        "article": "Tw 11.7a; BE 30.7.2018 10/2",
        "severity": Severity.CRITICAL,
        "message": _("The tracker %(name)s of %(site)s needs consent and does not have it: %(why)s."),
        "question": _("Of the tracker %(name)s of %(site)s it is not known whether it waits for consent: %(why)s."),
        "remedy": _("Let it wait for consent to a purpose, or take it away."),
        "look_up": _("Look at the site before you agree to anything, and record what you see."),
    },
    "C022": {
        "article": "4(11); Tw 11.7a; BE 30.7.2018 10/2",
        "severity": Severity.HIGH,
        "message": _("Refusing is harder than accepting on %(name)s. Not so: %(lacking)s."),
        "question": _("Nobody looked whether refusing is as easy as accepting on %(name)s: %(lacking)s."),
        "remedy": _("Put refusing beside accepting, on the first layer and as visible."),
        "look_up": _("Look at the layer that asks for consent, and record what you see."),
    },
}
"""Not here: C002, C014, C015, C011, C019 and C020, which cannot be or cannot be seen; see docs/checks.md."""


def declare_all():
    """Make the rules known to the register, which asks `room` for what they say."""
    for id, about in SAID.items():
        declare(id, **{"scope": Scope.ORGANISATION} | about)
