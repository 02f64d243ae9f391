"""Form fields: label, one sentence of help, example, article and error, the same wherever a field is drawn."""

from django import forms
from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = Library()

CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "form-check-input"),
    (forms.Select, "form-select"),
    (forms.TextInput, "form-control"),
    (forms.Textarea, "form-control"),
    (forms.FileInput, "form-control"),
)


def _kind(widget):
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "plain"


def _widget_attributes(bound, has_help):
    widget = bound.field.widget
    classes = [name for kind, name in CLASSES if isinstance(widget, kind)][:1] or ["form-control"]
    if bound.errors:
        classes.append("is-invalid")
    attributes = {"class": " ".join([*classes, *widget.attrs.get("class", "").split()])}
    described = [f"{bound.auto_id}_helptext"] if has_help else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    if described and not widget.use_fieldset:
        attributes["aria-describedby"] = " ".join(described)
    return attributes, " ".join(described)


def _article(reference):
    """A bare number beside a label reads as part of the label."""
    return f"Art. {reference}" if reference[:1].isdigit() else reference


def _options(bound, attributes):
    """The choices of a group one by one; drawn at once, Django would put the class of a box on the box around them."""
    bound.field.widget.attrs["class"] = attributes["class"]
    return [(option.tag(), option.id_for_label, option.data["label"]) for option in bound]


@register.simple_tag
def field(bound, width="full", label="", example="", reference=""):
    """One field of a form. Example and article may also come from the form's `examples` and `references`."""
    if bound.is_hidden:
        return bound.as_widget()
    example = example or getattr(bound.form, "examples", {}).get(bound.name, "")
    reference = _article(reference or getattr(bound.form, "references", {}).get(bound.name, ""))
    bound.field.widget.attrs.pop("placeholder", None)  # gone as soon as one types; help and example stay
    attributes, described = _widget_attributes(bound, bool(bound.help_text or example))
    context = {"field": bound, "kind": _kind(bound.field.widget), "width": width, "label": label or bound.label}
    context |= {"help": bound.help_text, "example": example, "reference": reference, "described": described}
    context |= {"errors": list(bound.errors), "options": [], "control": ""}
    if context["kind"] == "choices":
        context["options"] = _options(bound, attributes)
    else:
        context["control"] = bound.as_widget(attrs=attributes)
    context["group"] = bound.field.widget.use_fieldset
    return render_to_string("components/field.html", context)


@register.simple_tag
def form_errors(form, title=""):
    """The summary of errors; nothing when there are none."""
    if not form.errors:
        return ""
    fields = [(bound, list(bound.errors)) for bound in form.visible_fields() if bound.errors]
    others = [*form.non_field_errors(), *(e for bound in form.hidden_fields() for e in bound.errors)]
    return render_to_string("components/form_errors.html", {"fields": fields, "others": others, "title": title})


@register.simple_tag
def form_lines(formset, title="", add_label="", line_label=""):
    """Repeated lines with a blank one to copy; without `static/js/lines.js` Django's own boxes do."""
    context = {"formset": formset, "title": title, "add_label": add_label, "line_label": line_label}
    return render_to_string("components/form_lines.html", context)


@register.simple_tag
def form_actions(label, cancel_url="", tone="primary", name="", value=""):
    context = {"label": label, "cancel_url": cancel_url, "tone": tone, "name": name, "value": value}
    return render_to_string("components/form_actions.html", context)


@register.simple_tag
def action(label, url, icon="", primary=False, tone="plain"):
    context = {"label": label, "url": url, "icon": icon, "tone": "primary" if primary else tone}
    return render_to_string("components/action.html", context)


@register.simple_tag(takes_context=True)
def post_button(context, label, url, icon="", primary=False, tone="plain", name="", value=""):
    """A form of one button, with its CSRF token."""
    fields = {"label": label, "url": url, "icon": icon, "tone": "primary" if primary else tone, "name": name}
    fields |= {"value": value, "csrf_token": context.get("csrf_token", mark_safe(""))}
    return render_to_string("components/post_button.html", fields)
