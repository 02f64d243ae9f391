"""What a clumsy or malicious person sends: a clear answer, nothing changed, never an error of ours."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.urls import reverse

from accounts.models import Invitation, OutgoingMail
from core import pdf
from register import editing, reading
from register.actions import activities
from register.exports import document
from register.exports.gathering import gather
from register.exports.selection import Selection
from register.models import Activity, Export, Purpose
from register.sections import BY_KEY
from tests.factories.accounts import AT, OrganisationFactory, UserFactory
from tests.factories.register import ActivityFactory, PurposeFactory
from tests.register.filled import established
from tests.register.sheets import opened, section_url, sheet_url, words

pytestmark = pytest.mark.django_db

EDGES = ["0001-01-01", "9999-12-31"]


@pytest.mark.parametrize("day", EDGES)
def test_a_day_at_the_edge_of_the_calendar_has_a_last_moment(day):
    assert reading.end_of(date.fromisoformat(day)).date() == date.fromisoformat(day)


@pytest.mark.parametrize("day", EDGES)
def test_a_sheet_can_be_asked_for_on_the_edges_of_the_calendar(client, member, day):
    activity = ActivityFactory(organisation=member("dpo").organisation)
    assert client.get(sheet_url(activity), {"on": day}).status_code == 200


@pytest.mark.parametrize("day", EDGES)
def test_a_pdf_cannot_be_asked_for_on_the_edges_of_the_calendar(client, member, day):
    organisation = member("dpo").organisation
    given = {"on": day, "language": "nl", "known": "then"}
    response = client.post(reverse("register:exports", args=[organisation.slug]), given)
    assert 'aria-invalid="true"' in response.text
    assert not Export.objects.exists()


@pytest.mark.parametrize("day", EDGES)
def test_nobody_is_invited_until_the_edge_of_the_calendar(client, member, day):
    organisation = member("administrator").organisation
    given = {"email": "a@example.org", "role": "editor", "language": "nl", "last_day": day}
    response = client.post(reverse("accounts:invite", args=[organisation.slug]), given)
    assert response.status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("lost", ["purposes-total", "purposes-1-id"])
def test_a_form_that_lost_a_piece_takes_no_lines_away(client, member, lost):
    activity = ActivityFactory(organisation=member("editor").organisation)
    PurposeFactory.create_batch(2, activity=activity)
    form = opened(client, activity, "purposes")
    del form[lost]
    assert client.post(section_url(activity, "purposes"), form).status_code == 409
    assert Purpose.objects.filter(activity=activity).count() == 2


def test_a_line_of_another_activity_cannot_be_taken(client, member):
    activity = ActivityFactory(organisation=member("editor").organisation)
    theirs = PurposeFactory(text_nl="Van een ander")
    form = opened(client, activity, "purposes")
    form |= {"purposes-0-id": str(theirs.pk), "purposes-0-text_nl": "Van mij"}
    assert client.post(section_url(activity, "purposes"), form).status_code == 422
    theirs.refresh_from_db()
    assert (theirs.text_nl, Purpose.objects.count()) == ("Van een ander", 1)


def test_more_fields_than_a_form_may_have_are_refused_in_words(client, member):
    activity = ActivityFactory(organisation=member("editor").organisation)
    response = client.post(section_url(activity, "purposes"), {f"x-{number}": "1" for number in range(5001)})
    assert response.status_code == 400
    assert "Nothing was changed" in words(response)


@pytest.mark.parametrize(("page", "given"), [("reviewed", {}), ("upkeep", {"review_on": "2030-01-01"})])
def test_what_has_ended_is_not_reviewed_any_more(client, member, page, given):
    activity = ActivityFactory(organisation=member("dpo").organisation, ended_on=date(2025, 1, 1), end_reason="Gone")
    url = reverse(f"register:{page}", args=[activity.organisation.slug, activity.pk])
    assert client.post(url, given).status_code == 409
    activity.refresh_from_db()
    assert (activity.reviewed_on, activity.review_on) == (None, None)


@pytest.mark.parametrize("act", [activities.mark_reviewed, partial(activities.set_upkeep, owner_function="Head")])
def test_a_row_that_was_read_earlier_undoes_nothing_of_somebody_else(member, act):
    organisation = member("dpo").organisation
    early = ActivityFactory(organisation=organisation, name="Payroll")
    now = Activity.objects.get(pk=early.pk)
    base = editing.snapshot(now, BY_KEY["identity"])
    wanted = base | {"fields": base["fields"] | {"name": "Salaries"}}
    activities.save_section(now, "identity", wanted, base, by=None, at=AT)
    act([early], by=None, at=AT)
    assert Activity.objects.get(pk=early.pk).name == "Salaries"


def test_the_link_in_a_mail_leads_to_us_whatever_the_host_header_says(client, settings):
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], "https://register.example.org"
    UserFactory(email="a@example.org")
    client.post(reverse("account_reset_password"), {"email": "a@example.org"}, headers={"host": "evil.example"})
    body = OutgoingMail.objects.get().body
    assert "https://register.example.org/account/password/reset/key/" in body
    assert "evil" not in body


def test_signing_in_leads_to_no_other_site(client, member):
    user = member("dpo").user
    user.set_password("a long enough sentence")
    user.save()
    client.logout()
    given = {"login": user.email, "password": "a long enough sentence", "next": "https://evil.example/"}
    response = client.post(reverse("account_login"), given)
    assert response.status_code == 302
    assert "evil" not in response.url


def test_what_people_write_is_only_text_in_the_pdf():
    evil = '<img src="file:///etc/passwd"><style>@import url(http://evil.example/a.css)</style>{{ 7 }}\x01</title>'
    organisation = OrganisationFactory(name=f"Schools {evil}"[:200])
    established(organisation, name=evil, description=evil)
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    record = gather(organisation, Selection(), on=at.date(), known_at=at, made_at=at)
    html = document.html(record, "en")
    assert "&lt;img src=" in html
    assert pdf.render(html, title=organisation.name, language="en", created_at=at).pages > 2
