"""The map of addresses. Each app keeps its own; the organisation is part of the address."""

from django.urls import include, path

from . import api

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("o/<slug:organisation>/", include("register.urls")),
    path("", include("breaches.urls")),
    path("o/<slug:organisation>/consent/", include("consent.urls")),
    path("api/v1/", api.urls),
    path("", include("portal.urls")),
]
