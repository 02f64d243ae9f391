"""Every page of every kind of shared row: who may open it, what it shows, what it costs."""

import re

import pytest
from django.urls import reverse

from accounts.models import Event
from register import kinds, models
from register.models import Party
from tests.factories import register as make
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db

FACTORIES = {
    models.Party: make.PartyFactory,
    models.System: make.SystemFactory,
    models.Agreement: make.AgreementFactory,
    models.Document: make.DocumentFactory,
    models.DataCategory: make.DataCategoryFactory,
    models.SubjectCategory: make.SubjectCategoryFactory,
    models.Measure: make.MeasureFactory,
    models.RetentionRule: make.RetentionRuleFactory,
    models.Law: make.LawFactory,
    models.Country: make.CountryFactory,
    models.InternalRole: make.InternalRoleFactory,
    models.Label: make.LabelFactory,
}
# Session, user, membership; retired ones; a query per filter; the rows and how many; their uses; what cells need.
COSTS = {
    "parties": 17,
    "agreements": 11,
    "systems": 13,
    "documents": 9,
    "data-categories": 11,
    "people": 10,
    "measures": 12,
    "retention-rules": 12,
    "laws": 10,
    "countries": 10,
    "functions": 9,
    "labels": 11,
}
PARTY_PAGE = 20  # among them seven for where it is used, two for its history
every_kind = pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.slug)


def posted(response, **changes):
    """What a browser would send back from the form of a page, with changes."""
    form = response.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list | tuple):
            data[bound.html_name] = [str(one) for one in value]
        elif value not in (None, False) and bound.name != "upload":
            data[bound.html_name] = str(value)
    return data | changes


@every_kind
def test_an_empty_list_teaches(client, member, kind):
    organisation = member().organisation
    response = client.get(kind.list_url(organisation))

    assert response.status_code == 200
    assert 'class="empty' in response.text


@every_kind
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_any_number_of_rows(client, member, django_assert_num_queries, kind, rows):
    organisation = member().organisation
    for _ in range(rows):
        FACTORIES[kind.model](organisation=organisation)

    with django_assert_num_queries(COSTS[kind.slug]):
        response = client.get(kind.list_url(organisation))
    assert response.text.count('<tr id="row-') == rows


@every_kind
def test_the_fragment_is_what_the_page_shows(client, member, kind):
    organisation = member().organisation
    row = FACTORIES[kind.model](organisation=organisation)
    url = kind.list_url(organisation)
    fragment = client.get(url, headers={"HX-Request": "true"}).text

    assert str(row) in fragment
    assert "<html" not in fragment
    assert fragment in client.get(url).text


@every_kind
def test_rows_of_another_organisation_are_neither_listed_nor_found(client, member, kind):
    organisation = member().organisation
    other = FACTORIES[kind.model](organisation=OrganisationFactory())

    assert f'id="row-{other.pk}"' not in client.get(kind.list_url(organisation)).text
    for act in ("", "edit", "retire", "delete"):
        assert client.get(kind.url(organisation, other.pk, act)).status_code == 404


@every_kind
def test_a_row_has_a_page_with_its_fields_uses_and_history(client, member, kind):
    organisation = member().organisation
    row = FACTORIES[kind.model](organisation=organisation)
    response = client.get(kind.url(organisation, row.pk))

    assert response.status_code == 200
    for part in ('id="particulars"', 'id="used"', 'id="history"'):
        assert part in response.text


@every_kind
def test_a_reader_sees_no_buttons_and_may_change_nothing(client, member, kind):
    organisation = member("auditor").organisation
    row = FACTORIES[kind.model](organisation=organisation)
    text = client.get(kind.url(organisation, row.pk)).text

    for act in ("edit", "retire", "delete"):
        url = kind.url(organisation, row.pk, act)
        assert url not in text
        assert client.get(url).status_code == 403
        assert client.post(url).status_code == 403
    assert client.post(kind.url(organisation, row.pk, "return")).status_code == 403
    assert client.get(kind.new_url(organisation)).status_code == 403


def test_an_editor_changes_parties_but_not_the_library(client, member):
    organisation = member("editor").organisation
    for kind in kinds.KINDS:
        expected = 403 if kind.in_library else 200
        assert client.get(kind.new_url(organisation)).status_code == expected, kind.slug


@every_kind
def test_saving_an_unchanged_form_writes_no_history(client, member, kind):
    organisation = member().organisation
    row = FACTORIES[kind.model](organisation=organisation)
    url = kind.url(organisation, row.pk, "edit")
    response = client.post(url, posted(client.get(url)))

    assert response.status_code == 302, response.context["form"].errors
    assert kind.model.history.filter(id=row.pk).count() == 1


