"""The page components as template tags, builtin in every template; see `docs/components.md`."""

from django.template import Library

from core.components import boxes, changes, fields, tables, words

register = Library()
for module in (boxes, changes, fields, tables, words):
    register.tags.update(module.register.tags)
