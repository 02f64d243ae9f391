"""Sending the form of a section as a browser does: everything that is on it, with some of it changed."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse


class _Controls(HTMLParser):
    """The name and value of every control of the form, as the browser would send them."""

    def __init__(self):
        super().__init__()
        self.sent, self.select, self.area, self.inside = {}, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and "hx-post" in attrs:
            self.inside = True
        name = attrs.get("name")
        if not self.inside:
            return
        if tag == "input" and name and (attrs.get("type") not in ("radio", "checkbox") or "checked" in attrs):
            self.sent[name] = attrs.get("value", "")
        elif tag == "select":
            self.select = name
            self.sent.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in attrs:
            self.sent[self.select] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.sent[name] = ""

    def handle_endtag(self, tag):
        self.select = None if tag == "select" else self.select
        self.area = None if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data.removeprefix("\n")


def sent_by(response):
    """What the form on this page would send."""
    controls = _Controls()
    controls.feed(response.text)
    return controls.sent


def section_url(activity, section):
    return reverse("register:section", args=[activity.organisation.slug, activity.pk, section])


def sheet_url(activity):
    return reverse("register:activity", args=[activity.organisation.slug, activity.pk])


def opened(client, activity, section):
    response = client.get(section_url(activity, section))
    assert response.status_code == 200, response.status_code
    return sent_by(response)


def saved(client, activity, section, _form=None, **changes):
    """Open the section (unless `_form` was opened before), change some controls, save."""
    form = dict(_form or opened(client, activity, section))
    form |= {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(section_url(activity, section), form)


def words(response):
    """The text of a page, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())
