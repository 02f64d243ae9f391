"""One page behind a link, for the tests of the gate."""

from django.http import HttpResponse
from django.urls import include, path

from accounts.links import LinkClosed, requires_link
from core.refusal import Refused


@requires_link("test")
def show(request, link):
    if request.method == "POST" and "over" in request.POST:
        raise LinkClosed
    if request.method == "POST" and "no" in request.POST:
        raise Refused("Not today.")
    return HttpResponse(f"{request.method} {link.organisation}")


urlpatterns = [path("link/<str:token>/", show), path("", include("config.urls"))]