def test_a_party_is_added_with_labels_and_a_reason(client, member):
    membership = member()
    organisation = membership.organisation
    label = make.LabelFactory(organisation=organisation)
    url = kinds.BY_MODEL[Party].new_url(organisation)
    response = client.post(
        url, posted(client.get(url), name="Drukkerij <b>Vet</b>", labels=[str(label.pk)], why="Nieuw contract")
    )

    party = Party.objects.of(organisation).get()
    assert response.url == kinds.url_of(party, organisation)
    text = client.get(response.url).text
    assert "Drukkerij &lt;b&gt;Vet&lt;/b&gt;" in text
    assert "<b>Vet</b>" not in text
    assert "Nieuw contract" in text
    assert membership.user.name in text
    assert [link.label for link in party.label_rows.all()] == [label]


def test_choices_are_those_of_the_own_organisation(client, member):
    organisation = member().organisation
    stranger = make.CountryFactory()
    url = kinds.BY_MODEL[Party].new_url(organisation)
    response = client.post(url, posted(client.get(url), name="Firma", country=str(stranger.pk)))

    assert "country" in response.context["form"].errors
    assert not Party.objects.of(organisation).exists()


def test_a_retired_country_stays_with_the_party_that_has_it_and_is_offered_to_no_other(client, member):
    organisation = member().organisation
    country = make.CountryFactory(organisation=organisation, retired_on="2026-01-01")
    party = make.PartyFactory(organisation=organisation, country=country)
    kind = kinds.BY_MODEL[Party]

    assert str(country.pk) in client.get(kind.url(organisation, party.pk, "edit")).text
    assert str(country.pk) not in client.get(kind.new_url(organisation)).text


ABSURD = [
    "x" * 5000,
    "🧑‍🏫" * 40,
    "שלום \u202e עולם",
    '<script>alert("1")</script>',
    "'; DROP TABLE register_party; --",
    "{{ 7|add:7 }}{% now 'Y' %}",
]


@pytest.mark.parametrize("text", ABSURD, ids=["long", "emoji", "right to left", "script", "sql", "template"])
def test_absurd_input_is_kept_as_it_is_or_refused_with_a_message(client, member, text):
    organisation = member().organisation
    url = kinds.BY_MODEL[Party].new_url(organisation)
    response = client.post(url, posted(client.get(url), name=text, notes=text))

    if len(text) > 250:
        assert "name" in response.context["form"].errors
        return
    party = Party.objects.of(organisation).get()
    assert (party.name, party.notes) == (text, text)
    pages = client.get(response.url).text + client.get(kinds.BY_MODEL[Party].list_url(organisation)).text
    assert "<script>alert" not in pages


@pytest.mark.parametrize("query", ["\0", "%", "_", "' OR 1=1", "a" * 5000, "🧑‍🏫", "<script>"])
@every_kind
def test_any_search_is_answered(client, member, kind, query):
    organisation = member().organisation
    FACTORIES[kind.model](organisation=organisation)
    response = client.get(kind.list_url(organisation), {"q": query, "sort": query, "page": query, "state": query})

    assert response.status_code == 200
    assert "<script></" not in response.text


@every_kind
def test_every_filter_narrows_and_answers_nonsense(client, member, kind):
    organisation = member().organisation
    FACTORIES[kind.model](organisation=organisation)
    facets = client.get(kind.list_url(organisation)).context["listing"].facets
    for facet in facets:
        param = facet["filter"].param
        assert client.get(kind.list_url(organisation), {param: ["nonsense", "\0"]}).status_code == 200
        for option in facet["options"]:
            response = client.get(kind.list_url(organisation), {param: option["value"]})
            assert len(response.context["rows"]) == option["count"], (param, option)


@every_kind
def test_every_column_sorts_both_ways(client, member, kind):
    organisation = member().organisation
    made = {FACTORIES[kind.model](organisation=organisation).pk for _ in range(3)}
    url = kind.list_url(organisation)
    for key in [column.sort for column in client.get(url).context["listing"].columns if column.sort] + ["name"]:
        for sort in (key, f"-{key}"):
            assert {row.pk for row, _url, _cells in client.get(url, {"sort": sort}).context["rows"]} == made


def test_search_finds_every_word_wherever_it_stands(client, member):
    organisation = member().organisation
    make.PartyFactory(organisation=organisation, name="Firma Noord", contact="Privacyloket")
    make.PartyFactory(organisation=organisation, name="Firma Zuid")

    rows = client.get(kinds.BY_MODEL[Party].list_url(organisation), {"q": "privacy FIRMA"}).context["rows"]
    assert [row.name for row, _url, _cells in rows] == ["Firma Noord"]


