"""Whoever only reads: everything that the register holds, nothing that names people, no hidden note."""

import re

import pytest
from django.urls import reverse

from breaches import sealing
from breaches.actions import lines, reporting
from breaches.models import Breach
from tests.breaches.desk import list_url, url, words
from tests.breaches.test_exports import text_of
from tests.factories import breaches as make
from tests.factories.accounts import AT, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRETS = ("Anna Kuiper", "Jan de Wit")


@pytest.fixture
def breach():
    """As it really comes about: reported, with a hidden note, a letter, and a decision with its reason."""
    row = Breach(organisation=OrganisationFactory(), title="Lost laptop", facts="A laptop was left on the train.")
    reporting.report(row, {"report.happened": "Anna Kuiper lost it"}, by=None, at=AT)
    lines.log(row, text="Jan de Wit knew of it", happened_at=AT, by=None, at=AT, is_hidden=True)
    lines.log(row, text="Rang the train company", happened_at=AT, by=None, at=AT)
    told = make.CommunicationFactory(breach=row)
    sealing.seal(row, {str(told.pk): "Dear Anna Kuiper"})
    make.DecisionFactory(breach=row, reason="The disk was encrypted.")
    make.AttachmentFactory(breach=row, content=b"Anna Kuiper")
    return row


@pytest.fixture
def auditor(client, breach):
    reader = UserFactory(language="en")
    MembershipFactory(organisation=breach.organisation, role="auditor", user=reader)
    client.force_login(reader)
    return client


def test_an_auditor_reads_facts_reasons_and_what_is_not_hidden(auditor, breach):
    said = words(auditor.get(url(breach)))
    for expected in ("A laptop was left on the train.", "The disk was encrypted.", "Rang the train company"):
        assert expected in said


@pytest.mark.parametrize("role", ["auditor", "dpo", "approver", "privacy_officer"])
def test_every_link_on_the_page_of_a_breach_opens_for_who_sees_it(client, breach, role):
    reader = UserFactory()
    MembershipFactory(organisation=breach.organisation, role=role, user=reader)
    client.force_login(reader)
    links = set(re.findall(rf'href="({url(breach)}[^"#?]+)', client.get(url(breach)).text))
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_no_page_or_file_tells_an_auditor_a_name_or_a_hidden_note(auditor, breach):
    organisation = breach.organisation
    export, history = (reverse(name, args=[organisation.slug]) for name in ("breaches:export", "register:history"))
    pages = [
        *(url(breach), url(breach, "breach_pdf"), list_url(organisation), f"{list_url(organisation)}?q=Kuiper"),
        reverse("breaches:duties", args=[organisation.slug]) + "?whose=all",
        history,
        *(f"{export}?format={format}&language=en" for format in ("csv", "json", "xlsx", "pdf")),
    ]
    for page in pages:
        response = auditor.get(page)
        assert response.status_code == 200, page
        body = b"".join(response.streaming_content) if response.streaming else response.content
        said = text_of(body, format_of(response))
        assert not [name for name in SECRETS if name in said], page


def format_of(response):
    kind = response["Content-Type"]
    return "xlsx" if "spreadsheet" in kind else "pdf" if "pdf" in kind else "html"


@pytest.mark.parametrize("name", ["files", "log_new", "notify", "tell", "controllers", "reopen", "close", "destroy"])
def test_an_auditor_changes_nothing_and_opens_nothing_sealed(auditor, breach, name):
    assert auditor.get(url(breach, name)).status_code == 403
    assert auditor.post(url(breach, name), {"reason": "x", "text": "x"}).status_code in (403, 405)
