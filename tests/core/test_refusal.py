import pytest
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.urls import path

from core.refusal import Refused

from .collisions import of_database

met = {}


def ask(request):
    if "met" in request.GET:
        raise met[request.GET["met"]]
    if "other" in request.GET:
        raise ZeroDivisionError
    if "allowed" in request.GET:
        return HttpResponse("done")
    raise Refused("Only a draft can be <approved>.", where="VA-0003", remedy="Revise it first.")


ask.login_required = False
urlpatterns = [path("ask", ask)]
pytestmark = pytest.mark.urls(__name__)


def test_on_one_line_it_says_where_what_and_what_to_do():
    assert str(Refused("No.")) == "No."
    assert str(Refused("No.", where="Row 3", remedy="Do this.")) == "Row 3: No. Do this."


def test_htmx_gets_a_message_in_its_own_place(client):
    response = client.get("/ask", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#refusal"
    assert "<html" not in response.text
    assert "VA-0003: Only a draft can be &lt;approved&gt;." in " ".join(response.text.split())
    assert "Revise it first." in response.text


def test_what_is_allowed_passes_and_other_errors_stay_errors(client):
    assert client.get("/ask?allowed").text == "done"
    with pytest.raises(ZeroDivisionError):
        client.get("/ask?other")


def test_without_htmx_it_is_a_page_of_its_own(client, db):
    response = client.get("/ask")
    assert response.status_code == 409
    assert "HX-Request" in response["Vary"]
    assert "<html" in response.text
    assert 'role="alert"' in response.text


def test_who_came_second_is_told_so_and_a_fault_of_ours_stays_one(client, db, tmp_path):
    met.update(of_database(tmp_path))
    second = client.get("/ask?met=double", headers={"Accept-Language": "en"})
    assert (second.status_code, "Somebody did the same at this very moment." in second.text) == (409, True)
    late = client.get("/ask?met=busy", headers={"Accept-Language": "en"})
    assert (late.status_code, late["Retry-After"], "Try again in a minute." in late.text) == (503, "60", True)
    assert "Nothing has been changed." in late.text
    assert client.get("/ask?met=busy", headers={"HX-Request": "true"}).status_code == 409  # 503 is a proxy's to say
    with pytest.raises(IntegrityError):
        client.get("/ask?met=empty")


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        (IntegrityError, "23505", 409),
        (OperationalError, "40001", 503),
        (OperationalError, "40P01", 503),
        (OperationalError, "55P03", 503),
    ],
)
def test_what_postgresql_calls_these_is_understood_on_both(client, db, kind, code, status):
    met["named"] = kind("from the driver")
    met["named"].__cause__ = type("DriverError", (Exception,), {"sqlstate": code})()
    assert client.get("/ask?met=named").status_code == status
    met["named"].__cause__.sqlstate = "53100"
    with pytest.raises(kind):
        client.get("/ask?met=named")
