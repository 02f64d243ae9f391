"""Every page, with the rows of the demo: axe finds nothing, no script complains, a phone does not scroll sideways."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Membership, Organisation
from consent import links
from consent.models import ConsentForm, ConsentPurpose, Person, Site, Tracker, Wording
from register.models import Activity, Agreement, ApprovalRound, Notice, Party, System

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


def pages_of_shop():
    """The same of the demo's web shop, where consent is asked; "street" is for everybody, by the name of the shop."""
    shop = Organisation.objects.get(slug="webshop")
    first = {
        model: model.objects.filter(organisation=shop).first()
        for model in (ConsentForm, ConsentPurpose, Notice, Site, Tracker, Wording)
    }
    person = Person.objects.filter(organisation=shop, erased_at=None).select_related("organisation").first()
    yield "register:notices", []
    yield "register:notice", [first[Notice].pk]
    for name in ("purposes", "forms", "find", "mailings", "check_address", "reconcile", "withdrawals", "customers"):
        yield f"consent:{name}", []
    for name in ("consents_import", "mailing_links", "requests", "trackers", "sites", "webhooks", "class_lists"):
        yield f"consent:{name}", []
    yield "consent:purpose", [first[ConsentPurpose].pk]
    for name in ("wording", "wording_checklist", "wording_publish", "wording_texts", "record"):
        yield f"consent:{name}", [first[Wording].pk]
    yield "consent:form", [first[ConsentForm].pk]
    for name in ("person", "person_wordings", "erase", "object"):
        yield f"consent:{name}", [person.pk]
    yield "consent:site", [first[Site].pk]
    yield "consent:tracker", [first[Tracker].pk]
    yield "accounts:api_keys", []
    yield "street", []
    yield "portal:notice", [first[Notice].slug]
    yield "portal:consent_form", [first[ConsentForm].slug]
    yield "portal:preferences_ask", []
    token = links.preferences_url(person.pk, shop).rstrip("/").rpartition("/")[2]
    yield "portal:preferences", [token]


SIZES = ((1440, "light"), (390, "dark"))


def test_axe_finds_nothing_on_any_page(page, live_server, sign_in, axe):
    call_command("load_demo", verbosity=0)
    people = {row.role: row.user for row in Membership.objects.filter(organisation__slug="school")}
    shop = Membership.objects.get(organisation__slug="webshop", role="privacy_officer").user
    faults = {}

    def look(slug, listed):
        for name, arguments in listed:
            if name == "street":
                page.context.clear_cookies()
            elif name.startswith("as "):
                sign_in(people[name.removeprefix("as ")])
            else:
                found = faults_of(page, live_server.url + reverse(name, args=[slug, *arguments]), axe)
                if found:
                    faults[f"{name} {arguments[1:]}"] = found

    sign_in(people["privacy_officer"])
    look("school", pages())
    sign_in(shop)
    look("webshop", pages_of_shop())
    assert faults == {}


def faults_of(page, url, axe):
    """Each page is fetched once and looked at in every size; what follows the theme does so at once, without motion."""
    page.emulate_media(reduced_motion="reduce")
    response = page.goto(url)
    found = [] if response.ok else [f"answered {response.status}"]
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width}: {fault}" for fault in axe()]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append(f"{width}: scrolls sideways")
    return found
