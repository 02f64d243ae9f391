from django.urls import path

from .views import breach, list

app_name = "breaches"

urlpatterns = [
    path("o/<slug:organisation>/breaches/", list.index, name="breaches"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/", breach.show, name="breach"),
]
