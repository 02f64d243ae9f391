"""Addresses on the street, for people without an account, and the desk from which activities are put there."""

from django.urls import path

from .views import attestation, desk, notices, street

app_name = "portal"

urlpatterns = [
    path("va/<uuid:key>", street.activity, name="activity"),
    path("p/<slug:slug>/register/", street.listing, name="listing"),
    path("p/<slug:slug>/notices/<slug:notice>/", notices.notice, name="notice"),
    path("p/<slug:slug>/notices/<slug:notice>/fragment/", notices.fragment, name="notice_fragment"),
    path("p/<slug:slug>/notices/<slug:notice>/pdf/", notices.paper, name="notice_pdf"),
    path("still-true/<str:token>/", attestation.attestation, name="attestation"),
    path("o/<slug:organisation>/public-register/", desk.overview, name="desk"),
    path("o/<slug:organisation>/public-register/settings/", desk.settings, name="settings"),
    path("o/<slug:organisation>/register/<uuid:pk>/public/", desk.publication, name="publication"),
]
