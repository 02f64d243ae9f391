"""What whoever reports should do now, and should not, per kind of incident. Pure.

Short, since people read it on a phone with their heart in their throat; what the law asks is none of their business.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .kinds import Incident


@dataclass(frozen=True)
class FirstAid:
    do: tuple
    leave: tuple


ALWAYS = FirstAid(
    do=(_("Keep what you have: mails, letters, pictures of the screen, the time on the clock."),),
    leave=(
        _("Do not delete anything, also not to make it look better."),
        _("Do not tell others about it, and do not answer the press: somebody will do that for you."),
    ),
)
MISDIRECTED = FirstAid(
    do=(
        _("Ask the recipient to delete the message, not to read or pass it on, and to confirm that in writing."),
        _("Keep the confirmation: it counts later."),
    ),
    leave=(
        _("Do not send the message or the file again to show what went wrong."),
        _("Do not rely on recalling the message: outside your organisation that does not work."),
    ),
)
VISIBLE = FirstAid(
    do=(_("Note how many addresses were visible, and to whom."),),
    leave=(_("Do not send an apology to everybody in the same way: the addresses would be visible once more."),),
)
POST = FirstAid(
    do=(
        _("Ask whoever has it to keep it closed, and have it fetched or sent back."),
        _("Note what was in it, as far as you know."),
    ),
    leave=(_("Do not send the contents again before you know what went wrong with the address."),),
)
DEVICE = FirstAid(
    do=(
        _("Call your IT desk now: they can lock or wipe the device from afar."),
        _("Change the passwords that were saved on it, from another device."),
        _("Was it stolen? Report it to the police and keep the number of the report."),
    ),
    leave=(_("Do not go after it yourself, also not when you can see where it is."),),
)
ATTACK = FirstAid(
    do=(
        _("Take the device off the network: pull out the cable, switch Wi-Fi off."),
        _("Call your IT desk now."),
        _("Did you type a password? Change it from another device, wherever you use it."),
    ),
    leave=(
        _("Do not switch the device off: traces would be lost."),
        _("Do not pay, and do not answer the attacker."),
        _("Do not log in anywhere from this device."),
    ),
)
ONLINE = FirstAid(
    do=(
        _("Have it taken offline now, by whoever looks after the site or portal."),
        _("Take a picture of the screen first, with the address and the time."),
    ),
    leave=(_("Do not share the address with others to let them see."),),
)
ACCESS = FirstAid(
    do=(
        _("Have the access closed by whoever looks after the system."),
        _("Note who could see what, and since when."),
    ),
    leave=(
        _("Do not look any further yourself to see how much is open."),
        _("Do not clear lists of who looked at what: they are the proof."),
    ),
)
FILED = FirstAid(
    do=(_("Note in whose file it was put, and whether somebody worked with it."),),
    leave=(_("Do not correct it without writing down how it was."),),
)
THROWN_AWAY = FirstAid(
    do=(_("Try to get it back, or have the container set apart."),),
    leave=(_("Do not let it be collected with the rest in the meantime."),),
)
OF = {
    Incident.EMAIL_MISDIRECTED: MISDIRECTED,
    Incident.RECIPIENTS_VISIBLE: VISIBLE,
    Incident.POST_MISDIRECTED: POST,
    Incident.POST_OPENED: POST,
    Incident.POST_LOST: POST,
    Incident.WRONG_RIGHTS: ACCESS,
    Incident.OPEN_FOLDER: ACCESS,
    Incident.DEVICE_LOST: DEVICE,
    Incident.PUBLISHED: ONLINE,
    Incident.ATTACK: ATTACK,
    Incident.WRONG_FILE: FILED,
    Incident.WRONG_IN_PORTAL: ONLINE,
    Incident.LOOKED_UP: ACCESS,
    Incident.DISCARDED: THROWN_AWAY,
    Incident.OTHER: FirstAid((), ()),
}


def of(incident):
    """For a code of `Incident`, or an empty one when nobody knows what kind it is."""
    own = OF.get(incident, FirstAid((), ()))
    return FirstAid(do=(*own.do, *ALWAYS.do), leave=(*own.leave, *ALWAYS.leave))
