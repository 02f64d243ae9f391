"""Addresses on the street, for people without an account, and the desk from which activities are put there."""

from django.urls import path

from .views import (
    attestation,
    confirming,
    consent_forms,
    desk,
    notices,
    personal,
    preferences,
    renewal,
    street,
    telling,
    unsubscribing,
)

app_name = "portal"

urlpatterns = [
    path("va/<uuid:key>", street.activity, name="activity"),
    path("p/<slug:slug>/register/", street.listing, name="listing"),
    path("p/<slug:slug>/notices/<slug:notice>/", notices.notice, name="notice"),
    path("p/<slug:slug>/notices/<slug:notice>/fragment/", notices.fragment, name="notice_fragment"),
    path("p/<slug:slug>/notices/<slug:notice>/pdf/", notices.paper, name="notice_pdf"),
    path("p/<slug:slug>/tell/<slug:tell>/", telling.tell, name="tell"),
    path("p/<slug:slug>/address/<str:token>/", personal.new_address, name="new_address"),
    path("p/<slug:slug>/personal/<str:token>/", personal.personal, name="personal"),
    path("p/<slug:slug>/personal/<str:token>/proof/<slug:format>/", personal.proof_file, name="personal_proof"),
    path("p/<slug:slug>/preferences/", preferences.ask, name="preferences_ask"),
    path("p/<slug:slug>/preferences/<str:token>/", preferences.mailed, name="preferences"),
    path("p/<slug:slug>/renewal/<str:token>/", renewal.renewal, name="renewal"),
    path("p/<slug:slug>/unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("p/<slug:slug>/consent/<slug:consent_form>/", consent_forms.hosted, name="consent_form"),
    path("p/<slug:slug>/consent/<slug:consent_form>/fragment/", consent_forms.fragment, name="consent_fragment"),
    path("p/<slug:slug>/consent/<slug:consent_form>/thanks/", consent_forms.thanks, name="consent_thanks"),
    path("p/<slug:slug>/confirm/<str:token>/", confirming.confirm, name="consent_confirm"),
    path("still-true/<str:token>/", attestation.attestation, name="attestation"),
    path("o/<slug:organisation>/public-register/", desk.overview, name="desk"),
    path("o/<slug:organisation>/public-register/settings/", desk.settings, name="settings"),
    path("o/<slug:organisation>/register/<uuid:pk>/public/", desk.publication, name="publication"),
]
