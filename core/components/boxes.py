"""Boxes and headings: what encloses the words of a page."""

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html

from .words import LEVELS, severity

register = Library()


@register.simple_block_tag
def panel(content, *, title, id="", reference="", url="", url_label="", count=None, tone="plain", level=2):
    context = {"content": content, "title": title, "id": id, "reference": reference, "url": url}
    context |= {"url_label": url_label, "count": count, "tone": tone, "level": level}
    return render_to_string("components/panel.html", context)


@register.simple_block_tag
def callout(content, *, tone="info", title=""):
    return render_to_string("components/callout.html", {"content": content, "tone": tone, "title": title})


@register.simple_block_tag
def empty_state(content, *, title, icon="inbox", url="", url_label=""):
    context = {"content": content, "title": title, "icon": icon, "url": url, "url_label": url_label}
    return render_to_string("components/empty_state.html", context)


@register.simple_block_tag
def finding(content, *, level, title, reference="", url="", url_label=""):
    context = {"content": content, "level": level, "title": title, "reference": reference, "url": url}
    context |= {"url_label": url_label, "mark": severity(level), "tone": LEVELS[level][0]}
    return render_to_string("components/finding.html", context)


@register.simple_block_tag
def page_heading(content, *, title, lead=""):
    return render_to_string("components/page_heading.html", {"content": content, "title": title, "lead": lead})


@register.simple_tag
def stat(label, value, url="", note="", tone="neutral"):
    context = {"label": label, "value": value, "url": url, "note": note, "tone": tone}
    return render_to_string("components/stat.html", context)


@register.simple_block_tag
def menu(content, label, icon="", align="end"):
    """A drop-down made of `<details>`: opens without JavaScript."""
    context = {"content": content, "label": label, "icon": icon, "align": align}
    return render_to_string("components/menu.html", context)


@register.simple_block_tag
def facts(content, columns=1):
    return format_html('<dl class="facts facts-{}">{}</dl>', columns, content)


@register.simple_block_tag
def fact(content, label, reference="", id="", wide=False):
    context = {"content": content, "label": label, "reference": reference, "id": id, "wide": wide}
    return render_to_string("components/fact.html", context)


@register.simple_tag
def crumb(label, url=""):
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_tag
def tabs(items, label):
    return render_to_string("components/tabs.html", {"items": items, "label": label})


@register.simple_block_tag
def timeline(content):
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def timeline_item(content, *, title, when=None, who="", tone="neutral", url="", reason=""):
    context = {"content": content, "title": title, "when": when, "who": who, "tone": tone, "url": url}
    return render_to_string("components/timeline_item.html", context | {"reason": reason})
