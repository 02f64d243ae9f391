"""Whole addresses of our pages, for what is read outside the site: mails, files and papers.

The one rule: the host is the one of the settings, whatever a request says.
"""

from django.conf import settings
from django.urls import reverse


def full_address(name, *args):
    return in_full(reverse(name, args=args))


def in_full(path):
    return settings.BASE_URL + path
