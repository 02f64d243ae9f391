"""What pages are built from: one module per kind of component, gathered by `core/templatetags/ui.py`.

Components know no domain: words and addresses come from the page. Small ones that appear in every row of a table are
put together here; larger ones have a template in `templates/components/`.
"""
