"""The sentence for people of each kind of change to a breach; see `accounts.wording`, which shows them."""

from django.utils.translation import gettext_lazy as _

FAMILY = (_("Data breaches"), ("breach.",))
NAMES = {"Breach": _("Data breach"), "Drill": _("Drill")}
SENTENCES = {
    "breach.reported": _("%(code)s was reported"),
    "breach.examined": _("Began to examine %(code)s"),
    "breach.changed": _("Changed the facts of %(code)s"),
    "breach.assessed": _("Assessed the risk of %(code)s"),
    "breach.advised": _("Recorded the DPO's advice about %(code)s"),
    "breach.decided": _("Decided about %(code)s"),
    "breach.notified": _("Recorded a notification of %(code)s to the authority"),
    "breach.told": _("Recorded how people were told of %(code)s"),
    "breach.hits": _("Changed what %(code)s hit"),
    "breach.measure": _("Changed the measures of %(code)s"),
    "breach.logged": _("Added to the log of %(code)s"),
    "breach.attached": _("Added a file to %(code)s"),
    "breach.other_notice": _("Changed the other notifications of %(code)s"),
    "breach.closed": _("Closed %(code)s"),
    "breach.reopened": _("Reopened %(code)s"),
    "breach.not_a_breach": _("Found that %(code)s is not a breach"),
    "breach.withdrawn": _("Withdrew the report %(code)s"),
    "breach.details_destroyed": _("Destroyed the details of %(code)s"),
    "breach.link_made": _("Made a secret link for reports from outside"),
    "breach.link_closed": _("Took the secret link for reports from outside away"),
    "breach.drill_started": _("Started the drill %(title)s"),
    "breach.drill_ended": _("Ended the drill %(title)s"),
    "breach.drill_learned": _("Wrote down what was learned from the drill %(title)s"),
    "breach.controllers": _("Changed the controllers concerned by %(code)s"),
    "breach.imported": _("Took over %(count)s breaches from %(name)s"),
    "breach.import_undone": _("Undid taking over breaches from %(name)s"),
    "breach.settings": _("Changed how data breaches are dealt with"),
}
