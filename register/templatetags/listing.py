"""The rows of the list of activities: `{% load listing %}`.

Drawn in one go: fifty rows of ten cells through a template take longer than everything else of the page together.
"""

import uuid

from django.template import Library
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = Library()

ROW = '<tr id="activity-{pk}">{tick}{number}<th scope="row"><a href="{url}">{name}</a></th>{cells}</tr>'
TICK = (
    '<td class="tick"><label class="tick-box"><input class="form-check-input" type="checkbox" name="id" value="{pk}" '
    'form="bulk"><span class="visually-hidden">{words}</span></label></td>'
)
ANY = uuid.UUID(int=0)


@register.simple_tag
def list_rows(listing, rows, today, ticks=False):
    """All rows: a tick when asked, the number, the name that leads to the fact sheet, and the chosen columns."""
    language = get_language() or "nl"
    sheet = reverse("register:activity", args=[listing.organisation.slug, ANY]) + escape(listing.day_query)
    columns = [(escape(column.label), column.draw) for column in listing.columns if column.key != "number"]
    number_word = escape(_("Number")) if listing.shows_number else ""
    drawn = []
    for row in rows:
        name = escape(row.name)
        number = f'<td class="code" data-label="{number_word}">{row.code}</td>' if number_word else ""
        cells = "".join(
            f'<td data-label="{label}"><div>{conditional_escape(draw(row, language, today))}</div></td>'
            for label, draw in columns
        )
        tick = ""
        if ticks:
            words = escape(_("Tick %(code)s %(name)s") % {"code": row.code, "name": row.name})
            tick = TICK.format(pk=row.pk, words=words)
        url = sheet.replace(str(ANY), str(row.pk))
        drawn.append(ROW.format(pk=row.pk, tick=tick, number=number, url=url, name=name, cells=cells))
    return mark_safe("\n".join(drawn))
