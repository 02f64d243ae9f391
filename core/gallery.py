"""A living gallery of the page components, shown under DEBUG only: long words, empty and faulty states, both themes."""

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .components.words import COLOURS, LEVELS, SHAPES
from .forms import HouseForm

LONG = "Leerlingvolgsysteem en verzuimregistratie voor het samenwerkingsverband passend primair onderwijs"


class SampleForm(HouseForm, forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Naam", help_text="Zoals mensen in de organisatie het noemen.", max_length=80)
    purpose = forms.CharField(
        label="Doel",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Waarvoor u de gegevens nodig hebt.",
    )
    basis = forms.ChoiceField(
        label="Grondslag",
        choices=[("", "Kies een grondslag"), ("c", "Wettelijke verplichting"), ("f", "Gerechtvaardigd belang")],
        required=False,
    )
    people = forms.MultipleChoiceField(
        label="Betrokkenen",
        choices=[("leerlingen", "Leerlingen"), ("ouders", "Ouders en verzorgers"), ("personeel", "Personeel")],
        widget=forms.SelectMultiple(attrs={"data-pick": ""}),
        required=False,
    )
    law = forms.CharField(label="Wet en artikel", required=False)
    review_on = forms.DateField(label="Herzien op", required=False)
    medium = forms.MultipleChoiceField(
        label="Vorm",
        choices=[("digital", "Digitaal"), ("paper", "Papier")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Beide mag.",
    )
    answer = forms.ChoiceField(
        label="Doorgifte buiten de EER",
        choices=[("unknown", "Nog niet ingevuld"), ("none", "Geen"), ("some", "Ja, naar deze landen")],
        widget=forms.RadioSelect,
    )
    children = forms.BooleanField(label="Het gaat ook om kinderen onder de 16 jaar", required=False)
    proof = forms.FileField(label="Document", required=False)
    examples = {"name": "Salarisadministratie", "purpose": "Salaris berekenen en uitbetalen."}
    references = {
        "purpose": "Art. 30(1)(b)",
        "basis": "Art. 6(1)",
        "answer": "Art. 30(1)(e)",
        "review_on": "Art. 24(1)",
    }


class LineForm(HouseForm, forms.Form):
    text = forms.CharField(label="Gegevens", required=False)
    term = forms.CharField(label="Bewaartermijn", required=False)


def rows():
    labels = ("Vastgesteld", "Concept", "Gewijzigd sinds versie 7", "Beëindigd")
    tones = ("good", "draft", "changed", "ended")
    names = ("Salarisadministratie", LONG, "Website en cookies", "Werving en selectie")
    levels = ("low", "high", "critical", "medium")
    for number in range(1, 13):
        kind = number % 4
        yield {
            "number": f"VA-{number:04}",
            "name": names[kind],
            "state": labels[kind],
            "tone": tones[kind],
            "reviewed": date(2026, number, 5),
            "findings": number * 7 % 11,
            "level": levels[kind],
        }


def rail():
    def item(label, icon, active=False, count=0):
        return {"url": "#", "label": label, "icon": icon, "active": active, "children": [], "count": count}

    register = [item("Verwerkingen", "journal-text", active=True, count=3), item("Partijen", "people")]
    register += [
        item("Overeenkomsten", "file-earmark-text"),
        item("Systemen", "hdd-stack"),
        item("Bibliotheek", "book"),
    ]
    upkeep = [item("Wijzigingslogboek", "clock-history"), item("PDF en downloads", "download", count=1)]
    people = [item("Organisatie", "building"), item("Leden", "person-badge"), item("Rollen", "key")]
    group = {"url": "", "icon": "", "active": False, "count": 0}
    return [
        item("Overzicht", "speedometer2"),
        group | {"label": "Register", "children": register},
        group | {"label": "Verantwoorden", "children": upkeep},
        group | {"label": "Beheer", "children": people},
    ]


def desk():
    """What `base.html` reads beside the page itself."""
    return {
        "rail": rail(),
        "organisation": {"name": "Stichting De Waterkant, openbaar onderwijs"},
        "organisations": [
            {"name": "Stichting De Waterkant, openbaar onderwijs", "url": "#", "active": True},
            {"name": "Kaas & Co", "url": "#", "active": False},
        ],
        "search_url": "/gallery/",
        "dashboard_url": "/gallery/",
        "environment_note": "Demo",
    }


def lists(request):
    tabs = (("Gegevens", 0), ("Versies", 7), ("Tijdlijn", 0), ("Waar gebruikt", 12))
    statuses = (("good", "Vastgesteld", 18), ("draft", "Concept", 5))
    return {
        "page": Paginator(list(rows()) * 30, 12).get_page(request.GET.get("page")),
        "statuses": [{"value": value, "label": label, "count": count} for value, label, count in statuses],
        "tabs": [{"url": "#", "label": label, "active": label == "Gegevens", "count": count} for label, count in tabs],
        "tones": list(SHAPES),
        "levels": list(LEVELS),
        "colours": COLOURS,
    }


def samples():
    faulty = {"name": "", "review_on": "31-31-2026", "answer": "misschien", "purpose": "administratie"}
    lines = forms.formset_factory(LineForm, extra=1, can_delete=True)
    return {
        "form": SampleForm(),
        "faulty": SampleForm(faulty),
        "formset": lines(prefix="lines", initial=[{"text": "Naam, adres", "term": "7 jaar"}]),
        "long": LONG,
        "multiline": "Wij bewaren dit tot zeven jaar na het einde\nvan het boekjaar.",
        "today": date(2026, 11, 22),
        "due_soon": date(2026, 11, 26),
        "due_late": date(2026, 11, 1),
        "due_far": date(2027, 3, 1),
        "now": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    }


@require_safe
@login_not_required
def gallery(request):
    if not settings.DEBUG:
        raise Http404
    return render(request, "gallery.html", desk() | lists(request) | samples())
