"""The map of addresses. Each app keeps its own; the organisation is part of the address."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path(prefix, include(f"{app}.urls"))
    for prefix, app in [("", "core"), ("", "accounts"), ("o/<slug:organisation>/", "register")]
    if (settings.BASE_DIR / app / "urls.py").exists()
] + [path("account/", include("allauth.urls"))]
