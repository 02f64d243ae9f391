"""A web form of one's own, saved as a page: what of it is refused when a wording is published with it."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from consent import own_form
from consent.forms.wordings import check_snapshot

EMPTY = '<form><label><input type="checkbox" name="newsletter"> Yes, mail me the newsletter.</label></form>'


@pytest.mark.parametrize(
    "page",
    [
        '<input type="checkbox" name="newsletter" checked>',
        "<input type=checkbox id=a CHECKED><label for=a>Ja, stuur mij de nieuwsbrief</label>",
        '<label>I want the newsletter <input type="checkbox" name="x" checked="checked"></label>',
        '<input type="radio" name="newsletter" value="Ja" checked><input type="radio" name="newsletter" value="nee">',
        '<input type="hidden" name="marketing_consent" value="yes">',
        '<label><input type="checkbox"> Ik ga akkoord met de voorwaarden en wil de nieuwsbrief</label>',
    ],
)
def test_a_page_that_takes_consent_by_itself_is_refused(page):
    assert len(list(own_form.faults(page))) == 1
    with pytest.raises(ValidationError):
        check_snapshot(SimpleUploadedFile("form.html", f"<!doctype html><title>x</title>{page}".encode()))


@pytest.mark.parametrize(
    "page",
    [
        EMPTY,
        '<input type="checkbox" name="remember" checked><label>Remember me</label>',
        '<input type="radio" name="newsletter" value="yes"><input type="radio" name="newsletter" value="no" checked>',
        '<input type="hidden" name="consent_token" value="a1">',
        "<label><input type=checkbox> I agree to the terms</label>" + EMPTY,
        "<label <input checked <<<" + "<label>" * 1000,
    ],
)
def test_what_is_no_consent_or_an_empty_box_is_left_alone(page):
    assert list(own_form.faults(page)) == []


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<![CDATA["])
def test_a_page_of_nothing_but_beginnings_keeps_nobody_waiting(piece):
    started = time.process_time()
    assert not list(own_form.faults(piece * 200_000))
    assert time.process_time() - started < 5
