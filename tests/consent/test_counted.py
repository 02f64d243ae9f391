"""Numbers of a large ledger: the worker counts them, and pages show what it counted last."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from consent import counted, figures, form_figures, point_figures, recount, renewals
from tests.consent import asked
from tests.consent.desk import MORNING, url, words
from tests.factories.accounts import UserFactory
from tests.factories.consent import ConsentEventFactory, PersonFactory
from tests.factories.register import CollectionPointFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(member):
    return member("privacy_officer", user=UserFactory(language="en")).organisation


@pytest.fixture
def form(organisation):
    return asked.published(organisation, point=CollectionPointFactory(organisation=organisation)).form


def give(form, number):
    version = form.choices.get().wording.versions.get()
    for _each in range(number):
        person = PersonFactory(organisation=form.organisation)
        ConsentEventFactory(wording=version, person=person, form=form.versions.get(), happened_at=MORNING)


def shown(form):
    """Every number that a page shows of what was given."""
    wording, version = form.choices.get().wording, form.versions.get()
    at = timezone.now() + timedelta(days=1)
    return {
        figures.of_wordings([wording])[wording.pk].given,
        figures.of_wording(wording).months[0][1],
        figures.of_methods(wording)[0][1],
        form_figures.of_versions(form)[0][1]["given"],
        form_figures.by_month(version)[0][1],
        point_figures.of_forms([form]).given,
        renewals.people_on([wording.versions.get()], at=at)[wording.versions.get().pk],
    }


def test_a_ledger_that_is_not_large_is_counted_at_this_moment(form):
    give(form, 10)
    assert shown(form) == {10}
    give(form, 1)
    assert shown(form) == {11}


def test_of_a_large_one_everybody_sees_what_the_worker_counted_last(form, monkeypatch):
    monkeypatch.setattr(counted, "LARGE", 1)
    give(form, 10)
    recount.count.call()
    give(form, 5)
    assert shown(form) == {10}
    recount.count.call()
    assert shown(form) == {15}


def test_what_was_never_counted_is_counted_for_whoever_asks_first(client, form, monkeypatch):
    monkeypatch.setattr(counted, "LARGE", 1)
    give(form, 12)
    page = url(form.organisation, "wording", form.choices.get().wording_id)
    assert "Gave consent 12" in words(client.get(page))
    give(form, 1)
    assert "Gave consent 12" in words(client.get(page))


@pytest.mark.parametrize(("events", "queued"), [(0, 0), (1, 1)])
def test_the_worker_is_asked_only_when_the_ledger_is_large(form, monkeypatch, events, queued):
    monkeypatch.setattr(counted, "LARGE", 1)
    give(form, events)
    recount.ask(timezone.now())
    assert DBTaskResult.objects.count() == queued
