"""Every page, with the rows of the demo: axe finds nothing, no script complains, a phone does not scroll sideways."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Membership, Organisation
from register.models import Activity, Agreement, ApprovalRound, Party, System

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages():
    """(name, arguments) of what can be opened with a GET in the demo's school; "as role": by whom from there on."""
    school = Organisation.objects.get(slug="school")
    activity = Activity.objects.get(organisation=school, name="Foto's en video's van leerlingen")
    changed = Activity.objects.get(organisation=school, name="Digitale leermiddelen")
    first = {model: model.objects.filter(organisation=school).first() for model in (Party, Agreement, System)}
    yield from (("register:dashboard", []), ("register:activities", []), ("register:activity_new", []))
    for name in ("activity", "end", "duplicate", "timeline", "compare"):
        yield f"register:{name}", [activity.pk]
    yield "register:establish", [changed.pk]
    for section in ("identity", "purposes", "people", "data", "recipients", "transfers", "security", "systems"):
        yield "register:section", [activity.pk, section]
    yield "register:version", [activity.pk, 1]
    for name in ("parties", "agreements", "systems", "documents", "library", "exports", "history", "changes"):
        yield f"register:{name}", []
    for name in ("advice", "party_new", "legal_parameters"):
        yield f"register:{name}", []
    yield "register:party", [first[Party].pk]
    yield "register:party_edit", [first[Party].pk]
    yield "register:agreement", [first[Agreement].pk]
    yield "register:system", [first[System].pk]
    yield from (("register:attestations", []), ("register:attestations_ask", []))
    yield from (("portal:desk", []), ("portal:settings", []), ("portal:publication", [activity.pk]))
    yield "register:approval", [ApprovalRound.objects.get(state="open").pk]
    for name in ("report", "reports", "drills", "report_link"):
        yield f"breaches:{name}", []
    yield "as dpo", []
    yield "register:advice_new", []
    yield "as approver", []
    yield "register:approvals", []
    yield "as administrator", []
    for name in ("organisation", "members", "roles", "events"):
        yield f"accounts:{name}", []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_any_page(page, live_server, sign_in, axe, width, scheme):
    call_command("load_demo", verbosity=0)
    people = {row.role: row.user for row in Membership.objects.filter(organisation__slug="school")}
    sign_in(people["privacy_officer"])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for name, arguments in pages():
        if name.startswith("as "):
            sign_in(people[name.removeprefix("as ")])
            continue
        response = page.goto(live_server.url + reverse(name, args=["school", *arguments]))
        found = [] if response.ok else [f"answered {response.status}"]
        found += axe()
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append("scrolls sideways")
        if found:
            faults[f"{name} {arguments[1:]}"] = found
    assert faults == {}
