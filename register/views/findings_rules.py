"""Which rules count: every rule with its article and remedy, switched off for a reason or on again."""

from collections import Counter

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page
from core.refusal import Refused
from register.actions import findings as actions
from register.checks import judging
from register.checks.engine import RULES, Group
from register.forms.findings import SwitchOffForm
from register.listing.findings import at_large, held_back
from register.models import Finding, RuleSetting


@require_safe
@requires(Permission.REGISTER_VIEW)
def rules(request, organisation):
    """Every rule by its group. Three queries."""
    settings = {row.code: row for row in RuleSetting.objects.of(organisation)}
    visible = Finding.objects.visible_to(request.membership).standing(timezone.localdate())
    counts = Counter(dict(_counted(visible)))
    groups = [_group(group, settings, counts) for group in Group]
    context = {"groups": [group for group in groups if group["rules"]], "flood": held_back(organisation)}
    return page(request, "register/findings/rules.html", context)


def _counted(findings):
    return findings.order_by().values_list("rule").annotate(count=Count("pk"))


def _group(group, settings, counts):
    found = [_rule(rule, settings, counts) for rule in RULES.values() if rule.group == group]
    setting = settings.get(group.value)
    return {
        "group": group,
        "setting": setting,
        "off": setting is not None and not setting.is_on,
        "imported": group in judging.FROM_THE_START or bool(setting and setting.is_on),
        "rules": sorted(found, key=lambda one: one["rule"].id),
        "count": sum(one["count"] for one in found),
        "stays": group == Group.RECORD,
    }


def _rule(rule, settings, counts):
    setting = settings.get(rule.id)
    return {
        "rule": rule,
        "setting": setting,
        "off": setting is not None and not setting.is_on,
        "count": counts[rule.id],
        "message": at_large(rule.message),
        "remedy": at_large(rule.remedy),
    }


@require_POST
@requires(Permission.FINDINGS_SETTLE)
def switch_on(request, organisation):
    """Let rules or groups count (again), also for what came by import."""
    codes = [code for code in request.POST.getlist("code") if code in RULES or code in Group]
    if not codes:
        raise Refused(_("Choose at least one rule or group first."))
    for code in codes:
        actions.switch(organisation, code, on=True, by=request.user, at=timezone.now())
    messages.success(request, _("It counts from now on. The findings follow within a minute."))
    return redirect("register:findings_rules", organisation.slug)


@requires(Permission.FINDINGS_SETTLE)
def switch_off(request, organisation, code):
    about = RULES.get(code) or (Group(code) if code in Group else None)
    if about is None:
        raise Http404
    form = SwitchOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.switch(organisation, code, on=False, by=request.user, at=timezone.now(), **form.cleaned_data)
        named = code if code in RULES else f"“{about.label}”"
        messages.success(request, _("%(rule_or_group)s no longer counts here.") % {"rule_or_group": named})
        return redirect("register:findings_rules", organisation.slug)
    is_rule = code in RULES
    context = {
        "form": form,
        "code": code,
        "title": at_large(about.message) if is_rule else about.label,
        "rule": about if is_rule else None,
    }
    return page(request, "register/findings/switch_off.html", context, status=422 if form.errors else None)
