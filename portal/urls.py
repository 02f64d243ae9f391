"""Addresses on the street: for people without an account."""

from django.urls import path

from .views import attestation

app_name = "portal"

urlpatterns = [
    path("still-true/<str:token>/", attestation.attestation, name="attestation"),
]
