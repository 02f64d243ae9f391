"""The page components: words with shapes, lists that keep their filters, fields that explain themselves."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core import gallery
from core.components.changes import word_by_word
from core.components.words import LEVELS, SHAPES
from core.forms import FilterForm, HouseForm
from core.htmx import page


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def draw(source, query="", **context):
    context["request"] = RequestFactory().get(f"/list/?{query}")
    return Template(source).render(Context(context))


class NoteForm(HouseForm, forms.Form):
    text = forms.CharField(
        label="Text", help_text="In one sentence.", widget=forms.TextInput(attrs={"placeholder": "x"})
    )
    on = forms.DateField(required=False)
    at = forms.DateTimeField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Ay"), ("b", "Bee")], widget=forms.RadioSelect, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    examples = {"text": "Payroll"}
    references = {"text": "Art. 30(1)(b)"}


def test_a_bare_article_beside_a_label_says_that_it_is_an_article():
    html = draw("{% field form.text reference='87' %}", form=NoteForm())
    assert '<span class="reference">Art. 87</span>' in html


@pytest.mark.parametrize("tone", SHAPES)
def test_a_badge_is_a_shape_and_a_word(tone):
    html = draw("{% badge 'Draft <b>' tone %}", tone=tone)
    assert 'aria-hidden="true"' in html
    assert SHAPES[tone] in html
    assert "Draft" in html


def test_no_two_tones_share_a_shape():
    assert len(set(SHAPES.values())) == len(SHAPES)


@pytest.mark.parametrize("level", LEVELS)
def test_severity_says_its_level_in_words(level):
    with translation.override("en"):
        html = draw("{% severity level count=1204 %}", level=level)
    assert str(LEVELS[level][1]) in html
    assert "204" in html


def test_none_and_not_recorded_differ_in_word_and_in_look():
    none, blank = draw("{% none_answer %}"), draw("{% not_recorded %}")
    assert re.sub("<[^>]+>", "", none) != re.sub("<[^>]+>", "", blank)
    assert re.findall('class="([^"]+)"', none) != re.findall('class="([^"]+)"', blank)


def test_an_unknown_icon_is_an_error_and_not_a_hole():
    with pytest.raises(LookupError, match="no-such-icon"):
        draw("{% icon 'no-such-icon' %}")


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in draw("{% icon 'pencil' %}")
    labelled = draw("{% icon 'lock' label='Secret \"x\"' %}")
    assert 'role="img" aria-label="Secret &quot;x&quot;"' in labelled


def test_a_day_can_be_read_by_people_and_machines_in_both_languages():
    with translation.override("nl"):
        assert draw("{% day d %}", d=date(2026, 3, 5)) == '<time datetime="2026-03-05">05-03-2026</time>'
    with translation.override("en"):
        assert draw("{% day d %}", d=date(2026, 3, 5)) == '<time datetime="2026-03-05">5 Mar 2026</time>'
    assert "–" in draw("{% day d %}", d=None)


def test_a_moment_is_shown_in_local_time():
    html = draw("{% moment m %}", m=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    assert 'datetime="2026-02-01T00:30:00+01:00"' in html
    assert "00:30" in html


@pytest.mark.parametrize(
    ("value", "words", "tone"),
    [
        (date(2026, 6, 9), "1 day late", "bad"),
        (date(2026, 6, 10), "today", "warning"),
        (date(2026, 6, 12), "in 2 days", "warning"),
        (date(2026, 7, 10), "in 30 days", "neutral"),
    ],
)
def test_a_term_is_told_in_days(value, words, tone):
    with translation.override("en"):
        html = draw("{% due value on=on %}", value=value, on=date(2026, 6, 10))
    assert words in html
    assert f"mark-{tone}" in html


def test_text_keeps_its_language_and_its_lines():
    assert draw("{% lang_text t 'nl' %}", t="Doel & <b>") == '<span lang="nl">Doel &amp; &lt;b&gt;</span>'
    assert draw("{% lang_text t 'nl' %}", t="een\ntwee") == '<div lang="nl"><p>een<br>twee</p></div>'


def test_words_of_users_are_escaped_in_boxes():
    html = draw("{% panel title=t id='a' url=u url_label=t %}{{ t }}{% endpanel %}", t="<script>", u='"x')
    assert "<script>" not in html
    assert 'href="&quot;x"' in html
    assert 'aria-labelledby="a-title"' in html


def test_sorting_turns_round_and_keeps_the_filters_but_not_the_page():
    source = (
        "{% sort_header 'Name' 'name' target='#r' default='name' %}{% sort_header 'Number' 'number' default='name' %}"
    )
    html = draw(source, "q=pay&page=3")
    assert 'aria-sort="ascending"' in html
    assert html.count("aria-sort") == 1
    assert 'href="?q=pay&amp;sort=-name" hx-get="?q=pay&amp;sort=-name" hx-target="#r"' in html
    assert 'href="?q=pay&amp;sort=number"' in html
    assert 'aria-sort="descending"' in draw(source, "sort=-name")


def test_paging_says_what_is_shown_and_keeps_the_filters():
    third = Paginator(range(95), 10).get_page(3)
    with translation.override("en"):
        html = draw("{% pagination p noun='parties' %}", "q=a&page=3", p=third)
    assert "21–30 of 95 parties" in html
    assert 'rel="prev" href="?q=a&amp;page=2"' in html
    assert 'rel="next" href="?q=a&amp;page=4"' in html
    assert 'aria-current="page">3<' in html


def test_one_page_has_no_links():
    assert "<a" not in draw("{% pagination p %}", p=Paginator(range(3), 10).get_page(1))


def test_a_facet_puts_values_on_and_off():
    options = [{"value": "draft", "label": "Draft", "count": 2}, {"value": "ended", "label": "Ended", "count": 0}]
    html = draw("{% facet 'Status' 'status' o %}", "status=draft&page=2", o=options)
    assert 'href="?status=draft&amp;status=ended"' in html
    assert re.search(r'href="\?" ?aria-current="true"', html)


def test_a_chip_takes_one_value_off():
    assert 'href="?status=ended"' in draw("{% filter_chip 'x' 'status' 'draft' %}", "status=draft&status=ended")
    assert 'href="?"' in draw("{% filter_chip 'x' 'q' %}", "q=pay")


def test_a_difference_marks_words_and_says_its_kind():
    with translation.override("en"):
        html = draw(
            "{% diff %}{% diff_row 'Term' b a %}{% enddiff %}", b="kept for 5 years <i>", a="kept for 7 years <i>"
        )
    assert "<del>5</del><ins>7</ins>" in html
    assert "Changed" in html
    assert "<i>" not in html


def test_texts_without_likeness_stand_one_under_the_other():
    assert word_by_word("five years", "as long as the law of another country demands") is None


@pytest.mark.parametrize(
    ("before", "after", "word"), [("", "x", "Added"), ("x", "", "Removed"), ("x", "x", "Unchanged")]
)
def test_a_difference_knows_its_kind(before, after, word):
    with translation.override("en"):
        assert word in draw("{% diff_row 'A' b a %}", b=before, a=after)


def test_a_field_tells_help_example_article_and_error_to_everyone():
    html = draw("{% field form.text %}", form=NoteForm({"text": ""}))
    control = re.search("<input[^>]+>", html)[0]
    assert 'aria-describedby="id_text_helptext id_text_error"' in control
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html
    assert "Payroll" in html
    assert "Art. 30(1)(b)" in html
    assert "aria-invalid" in control
    assert "placeholder" not in control
    assert 'for="id_text"' in html


def test_choices_are_a_group_with_one_label_each():
    html = draw("{% field form.kind %}", form=NoteForm())
    assert "<fieldset" in html
    assert html.count('class="form-check-input"') == 2
    assert html.count("<label") == 2


def test_hidden_fields_are_only_their_input():
    assert draw("{% field form.token %}", form=NoteForm()).startswith('<input type="hidden"')


def test_dates_are_native_inputs_in_iso_order():
    form = NoteForm(initial={"on": date(2026, 3, 5), "at": datetime(2026, 3, 5, 14, 30, tzinfo=UTC)})
    with translation.override("nl"):
        html = draw("{% field form.on %}{% field form.at %}", form=form)
    assert 'type="date"' in html
    assert 'value="2026-03-05"' in html
    assert 'type="datetime-local"' in html
    assert NoteForm({"text": "x", "on": "2026-03-05"}).is_valid()


def test_crispy_draws_the_same_field():
    crispy = draw("{% load crispy_forms_tags %}{% crispy form %}", form=NoteForm({"text": ""}))
    ours = draw("{% field form.text %}", form=NoteForm({"text": ""}))
    assert "".join(ours.split()) in "".join(crispy.split())
    assert "<form" not in crispy
    assert crispy.count('id="id_text_error"') == 1


def test_the_summary_of_errors_links_to_the_fields():
    assert 'href="#id_text"' in draw("{% form_errors form %}", form=NoteForm({"text": ""}))
    assert draw("{% form_errors form %}", form=NoteForm({"text": "x"})) == ""


def test_lines_carry_a_blank_one_to_copy():
    formset = forms.formset_factory(NoteForm, extra=1, can_delete=True)(prefix="notes")
    html = draw("{% form_lines formset %}", formset=formset)
    assert 'name="notes-TOTAL_FORMS"' in html
    blank = re.search("<template[^>]*>(.*)</template>", html, re.DOTALL)[1]
    assert 'name="notes-__prefix__-text"' in blank
    assert 'name="notes-0-DELETE"' in html


def test_a_filter_form_leaves_out_what_it_cannot_understand():
    class Filter(FilterForm):
        q = forms.CharField()
        on = forms.DateField()

        def narrow(self, queryset, **values):
            return [*queryset, values]

    assert Filter({"q": "pay", "on": "yesterday"}).apply([]) == [{"q": "pay"}]


def test_htmx_gets_the_fragment_and_everybody_else_the_page():
    def template_of(**headers):
        request = RequestFactory().get("/", headers=headers)
        response = page(request, "page.html", {}, fragment="_part.html")
        assert "HX-Request" in response["Vary"]
        return response.template_name

    assert template_of() == "page.html"
    assert template_of(**{"HX-Request": "true"}) == "_part.html"
    assert template_of(**{"HX-Request": "true", "HX-History-Restore-Request": "true"}) == "page.html"


def test_the_gallery_shows_every_component_and_keeps_the_content_policy(settings):
    settings.DEBUG = True
    request = RequestFactory().get("/gallery/?status=good")
    request.user = AnonymousUser()
    html = gallery.gallery(request).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|hx-on|javascript:", html)
    with open(finders.find("css/components.css"), encoding="utf-8") as file:
        assert ".mark-changed" in file.read()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    ids = re.findall(r'\sid="([^"]+)"', html.replace("__prefix__", "blank"))
    assert {"main", "rail", "keys"} <= set(ids)


@pytest.mark.django_db
def test_a_missing_page_speaks_the_language_of_the_reader(client):
    response = client.get("/no-such-page/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert 'lang="en"' in response.text
