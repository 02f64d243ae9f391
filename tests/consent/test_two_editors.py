"""Two people in the same form of the room of consent: what the first kept is not overwritten unseen."""

import pytest
from django.db.models.signals import pre_save

from consent.actions import class_lists, publications, telling, trackers
from consent.models import ClassSettings, Publication, Site, TellAFriend
from tests.consent import school
from tests.consent.desk import MORNING, url, words

pytestmark = pytest.mark.django_db


def site(organisation):
    row = trackers.save_site(Site(organisation=organisation, name="Shop"), by=None, at=MORNING)
    return Site, url(organisation, "site_edit", row.pk), "name", {"domain": "www.example.org", "rule": "nl"}


def place(organisation):
    (version,) = school.purposes_of(organisation, "website")
    said = {"purpose": version.wording.purpose, "title": "Shop", "place": "Site", "published_on": MORNING.date()}
    row = Publication(organisation=organisation, owner=organisation.memberships.get().user, **said)
    publications.publish(row, by=None, at=MORNING)
    return Publication, url(organisation, "publication_edit", row.pk), "title", {"published_on": "2026-01-05"}


def settings(organisation):
    class_lists.change_settings(organisation, {"letter_en": "Shop"}, by=None, at=MORNING)
    return ClassSettings, url(organisation, "class_settings"), "letter_en", {"take_down_days": "7"}


def tell(organisation):
    row = TellAFriend(organisation=organisation, slug="tell", name="Shop", site="https://shop.example", text_en="Look.")
    telling.save(row, by=None, at=MORNING)
    return TellAFriend, url(organisation, "tell_edit", row.pk), "text_en", {}


@pytest.mark.parametrize("begin", [site, place, settings, tell])
def test_the_second_of_two_is_shown_what_the_first_kept(client, member, begin):
    organisation = member("privacy_officer").organisation
    model, address, field, other = begin(organisation)
    form = client.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | other | {"base": form["base"].value()}
    assert client.post(address, given | {field: "The first"}).status_code == 302
    late = client.post(address, given | {field: "The second"})
    assert late.status_code == 409
    assert "The first" in words(late)
    assert getattr(model.objects.get(), field) == "The first"
    chosen = given | {field: "The second", f"choice-{field}": "mine", "seen": late.context["form"].seen}
    assert client.post(address, chosen).status_code == 302
    assert getattr(model.objects.get(), field) == "The second"


def test_who_makes_the_first_settings_at_the_same_moment_is_told_so(client, member):
    organisation = member("privacy_officer").organisation
    address, other = url(organisation, "class_settings"), ClassSettings(organisation=organisation, take_down_days=3)
    given = {"base": client.get(address).context["form"]["base"].value(), "take_down_days": "7"}

    def first(**kwargs):
        ClassSettings.objects.bulk_create([other])

    pre_save.connect(first, sender=ClassSettings)
    try:
        late = client.post(address, given)
    finally:
        pre_save.disconnect(first, sender=ClassSettings)
    assert late.status_code == 409
    assert "Somebody did the same at this very moment." in words(late)
    assert not ClassSettings.objects.exists()
