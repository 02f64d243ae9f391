"""Lists that people want back."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.permissions import Role
from register.models import SavedView
from tests.factories.accounts import MembershipFactory
from tests.factories.register import SavedViewFactory
from tests.register.filled import filled


@pytest.fixture
def desk(member, client):
    class Desk:
        def __init__(self, membership):
            self.membership, self.organisation = membership, membership.organisation
            self.url = reverse("register:saved_views", args=[self.organisation.slug])
            self.list_url = reverse("register:activities", args=[self.organisation.slug])

        def keep(self, **given):
            return client.post(self.url, given)

    return lambda role=Role.EDITOR: Desk(member(role))


def test_a_kept_view_brings_back_filters_columns_and_order(desk, client):
    desk = desk()
    query = "q=pay&status=draft&sort=-name&cols=number&cols=owner"
    assertRedirects(desk.keep(name="Drafts", query=f"page=3&{query}&nonsense=1"), f"{desk.list_url}?{query}")
    view = SavedView.objects.get()
    assert (view.query, view.user, view.shared) == (query, desk.membership.user, False)
    response = client.get(f"{desk.list_url}?{view.query}")
    assert response.context["views"][0]["active"]


def test_a_shared_view_is_offered_to_everyone_and_an_own_one_is_not(desk, client):
    desk = desk()
    colleague = MembershipFactory(organisation=desk.organisation).user
    SavedViewFactory(organisation=desk.organisation, user=colleague, name="For all of us", shared=True)
    SavedViewFactory(organisation=desk.organisation, user=colleague, name="Just mine")
    SavedViewFactory(user=colleague, name="From elsewhere", shared=True)
    filled(desk.organisation)
    for url in (desk.url, desk.list_url):
        response = client.get(url)
        assertContains(response, "For all of us")
        assertNotContains(response, "Just mine")
        assertNotContains(response, "From elsewhere")


def test_only_the_maker_takes_a_view_away(desk, client):
    desk = desk()
    colleague = MembershipFactory(organisation=desk.organisation).user
    shared = SavedViewFactory(organisation=desk.organisation, user=colleague, shared=True)
    own = SavedViewFactory(organisation=desk.organisation, user=desk.membership.user)
    for view, status in ((shared, 404), (own, 302)):
        url = reverse("register:saved_view_delete", args=[desk.organisation.slug, view.pk])
        assert client.post(url).status_code == status
    assert list(SavedView.objects.all()) == [shared]


def test_two_own_views_cannot_bear_one_name(desk):
    desk = desk()
    desk.keep(name="Drafts", query="status=draft")
    response = desk.keep(name="Drafts", query="q=pay")
    assertContains(response, "You already have a view with this name.")
    assert SavedView.objects.count() == 1
