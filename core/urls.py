"""Addresses without an organisation and without people: what keeps the house running."""

from django.conf import settings
from django.urls import path

from . import gallery

urlpatterns = [path("gallery/", gallery.gallery, name="gallery")] if settings.DEBUG else []
