"""The picture of the flow: every name has its place, long ones are cut, many are counted."""

import uuid
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from register import flow
from register.record import (
    ClientValue,
    CountryItem,
    DataItem,
    DataValue,
    Entry,
    PartyValue,
    RecipientValue,
    SubjectItem,
    SubjectValue,
    SystemUse,
    SystemValue,
    TransferValue,
)

NL = CountryItem(uuid.uuid4(), "Nederland", "Netherlands", code="NL", eea=True)
US = CountryItem(uuid.uuid4(), "Verenigde Staten", "United States", code="US")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def subject(name):
    return SubjectValue(uuid.uuid4(), SubjectItem(uuid.uuid4(), name, name))


def entry(**fields):
    return Entry(id=uuid.uuid4(), number=1, kind=fields.pop("kind", "controller"), name="Payroll", **fields)


def full(many=2):
    people = [subject(f"People {n}") for n in range(many)]
    data = [
        DataValue(
            uuid.uuid4(), DataItem(uuid.uuid4(), f"Data {n}", f"Data {n}", sensitivity="special"), people[n].category
        )
        for n in range(many)
    ]
    party = PartyValue(uuid.uuid4(), "Payroll Ltd", country=NL)
    return entry(
        subjects=tuple(people),
        data=tuple(data),
        systems=(SystemUse(uuid.uuid4(), SystemValue(uuid.uuid4(), "HR system", hosting_country=US)),),
        recipients=(RecipientValue(uuid.uuid4(), party=party, role="processor"),),
        transfers=(TransferValue(uuid.uuid4(), party=party, country=US),),
    )


def drawing(picture):
    page = render_to_string("register/activity/_flow.html", {"picture": picture, "oob": False})
    return ElementTree.fromstring(page[page.index('<svg class="flow"') : page.index("</svg>") + 6]), page


def test_an_entry_runs_from_people_to_countries():
    picture = flow.drawn(full(), "en")
    assert [column.heading for column in picture.columns] == ["People", "Data", "Systems", "Recipients", "Countries"]
    assert [node.name for node in picture.columns[-1].nodes] == ["United States", "Netherlands"]
    assert picture.columns[-1].nodes[0].outside
    assert picture.columns[1].nodes[0].special


def test_a_processor_record_starts_with_the_controllers():
    client = ClientValue(uuid.uuid4(), PartyValue(uuid.uuid4(), "Town of Bree"))
    picture = flow.drawn(entry(kind="processor", clients=(client,)), "en")
    assert [node.name for node in picture.columns[0].nodes] == ["Town of Bree"]
    assert len(picture.columns) == 4


def test_what_lacks_is_told_apart_from_none():
    columns = flow.drawn(entry(recipients_answer="none"), "en").columns
    assert columns[0].nodes[0].name == "Not filled in"
    assert columns[3].nodes[0].name == "None"


def test_many_are_counted_and_all_are_in_the_words_below():
    picture = flow.drawn(full(many=30), "en")
    assert len(picture.columns[0].shown) == flow.MOST
    assert picture.columns[0].shown[-1].name == "+24 more"
    _svg, page = drawing(picture)
    assert "People 29" in page[page.index("flow-words") :]


def test_the_drawing_has_a_name_a_description_and_no_style():
    svg, page = drawing(flow.drawn(full(), "en"))
    assert svg.attrib["role"] == "img"
    assert svg.find("title").text == "The flow of the data"
    assert "Payroll Ltd" in svg.find("desc").text
    assert "style=" not in page


def test_only_what_belongs_together_is_tied():
    picture = flow.drawn(full(), "en")
    curves = [path for path in picture.paths if "C" in path]
    assert len(curves) == 2 + 2, "each group to its own data; the recipient to its own country and to the transfer"


def test_names_are_text_and_never_markup():
    _svg, page = drawing(flow.drawn(entry(subjects=(subject("<script>alert(1)</script>"),)), "en"))
    assert "<script" not in page


@given(st.text(max_size=400))
def test_a_name_of_any_length_stays_in_its_box(text):
    lines = flow.wrapped(text, flow.LETTERS)
    assert 1 <= len(lines) <= flow.DEEP
    assert all(flow._wide(line) <= flow.LETTERS for line in lines)


@pytest.mark.parametrize(("text", "lines"), [("Bezoekersregistratie", 1), ("Klasboek leerlingadministratie", 2)])
def test_words_are_kept_whole_where_they_fit(text, lines):
    assert len(flow.wrapped(text, 21)) == lines


def test_boxes_of_a_column_do_not_overlap():
    for column in flow.drawn(full(many=12), "en").columns:
        for upper, lower in zip(column.shown, column.shown[1:], strict=False):
            assert upper.y + upper.height < lower.y