def test_retired_rows_have_a_list_of_their_own(client, member):
    organisation = member().organisation
    make.PartyFactory(organisation=organisation, name="Nu")
    make.PartyFactory(organisation=organisation, name="Vroeger", retired_on="2026-01-01")
    url = kinds.BY_MODEL[Party].list_url(organisation)

    assert [row.name for row, *_ in client.get(url).context["rows"]] == ["Nu"]
    assert [row.name for row, *_ in client.get(url, {"state": "retired"}).context["rows"]] == ["Vroeger"]


def test_a_member_limited_to_a_department_sees_only_its_activities(client, member):
    from tests.factories.accounts import DepartmentFactory, MembershipDepartmentFactory

    membership = member("editor")
    organisation = membership.organisation
    department = DepartmentFactory(organisation=organisation)
    MembershipDepartmentFactory(membership=membership, department=department)
    party = make.PartyFactory(organisation=organisation)
    own = make.ActivityFactory(organisation=organisation, department=department, name="Eigen werk")
    other = make.ActivityFactory(organisation=organisation, name="Geheim werk")
    for activity in (own, other):
        make.RecipientLineFactory(activity=activity, party=party)

    text = client.get(kinds.url_of(party, organisation)).text
    assert "Eigen werk" in text
    assert "Geheim werk" not in text
    assert "1 activity of another department" in text


def test_roles_tell_what_a_party_is(client, member):
    organisation = member().organisation
    processor = make.RecipientLineFactory(activity__organisation=organisation, role="processor").party
    make.RecipientLineFactory(activity__organisation=organisation, role="authority")
    url = kinds.BY_MODEL[Party].list_url(organisation)

    rows = client.get(url, {"role": "processor"}).context["rows"]
    assert [row for row, *_ in rows] == [processor]
    assert rows[0][0].roles == {"processor"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_party_costs_the_same_however_much_hangs_on_it(client, member, rows, django_assert_num_queries):
    organisation = member().organisation
    party = make.PartyFactory(organisation=organisation)
    for _ in range(rows):
        make.RecipientLineFactory(activity__organisation=organisation, party=party)
        make.AgreementFactory(organisation=organisation, party=party)
        make.SystemFactory(organisation=organisation, supplier=party)
        make.PartyLabelFactory(party=party)

    with django_assert_num_queries(PARTY_PAGE):
        client.get(kinds.url_of(party, organisation))


def test_a_file_is_handed_out_and_that_is_recorded(client, member):
    from tests.factories.accounts import StoredFileFactory

    membership = member("auditor")
    organisation = membership.organisation
    document = make.DocumentFactory(organisation=organisation, file=StoredFileFactory(organisation=organisation))
    response = client.get(reverse("register:document_file", args=[organisation.slug, document.pk]))

    assert response.getvalue() == b"hello"
    assert response["Content-Disposition"].startswith("attachment")
    assert Event.objects.get(kind="downloaded").user == membership.user


def test_a_document_is_uploaded_checked_and_kept(client, member):
    from django.core.files.uploadedfile import SimpleUploadedFile

    organisation = member().organisation
    kind = kinds.BY_MODEL[models.Document]
    url = kind.new_url(organisation)
    data = posted(client.get(url), title="Overeenkomst")

    wrong = client.post(url, data | {"upload": SimpleUploadedFile("virus.exe", b"MZ")})
    assert "upload" in wrong.context["form"].errors
    fake = client.post(url, data | {"upload": SimpleUploadedFile("geen.pdf", b"<html>")})
    assert "upload" in fake.context["form"].errors
    nothing = client.post(url, data)
    assert "upload" in nothing.context["form"].errors

    response = client.post(url, data | {"upload": SimpleUploadedFile("../notulen.txt", b"Besluit van mei")})
    document = models.Document.objects.of(organisation).get()
    assert response.status_code == 302
    assert document.file.name == "notulen.txt"
    assert document.file.size == 15


@pytest.mark.parametrize("address", ["ftp://example.org/x", "javascript:alert(1)"])
def test_an_address_that_no_browser_opens_is_refused(client, member, address):
    organisation = member().organisation
    url = kinds.BY_MODEL[Party].new_url(organisation)
    response = client.post(url, posted(client.get(url), name="Drukkerij", website=address))
    assert "website" in response.context["form"].errors
    assert not Party.objects.of(organisation).exists()


def test_pages_use_no_inline_style_or_script(client, member):
    organisation = member().organisation
    for kind in kinds.KINDS:
        row = FACTORIES[kind.model](organisation=organisation)
        for url in (kind.list_url(organisation), kind.url(organisation, row.pk), kind.new_url(organisation)):
            text = client.get(url).text
            assert not re.search(r"\sstyle=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=", text), url
