from django.urls import path

from .views import breach, list, sections

app_name = "breaches"

urlpatterns = [
    path("o/<slug:organisation>/breaches/", list.index, name="breaches"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/", breach.show, name="breach"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/examine/", sections.examine, name="examine"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/facts/<slug:section>/", sections.edit, name="section"),
]
