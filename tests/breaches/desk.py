"""Words for tests of the desk: addresses of a breach's pages, and what they say."""

import html
import re

from django.urls import reverse

ENGLISH = {"accept-language": "en"}


def url(breach, name="breach", *words):
    return reverse(f"breaches:{name}", args=[breach.organisation.slug, breach.pk, *words])


def list_url(organisation):
    return reverse("breaches:breaches", args=[organisation.slug])


def words(response):
    """The text of a page, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", response.text)))
