from django.urls import path

from .views import front, organisation

app_name = "accounts"

urlpatterns = [
    path("", front.home, name="home"),
    path("organisations/", front.organisations, name="organisations"),
    path("preferences/", front.preferences, name="preferences"),
    path("profile/", front.profile, name="profile"),
    path("o/<slug:organisation>/organisation/", organisation.show, name="organisation"),
]
