"""The gallery is only there under DEBUG; the browser tests look at it all the same."""

from django.urls import path

from core.gallery import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")]
