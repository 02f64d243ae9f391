"""Tables and lists: sorting, paging and filtering through the address, so that the way back keeps them."""

from django.http import QueryDict
from django.template import Library
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

register = Library()


def address(context, **changes):
    """This page's query with `changes` (None removes; a list gives several values); a new filter starts at page 1."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == []:
            query.pop(name, None)
        elif isinstance(value, list):
            query.setlist(name, value)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


def _asked(context, name):
    request = context.get("request")
    return request.GET.getlist(name) if request else []


@register.simple_block_tag
def data_table(content, caption="", show_caption=False, dense=False, stack=False):
    context = {"content": content, "caption": caption, "show_caption": show_caption, "dense": dense, "stack": stack}
    return render_to_string("components/data_table.html", context)


@register.simple_tag(takes_context=True)
def sort_header(context, label, key, target="", align="", default=""):
    asked = (_asked(context, "sort") or [default])[-1]
    direction = {key: "ascending", f"-{key}": "descending"}.get(asked, "")
    url = address(context, sort=f"-{key}" if direction == "ascending" else key)
    fields = {"label": label, "key": key, "target": target, "align": align, "direction": direction, "url": url}
    return render_to_string("components/sort_header.html", fields)


@register.simple_tag(takes_context=True)
def pagination(context, page, target="", noun=""):
    """Links to other pages of a Django `Page`, with what is shown of how many."""
    paginator = page.paginator
    links = [
        {"number": number, "url": address(context, page=number) if isinstance(number, int) else ""}
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    fields = {"page": page, "links": links, "target": target, "noun": noun or _("results"), "total": paginator.count}
    fields["before"] = address(context, page=page.number - 1) if page.has_previous() else ""
    fields["after"] = address(context, page=page.number + 1) if page.has_next() else ""
    return render_to_string("components/pagination.html", fields)


@register.simple_tag(takes_context=True)
def facet(context, label, param, options, target=""):
    """One filter: each option is a link that puts its value on or off, with the number it would show."""
    chosen = _asked(context, param)
    items = []
    for option in options:
        value = str(option["value"])
        on = value in chosen
        values = [other for other in chosen if other != value] if on else [*chosen, value]
        items.append({**option, "on": on, "url": address(context, **{param: values})})
    fields = {"label": label, "items": items, "target": target, "open": bool(chosen)}
    return render_to_string("components/facet.html", fields)


@register.simple_tag(takes_context=True)
def filter_chip(context, label, param, value=None, target=""):
    """A filter that is on, with the link that takes it off; without `value` the whole parameter goes."""
    rest = [other for other in _asked(context, param) if value is not None and other != str(value)]
    fields = {"label": label, "url": address(context, **{param: rest}), "target": target}
    return render_to_string("components/filter_chip.html", fields)
