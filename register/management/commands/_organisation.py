"""The organisation that a command is about."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.models import Organisation


def add_organisation(parser):
    parser.add_argument("--organisation", required=True, metavar="SLUG", help="the organisation, by its address")


def find_organisation(slug):
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(_("No organisation is called “%(slug)s”.") % {"slug": slug})
    return organisation
